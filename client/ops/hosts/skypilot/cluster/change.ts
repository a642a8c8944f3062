// What changes a release in a cluster: its ConfigMap, kept beside as it was until the changed server has come up; and the rollout that
// makes the server read it. The server is never stopped from within its pod.
import { createHash } from "node:crypto";
import type { Fingerprint, ReplicaOutcome, Uploaded } from "../../host.js";
import { HostError, type HostErrorDetails } from "../../hostError.js";
import { pluginsName, remoteName } from "../files/project.js";
import { type Intended, intendedBy, intendedWithout, type Present } from "../intended.js";
import { wheelBytes } from "../packer.js";
import type { SkypilotShipment } from "../shipment.js";
import { normalName, stemOf } from "../wheels/wheel.js";
import { type ConfigMap, type Content, configMapOf, deleteConfigMap, nothing, writeConfigMap } from "./configMap.js";
import type { ClusterServer } from "./place.js";

export interface ClusterPresent extends Present {
  readonly map: ConfigMap | undefined;
}

export async function presentIn(server: ClusterServer, step: string, signal: AbortSignal): Promise<ClusterPresent> {
  const map = await configMapOf(server, server.configMap, step, signal);
  const { directory } = server;
  return {
    map,
    plugins: { file: `${directory}/${pluginsName}`, text: map?.texts.get(pluginsName) },
    remote: { file: `${directory}/${remoteName}`, text: map?.texts.get(remoteName) },
    usualWheels: directory,
    installsFromWheels: true,
    place: (written) => written,
    names: async () => [...(map?.binaries.keys() ?? [])],
  };
}

export async function upload(
  server: ClusterServer,
  shipment: SkypilotShipment,
  signal: AbortSignal,
): Promise<Uploaded> {
  const step = "upload";
  const present = await presentIn(server, step, signal);
  const intended = await intendedBy(present, shipment);
  const bytes = shipment.wheel === undefined ? undefined : await wheelBytes(shipment.path);
  const content = withNote(contentAfter(present.map ?? nothing, intended, bytes), shipment);
  await write(server, present, content, { step, signal });
  const { name, version } = shipment;
  const replicas = outcomesOf(server, intended);
  return { name, at: `ConfigMap ${server.configMap}`, replicas, ...(version === undefined ? {} : { version }) };
}

export async function takeOut(
  server: ClusterServer,
  classes: readonly string[],
  stem: string | undefined,
  signal: AbortSignal,
): Promise<readonly ReplicaOutcome[]> {
  const act = { step: "removal", signal };
  const present = await presentIn(server, act.step, signal);
  const intended = await intendedWithout(present, classes, stem);
  await write(server, present, contentAfter(present.map ?? nothing, intended, undefined), act);
  return outcomesOf(server, intended);
}

export function contentAfter(
  before: Content,
  { files, wheel, displaced }: Intended,
  bytes: Buffer | undefined,
): Content {
  const texts = new Map(before.texts);
  for (const { file, after } of files) texts.set(keyOf(file), after);
  const binaries = new Map(before.binaries);
  for (const old of displaced) binaries.delete(keyOf(old));
  if (wheel !== undefined && bytes !== undefined) binaries.set(keyOf(wheel), bytes.toString("base64"));
  return { texts, binaries, sent: before.sent };
}

/** Which sources the wheel was built from, so that a change by somebody else can be told. */
function withNote(content: Content, { wheel, contents }: SkypilotShipment): Content {
  if (wheel === undefined) return content;
  const sent = new Map(content.sent).set(normalName(wheel.distribution), `${contents} ${wheel.sha256}`);
  return { ...content, sent };
}

/** What the ConfigMap has of a distribution; undefined when it has no wheel of it. */
export async function fingerprintIn(
  server: ClusterServer,
  plugin: string,
  signal: AbortSignal,
): Promise<Fingerprint | undefined> {
  const map = await configMapOf(server, server.configMap, "check", signal);
  const name = normalName(plugin);
  const [found] = [...(map?.binaries ?? [])].filter(([file]) => normalName(stemOf(file)) === name);
  if (found === undefined) return undefined;
  const [file, base64] = found;
  const sha256 = createHash("sha256").update(Buffer.from(base64, "base64")).digest("hex");
  const version = file.split("-")[1];
  const [contents, wheel] = map?.sent.get(name)?.split(" ") ?? [];
  const known = contents === undefined ? {} : { contents: wheel === sha256 ? contents : `wheel ${sha256}` };
  return { ...known, ...(version === undefined ? {} : { version }) };
}

