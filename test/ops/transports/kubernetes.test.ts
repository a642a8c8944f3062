// Hosts in a cluster, by the real kubectl: what is copied, listed, removed, restarted and read in every replica.
import assert from "node:assert/strict";
import { chmod, mkdir, readdir, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { openDirectory } from "../../../client/ops/transports/directory/index.js";
import { findExecutable } from "../../../client/ops/transports/executables.js";
import { copyRights, logRights } from "../../../client/ops/transports/kubernetes/doctor.js";
import { kustomizeAt, onePerVolume } from "../../../client/ops/transports/kubernetes/index.js";
import { clusterSuite } from "../support/cluster/clusterSuite.js";
import type { WorkloadOptions } from "../support/cluster/index.js";
import { hostError } from "../support/errors.js";
import { temporary, write } from "../support/places.js";
import { filesOf, filesOfFolder, treeOf } from "../support/pluginFiles.js";
import { skipAloud } from "../support/skipping.js";

const signal = new AbortController().signal;
const target = {
  context: "test",
  namespace: "default",
  selector: "app=buntime,!app.kubernetes.io/component",
  container: "buntime",
  directory: "/data/plugins",
};
const first = { "manifest.yaml": "name: hello\n", "dist/a.js": "one" };
const second = { "manifest.yaml": "name: hello\nversion: 2\n", "dist/b.js": "two" };

describe("a host in a cluster", function () {
  const here = clusterSuite(this, target);
  const opened = (one: WorkloadOptions = {}) => here.opened({ workloads: [one] });

  it("gets a plugin in each replica, another version of it, and loses it", async () => {
    const host = await opened();
    const made = await host.copy("@acme/hello", filesOf(first), { signal });
    assert.deepEqual(
      made.map(({ replica, ok, message }) => [replica, ok, message]),
      [0, 1].map((at) => [`buntime-${at}`, true, "copied, there was nothing before"]),
    );
    for (const pod of here.cluster.pods()) assert.deepEqual(await treeOf(pod.at("/data/plugins/@acme/hello")), first);
    const again = await host.copy("@acme/hello", filesOf(second), { signal });
    assert.ok(again.every(({ message }) => message === "replaced the former files"));
    for (const pod of here.cluster.pods()) assert.deepEqual(await treeOf(pod.at("/data/plugins/@acme/hello")), second);
    const removed = await host.remove("@acme/hello", { signal });
    assert.ok(removed.every(({ message }) => message === "removed"));
    for (const pod of here.cluster.pods()) assert.deepEqual(await readdir(pod.at("/data/plugins")), []);
    assert.ok((await host.remove("@acme/hello", { signal })).every(({ message }) => message === "it was not there"));
  });
  it("shows what lies there: folders, single files, digests as on a disk", async () => {
    const host = await opened({ replicas: 1 });
    await host.copy("@acme/hello", filesOf(first), { signal });
    await host.copy("plain", filesOf({ "manifest.json": "{}", "a b/ü.txt": "odd" }), { signal });
    const [pod] = await host.pods("list", signal);
    assert.ok(pod);
    assert.deepEqual(await host.folders(pod, signal), ["@acme/hello", "plain"]);
    assert.equal(await host.read(pod, "/data/plugins/plain/manifest.json", signal), "{}");
    assert.equal(await host.read(pod, "/data/plugins/plain/none", signal), undefined);
    const local = openDirectory({ directory: await temporary() });
    await local.install("hello", filesOf(first), signal);
    assert.equal(await host.contents(pod, "@acme/hello", signal), await local.contents("hello", signal));
    assert.equal(await host.contents(pod, "none", signal), undefined);
  });
  it("with nothing in it has no folders", async () => {
    const host = await opened({ replicas: 1 });
    const [pod] = await host.pods("list", signal);
    assert.ok(pod);
    assert.deepEqual(await host.folders(pod, signal), []);
  });
  it("takes long names and large files, readable by everybody as in a package", async () => {
    const host = await opened({ replicas: 1 });
    const long = `${"deep/".repeat(40)}${"n".repeat(120)}.js`;
    const source = await write(await temporary(), {
      "run.sh": "#!/bin/sh\n",
      big: Buffer.alloc(3_000_001, 7),
      [long]: "x",
    });
    await chmod(path.join(source, "run.sh"), 0o700);
    await chmod(path.join(source, "big"), 0o600);
    const [result] = await host.copy("hello", await filesOfFolder(source, ["run.sh", "big", long]), { signal });
    assert.ok(result?.ok, result?.message);
    const at = (name: string) => here.cluster.pod("buntime-0").at(`/data/plugins/hello/${name}`);
    assert.equal((await stat(at("run.sh"))).mode & 0o777, 0o644);
    assert.equal((await stat(at("big"))).mode & 0o777, 0o644);
    assert.equal((await stat(at("deep"))).mode & 0o777, 0o755);
    assert.equal((await stat(at("big"))).size, 3_000_001);
    assert.ok((await stat(at(long))).isFile());
  });
  it("gets the files once where its replicas share a volume", async () => {
    const host = await opened({ replicas: 3, claims: { "/data/plugins": "shared" } });
    const results = await host.copy("hello", filesOf(first), { signal });
    assert.deepEqual(
      results.map(({ message }) => message),
      [
        "copied, there was nothing before",
        'sees claim "shared", as buntime-0 does',
        'sees claim "shared", as buntime-0 does',
      ],
    );
    assert.equal(here.cluster.seen.filter((line) => line.startsWith("exec ")).length, 2);
    assert.equal(onePerVolume(await host.pods("list", signal)).length, 1);
  });
  it("is told that the files go with the pod where no volume is", async () => {
    const host = await opened({ replicas: 1, claims: {} });
    await mkdir(here.cluster.pod("buntime-0").at("/data/plugins"), { recursive: true });
    const [result] = await host.copy("hello", filesOf(first), { signal });
    assert.match(result?.message ?? "", /^copied, .*; lost with the pod, it lies in the container's own files$/);
  });
  it("leaves alone what is no replica: other labels, other namespaces, pods on their way out", async () => {
    const host = await here.opened({
      workloads: [
        { name: "buntime", replicas: 1 },
        { name: "db", replicas: 1, labels: { app: "buntime", "app.kubernetes.io/component": "database" } },
        { name: "far", namespace: "other", replicas: 1, labels: { app: "buntime" } },
      ],
    });
    assert.deepEqual(
      (await host.pods("list", signal)).map(({ name }) => name),
      ["buntime-0"],
    );
    const pod = here.cluster.objects.get("Pod", "default", "buntime-0");
    assert.ok(pod);
    here.cluster.put({ ...pod, metadata: { ...pod.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } });
    assert.match((await hostError(host.pods("list", signal))).message, /^no pods fit "app=buntime,/);
  });
  it("is restarted by what runs its pods, and waited for", async () => {
    for (const kind of ["StatefulSet", "Deployment"] as const) {
      const host = await opened({ kind, replicas: 2 });
      const former = here.cluster.pods().map(({ uid }) => uid);
      const [workload = ""] = await host.workloads(signal);
      assert.equal(workload, `${kind.toLowerCase()}/buntime`);
      await host.restart(workload, signal);
      await host.rolledOut(workload, { timeout: 15, signal });
      assert.ok(here.cluster.pods().every(({ uid }) => !former.includes(uid)));
      await here.cluster.stop();
    }
  });
  it("tells by which right something can't be done, and which versions there are", async () => {
    const host = await opened({ replicas: 1 });
    assert.deepEqual(await host.doctor.missing([...copyRights, ...logRights], signal), []);
    here.cluster.fault(/^can-i create pods exec$/, "forbidden");
    assert.deepEqual(await host.doctor.missing(copyRights, signal), [{ verb: "create", resource: "pods/exec" }]);
    const { client, server } = await host.doctor.versions(signal);
    assert.match(client, /^v1\./);
    assert.equal(server, "v1.32.0");
  });
  it("takes no name that leaves its directory, and does not write through links", async () => {
    const host = await opened({ replicas: 1 });
    for (const name of ["..", "@acme", ".hidden", "a/b", "a\n"]) {
      assert.equal((await hostError(host.copy(name, filesOf(first), { signal }))).kind, "refused");
      assert.equal((await hostError(host.remove(name, { signal }))).kind, "refused");
    }
    assert.equal((await hostError(host.copy("x", filesOf({ "../y": "" }), { signal }))).kind, "refused");
    assert.ok(here.cluster.seen.every((line) => !line.startsWith("exec ")));
    const elsewhere = await temporary();
    for (const name of ["linked", "@scope"])
      await symlink(elsewhere, here.cluster.pod("buntime-0").at(`/data/plugins/${name}`));
    for (const name of ["linked", "@scope/x"]) {
      const [result] = await host.copy(name, filesOf(first), { signal });
      assert.match(result?.message ?? "", /is a link, which belongs to somebody/);
    }
    assert.deepEqual(await readdir(elsewhere), []);
    assert.deepEqual((await readdir(here.cluster.pod("buntime-0").at("/data/plugins"))).sort(), ["@scope", "linked"]);
  });
  it("needs no more than busybox has", async function () {
    const busybox = await findExecutable("busybox", { step: "test" }).catch(() => undefined);
    if (busybox === undefined) return skipAloud(this, "there is no busybox on PATH");
    const host = await here.opened({ busybox });
    for (const [files, words] of [
      [first, "copied, there was nothing before"],
      [second, "replaced the former files"],
    ] as const) {
      const results = await host.copy("@acme/hello", filesOf(files), { signal });
      assert.deepEqual(
        results.map(({ message }) => message),
        [words, words],
      );
      for (const pod of here.cluster.pods())
        assert.deepEqual(await treeOf(pod.at("/data/plugins")), prefixed("@acme/hello/", files));
    }
    const [pod] = await host.pods("list", signal);
    assert.ok(pod);
    assert.deepEqual(await host.folders(pod, signal), ["@acme/hello"]);
    assert.ok(await host.contents(pod, "@acme/hello", signal));
    assert.ok((await host.remove("@acme/hello", { signal })).every(({ message }) => message === "removed"));
    assert.deepEqual(await readdir(here.cluster.pod("buntime-0").at("/data/plugins")), []);
  });
  it("takes a kustomization: rendered, compared, applied, deleted", async () => {
    await here.opened({ workloads: [] });
    const folder = await write(await temporary(), {
      "kustomization.yaml": "namespace: oj\nresources: [map.yaml]\n",
      "map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: words }\ndata: { a: one }\n",
    });
    const kustomize = kustomizeAt(here.cluster.run, { context: "test" });
    assert.match(await kustomize.render(folder, signal), /namespace: oj/);
    assert.match(await kustomize.diff(folder, signal), /^\+ {2}a: one$/m);
    assert.deepEqual(await kustomize.apply(folder, signal), [{ object: "configmap/words", change: "created" }]);
    assert.equal(await kustomize.diff(folder, signal), "");
    assert.deepEqual(await kustomize.apply(folder, signal), [{ object: "configmap/words", change: "unchanged" }]);
    assert.deepEqual(await kustomize.delete(folder, signal), [{ object: "configmap/words", change: "deleted" }]);
    assert.deepEqual(await kustomize.delete(folder, signal), []);
    const broken = await write(await temporary(), { "kustomization.yaml": "resources: [none.yaml]\n" });
    for (const work of [
      () => kustomize.render(broken, signal),
      () => kustomize.diff(broken, signal),
      () => kustomize.apply(broken, signal),
    ]) {
      assert.match((await hostError(work())).said ?? "", /none\.yaml/);
    }
  });
});

function prefixed(prefix: string, files: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [prefix + name, text]));
}
