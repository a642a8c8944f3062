// What goes wrong in a cluster: in one replica and not in the others, in the middle of a copy, in the network, in the user's own
// configuration. No pod ever has half a plugin, and what is said of each is true.
import assert from "node:assert/strict";
import { chmod, mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { errorText, type HostError } from "../../../client/ops/index.js";
import { mustHaveAll, openCluster } from "../../../client/ops/transports/kubernetes/index.js";
import { createRun, type Run } from "../../../client/ops/transports/process.js";
import { clusterSuite, buntimeTarget as target } from "../support/cluster/clusterSuite.js";
import { hostError } from "../support/errors.js";
import { temporary, write } from "../support/places.js";
import { filesOf, treeOf } from "../support/pluginFiles.js";

const signal = new AbortController().signal;
const first = { "manifest.yaml": "name: hello\n", "dist/a.js": "one" };
const second = { "manifest.yaml": "name: hello\n", "dist/b.js": "x".repeat(3_000_000) };

describe("a host in a cluster where something fails", function () {
  const here = clusterSuite(this);
  const { opened } = here;
  const plugin = (pod: string) => here.at(pod, "/data/plugins/hello");

  it("has the plugin in the replicas that did not fail, and says so of each", async () => {
    const host = await opened();
    await host.copy("hello", filesOf(first), { signal });
    here.cluster.fault(/^exec buntime-1 /, "forbidden");
    const results = await host.copy("hello", filesOf(second), { signal });
    assert.deepEqual(
      results.map(({ ok }) => ok),
      [true, false],
    );
    assert.equal(results[1]?.error?.kind, "forbidden");
    assert.deepEqual(await treeOf(plugin("buntime-0")), second);
    assert.deepEqual(await treeOf(plugin("buntime-1")), first);
    const error = await hostError((async () => mustHaveAll("upload", results))());
    assert.match(
      errorText(error),
      /^1 of 2 replicas are done; you may not do this in .*\(Forbidden\).*; buntime-0: done, buntime-1: pod buntime-1 has what it had; have the missing right/,
    );
  });
  for (const [what, fault] of [
    ["the stream breaks", { breakAfter: 100_000 }],
    ["the connection is closed", "hangUp"],
    ["the API server has trouble", "error"],
  ] as const) {
    it(`has the former plugin when ${what} in the middle of the copy, and nothing is left of the new one`, async () => {
      const host = await opened();
      await host.copy("hello", filesOf(first), { signal });
      here.cluster.fault(/^exec buntime-1 sh .*tar -x/s, fault, 2);
      const [, result] = await host.copy("hello", filesOf(second), { signal });
      assert.equal(result?.ok, false);
      assert.equal(result?.error?.hostNow, "pod buntime-1 has what it had");
      assert.deepEqual(await treeOf(plugin("buntime-1")), first);
      assert.deepEqual(await readdir(here.cluster.pod("buntime-1").at("/data/plugins")), ["hello"]);
    });
  }
  it("is told of when it sends something else in place of a plugin's files, however much of it", async () => {
    const tar = path.join(
      await write(await temporary(), { tar: "#!/bin/sh\nexec /usr/bin/yes no-tar-at-all\n" }),
      "tar",
    );
    await chmod(tar, 0o755);
    const host = await opened({ also: { tar } });
    const [pod] = await host.pods("list", signal);
    assert.ok(pod);
    await mkdir(path.join(here.cluster.pod(pod.name).at("/data/plugins"), "hello"), { recursive: true });
    const error = await hostError(host.contents(pod, "hello", signal));
    assert.match(errorText(error), /^what pod buntime-0 sent could not be read; try again$/);
  });
  it("gets its files in the pod that takes another one's place in the middle of the copy", async () => {
    const host = await opened({ workloads: [{ kind: "Deployment", claims: {} }] });
    for (const pod of here.cluster.pods()) await mkdir(pod.at("/data/plugins"), { recursive: true });
    const former = here.cluster.pods()[1]?.name ?? "";
    here.cluster.fault(new RegExp(`^exec ${former} `), async () => {
      here.cluster.replace(former, "buntime-new");
      await mkdir(here.cluster.pod("buntime-new").at("/data/plugins"), { recursive: true });
    });
    const results = await host.copy("hello", filesOf(first), { signal });
    assert.deepEqual(
      results.map(({ replica, ok }) => [replica, ok]),
      [
        ["buntime-g1-0", true],
        ["buntime-new", true],
      ],
    );
    for (const pod of here.cluster.pods()) assert.deepEqual(await treeOf(pod.at("/data/plugins/hello")), first);
  });
  it("has it in a pod that came after the copy, where the volume is the same", async () => {
    const host = await opened();
    here.cluster.fault(/^exec buntime-1 sh .*old-/s, () => here.cluster.replace("buntime-1"));
    const results = await host.copy("hello", filesOf(first), { signal });
    assert.ok(
      results.every(({ ok }) => ok),
      JSON.stringify(results),
    );
    assert.deepEqual(await treeOf(plugin("buntime-1")), first);
  });
  it("says what the container lacks", async () => {
    for (const tool of ["tar", "sh"]) {
      const host = await opened({ without: [tool] });
      const [result] = await host.copy("hello", filesOf(first), { signal });
      assert.equal(result?.error?.kind, "unsupported", result?.message);
      assert.match(result?.message ?? "", /has no tar|lacks a program that copying needs/);
      assert.deepEqual(await readdir(here.cluster.pod("buntime-0").at("/data/plugins")), []);
      await here.cluster.stop();
    }
  });
  it("says which pods don't run, and why", async () => {
    const host = await opened({ workloads: [{ image: "example.org/broken" }], badImages: ["broken"] });
    const [result] = await host.copy("hello", filesOf(first), { signal });
    assert.match(result?.message ?? "", /pod buntime-0 does not run \(ImagePullBackOff: Back-off pulling image\)/);
    const [workload = ""] = await host.workloads(signal);
    const error = await hostError(host.rolledOut(workload, { timeout: 1, signal }));
    assert.match(
      errorText(error),
      /statefulset\/buntime was not ready within 1 s \(.*buntime-0: ImagePullBackOff.*rollout undo/,
    );
  });
  it("is not written where its directory is missing or read-only", async () => {
    const host = await opened({ workloads: [{ claims: { "/elsewhere": "x" }, replicas: 1 }] });
    const [missing] = await host.copy("hello", filesOf(first), { signal });
    assert.match(missing?.message ?? "", /has no directory \/data\/plugins; .*correct "directory"/);
    const pod = here.cluster.objects.get("Pod", "default", "buntime-0");
    assert.ok(pod);
    const container = { name: "buntime", volumeMounts: [{ name: "words", mountPath: "/data/plugins" }] };
    here.cluster.put({
      ...pod,
      spec: { containers: [container], volumes: [{ name: "words", configMap: { name: "x" } }] },
    });
    const [fixed] = await host.copy("hello", filesOf(first), { signal });
    assert.match(fixed?.message ?? "", /lies on a mounted configMap, which is mounted read-only/);
  });
  it("has what it had when the work is cancelled, at every step", async () => {
    const host = await opened({ workloads: [{ replicas: 1 }] });
    await host.copy("hello", filesOf(first), { signal });
    for (const on of [/^GET .*\/pods\?/, /^exec buntime-0 sh .*tar -x/s]) {
      const stop = new AbortController();
      here.cluster.fault(on, async () => stop.abort());
      const outcome = await host.copy("hello", filesOf(second), { signal: stop.signal }).then(
        ([result]) => result?.error,
        (error: HostError) => error,
      );
      assert.equal(outcome?.kind, "cancelled");
      assert.deepEqual(await treeOf(plugin("buntime-0")), first);
      assert.deepEqual(await readdir(here.cluster.pod("buntime-0").at("/data/plugins")), ["hello"]);
    }
  });
  it("has the former plugin when the disk of a pod is full", async () => {
    const bin = await write(await temporary(), {
      tar: "#!/bin/sh\nhead -c 4096 > /dev/null\necho 'tar: new/a: Cannot write: No space left on device' >&2\nexit 2\n",
    });
    await chmod(path.join(bin, "tar"), 0o755);
    const host = await opened({ workloads: [{ replicas: 1 }], also: { tar: path.join(bin, "tar") } });
    await write(here.cluster.pod("buntime-0").at("/data/plugins/hello"), first);
    const [result] = await host.copy("hello", filesOf(second), { signal });
    assert.match(
      result?.message ?? "",
      /could not be written in pod buntime-0 .*No space left on device.*; pod buntime-0 has what it had; see that the volume is writable and has room/,
    );
    assert.deepEqual(await treeOf(here.cluster.pod("buntime-0").at("/data/plugins")), {
      "hello/manifest.yaml": first["manifest.yaml"],
      "hello/dist/a.js": first["dist/a.js"],
    });
  });
  it("is given up after its time, and told so", async () => {
    const host = await opened({ workloads: [{ replicas: 1 }] });
    here.cluster.fault(/^exec buntime-0 sh .*tar -x/s, "silence");
    const [result] = await host.copy("hello", filesOf(first), { signal, timeout: 700 });
    assert.ok(result?.error?.timedOut);
    assert.equal(result?.error?.hostNow, "pod buntime-0 has what it had");
    await host.copy("hello", filesOf(first), { signal });
    here.cluster.fault(/^exec buntime-0 sh .*gone/s, "silence");
    const [removed] = await host.remove("hello", { signal, timeout: 700 });
    assert.match(removed?.error?.hostNow ?? "", /still had all of it when it was asked right after; it may go yet/);
  });
  it("puts right what a killed writer left", async () => {
    const host = await opened({ workloads: [{ replicas: 1 }] });
    const plugins = here.cluster.pod("buntime-0").at("/data/plugins");
    await write(plugins, {
      ".plugsmith-1000000000-aaaa/plugin": "hello",
      ".plugsmith-1000000000-aaaa/old-1/manifest.yaml": "name: hello\n",
      ".plugsmith-1000000000-bbbb/new-b/half": "",
      [`.plugsmith-${Math.floor(Date.now() / 1000)}-cccc/new-c/other`]: "at work",
    });
    const [copied] = await host.copy("other", filesOf(first), { signal });
    assert.match(
      copied?.message ?? "",
      /^copied, .*; the former "hello", which .* killed had moved away, was put back/,
    );
    assert.deepEqual(await treeOf(plugin("buntime-0")), { "manifest.yaml": "name: hello\n" });
    const left = (await readdir(plugins)).filter((name) => name.startsWith("."));
    assert.equal(left.length, 1);
    assert.match(left[0] ?? "", /-cccc$/);
  });
  it("ends with one of two plugins that are copied at once, as a whole", async () => {
    const host = await opened({ workloads: [{ replicas: 3, claims: { "/data/plugins": "shared" } }] });
    for (let round = 0; round < 3; round++) {
      const results = await Promise.all([first, second].map((one) => host.copy("hello", filesOf(one), { signal })));
      assert.deepEqual(
        results.flat().flatMap(({ error }) => (error ? [error.message] : [])),
        [],
      );
      const now = sorted(await treeOf(plugin("buntime-0")));
      assert.ok([first, second].some((one) => isDeepStrictEqual(sorted(one), now)));
      assert.deepEqual(await readdir(here.cluster.pod("buntime-0").at("/data/plugins")), ["hello"]);
    }
  });
  it("is told of in kubectl's words and ours", async () => {
    const host = await opened();
    const told = async (work: Promise<unknown>) => {
      const error = await hostError(work);
      return `${error.kind}: ${errorText(error)}`;
    };
    const other = (change: Partial<typeof target>) =>
      openCluster(here.cluster.run, { ...target, ...change }).pods("list", signal);
    assert.match(await told(other({ context: "none" })), /^missing: your kubeconfig has no context "none"/);
    assert.match(
      await told(other({ container: "web" })),
      /^missing: the pods of "app=buntime" have no container "web", but "buntime"/,
    );
    assert.match(await told(other({ selector: "app=none" })), /^missing: no pods fit "app=none" in context "test"/);
    here.cluster.fault(/^GET .*\/pods\?/, "forbidden");
    assert.match(
      await told(host.pods("list", signal)),
      /^forbidden: you may not do this in context "test" \(the host said: ".*is forbidden/,
    );
    here.cluster.fault(/^GET .*\/pods\?/, "unauthorized");
    assert.match(
      await told(host.pods("list", signal)),
      /^forbidden: the cluster of context "test" does not take your credentials/,
    );
    here.cluster.fault(/^GET .*\/pods\?/, "error", 20);
    assert.match(await told(host.pods("list", signal)), /^refused: the API server of context "test" has trouble/);
    const nothing = { KUBECONFIG: "/dev/null" };
    const alone = openCluster((request) => here.cluster.run({ ...request, env: nothing }), { ...target, context: "" });
    assert.match(await told(alone.pods("list", signal)), /^(missing|unreachable): /);
    const missing = openCluster(
      (request) => createRun({ executables: { kubectl: "/nowhere/kubectl" } })(request),
      target,
    );
    assert.match(
      await told(missing.pods("list", signal)),
      /^tool: "\/nowhere\/kubectl", which is set as kubectl, is no program/,
    );
    const garbage = openCluster(async () => ({ code: 0, out: "hello", err: "" }), target);
    assert.match(await told(garbage.pods("list", signal)), /^tool: kubectl did not print what was asked for/);
    const config = (await readFile(here.cluster.kubeconfig, "utf8")).replace(here.cluster.url, "http://127.0.0.1:1");
    const KUBECONFIG = path.join(await write(await temporary(), { config }), "config");
    const gone = openCluster((request) => here.cluster.run({ ...request, env: { KUBECONFIG } }), target);
    const words = await told(gone.pods("list", signal));
    assert.match(
      words,
      /^unreachable: the cluster of context "test" could not be reached \(the host said: "The connection to/,
    );
  });
  it("keeps credentials out of everything that is said", async () => {
    const secret = "planted-credential-0123456789";
    await opened({ workloads: [{ replicas: 1 }] });
    const said: string[] = [];
    const log = { info: (line: string) => said.push(line), debug: (line: string) => said.push(line) };
    const run = createRun({ log });
    const inCluster: Run = (request) => run({ ...request, env: here.cluster.env });
    const host = openCluster(inCluster, { ...target, secrets: [secret] });
    here.cluster.say("buntime-0", `Authorization: Bearer ${secret}`);
    for await (const line of host.logs({ signal })) said.push(JSON.stringify(line));
    const [pod] = await host.pods("list", signal);
    assert.ok(pod);
    await host.read(pod, `/data/${secret}`, signal);
    said.push(errorText(await hostError(host.rolledOut(`deployment/${secret}`, { timeout: 1, signal }))));
    assert.equal(said.filter((line) => line.includes("Bearer •••")).length, 2);
    assert.ok(!said.join("\n").includes(secret), said.join("\n"));
  });
});

function sorted(tree: Readonly<Record<string, string>>) {
  return Object.entries(tree).sort();
}
