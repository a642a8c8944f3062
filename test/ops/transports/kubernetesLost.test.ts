// kubectl does its work in the cluster and its answer is lost: it is killed, late, cut off or floods. What is said of the pods is what
// they have, by reading back; and where even that can't be asked, nothing is claimed.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import type { HostError } from "../../../client/ops/index.js";
import { openCluster } from "../../../client/ops/transports/kubernetes/index.js";
import { createRun, type ProcessRequest, type Run } from "../../../client/ops/transports/process.js";
import { clusterSuite, buntimeTarget as target } from "../support/cluster/clusterSuite.js";
import { filesOf, treeOf } from "../support/pluginFiles.js";

const signal = new AbortController().signal;
const first = { "manifest.yaml": "name: hello\n", "dist/a.js": "one" };
const second = { "manifest.yaml": "name: hello\nversion: 2\n", "dist/b.js": "two" };

const exchange = /^kubectl .*mv "\$stage\/\$new" "\$place"/s;
const removal = /^kubectl .*stage\/gone/s;
const anyExec = /^kubectl .* exec /s;

/** How an answer gets lost, as a program of `sh` in kubectl's place. */
const losses: readonly (readonly [string, string, Partial<ProcessRequest>])[] = [
  ["is cut off", "echo 'error: unexpected EOF' >&2; exit 1", {}],
  ["is lost with a killed kubectl", "kill -9 $$", {}],
  ["is late", "exec sleep 100", { timeout: 200 }],
  ["is lost in a flood", "exec yes xxxxxxxxxxxxxxxx", { maxBytes: 100_000 }],
];

describe("a pod after kubectl's answer was lost", function () {
  const here = clusterSuite(this);
  this.timeout(60_000);
  const plugin = () => here.at("buntime-0", "/data/plugins/hello");

  it("has the new files, and the copy is done, when only the answer is lost", async () => {
    const host = await opened();
    for (const loss of losses) {
      await host.copy("hello", filesOf(first), { signal });
      const [result] = await losing(exchange, loss, "after").copy("hello", filesOf(second), { signal });
      assert.equal(result?.message, "the new files are there: kubectl's answer was lost, and they were read back");
      assert.deepEqual(await treeOf(plugin()), second);
    }
  });
  it("has the former files, for good, when the exchange never came to it", async () => {
    const host = await opened();
    await host.copy("hello", filesOf(first), { signal });
    for (const loss of losses) {
      const [result] = await losing(exchange, loss, "before").copy("hello", filesOf(second), { signal });
      assert.equal(result?.error?.hostNow, "pod buntime-0 has what it had", loss[0]);
      assert.deepEqual(await treeOf(plugin()), first);
      assert.deepEqual(await readdir(here.at("buntime-0", "/data/plugins")), ["hello"]);
    }
  });
  it("has the former files or the new ones, as far as anybody can tell, when it does not answer any more", async () => {
    await opened();
    for (const loss of losses.slice(0, 2)) {
      const [result] = await losing(exchange, loss, "after", anyExec).copy("hello", filesOf(second), { signal });
      assert.match(result?.error?.hostNow ?? "", /has the former files or the new ones, whole in either case$/);
    }
  });
  it("has lost a plugin whose removal gave no answer, and still has one that was not taken out", async () => {
    const host = await opened();
    for (const loss of losses.slice(0, 2)) {
      await host.copy("hello", filesOf(first), { signal });
      const [kept] = await losing(removal, loss, "before").remove("hello", { signal });
      assert.match(kept?.error?.hostNow ?? "", /still had all of it when it was asked right after; it may go yet$/);
      const [gone] = await losing(removal, loss, "after").remove("hello", { signal });
      assert.equal(gone?.message, "removed: kubectl's answer was lost, and it is gone");
      assert.deepEqual(await readdir(here.at("buntime-0", "/data/plugins")), []);
      const [unknown] = await losing(removal, loss, "after", anyExec).remove("hello", { signal });
      assert.match(unknown?.error?.hostNow ?? "", /has all of it, or nothing of it$/);
    }
  });
  it("is asked again whether a rollout is done, and a failure is not called lateness", async () => {
    const host = await opened();
    const [workload = ""] = await host.workloads(signal);
    const status = /^kubectl .*rollout status/;
    for (const loss of losses.slice(0, 2)) {
      await losing(status, loss, "after").rolledOut(workload, { timeout: 5, signal });
      const rolling = losing(status, loss, "before", status).rolledOut(workload, { timeout: 5, signal });
      const error = await rolling.then(
        () => assert.fail("no error"),
        (thrown: HostError) => thrown,
      );
      assert.doesNotMatch(error.message, /not ready within/);
      assert.match(error.hostNow ?? "", /statefulset\/buntime is ready, or goes on with its rollout/);
    }
  });

  const opened = () => here.opened({ workloads: [{ replicas: 1 }] });

  /** The answer to the first program that fits is lost, with its work done or not; and of those that fit `then`, each one later. */
  function losing(on: RegExp, [, program, more]: (typeof losses)[number], when: "before" | "after", then?: RegExp) {
    const { run } = here.cluster;
    let isLost = false;
    const lossy: Run = async (request) => {
      const words = [request.command, ...request.args].join(" ");
      if (isLost ? then?.test(words) !== true : !on.test(words)) return run(request);
      if (!isLost && when === "after") await run(request);
      isLost = true;
      const { input: _, ...rest } = request;
      return createRun()({ ...rest, ...more, command: "/bin/sh", args: ["-c", program] });
    };
    return openCluster(lossy, target);
  }
});
