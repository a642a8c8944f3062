// Takes a plugin out of every replica: moved aside, then deleted.
import { randomBytes } from "node:crypto";
import { HostError, withHostMaybe, withHostNow } from "../../hosts/hostError.js";
import { definedOf } from "../../values.js";
import { inPod } from "./inPod.js";
import type { Kubectl } from "./kubectl.js";
import { isThere } from "./readBack.js";
import { onEachVolume, type ReplicaResult, type Replicas } from "./replicas.js";
import { exits, removeScript } from "./scripts.js";

export interface RemoveOptions {
  readonly kubectl: Kubectl;
  readonly replicas: Replicas;
  readonly directory: string;
  readonly plugin: string;
  readonly signal: AbortSignal;
  readonly timeout?: number;
  readonly onReplica?: (result: ReplicaResult) => void;
}

export function removeFromEach(options: RemoveOptions): Promise<readonly ReplicaResult[]> {
  const { kubectl, replicas, directory, plugin, signal, timeout, onReplica } = options;
  const stage = `${directory}/.plugsmith-${Math.floor(Date.now() / 1000)}-${randomBytes(4).toString("hex")}`;
  return onEachVolume({
    step: "remove",
    replicas,
    signal,
    ...(onReplica === undefined ? {} : { onReplica }),
    work: async (pod) => {
      const call = { step: "remove", pod, directory, script: removeScript, args: [directory, plugin, stage], signal };
      try {
        const { code } = await inPod(kubectl, { ...call, answers: [exits.absent], ...definedOf({ timeout }) });
        return code === exits.absent ? "it was not there" : "removed";
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
        if (!error.answerLost) throw withHostNow(error, error.hostNow ?? `pod ${pod.name} still has it`);
        const there = await isThere(kubectl, pod, `${directory}/${plugin}`);
        if (there === false && error.kind !== "cancelled") return "removed: kubectl's answer was lost, and it is gone";
        throw withHostMaybe(error, `pod ${pod.name} ${leftWords(there)}`);
      }
    },
  });
}

/** A command that nobody listens to any more may still come to its end. */
function leftWords(there: boolean | undefined): string {
  if (there === undefined) return "has all of it, or nothing of it";
  return there ? "still had all of it when it was asked right after; it may go yet" : "has nothing of it any more";
}
