// The replicas of a host: its pods, which of them run, and where the plugins' directory of each one lies.

import { HostError } from "../../hosts/hostError.js";
import { isRecord } from "../../values.js";
import { type Json, listAt, printedJson, textAt, valueAt } from "./json.js";
import { type ClusterPlace, type Kubectl, placeWords } from "./kubectl.js";
import { type Volume, volumeOf } from "./volumes.js";

export interface Pod {
  readonly name: string;
  readonly uid: string;
  /** Its container runs: commands can be run in it. It may still not answer. */
  readonly running: boolean;
  readonly ready: boolean;
  /** In words, when it is not ready: `ImagePullBackOff: …`. */
  readonly trouble?: string;
  readonly container: string;
  readonly image: string;
  readonly node?: string;
  readonly restarts: number;
  readonly owner?: { readonly kind: string; readonly name: string };
  /** Where the host's directory lies in this pod. */
  readonly volume: Volume;
}

export interface PodQuery extends ClusterPlace {
  /** Labels, as kubectl takes them. */
  readonly selector: string;
  /** Without it, the container that kubectl would take. */
  readonly container?: string;
  readonly directory: string;
}

/** Pods that are not on their way out, by name. Rejects with "missing" where no pod fits, or none has such a container. */
export async function findPods(
  kubectl: Kubectl,
  query: PodQuery,
  step: string,
  signal: AbortSignal,
): Promise<readonly Pod[]> {
  const args = ["get", "pods", `--selector=${query.selector}`, "--output=json", "--request-timeout=20s"];
  const { out } = await kubectl({ step, args, signal, maxBytes: 64 * 1024 * 1024 });
  const items = listAt(printedJson(step, out), "items").filter(
    (pod) => textAt(pod, "metadata", "deletionTimestamp") === undefined,
  );
  if (items.length === 0) {
    const message = `no pods fit "${query.selector}" in ${placeWords(query)}`;
    const next = 'correct "selector" or "namespace" under the host\'s "kubernetes", or start the host there';
    throw new HostError({ kind: "missing", step, message, next });
  }
  const names = new Set(items.flatMap((pod) => containersIn(pod).map((one) => textAt(one, "name") ?? "")));
  if (query.container !== undefined && !names.has(query.container)) {
    const message = `the pods of "${query.selector}" have no container "${query.container}", but ${[...names].map((name) => `"${name}"`).join(", ")}`;
    throw new HostError({ kind: "missing", step, message, next: 'correct "container" under the host\'s "kubernetes"' });
  }
  return items.map((pod) => described(pod, query)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One pod for each volume, a running one where there is one: what can be read there is the same for all that share it. */
export function onePerVolume(pods: readonly Pod[]): readonly Pod[] {
  const chosen = new Map<string, Pod>();
  for (const pod of pods) {
    const other = chosen.get(pod.volume.id);
    if (other === undefined || (!other.running && pod.running)) chosen.set(pod.volume.id, pod);
  }
  return [...chosen.values()];
}

function described(pod: Json, { container: wanted, directory }: PodQuery): Pod {
  const name = textAt(pod, "metadata", "name") ?? "";
  const usual = textAt(pod, "metadata", "annotations", "kubectl.kubernetes.io/default-container");
  const container = wanted ?? usual ?? textAt(containersIn(pod)[0], "name") ?? "";
  const spec = containersIn(pod).find((one) => textAt(one, "name") === container);
  const status = listAt(pod, "status", "containerStatuses").find((one) => textAt(one, "name") === container);
  const running = isRecord(valueAt(status, "state", "running"));
  const ready =
    running && listAt(pod, "status", "conditions").some((one) => one.type === "Ready" && one.status === "True");
  const trouble = ready ? undefined : troubleOf(pod, status, running);
  const node = textAt(pod, "spec", "nodeName");
  const restarts = valueAt(status, "restartCount");
  const [owner] = listAt(pod, "metadata", "ownerReferences");
  const [ownerKind, ownerName] = [textAt(owner, "kind"), textAt(owner, "name")];
  return {
    name,
    uid: textAt(pod, "metadata", "uid") ?? name,
    running,
    ready,
    container,
    image: textAt(spec, "image") ?? "",
    restarts: typeof restarts === "number" ? restarts : 0,
    volume: volumeOf(pod, spec, directory),
    ...(trouble === undefined ? {} : { trouble }),
    ...(node === undefined ? {} : { node }),
    ...(ownerKind === undefined || ownerName === undefined ? {} : { owner: { kind: ownerKind, name: ownerName } }),
  };
}

function troubleOf(pod: Json, status: Json | undefined, running: boolean): string {
  for (const state of ["waiting", "terminated"]) {
    const reason = textAt(status, "state", state, "reason");
    if (reason === undefined) continue;
    const message = textAt(status, "state", state, "message");
    return message === undefined ? reason : `${reason}: ${message}`;
  }
  if (running) return "its readiness check does not pass";
  const unscheduled = listAt(pod, "status", "conditions").find(
    (one) => one.type === "PodScheduled" && one.status === "False",
  );
  return textAt(unscheduled, "message") ?? textAt(pod, "status", "phase") ?? "it has not started";
}

function containersIn(pod: unknown): readonly Json[] {
  return listAt(pod, "spec", "containers");
}
