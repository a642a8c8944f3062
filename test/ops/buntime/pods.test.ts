// Buntime in the pods of a cluster, by the real kubectl: copied into each replica, each one reloaded and read back, and the truth told
// where they differ.
import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { deploy, openLedger, planAction, planText, removePlugin, setPluginEnabled } from "../../../client/ops/index.js";
import { type BuntimePods, type BuntimePodsOptions, buntimePods } from "../support/buntimePods.js";
import { skipWithoutKubectl } from "../support/cluster/index.js";
import { hostError } from "../support/errors.js";
import { hello, plugin, removeTemporary, temporary, write } from "../support/places.js";

const signal = new AbortController().signal;

describe("Buntime in the pods of a cluster", function () {
  this.timeout(60_000);
  let pods: BuntimePods | undefined;
  before(function () {
    return skipWithoutKubectl(this);
  });
  afterEach(async () => {
    await pods?.stop();
    pods = undefined;
    await removeTemporary();
  });
  const started = async (options?: BuntimePodsOptions) => {
    pods = await buntimePods(options);
    return { ...pods, ledger: openLedger(await temporary()) };
  };

  it("deploys into each replica, proves each one, lists, compares and removes", async () => {
    const { host, cluster, ledger } = await started();
    const told = await host.describe?.(signal);
    assert.equal(told?.title, "Buntime v0.4 or newer in 2 pods");
    const delivered = await deploy({ host, plugin: await plugin(), archives: await temporary(), signal, ledger });
    assert.equal(delivered.verdict.state, "verified");
    const message = "copied, there was nothing before";
    assert.deepEqual(delivered.uploaded.replicas, [
      { replica: "buntime-0", ok: true, message },
      { replica: "buntime-1", ok: true, message },
    ]);
    for (const pod of cluster.pods()) assert.deepEqual(await readdir(pod.at("/data/plugins/@acme")), ["hello"]);
    const [listed] = (await host.list?.(signal)) ?? [];
    assert.deepEqual([listed?.name, listed?.state], ["@acme/hello", "loaded"]);
    const print = await host.fingerprint?.("@acme/hello", signal);
    assert.deepEqual([print?.contents, print?.version], [delivered.shipment.contents, "1.0.0"]);
    assert.equal((await host.files?.("@acme/hello", signal))?.length, 3);
    assert.equal((await removePlugin({ host, plugin: "@acme/hello", signal, ledger })).gone, true);
    assert.deepEqual(await host.list?.(signal), []);
    assert.equal(await host.fingerprint?.("@acme/hello", signal), undefined);
  });

  it("checks pods, volumes and rights", async () => {
    const { host } = await started();
    const checks = (await host.doctor?.(signal)) ?? [];
    assert.deepEqual(
      checks.map(({ name, state, detail }) => [name, state, detail.replace(/ v[\w.-]+|kubectl|cluster/g, "").trim()]),
      [
        ["pods", "good", "2 pods, 2 ready"],
        ["plugins' directory", "good", '/data/plugins lies in claim "plugins-buntime-0", claim "plugins-buntime-1"'],
        ["kubectl and rights", "good", ","],
      ],
    );
  });

  it("plans for each volume and each pod", async () => {
    const { host } = await started();
    const plan = await planAction({ host, intent: { operation: "reload" }, signal });
    assert.match(planText(plan), /restart all plugins, by a reload \(pod buntime-0\)[\s\S]*\(pod buntime-1\)/);
  });

  it("uses the pod's own key where the user has none, and never in an argument list", async () => {
    const key = "planted-root-key-4711";
    const { host, cluster } = await started({ key });
    assert.deepEqual(await host.list?.(signal), []);
    const given = await buntimePods({ key, token: key });
    try {
      assert.deepEqual(await given.host.list?.(signal), []);
      for (const seen of [...cluster.seen, ...given.cluster.seen]) assert.ok(!seen.includes(key));
    } finally {
      await given.stop();
    }
  });

  it("refuses a wrong key as the host does", async () => {
    const { host } = await started({ key: "planted-root-key-4711", token: "another-key-0815" });
    const error = await hostError(host.list?.(signal) ?? Promise.resolve());
    assert.equal(error.kind, "unauthorised");
    assert.doesNotMatch(`${error.message} ${error.said} ${error.next}`, /0815|4711/);
  });

  it("tells where replicas differ, and counts that as somebody else's work", async () => {
    const { host, cluster, ledger } = await started();
    await deploy({ host, plugin: await plugin(), archives: await temporary(), signal, ledger });
    await writeFile(cluster.pod("buntime-1").at("/data/plugins/@acme/hello/dist/client/index.html"), "theirs");
    const next = await plugin(hello("1.1.0"));
    const error = await hostError(deploy({ host, plugin: next, archives: await temporary(), signal, ledger }));
    assert.equal(error.step, "conflict");
  });

  it("says of each replica what it has when one could not be written", async () => {
    const { host, cluster, ledger } = await started();
    cluster.fault(/^exec buntime-1 sh .*tar -x/s, "forbidden", 20);
    const error = await hostError(
      deploy({ host, plugin: await plugin(), archives: await temporary(), signal, ledger }),
    );
    assert.match(error.message, /^1 of 2 replicas are done; /);
    assert.match(error.hostNow ?? "", /buntime-0: done, buntime-1: /);
    const [listed] = (await host.list?.(signal)) ?? [];
    assert.deepEqual([listed?.state, listed?.note], ["installed", "installed in buntime-0, not in buntime-1"]);
  });

  it("does not call a plugin loaded while one replica was not reloaded", async () => {
    const { host, cluster, ledger } = await started();
    await deploy({ host, plugin: await plugin(), archives: await temporary(), signal, ledger });
    let asked = 0;
    // The second half of the way: what asks the API of this pod after the copy.
    cluster.fault(/^exec buntime-1 sh .*homeless|^exec buntime-1 sh .*answer=made/s, () => {
      asked += 1;
      cluster.fault(/^exec buntime-1 sh .*exec bun/s, "hangUp");
    });
    const next = await plugin(hello("1.1.0"));
    const { verdict } = await deploy({ host, plugin: next, archives: await temporary(), signal, ledger });
    assert.equal(asked, 1);
    assert.equal(verdict.state, "notLoaded");
    assert.match(
      verdict.state === "notLoaded" ? verdict.reason : "",
      /pod buntime-1 was not reloaded and may run what it ran before/,
    );
  });

  it("tells from the manifest or the log why a plugin does not run", async () => {
    const { host, cluster, ledger } = await started({ workloads: [{ replicas: 1 }] });
    const files = hello("1.0.0", "@acme/throws", "/throws");
    await deploy({
      host,
      plugin: await write(path.join(await temporary(), "t"), files),
      archives: await temporary(),
      signal,
      ledger,
    });
    await setPluginEnabled({ host, plugin: "@acme/throws", to: "disabled", signal, ledger });
    const [off] = (await host.list?.(signal)) ?? [];
    assert.deepEqual([off?.state, off?.note], ["disabled", 'its manifest says "enabled: false"']);
    const other = await plugin(hello("1.0.0", "@acme/other", "/other"));
    const { packerOf } = await import("../../../client/ops/index.js");
    const packer = packerOf("buntime");
    const shipment = await packer.write(await packer.plan(other, {}), { file: path.join(await temporary(), "o.tgz") });
    await host.upload?.(shipment, signal);
    cluster.say(
      "buntime-0",
      '12:00:01.000 ERR [PluginLoader] Failed to load plugin "@acme/other" {"error":"no such table: notes"}',
    );
    const failed = (await host.list?.(signal))?.find(({ name }) => name === "@acme/other");
    assert.deepEqual(
      [failed?.state, failed?.note, failed?.reason?.code],
      ["failed", "the host's log says: no such table: notes", "buntime/start-failed"],
    );
  });

  it("reads the logs of all replicas, those about one plugin alone where that is asked", async () => {
    const { host, cluster } = await started();
    cluster.say("buntime-0", "12:00:01.000 INF [PluginLoader] Loaded: @acme/hello (/data/plugins/@acme/hello)");
    cluster.say("buntime-1", '12:00:02.000 ERR [PluginLoader] Failed to load plugin "@acme/hello" {');
    cluster.say("buntime-1", '  "error": "boom"');
    cluster.say("buntime-1", "}");
    cluster.say("buntime-1", "12:00:03.000 INF [App] something else");
    const lines: string[] = [];
    for await (const line of host.logs?.("@acme/hello", { follow: false }, signal) ?? [])
      lines.push(`${line.source}: ${line.text}`);
    assert.deepEqual(lines.sort(), [
      "buntime-0: 12:00:01.000 INF [PluginLoader] Loaded: @acme/hello (/data/plugins/@acme/hello)",
      'buntime-1:   "error": "boom"',
      'buntime-1: 12:00:02.000 ERR [PluginLoader] Failed to load plugin "@acme/hello" {',
      "buntime-1: }",
    ]);
  });
});
