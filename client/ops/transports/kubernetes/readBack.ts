// What a pod has after a change whose answer was lost: kubectl was killed, late or cut off, and the command in the pod may have done its
// work all the same. Asked on a signal of its own, shortly; what can't be found out is said to be unknown.
import { createHash } from "node:crypto";
import { unlessUnanswered } from "../../hosts/unlessUnanswered.js";
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
  const call = { step: "upload", pod, directory, script: endExchangeScript, args: [directory, plugin, stage] };
  return unlessUnanswered(async (signal) => {
    await inPod(kubectl, { ...call, signal });
    const there = await contentsOf(kubectl, pod, `${directory}/${plugin}`, signal);
    return there === (await digestOf(files)) ? "new" : "former";
  }, patience);
}

/** Whether anything is in the plugin's place. Undefined where the pod can't be asked. */
export async function isThere(kubectl: Kubectl, pod: Pod, place: string): Promise<boolean | undefined> {
  const call = { step: "remove", pod, directory: place, script: lookScript, args: [place], answers: [exits.absent] };
  return unlessUnanswered(
    async (signal) => (await inPod(kubectl, { ...call, signal })).code !== exits.absent,
    patience,
  );
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
