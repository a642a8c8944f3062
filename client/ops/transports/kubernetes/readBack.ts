// What a pod has after a change whose answer was lost: kubectl was killed, late or cut off, and the command in the pod may have done its
// work all the same. Asked on a signal of its own, shortly; what can't be found out is said to be unknown.
import { createHash } from "node:crypto";
import { HostError } from "../../hosts/hostError.js";
import { contentsDigest } from "../../pack/plan.js";
import type { PluginFile } from "../files.js";
import { inPod } from "./inPod.js";
import type { Kubectl } from "./kubectl.js";
import { contentsOf } from "./look.js";
import type { Pod } from "./pods.js";
import { endExchangeScript, exits, lookScript } from "./scripts.js";

export interface Exchange {
  readonly pod: Pod;
  readonly directory: string;
  readonly plugin: string;
  readonly stage: string;
  readonly files: readonly PluginFile[];
}

const patience = 15_000;

/** Ends an exchange, wherever it is, and looks which files stand there: ours or those from before. Undefined where the pod can't be asked. */
export async function endedExchange(kubectl: Kubectl, exchange: Exchange): Promise<"new" | "former" | undefined> {
  const { pod, directory, plugin, stage, files } = exchange;
  const signal = AbortSignal.timeout(patience);
  const call = { step: "upload", pod, directory, script: endExchangeScript, args: [directory, plugin, stage], signal };
  return unlessUnanswered(async () => {
    await inPod(kubectl, call);
    const there = await contentsOf(kubectl, pod, `${directory}/${plugin}`, signal);
    return there === (await digestOf(files)) ? "new" : "former";
  });
}

/** Whether anything is in the plugin's place. Undefined where the pod can't be asked. */
export async function isThere(kubectl: Kubectl, pod: Pod, place: string): Promise<boolean | undefined> {
  const signal = AbortSignal.timeout(patience);
  const answers = [exits.absent];
  const call = { step: "remove", pod, directory: place, script: lookScript, args: [place], signal, answers };
  return unlessUnanswered(async () => (await inPod(kubectl, call)).code !== exits.absent);
}

async function unlessUnanswered<T>(asked: () => Promise<T>): Promise<T | undefined> {
  try {
    return await asked();
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

async function digestOf(files: readonly PluginFile[]): Promise<string> {
  const digests = files.map(async (file) => {
    const sha256 = createHash("sha256")
      .update(await file.read())
      .digest("hex");
    return { path: file.path, sha256 };
  });
  return contentsDigest(await Promise.all(digests));
}
