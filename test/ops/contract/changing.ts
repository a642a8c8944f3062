// Which of the things that an adapter does outside may change something there. What is not known to only look counts as changing.
import { askScript } from "../../../client/ops/hosts/buntime/pods/program.js";
import * as scripts from "../../../client/ops/transports/kubernetes/scripts.js";
import type { ProcessRequest } from "../../../client/ops/transports/process.js";

const { fetchScript, listScript, lookScript, readScript } = scripts;
const lookingScripts: readonly string[] = [fetchScript, listScript, lookScript, readScript];

const looking: Readonly<Record<string, readonly string[]>> = {
  kubectl: ["get", "logs", "diff", "kustomize", "version", "auth", "config", "rollout status"],
  docker: ["image", "version"],
};

export function isChanging({ command, args, input }: ProcessRequest): boolean {
  const [first = "", second = ""] = args.filter((word) => !word.startsWith("-"));
  // A script that Python reads from its input is the probe of what it would load.
  if (args.includes("-")) return false;
  if (args.some((word) => lookingScripts.includes(word))) return false;
  if (args.includes(askScript)) return !String(input).includes('"method":"GET"');
  return !(looking[command] ?? []).some((known) => known === first || known === `${first} ${second}`);
}
