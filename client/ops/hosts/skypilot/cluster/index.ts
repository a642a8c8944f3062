// A SkyPilot release in a cluster behind the words every host shares. This file only says which operation is which.
import type {
  Change,
  Check,
  Finding,
  HostConfig,
  HostIo,
  Intent,
  KubernetesTarget,
  LogLine,
  PluginHost,
  Removed,
} from "../../host.js";
import { HostError } from "../../hostError.js";
import { openApi } from "../api.js";
import { describeHealth } from "../describe.js";
import { fileChanges } from "../fileChanges.js";
import { entriesIn, entriesOf } from "../files/entries.js";
import { importFindings, replacedParameters } from "../findings.js";
import { groupNamed } from "../groups.js";
import { intendedBy, intendedWithout } from "../intended.js";
import { judgeShipment } from "../judge.js";
import { wheelBytes } from "../packer.js";
import { type SkypilotShipment, skypilotShipment } from "../shipment.js";
import { pluginsVariable } from "../variables.js";
import { verdictOn } from "../verify.js";
import { stemOf } from "../wheels/wheel.js";
import { contentAfter, presentIn, roll, takeOut, upload } from "./change.js";
import { nothing } from "./configMap.js";
import { look } from "./look.js";
import { type ClusterServer, clusterServer } from "./place.js";
import { helmValues, wiringOf, wiringProblem } from "./values.js";

export function connectCluster(config: HostConfig, target: KubernetesTarget, io: HostIo): PluginHost {
  const server = clusterServer(config, target, io);
  const { url } = config;
  return {
    config,
    ...(url === undefined
      ? {}
      : {
          describe: async (signal) =>
            describeHealth(await (await openApi(config, io, "connection")).health("connection", signal)),
        }),
    list: async (signal) => (await look(server, "list", signal)).plugins,
    check: (shipment, signal) => check(server, skypilotShipment(shipment), signal),
    foresee: (intent, signal) => foresee(server, intent, signal),
    upload: (shipment, signal) => upload(server, skypilotShipment(shipment), signal),
    reload: async (signal) => {
      const began = Date.now();
      const replicas = await roll(server, signal);
      const { groups } = await look(server, "reload", signal);
      const scanned = groups.map(({ name, version }) => ({ name, ...(version === undefined ? {} : { version }) }));
      return { scanned, milliseconds: Date.now() - began, replicas };
    },
    verify: async (shipment, _reloaded, signal) => {
      const now = await look(server, "verification", signal);
      const file = `the ConfigMap "${server.configMap}"`;
      return verdictOn(skypilotShipment(shipment), {
        ...now,
        after: now.shown.plugins,
        file,
        variable: pluginsVariable,
      });
    },
    remove: (name, signal) => remove(server, name, signal),
    logs: (_plugin, options, signal) => lines(server, options, signal),
    doctor: (signal) => doctor(server, signal),
  };
}

async function check(
  server: ClusterServer,
  shipment: SkypilotShipment,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const present = await presentIn(server, "check", signal);
  const { plugins } = await intendedBy(present, shipment);
  const findings = [...judgeShipment(shipment), ...replacedParameters(present.plugins.text ?? "", entriesOf(plugins))];
  const [workload] = await server.cluster.workloads(signal);
  const problem =
    workload === undefined ? undefined : wiringProblem(await wiringOf(server, workload, "check", signal), server);
  if (problem !== undefined) {
    const message = `${workload} would not load it: ${problem}; the plan shows the Helm values that it needs once`;
    findings.push({ severity: "error", code: "skypilot/release-not-wired", message });
  }
  const bytes = shipment.wheel === undefined ? undefined : await wheelBytes(shipment.path);
  try {
    const question = { entries: entriesOf(plugins), ...(bytes === undefined ? {} : { wheelBytes: bytes }) };
    return [...findings, ...importFindings(await server.ask("check", question, signal), shipment)];
  } catch (error) {
    if (!(error instanceof HostError) || error.kind === "cancelled") throw error;
    const message = `whether the server would load it could not be tried in its pod: ${error.message}`;
    return [...findings, { severity: "warning", code: "skypilot/import-not-proven", message }];
  }
}

async function foresee(server: ClusterServer, intent: Intent, signal: AbortSignal): Promise<readonly Change[]> {
  const workloads = await server.cluster.workloads(signal);
  const restarts = workloads.map(
    (workload): Change => ({
      action: "restart",
      what: `kubectl rollout restart ${workload}`,
      where: server.where,
      detail: "an outage where the release's strategy is Recreate; taken back when the new pods don't get ready",
    }),
  );
  if (intent.operation === "reload") return restarts;
  const present = await presentIn(server, "plan", signal);
  if (!("shipment" in intent)) {
    const { classes, stem } = await meant(server, intent.plugin, signal);
    return [...fileChanges(await intendedWithout(present, classes, stem)), ...restarts];
  }
  const shipment = skypilotShipment(intent.shipment);
  const intended = await intendedBy(present, shipment);
  const bytes = shipment.wheel === undefined ? undefined : await wheelBytes(shipment.path);
  const content = contentAfter(present.map ?? nothing, intended, bytes);
  const wired = await Promise.all(
    workloads.map(async (workload) => wiringProblem(await wiringOf(server, workload, "plan", signal), server)),
  );
  const problem = wired.find((one) => one !== undefined);
  const values: readonly Change[] =
    problem === undefined
      ? []
      : [
          {
            action: "run",
            what: "helm upgrade with these values, by whoever runs the release",
            where: server.where,
            detail: problem,
            diff: { file: "values.yaml", before: "", after: helmValues(server, content) },
          },
        ];
  return [...values, ...fileChanges(intended), ...(intent.operation === "upload" ? [] : restarts)];
}

