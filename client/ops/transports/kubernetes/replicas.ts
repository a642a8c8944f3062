// An act on every replica of a host. Replicas that see the same volume are one as far as files go; pods that were replaced in the
// middle of it are found again, once; each replica's outcome is told, whatever happens to the others.
import { setTimeout } from "node:timers/promises";
import type { ReplicaOutcome } from "../../hosts/host.js";
import { errorText, HostError, withHostNow } from "../../hosts/hostError.js";
import { inParallel } from "../parallel.js";
import { onePerVolume, type Pod } from "./pods.js";

export interface Replicas {
  find(step: string, signal: AbortSignal): Promise<readonly Pod[]>;
  /** How many are worked on at once. */
  readonly limit: number;
}

export interface ReplicaResult extends ReplicaOutcome {
  readonly pod: Pod;
  readonly error?: HostError;
}

/** Without the pod and the error behind it, which are nobody's business outside. */
export const outcomeOf = ({ replica, ok, message }: ReplicaResult): ReplicaOutcome => ({ replica, ok, message });

export interface EachVolume {
  readonly step: string;
  readonly replicas: Replicas;
  readonly signal: AbortSignal;
  /** Answers what was done there, in words. Throws `HostError` alone. */
  readonly work: (pod: Pod) => Promise<string>;
  /** Told as each volume is done; a pod that is replaced then is made up for, and told of again. */
  readonly onReplica?: (result: ReplicaResult) => void;
}

/** How long a pod that takes another one's place is waited for, in seconds. */
const patience = 30;

/** Rejects only where the pods can't be found at all. Answers one result for each pod that there is in the end, by name. */
export async function onEachVolume(act: EachVolume): Promise<readonly ReplicaResult[]> {
  const { step, replicas, signal } = act;
  const before = await replicas.find(step, signal);
  const outcomes = new Map(await round(act, before));
  const now = signal.aborted ? before : await afterwards(act, before);
  const here = new Set(now.map(({ uid }) => uid));
  // What came in a pod's place has its own volume, or the one on which the pod was not done when it went.
  const again = now.filter(({ volume }) => {
    const outcome = outcomes.get(volume.id);
    return outcome === undefined || (!outcome.ok && !here.has(outcome.pod.uid));
  });
  if (!signal.aborted) for (const [id, result] of await round(act, again)) outcomes.set(id, result);
  const results = now.flatMap((pod) => {
    const outcome = outcomes.get(pod.volume.id);
    if (outcome === undefined) return [];
    return [outcome.pod.uid === pod.uid ? outcome : shared(pod, outcome)];
  });
  return results.sort((a, b) => (a.replica < b.replica ? -1 : 1));
}

/** Volumes with what came of the one pod through which each was reached. */
async function round(act: EachVolume, pods: readonly Pod[]): Promise<readonly (readonly [string, ReplicaResult])[]> {
  return inParallel(onePerVolume(pods), act.replicas.limit, async (pod) => {
    const result = await workedOn(act.step, pod, act.work, act.signal);
    act.onReplica?.(result);
    return [pod.volume.id, result] as const;
  });
}

async function workedOn(step: string, pod: Pod, work: EachVolume["work"], signal: AbortSignal): Promise<ReplicaResult> {
  try {
    if (signal.aborted) throw cancelledBefore(step, pod);
    if (!pod.running) throw notRunning(step, pod);
    return done(pod, lasting(pod, await work(pod)));
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { replica: pod.name, pod, ok: false, message: errorText(error), error };
  }
}

function shared(pod: Pod, result: ReplicaResult): ReplicaResult {
  const { ok, error } = result;
  const message = ok ? `sees ${pod.volume.title}, as ${result.replica} does` : result.message;
  return { replica: pod.name, pod, ok, message, ...(error === undefined ? {} : { error }) };
}

function done(pod: Pod, message: string): ReplicaResult {
  return { replica: pod.name, pod, ok: true, message };
}

function lasting({ volume }: Pod, words: string): string {
  return volume.lasts === false ? `${words}; lost with the pod, it lies in ${volume.title}` : words;
}

/** The pods as they are when the work is done. Where one has gone, its successor is waited for. */
async function afterwards({ step, replicas, signal }: EachVolume, before: readonly Pod[]): Promise<readonly Pod[]> {
  for (let second = 0; ; second++) {
    const now = await replicas.find(step, signal).catch((error: unknown) => {
      // The outcomes are known all the same.
      if (error instanceof HostError) return before;
      throw error;
    });
    const gone = before.some((pod) => !now.some(({ uid }) => uid === pod.uid));
    const starting = now.some((pod) => !pod.running && !before.some(({ uid }) => uid === pod.uid));
    const fewer = now.length < before.length;
    const settled = !gone || (!starting && !fewer);
    if (settled || second >= patience) return now;
    const waited = await setTimeout(1000, true, { signal }).catch(() => false);
    if (!waited) return now;
  }
}

function notRunning(step: string, pod: Pod): HostError {
  return new HostError({
    kind: "refused",
    step,
    message: `pod ${pod.name} does not run (${pod.trouble ?? "it has not started"})`,
    hostNow: `pod ${pod.name} has what it had`,
    next: "find out why with kubectl describe, then try again",
  });
}

function cancelledBefore(step: string, pod: Pod): HostError {
  const message = `the ${step} was cancelled before it reached pod ${pod.name}`;
  const next = "start it again when you are ready";
  return new HostError({ kind: "cancelled", step, message, hostNow: `pod ${pod.name} has what it had`, next });
}

/** Throws when a replica failed: which, why, and what all of them have now. For callers that can't show a table. */
export function mustHaveAll(step: string, results: readonly ReplicaResult[]): void {
  const failed = results.filter(({ ok }) => !ok);
  const [first] = failed;
  if (first?.error === undefined) return;
  const states = results.map(({ replica, ok, error }) =>
    ok ? `${replica}: done` : `${replica}: ${error?.hostNow ?? "failed"}`,
  );
  if (results.length === 1) throw first.error;
  const { kind, message, next, said, timedOut } = first.error;
  const others = failed.length === 1 ? "" : ` (and ${failed.length - 1} more)`;
  const details = { kind, step, next, timedOut, cause: first.error, ...(said === undefined ? {} : { said }) };
  const text = `${results.length - failed.length} of ${results.length} replicas are done; ${message}${others}`;
  throw withHostNow(new HostError({ ...details, message: text }), states.join(", "));
}
