// SkyPilot's way in a cluster, with the real kubectl: the ConfigMap, the proof in a pod's own Python, the rollout, and back again.
import assert from "node:assert/strict";
import { chmod } from "node:fs/promises";
import path from "node:path";
import {
  connect,
  deploy,
  type HostConfig,
  openLedger,
  type PluginHost,
  removePlugin,
} from "../../../client/ops/index.js";
import { type Cluster, skipWithoutKubectl, startCluster } from "../support/cluster/index.js";
import { hostError } from "../support/errors.js";
import { removeTemporary, temporary, write } from "../support/places.js";
import { skipAloud } from "../support/skipping.js";
import { pluginCode, project, quickTools } from "../support/skypilot/project.js";
import { installFromConfigMap, release } from "../support/skypilot/release.js";
import { lacking, serverPython } from "../support/skypilot/server.js";
import { until } from "../support/waiting.js";

const signal = new AbortController().signal;
const config: HostConfig = { name: "release", system: "skypilot", level: "shared", kubernetes: { context: "test" } };

describe("SkyPilot in a cluster", function () {
  this.timeout(60_000);
  let cluster: Cluster;
  let host: PluginHost;
  let python: string;

  before(async function () {
    const why = lacking();
    if (why !== undefined) skipAloud(this, why);
    await skipWithoutKubectl(this);
  });
  beforeEach(async () => {
    const folder = await temporary();
    python = await serverPython(folder);
    await write(folder, { "bin/python3": `#!/bin/sh\nexec ${python} "$@"\n` });
    const program = path.join(folder, "bin", "python3");
    await chmod(program, 0o755);
    cluster = await startCluster({ workloads: [], also: { python3: program } });
    host = connect(config, { run: cluster.swift, timeouts: { reload: 4000 } });
  });
  afterEach(async () => {
    await cluster.stop();
    await removeTemporary();
  });

  const ship = async (folder: string, more: object = {}) =>
    deploy({ host, plugin: folder, archives: await temporary(), signal, tools: quickTools, ...more });
  const map = (name = "skypilot-plugins") => cluster.objects.get("ConfigMap", "default", name);

  it("shows the values that a release needs once, and deploys nothing to one that lacks them", async () => {
    cluster.put(release({ wired: false }));
    const error = await hostError(ship(await project()));
    assert.match(
      error.message,
      /deployment\/skypilot-api-server would not load it: its pods don't have the ConfigMap "skypilot-plugins" at \/etc\/skypilot/,
    );
    assert.equal(map(), undefined);
    const changes = (await host.foresee?.({ operation: "deploy", shipment: await packed() }, signal)) ?? [];
    const values = changes.find(({ diff }) => diff?.file === "values.yaml")?.diff?.after ?? "";
    for (const part of [
      "extraVolumeMounts:",
      "mountPath: /etc/skypilot",
      "SKYPILOT_SERVER_PLUGINS_CONFIG",
      "preDeployHook: |",
      "plugsmith/plugins-sha256: ",
    ])
      assert.ok(values.includes(part), part);
  });

  it("proves, writes the ConfigMap with the wheel, rolls and reads back", async () => {
    cluster.put(release({ wired: true }));
    cluster.fault(/PATCH .*deployments/, preDeployHook, 2);
    const { verdict, uploaded } = await ship(await project());
    assert.equal(verdict.state, "verified", JSON.stringify(verdict));
    assert.deepEqual(Object.keys(map()?.binaryData ?? {}), ["example_audit-0.1.0-py3-none-any.whl"]);
    assert.match(JSON.stringify(map()?.data), /AuditPlugin/);
    assert.equal(map("skypilot-plugins-before"), undefined);
    assert.ok(uploaded.replicas?.some(({ replica }) => replica === "ConfigMap skypilot-plugins: plugins.yaml"));
    const { shipment } = await ship(await project({}, "0.2.0"));
    assert.deepEqual(Object.keys(map()?.binaryData ?? {}), ["example_audit-0.2.0-py3-none-any.whl"]);
    assert.deepEqual(await host.fingerprint?.("example-audit", signal), {
      contents: shipment.contents,
      version: "0.2.0",
    });
    const there = map();
    assert.ok(there !== undefined);
    cluster.put({ ...there, binaryData: { "example_audit-0.2.0-py3-none-any.whl": "AAAA" } });
    assert.match((await host.fingerprint?.("example-audit", signal))?.contents ?? "", /^wheel /);
  });

  it("stops at a class that the pod's Python would not load", async () => {
    cluster.put(release({ wired: true }));
    const error = await hostError(ship(await project({ "example_audit/plugin.py": "class AuditPlugin: pass\n" })));
    assert.match(error.message, /does not derive from BasePlugin/);
    assert.equal(map(), undefined);
  });

  it("refuses another wheel of a file name that controllers have seen, and takes it with the version raised", async () => {
    cluster.put(release({ wired: true }));
    cluster.fault(/PATCH .*deployments/, preDeployHook, 2);
    const forControllers = { "remote_plugins.yaml": "plugins:\n- class: example_audit.plugin.ControllerAuditPlugin\n" };
    const changed = { ...forControllers, "example_audit/note.py": "x = 1\n" };
    await ship(await project(forControllers));
    const before = map();
    const { findings, message } = await hostError(ship(await project(changed)));
    assert.match(message, /another example_audit-0\.1\.0-py3-none-any\.whl; controllers .* skip it/);
    assert.equal(findings.find(({ code }) => code === "skypilot/wheel-name-seen")?.remedy, "raiseVersion");
    assert.deepEqual(map(), before);
    assert.equal((await ship(await project(changed, "0.2.0"))).verdict.state, "verified");
  });

  it("takes the ConfigMap back when the new pods don't get ready", async () => {
    cluster.put(release({ wired: true }));
    await ship(await project());
    const before = map()?.data;
    cluster.fault(/PATCH .*deployments/, "error", 1);
    const changed = { "example_audit/plugin.py": pluginCode("0.2.0") };
    const ledger = openLedger(await temporary());
    const error = await hostError(ship(await project(changed, "0.2.0"), { ledger }));
    assert.match(error.hostNow ?? "", /the former ConfigMap "skypilot-plugins" is back, and the server runs again/);
    assert.deepEqual(map()?.data, before);
    assert.deepEqual(Object.keys(map()?.binaryData ?? {}), ["example_audit-0.1.0-py3-none-any.whl"]);
    assert.equal((await ledger.history(config, "example-audit"))[0]?.result, "failed");
  });

  it("removes entries and wheel, and follows the pods' log", async () => {
    cluster.put(release({ wired: true }));
    await ship(await project());
    const removed = await removePlugin({ host, plugin: "example-audit", signal });
    assert.equal(removed.gone, true);
    assert.match(JSON.stringify(map()?.data), /plugins: \[\]/);
    const [pod] = cluster.pods();
    cluster.say(pod?.name ?? "", "GET /api/plugins");
    const seen: string[] = [];
    for await (const { text } of host.logs?.(undefined, { follow: false }, signal) ?? []) seen.push(text);
    assert.deepEqual(seen, ["GET /api/plugins"]);
  });

  it("says what a doctor finds", async () => {
    cluster.put(release({ wired: false }));
    let checks: Awaited<ReturnType<NonNullable<PluginHost["doctor"]>>> = [];
    // Until its pods are up.
    await until(async () => {
      checks = (await host.doctor?.(signal)) ?? [];
      return checks.some(({ name, state }) => name === "pods" && state === "good");
    });
    assert.deepEqual(
      checks.filter(({ state }) => state !== "good").map(({ name }) => name),
      ["the release's values"],
    );
  });

  const preDeployHook = () => installFromConfigMap(python, map());

  async function packed() {
    const { packerOf } = await import("../../../client/ops/index.js");
    const packer = packerOf("skypilot");
    const plan = await packer.plan(await project(), {});
    return packer.write(plan, { file: path.join(await temporary(), "audit.tgz"), signal, tools: quickTools });
  }
});
