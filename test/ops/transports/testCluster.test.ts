// The test cluster under the real kubectl: what adapters and their tests rely on.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { ProcessResult } from "../../../client/ops/index.js";
import type { Run } from "../../../client/ops/transports/process.js";
import { type Cluster, skipWithoutKubectl, startCluster } from "../support/cluster/index.js";
import { removeTemporary, temporary, write } from "../support/places.js";
import { until } from "../support/waiting.js";

describe("the test cluster", function () {
  this.timeout(20_000);
  let cluster: Cluster;
  before(async function () {
    await skipWithoutKubectl(this);
    cluster = await startCluster({ badImages: ["broken"] });
  });
  after(() => cluster?.stop());
  afterEach(removeTemporary);

  it("lists pods by labels", async () => {
    const { out } = await kubectl("get", "pods", "-l", "app=buntime,!app.kubernetes.io/component", "-o", "name");
    assert.equal(out, "pod/buntime-0\npod/buntime-1\n");
    assert.equal((await kubectl("get", "pods", "-l", "app=other", "-o", "name")).out, "");
  });
  it("runs commands in a pod's folder, with input, output and exit code", async () => {
    const script = ["sh", "-c", 'cat > "$1/x"; ls "$1"; exit 7', "sh", "/data/plugins"];
    const { code, out } = await kubectlWith("hello", "exec", "-i", "buntime-0", "-c", "buntime", "--", ...script);
    assert.deepEqual([code, out], [7, "x\n"]);
    assert.equal(await readFile(cluster.pod("buntime-0").at("/data/plugins/x"), "utf8"), "hello");
    const { err } = await kubectl("exec", "buntime-0", "-c", "web", "--", "ls");
    assert.match(err, /container web is not valid for pod buntime-0/);
  });
  it("gives logs, and goes on giving them", async () => {
    cluster.say("buntime-0", "first");
    assert.equal((await kubectl("logs", "buntime-0")).out, "first\n");
    const stop = new AbortController();
    const lines: string[] = [];
    const args = ["logs", "-f", "buntime-0"];
    const onLine = (line: string) => lines.push(line);
    const going = cluster
      .run({ step: "logs", command: "kubectl", args, signal: stop.signal, onLine })
      .catch(() => undefined);
    await until(() => lines.length === 1);
    cluster.say("buntime-0", "second");
    await until(() => lines.length === 2);
    stop.abort();
    await going;
    assert.deepEqual(lines, ["first", "second"]);
  });
  it("rolls out: other pods, the same volumes", async () => {
    const before = cluster.pods().map(({ uid }) => uid);
    await kubectl("rollout", "restart", "statefulset/buntime");
    const { code } = await kubectl("rollout", "status", "statefulset/buntime", "--timeout=10s");
    assert.equal(code, 0);
    assert.ok(cluster.pods().every(({ uid }) => !before.includes(uid)));
    assert.equal(await readFile(cluster.pod("buntime-0").at("/data/plugins/x"), "utf8"), "hello");
  });
  it("takes a kustomization: compared, applied, changed, deleted", async () => {
    const folder = await temporary();
    const deployment = (image: string) =>
      JSON.stringify({
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web" },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: "web" } },
          template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image }] } },
        },
      });
    await write(folder, {
      "kustomization.yaml": "resources: [web.yaml]\n",
      "web.yaml": deployment("example.org/web:1"),
    });
    assert.match((await kubectl("diff", "-k", folder)).out, /^\+kind: Deployment$/m);
    assert.equal(cluster.objects.get("Deployment", "default", "web"), undefined);
    assert.match((await kubectl("apply", "-k", folder)).out, /deployment\.apps\/web created/);
    assert.equal((await kubectl("rollout", "status", "deployment/web", "--timeout=10s")).code, 0);
    await write(folder, { "web.yaml": deployment("example.org/broken:2") });
    assert.match((await kubectl("diff", "-k", folder)).out, /^\+.*image: example\.org\/broken:2$/m);
    assert.match((await kubectl("apply", "-k", folder)).out, /deployment\.apps\/web configured/);
    assert.notEqual((await kubectl("rollout", "status", "deployment/web", "--timeout=1s")).code, 0);
    assert.match((await kubectl("delete", "-k", folder)).out, /deployment\.apps "web" deleted/);
    await until(() => cluster.pods().length === 2);
  });
  it("answers what may be done", async () => {
    assert.equal((await kubectl("auth", "can-i", "create", "pods", "--subresource=exec")).out, "yes\n");
    cluster.fault(/^can-i create pods exec$/, "forbidden");
    assert.equal((await kubectl("auth", "can-i", "create", "pods", "--subresource=exec")).out, "no\n");
  });
  it("fails as it is told to, once", async () => {
    cluster.fault(/^GET .*\/pods\?/, "forbidden");
    assert.match((await kubectl("get", "pods")).err, /Error from server \(Forbidden\)/);
    cluster.fault(/^exec buntime-1 ls/, "error");
    assert.match((await kubectl("exec", "buntime-1", "--", "ls", "/")).err, /InternalError/);
    cluster.fault(/^exec buntime-1 cat/, { breakAfter: 10 });
    assert.notEqual((await kubectlWith("x".repeat(100_000), "exec", "-i", "buntime-1", "--", "cat")).code, 0);
    assert.equal((await kubectl("exec", "buntime-1", "--", "ls", "/data")).out, "plugins\n");
  });
  it("is asked without kubectl to the same effect", async () => {
    const named = (name: string) =>
      JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: {} });
    const commands: readonly (readonly [args: string, input?: string])[] = [
      ["get configmap NAME --output=json"],
      ["get configmap NAME --output=json --ignore-not-found"],
      ["create --filename=-", "NAME"],
      ["create --filename=-", "NAME"],
      ["get configmap NAME --output=jsonpath={.metadata.name}", "NAME"],
      ["replace --filename=-", "NAME"],
      ["delete configmap NAME --ignore-not-found"],
      ["delete configmap NAME --ignore-not-found"],
      ["delete configmap NAME"],
    ];
    const answers = async (run: Run, name: string) => {
      const said: unknown[] = [];
      for (const [args, input] of commands) {
        const request = { step: "try", command: "kubectl", args: args.replace("NAME", name).split(" ") };
        const read = input === undefined ? {} : { input: Buffer.from(named(name)) };
        const { code, out, err } = await run({ ...request, ...read, signal: AbortSignal.timeout(20_000) });
        said.push([code, out.replaceAll(name, "NAME"), err.replaceAll(name, "NAME")]);
      }
      return said;
    };
    const genuine = await answers(cluster.run, "one");
    await answers(cluster.swift, "two"); // the first of each kind is kubectl's own
    assert.deepEqual(await answers(cluster.swift, "three"), genuine);
  });

  function kubectl(...args: string[]): Promise<ProcessResult> {
    return cluster.run({ step: "try", command: "kubectl", args, signal: AbortSignal.timeout(20_000) });
  }

  function kubectlWith(input: string, ...args: string[]): Promise<ProcessResult> {
    const signal = AbortSignal.timeout(20_000);
    return cluster.run({ step: "try", command: "kubectl", args, signal, input: Buffer.from(input) });
  }
});
