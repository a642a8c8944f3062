// Metaflow UI in a cluster, by the real kubectl: the plugin in the pods' folder, its entry in the Deployment's manifest, a rollout,
// and what the log of the new pods says of it.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import {
  connect,
  deploy,
  errorText,
  type HostConfig,
  openLedger,
  packerOf,
  removePlugin,
} from "../../../client/ops/index.js";
import { badgeFolder, planted } from "../support/badge.js";
import { type Cluster, skipWithoutKubectl, startCluster, type WorkloadOptions } from "../support/cluster/index.js";
import { workload } from "../support/cluster/workload.js";
import { hostError } from "../support/errors.js";
import { removeTemporary, temporary, write } from "../support/places.js";
import { until } from "../support/waiting.js";

const signal = new AbortController().signal;
const directory = "/svc/installed";
const ui: WorkloadOptions = {
  kind: "Deployment",
  name: "ui",
  claims: { [directory]: "plugins" },
  env: { PLUGINS: '{"other": {}}' },
};

describe("a Metaflow UI host in a cluster", function () {
  this.timeout(60_000);
  let cluster: Cluster;
  let manifest: string;
  before(function () {
    return skipWithoutKubectl(this);
  });
  afterEach(async () => {
    await cluster?.stop();
    await removeTemporary();
  });

  const open = async (one: WorkloadOptions = ui) => {
    cluster = await startCluster({ workloads: [one] });
    const file = JSON.stringify(workload(ui), undefined, 2);
    const folder = await write(await temporary(), {
      "ui.yaml": `apiVersion: apps/v1\nkind: Deployment\n${yamlRest(file)}`,
    });
    manifest = path.join(folder, "ui.yaml");
    const config: HostConfig = {
      name: "ui",
      system: "metaflow",
      level: "shared",
      kubernetes: { context: "test", namespace: "default", selector: "app=ui", directory },
      own: { pluginsFile: manifest },
    };
    return connect(config, { run: cluster.swift, timeouts: { reload: 20_000 } });
  };
  /** The rest of the manifest as flow YAML, which JSON is. */
  const yamlRest = (json: string) => {
    const value: Record<string, unknown> = JSON.parse(json);
    return ["metadata", "spec"].map((key) => `${key}: ${JSON.stringify(value[key])}\n`).join("");
  };
  /** What the new pods log when they start. */
  const newPodsSay = async (...lines: readonly string[]) => {
    const former = new Set(cluster.pods().map(({ uid }) => uid));
    await until(() => cluster.pods().length === 2 && cluster.pods().every(({ uid }) => !former.has(uid)));
    for (const { name } of cluster.pods()) for (const line of lines) cluster.say(name, line);
  };

  it("gets files, entry and rollout, and its log proves the plugin", async () => {
    const host = await open();
    const talking = newPodsSay("Plugins ready: ['other', 'flow-badge']");
    const archives = await temporary();
    const ledger = openLedger(await temporary());
    const { verdict, uploaded } = await deploy({ host, plugin: await badgeFolder(), archives, signal, ledger });
    await talking;
    assert.equal(verdict.state, "verified", JSON.stringify(verdict));
    assert.deepEqual(
      uploaded.replicas?.map(({ ok }) => ok),
      [true, true, true],
    );
    assert.match(await readFile(manifest, "utf8"), /"value":"\{\\"other\\": \{\}, \\"flow-badge\\": \{\}\}"/);
    const deployment = JSON.stringify(cluster.objects.get("Deployment", "default", "ui"));
    assert.match(deployment, /flow-badge/);
    const [plugin] = (await host.list?.(signal)) ?? [];
    assert.deepEqual([plugin?.name, plugin?.state, plugin?.removeKey], ["Flow badge", "loaded", "flow-badge"]);
    const removed = await removePlugin({ host, plugin: "Flow badge", signal, ledger });
    assert.match(removed.note ?? "", /runs until the service is restarted/);
    assert.doesNotMatch(await readFile(manifest, "utf8"), /flow-badge/);
  });

  it("tells in the plan what applying its manifest would change in the cluster, and shows no value of it", async () => {
    const host = await open({ ...ui, replicas: 3, env: { PLUGINS: `{"auth": {"pass": "${planted}"}}`, KEY: planted } });
    const packer = packerOf("metaflow");
    const plan = await packer.plan(await badgeFolder(), {});
    const shipment = await packer.write(plan, { file: path.join(await temporary(), "badge.tgz") });
    const changes = (await host.foresee?.({ operation: "deploy", shipment }, signal)) ?? [];
    const live = changes.find(({ what }) => what === "apps.v1.Deployment.default.ui");
    assert.equal(live?.action, "replace");
    const [before = "", after = ""] = [live.diff?.before, live.diff?.after];
    assert.match(before, /replicas: 3/);
    assert.match(after, /replicas: 2/);
    assert.match(before, /- name: PLUGINS\n\s+value: ••• \(as it is\)/);
    assert.match(after, /- name: PLUGINS\n\s+value: ••• \(as it will be\)/);
    assert.ok(!JSON.stringify(changes).includes(planted));
    cluster.fault(/^PATCH .*dryRun/, "forbidden");
    const [, , untold] = (await host.foresee?.({ operation: "deploy", shipment }, signal)) ?? [];
    assert.match(untold?.detail ?? "", /^what it changes could not be compared: /);
  });

  it("says why the plugin isn't loaded, in the log's words, and shows no PLUGINS value of the log", async () => {
    const host = await open();
    const line = "[flow-badge:/svc/installed/flow-badge] Error loading plugin config";
    const talking = newPodsSay(line, "Plugins ready: ['other']", `Error parsing JSON: x, from PLUGINS: ${planted}`);
    const { verdict } = await deploy({ host, plugin: await badgeFolder(), archives: await temporary(), signal });
    await talking;
    assert.ok(verdict.state === "notLoaded");
    assert.match(verdict.reason, /its log says: /);
    const lines: string[] = [];
    for await (const { text, source } of host.logs?.("flow-badge", { follow: false }, signal) ?? [])
      lines.push(`${source?.slice(0, 3)} ${text}`);
    assert.ok(lines.includes(`ui- ${line}`));
    assert.ok(!JSON.stringify([lines, verdict]).includes(planted));
  });

  it("is refused a copy that would be lost with the pod", async () => {
    const host = await open({ ...ui, claims: {} });
    for (const pod of cluster.pods()) await mkdir(pod.at(directory), { recursive: true });
    const error = await hostError(deploy({ host, plugin: await badgeFolder(), archives: await temporary(), signal }));
    assert.match(errorText(error), /lost with the pod, and the service reads them only when a new pod starts/);
    assert.match(await readFile(manifest, "utf8"), /\{\\"other\\": \{\}\}/);
  });

  it("is examined: pods, rights, versions", async () => {
    const host = await open();
    cluster.fault(/^can-i create pods exec$/, "forbidden");
    const checks = (await host.doctor?.(signal)) ?? [];
    const of = (name: string) => checks.find((check) => check.name === name);
    assert.match(of("pods")?.detail ?? "", /2 pods, 2 ready/);
    assert.match(of("kubectl and rights")?.detail ?? "", /you may not create pods\/exec/);
    assert.equal(of("folder of plugins")?.state, "good");
  });

  it("without a selector says what is missing", async () => {
    cluster = await startCluster({ workloads: [] });
    const config: HostConfig = { name: "ui", system: "metaflow", level: "shared", kubernetes: { directory } };
    const error = await hostError(connect(config, { run: cluster.swift }).list?.(signal) ?? Promise.resolve());
    assert.match(errorText(error), /doesn't say which pods run its service; add "selector"/);
  });
});