async function remove(server: ClusterServer, name: string, signal: AbortSignal): Promise<Removed> {
  const { classes, stem, key } = await meant(server, name, signal);
  const taken = await takeOut(server, classes, stem, signal);
  const rolled = await roll(server, signal);
  const { groups } = await look(server, "removal", signal);
  return { name, key, gone: groupNamed(groups, key) === undefined, replicas: [...taken, ...rolled] };
}

async function meant(server: ClusterServer, name: string, signal: AbortSignal) {
  const step = "removal";
  const { groups } = await look(server, step, signal);
  const group = groupNamed(groups, name);
  const own = group?.classes.map((row) => row.className) ?? [];
  const tops = new Set((own.length === 0 ? [name] : own).map((one) => one.split(".")[0]));
  const { remote } = await presentIn(server, step, signal);
  const others = entriesIn(remote, step)
    .map(({ className }) => className)
    .filter((one) => tops.has(one.split(".")[0]));
  const classes = [...new Set([...own, ...others])];
  if (classes.length === 0) {
    const message = `the ConfigMap "${server.configMap}" lists no class of "${name}"`;
    throw new HostError({
      kind: "missing",
      step,
      message,
      next: "refresh the list; someone may have removed it already",
    });
  }
  const distribution = group?.distribution?.name;
  return {
    classes,
    key: group?.name ?? name,
    stem: distribution === undefined ? undefined : stemOf(distribution.replace(/[-.]+/g, "_")),
  };
}

async function* lines(
  { cluster }: ClusterServer,
  { follow, tail }: { readonly follow: boolean; readonly tail?: number },
  signal: AbortSignal,
): AsyncIterable<LogLine> {
  for await (const line of cluster.logs({ follow, signal, ...(tail === undefined ? {} : { tail }) })) {
    yield { text: "line" in line ? line.line : line.error.message, source: line.pod };
  }
}

async function doctor(server: ClusterServer, signal: AbortSignal): Promise<readonly Check[]> {
  const { cluster, where, configMap } = server;
  const checks: Check[] = [];
  const look1 = async (name: string, next: string, work: () => Promise<Check | undefined>) => {
    try {
      const found = await work();
      if (found !== undefined) checks.push(found);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      checks.push({ name, state: "bad", detail: error.message, next: error.next || next });
    }
  };
  await look1("kubectl", "install kubectl", async () => {
    const { client, server: theirs } = await cluster.doctor.versions(signal);
    return { name: "kubectl", state: "good", detail: `${client}, the cluster ${theirs}` };
  });
  await look1("rights", "ask the cluster's operator", async () => {
    const missing = await cluster.doctor.missing(rights, signal);
    const detail = missing.map(({ verb, resource }) => `${verb} ${resource}`).join(", ");
    if (missing.length === 0) return { name: "rights", state: "good", detail: `enough in ${where}` };
    return { name: "rights", state: "bad", detail: `missing: ${detail}`, next: "ask the cluster's operator for them" };
  });
  await look1("pods", "start the release", async () => {
    const pods = await cluster.pods("doctor", signal);
    const detail = pods
      .map(({ name, ready, trouble }) => `${name}: ${ready ? "ready" : (trouble ?? "not ready")}`)
      .join(", ");
    return { name: "pods", state: pods.every(({ ready }) => ready) ? "good" : "attention", detail };
  });
  await look1("the release's values", "show the plan of a deployment", async () => {
    const [workload] = await cluster.workloads(signal);
    const problem =
      workload === undefined ? undefined : wiringProblem(await wiringOf(server, workload, "doctor", signal), server);
    const name = "the release's values";
    if (problem === undefined) return { name, state: "good", detail: `${workload} reads the ConfigMap "${configMap}"` };
    return { name, state: "bad", detail: problem, next: "apply the values that the plan of a deployment shows" };
  });
  return checks;
}

const rights = [
  { verb: "list", resource: "pods" },
  { verb: "create", resource: "pods/exec" },
  { verb: "get", resource: "configmaps" },
  { verb: "create", resource: "configmaps" },
  { verb: "update", resource: "configmaps" },
  { verb: "patch", resource: "deployments.apps" },
] as const;
