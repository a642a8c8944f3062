// Copies a plugin into every replica: staged beside its place, then exchanged, so that no pod ever sees half a plugin. Replicas
// that share a volume get it once; one that fails does not keep the others; one that was replaced meanwhile is made up for.
import { randomBytes } from "node:crypto";
import { HostError, withHostMaybe, withHostNow } from "../../hosts/hostError.js";
import { backWords } from "../backWords.js";
import type { PluginFile } from "../files.js";
import { tarOf } from "../tar.js";
import { inPod } from "./inPod.js";
import type { Kubectl } from "./kubectl.js";
import type { Pod } from "./pods.js";
import { endedExchange } from "./readBack.js";
import { onEachVolume, type ReplicaResult, type Replicas } from "./replicas.js";
import { dropScript, exchangeScript, exits, stageScript } from "./scripts.js";

export interface CopyOptions {
  readonly kubectl: Kubectl;
  readonly replicas: Replicas;
  readonly directory: string;
  /** `x` or `@scope/x`. */
  readonly plugin: string;
  readonly files: readonly PluginFile[];
  readonly signal: AbortSignal;
  /** Milliseconds for the files of one pod. */
  readonly timeout?: number;
  readonly onReplica?: (result: ReplicaResult) => void;
}

const tenMinutes = 600_000;
const anHour = 3600;

export function copyToEach(options: CopyOptions): Promise<readonly ReplicaResult[]> {
  const { replicas, signal, onReplica } = options;
  const work = (pod: Pod) => copyTo(options, pod);
  return onEachVolume({ step: "upload", replicas, signal, work, ...(onReplica === undefined ? {} : { onReplica }) });
}

async function copyTo(options: CopyOptions, pod: Pod): Promise<string> {
  const { kubectl, directory, plugin, files, signal } = options;
  if (pod.volume.readOnly) throw readOnly(pod, directory);
  const seconds = Math.floor(Date.now() / 1000);
  const id = randomBytes(4).toString("hex");
  const stage = `${directory}/.plugsmith-${seconds}-${id}`;
  const fresh = `new-${id}`;
  const call = { step: "upload", pod, directory };
  const unchanged = `pod ${pod.name} has what it had`;
  const input = tarOf({ first: { plugin }, folder: fresh, files, last: "whole" });
  let put: readonly string[] = [];
  try {
    const args = [directory, stage, String(seconds - anHour)];
    const staged = await inPod(kubectl, {
      ...call,
      script: stageScript,
      args,
      signal,
      input,
      timeout: options.timeout ?? tenMinutes,
    });
    put = staged.out.split("\n").flatMap((line) => (line.startsWith("back ") ? [backWords(line.slice(5))] : []));
    signal.throwIfAborted();
  } catch (error) {
    await dropped(kubectl, call, stage);
    throw withHostNow(upload(error), unchanged);
  }
  try {
    // From here on the signal is not asked: half an exchange helps nobody, and a whole one takes a moment.
    const args = [directory, plugin, stage, fresh];
    const { out } = await inPod(kubectl, {
      ...call,
      script: exchangeScript,
      args,
      signal: new AbortController().signal,
    });
    const done = out.startsWith("replaced") ? "replaced the former files" : "copied, there was nothing before";
    return [done, ...put].join("; ");
  } catch (error) {
    const failed = upload(error);
    if (!failed.answerLost) throw withHostNow(failed, failed.hostNow ?? unchanged);
    const now = await endedExchange(kubectl, { pod, directory, plugin, stage, files });
    if (now === "new") return "the new files are there: kubectl's answer was lost, and they were read back";
    throw now === "former" ? withHostNow(failed, unchanged) : withHostMaybe(failed, unsure(pod));
  }
}

/** What the pod keeps of a copy that was given up; on a signal of its own, shortly. A later copy clears what stays. */
async function dropped(
  kubectl: Kubectl,
  call: { step: string; pod: Pod; directory: string },
  stage: string,
): Promise<void> {
  const signal = AbortSignal.timeout(5000);
  await inPod(kubectl, { ...call, script: dropScript, args: [stage], signal, answers: Object.values(exits) }).catch(
    () => undefined,
  );
}

function upload(error: unknown): HostError {
  if (error instanceof HostError) return error;
  const next = "start it again when you are ready";
  return new HostError({ kind: "cancelled", step: "upload", message: "the upload was cancelled", next, cause: error });
}

function unsure(pod: Pod): string {
  return `pod ${pod.name} has the former files or the new ones, whole in either case`;
}

function readOnly(pod: Pod, directory: string): HostError {
  return new HostError({
    kind: "forbidden",
    step: "upload",
    message: `${directory} of pod ${pod.name} lies on ${pod.volume.title}, which is mounted read-only`,
    hostNow: `pod ${pod.name} has what it had`,
    next: "mount a writable volume there, or choose another way to this host",
  });
}