/** Restarts what runs the pods and waits; a rollout that does not get through is taken back, with the ConfigMap that was before. */
export async function roll(server: ClusterServer, signal: AbortSignal): Promise<readonly ReplicaOutcome[]> {
  const step = "reload";
  const former = await configMapOf(server, keptName(server), step, signal);
  try {
    const outcomes = await rolledOut(server, signal);
    await deleteConfigMap(server, keptName(server), step, signal);
    return outcomes;
  } catch (error) {
    if (!(error instanceof HostError) || error.kind === "cancelled") throw error;
    throw former === undefined ? error : await takenBack(server, error, former);
  }
}

async function rolledOut(server: ClusterServer, signal: AbortSignal): Promise<readonly ReplicaOutcome[]> {
  const { cluster, io } = server;
  const workloads = await cluster.workloads(signal);
  const [first] = workloads;
  if (first === undefined) {
    const message = "nothing that could be restarted runs the pods of the API server";
    throw new HostError({
      kind: "unsupported",
      step: "reload",
      message,
      next: "restart the server in the way it was started",
    });
  }
  for (const workload of workloads) await cluster.restart(workload, signal);
  const timeout = Math.ceil((io.timeouts?.reload ?? 600_000) / 1000);
  for (const workload of workloads) await cluster.rolledOut(workload, { timeout, signal });
  return workloads.map((replica) => ({ replica, ok: true, message: "restarted, and ready" }));
}

async function takenBack(server: ClusterServer, error: HostError, former: ConfigMap): Promise<HostError> {
  const step = "reload";
  const signal = AbortSignal.timeout(900_000);
  const details: HostErrorDetails = {
    kind: "refused",
    step,
    message: `the server did not come up: ${error.message}`,
    next: "look at the pod's log for what it stopped at, correct the plugin and deploy it again",
    cause: error,
    ...(error.said === undefined ? {} : { said: error.said }),
  };
  try {
    const now = await configMapOf(server, server.configMap, step, signal);
    await writeConfigMap(server, server.configMap, former, now, { step, signal });
    await rolledOut(server, signal);
    await deleteConfigMap(server, keptName(server), step, signal);
  } catch (again) {
    if (!(again instanceof HostError)) throw again;
    const hostNow = `going back failed too (${again.message}); what was before is in the ConfigMap "${keptName(server)}"`;
    return new HostError({ ...details, hostNow });
  }
  const hostNow = `the former ConfigMap "${server.configMap}" is back, and the server runs again`;
  return new HostError({ ...details, hostNow, isAsBefore: true });
}

async function write(
  server: ClusterServer,
  { map }: ClusterPresent,
  content: Content,
  act: { readonly step: string; readonly signal: AbortSignal },
): Promise<void> {
  const kept = await configMapOf(server, keptName(server), act.step, act.signal);
  // Two changes without a restart between them go back to what ran before the first.
  if (kept === undefined) await writeConfigMap(server, keptName(server), map ?? nothing, undefined, act);
  await writeConfigMap(server, server.configMap, content, map, act);
}

function keptName({ configMap }: ClusterServer): string {
  return `${configMap}-before`;
}

function outcomesOf({ configMap }: ClusterServer, { files, wheel, displaced }: Intended): readonly ReplicaOutcome[] {
  const rows = [
    ...files.map(({ file }) => [file, "written"] as const),
    ...(wheel === undefined ? [] : [[wheel, "written"] as const]),
    ...displaced.map((file) => [file, "removed"] as const),
  ];
  return rows.map(([file, message]) => ({ replica: `ConfigMap ${configMap}: ${keyOf(file)}`, ok: true, message }));
}

function keyOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}
