// OpenJourney plugins: image and objects to a cluster and back again. kubectl is the real one; docker is a stand-in that writes down
// how it is called, since no engine runs in tests.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  deploy,
  errorText,
  packerOf,
  planAction,
  planText,
  removePlugin,
  rollback,
} from "../../../client/ops/index.js";
import { hostError } from "../support/errors.js";
import { digestOf } from "../support/fakeDocker.js";
import { deployment, openjourneySuite, project } from "../support/openjourneySuite.js";
import { temporary, write } from "../support/places.js";

const signal = new AbortController().signal;
const idOf = (dockerfile: string) => digestOf(dockerfile);

describe("an OpenJourney host", function () {
  const here = openjourneySuite(this);
  const { host, ship, row, tools, imageIn } = here;

  it("builds, pushes, applies, watches the rollout, lists, rolls back and removes", async () => {
    const { verdict, shipment } = await ship();
    assert.equal(verdict.state, "verified", JSON.stringify(verdict));
    const [first, second] = [idOf("FROM scratch\n"), idOf("FROM scratch\nUSER nobody\n")];
    const tag = first.slice(7, 19);
    assert.deepEqual(
      here.docker.calls().map(({ args, cwd }) => [args.join(" "), cwd === here.root]),
      [
        ["build --file=plugins/hello/Dockerfile --tag=localhost:32000/hello .", true],
        ["image inspect --format={{.Id}} localhost:32000/hello", false],
        [`tag localhost:32000/hello localhost:32000/hello:${tag}`, false],
        [`tag ${first} localhost:32000/hello:latest`, false],
        [`push localhost:32000/hello:${tag}`, false],
        ["push localhost:32000/hello:latest", false],
      ],
    );
    assert.equal(imageIn(), `localhost:32000/hello:${tag}@${digestOf(first)}`);
    await write(here.root, project("FROM scratch\nUSER nobody\n"));
    assert.equal((await ship()).verdict.state, "verified");
    assert.equal(imageIn(), `localhost:32000/hello:${second.slice(7, 19)}@${digestOf(second)}`);
    const [listed] = (await host().list?.(signal)) ?? [];
    assert.deepEqual([listed?.name, listed?.state, listed?.version], ["hello", "loaded", second.slice(7, 19)]);
    const before = here.docker.calls().length;
    const back = await rollback({ host: host(), plugin: "hello", ledger: here.ledger, signal });
    assert.equal(back.verdict.state, "verified");
    assert.equal(imageIn(), `localhost:32000/hello:${tag}@${digestOf(first)}`);
    assert.equal(here.docker.calls().length, before, "a rollback needs no docker");
    const removed = await removePlugin({ host: host(), plugin: "hello", signal, ledger: here.ledger });
    assert.equal(removed.gone, true, JSON.stringify(removed));
    assert.deepEqual(await host().list?.(signal), []);
    const plan = await packerOf("openjourney").plan(path.join(here.root, "plugins/hello"), {});
    assert.equal((await ship()).shipment.contents, plan.contents);
    assert.notEqual(shipment.contents, plan.contents);
  });

  it("shows beforehand what kubectl would change, what is run, and what the server will detect", async () => {
    const packer = packerOf("openjourney");
    const folder = path.join(here.root, "plugins/hello");
    const pack = await packer.plan(folder, { host: row(), tools: tools() });
    assert.deepEqual(pack.steps, [
      "docker build --file=plugins/hello/Dockerfile --tag=localhost:32000/hello . (in the project's root)",
      "kubectl kustomize plugins/hello/kubernetes",
    ]);
    const findings = await packer.preflight(pack, []);
    assert.match(findings[0]?.message ?? "", /by kustomization\.yaml: "hello-deployment", "hello-service"/);
    const shipment = await packer.write(pack, {
      file: path.join(await temporary(), "hello.tgz"),
      host: row(),
      tools: tools(),
    });
    const plan = await planAction({
      host: host(),
      intent: { operation: "deploy", shipment },
      signal,
      pack,
      findings,
      ledger: here.ledger,
    });
    const text = planText(plan);
    assert.match(text, /run +docker push localhost:32000\/hello:[0-9a-f]{12}/);
    assert.match(text, /add +apps\.v1\.Deployment\.default\.hello-deployment/);
    assert.match(text, /\+ .*image: localhost:32000\/hello:[0-9a-f]{12}/);
    assert.match(text, /restart deployment\/hello-deployment/);
    assert.equal(here.cluster.objects.get("Deployment", "default", "hello-deployment"), undefined);
    assert.ok(here.docker.calls().every(({ args }) => args[0] !== "push"));
  });

  it("goes by the host's registry and overlay, and applies the plugin's objects alone", async () => {
    await write(here.root, {
      "kubernetes/overlays/local/kustomization.yaml":
        "namePrefix: local-\nresources:\n- ../../../plugins/hello/kubernetes\n- other.yaml\n",
      "kubernetes/overlays/local/other.yaml": deployment("other", "localhost:32000/other"),
    });
    const own = { registry: "registry.example.org/oj", overlay: path.join(here.root, "kubernetes/overlays/local") };
    const { verdict } = await ship(own);
    assert.equal(verdict.state, "verified", JSON.stringify(verdict));
    assert.match(imageIn("local-hello-deployment") ?? "", /^registry\.example\.org\/oj\/hello:[0-9a-f]{12}@sha256:/);
    assert.equal(here.cluster.objects.get("Deployment", "default", "local-other"), undefined);
    await write(here.root, {
      "plugins/plain/Dockerfile": "FROM scratch\n",
      "plugins/plain/kubernetes/kustomization.yaml": "resources: [plain-server.yaml]\n",
    });
    const foreign = here.cluster.objects.get("Deployment", "default", "local-hello-deployment");
    assert.ok(foreign);
    const text = JSON.stringify(foreign).replaceAll("local-hello-deployment", "local-plain-server");
    here.cluster.put(JSON.parse(text.replace(/"image":"[^"]+"/, '"image":"docker.example.org/other:1"')));
    const listed = (await host(own).list?.(signal)) ?? [];
    assert.deepEqual(
      listed.map(({ name, version }) => [name, version?.length]),
      [
        ["hello", 12],
        ["plain", 1],
      ],
    );
    const removed = await removePlugin({ host: host(own), plugin: "hello", signal, ledger: here.ledger });
    assert.deepEqual(
      removed.replicas?.map(({ replica, message }) => `${replica} ${message}`),
      ["service/local-hello-service deleted", "deployment.apps/local-hello-deployment deleted"],
    );
  });

  it("tells that somebody else's image runs there, and stops", async () => {
    await ship();
    const object = here.cluster.objects.get("Deployment", "default", "hello-deployment");
    assert.ok(object);
    const other = JSON.stringify(object).replace(/"image":"[^"]+"/, '"image":"localhost:32000/hello:theirs"');
    here.cluster.put(JSON.parse(other));
    await write(here.root, project("FROM scratch\nUSER nobody\n"));
    const error = await hostError(ship());
    assert.match(errorText(error), /has something else of "hello" theirs/);
    assert.match(imageIn() ?? "", /:theirs$/);
  });

  it("says what docker said when a build or a push fails, and applies nothing", async () => {
    here.docker.fails("push", "denied: requested access to the resource is denied");
    const push = await hostError(ship());
    assert.match(errorText(push), /denied: requested access.*docker login/);
    assert.equal(here.cluster.objects.get("Deployment", "default", "hello-deployment"), undefined);
    here.docker.fails("build", "failed to solve: process did not complete");
    const build = await hostError(ship());
    assert.match(errorText(build), /failed to solve.*count from the project's root/);
  });

  it("says to start docker where no engine answers", async () => {
    here.docker.fails("build", "ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock.");
    assert.match(
      errorText(await hostError(ship())),
      /Cannot connect to the Docker daemon.*start docker, or set DOCKER_HOST/,
    );
  });

  it("ends docker when it is cancelled", async () => {
    here.docker.fails("build", "hang");
    const stop = new AbortController();
    const lines: string[] = [];
    const building = hostError(
      deploy({
        host: host(),
        plugin: path.join(here.root, "plugins/hello"),
        archives: await temporary(),
        signal: stop.signal,
        tools: tools(),
        onStep: (_step, text) => {
          lines.push(text);
          if (text.startsWith("docker build")) setTimeout(() => stop.abort(), 300);
        },
      }),
    );
    assert.equal((await building).kind, "cancelled");
  });

  it("is examined: docker and its engine, kubectl, plugins, overlay", async () => {
    const checks = (await host().doctor?.(signal)) ?? [];
    assert.deepEqual(
      checks.map(({ name, state }) => [name, state]),
      [
        ["docker", "good"],
        ["kubectl and rights", "good"],
        ["plugins", "good"],
        ["overlay", "good"],
      ],
    );
    here.docker.fails("version", "Cannot connect to the Docker daemon");
    const [check] = (await host().doctor?.(signal)) ?? [];
    assert.match(
      `${check?.state} ${check?.detail} ${check?.next}`,
      /^bad .*Cannot connect to the Docker daemon.* start docker/,
    );
  });

  it("refuses folders that the server would pass over", async () => {
    const packer = packerOf("openjourney");
    const codes = async (folder: string) => (await packer.plan(folder, {})).findings.map(({ code }) => code);
    const bare = await write(await temporary(), {
      "plugins/Bad_Name/notes.txt": "x",
      "elsewhere/Dockerfile": "FROM x\n",
    });
    assert.deepEqual((await codes(path.join(bare, "plugins/Bad_Name"))).slice(0, 2), [
      "openjourney/no-dockerfile",
      "openjourney/plugin-name",
    ]);
    assert.ok((await codes(path.join(bare, "elsewhere"))).includes("openjourney/not-in-plugins"));
    assert.deepEqual(
      [await packer.claims(path.join(here.root, "plugins/hello")), await packer.claims(path.join(bare, "elsewhere"))],
      [true, false],
    );
    await writeFile(path.join(bare, "plugins/Bad_Name/key.txt"), "ghp_planted0123456789ABCDEFGHIJKLMNOPQRST");
    assert.ok((await codes(path.join(bare, "plugins/Bad_Name"))).includes("package/secret"));
    assert.match(await readFile(path.join(here.root, "plugins/hello/Dockerfile"), "utf8"), /FROM scratch/);
  });
});
