// One script in one pod: what it printed, or a HostError that says what its exit code means there.
import type { Readable } from "node:stream";
import { HostError, type HostErrorKind } from "../../hosts/hostError.js";
import type { ProcessResult } from "../process.js";
import { lastWords } from "../toolErrors.js";
import type { Kubectl } from "./kubectl.js";
import type { Pod } from "./pods.js";
import { exits } from "./scripts.js";

export interface PodCall {
  readonly step: string;
  readonly pod: Pod;
  readonly directory: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  readonly input?: Readable;
  readonly timeout?: number;
  readonly maxBytes?: number;
  readonly onData?: (chunk: Uint8Array) => void;
  /** Exit codes beside 0 that are answers. */
  readonly answers?: readonly number[];
}

export async function inPod(kubectl: Kubectl, call: PodCall): Promise<ProcessResult> {
  const { step, pod, directory, script, args, input, answers = [], ...rest } = call;
  const result = await kubectl({
    ...rest,
    step,
    ...(input === undefined ? {} : { input }),
    args: [
      "exec",
      ...(input === undefined ? [] : ["--stdin"]),
      `--container=${pod.container}`,
      pod.name,
      "--",
      "sh",
      "-c",
      script,
      "plugsmith",
      ...args,
    ],
    answers: [...answers, ...Object.keys(meanings).map(Number)],
  });
  const meaning = meanings[result.code];
  if (meaning === undefined || answers.includes(result.code)) return result;
  const [kind, message, next, hostNow] = meaning;
  throw new HostError({
    kind,
    step,
    message: message(pod, directory),
    said: lastWords(result.err.replace(/^command terminated with exit code \d+$/m, "")),
    next,
    ...(hostNow === undefined ? {} : { hostNow: hostNow(pod) }),
  });
}

type Meaning = readonly [
  HostErrorKind,
  message: (pod: Pod, directory: string) => string,
  next: string,
  hostNow?: (pod: Pod) => string,
];

const room = "see that the volume is writable and has room, then try again";

const meanings: Readonly<Record<number, Meaning>> = {
  [exits.noDirectory]: [
    "missing",
    (pod, directory) => `pod ${pod.name} has no directory ${directory}`,
    'correct "directory" under the host\'s "kubernetes"',
  ],
  [exits.notWhole]: ["unreachable", (pod) => `not everything arrived in pod ${pod.name}`, "try again"],
  [exits.notWritable]: ["forbidden", (pod, directory) => `${directory} of pod ${pod.name} could not be changed`, room],
  [exits.noTar]: [
    "unsupported",
    (pod) => `the container "${pod.container}" of pod ${pod.name} has no tar, which copying needs`,
    "choose another way to this host, or an image that has tar",
  ],
  [exits.notUnpacked]: ["refused", (pod) => `the files could not be written in pod ${pod.name}`, room],
  [exits.putBack]: ["refused", (pod) => `the new files could not be moved to their place in pod ${pod.name}`, room],
  [exits.homeless]: [
    "refused",
    (pod, directory) =>
      `in pod ${pod.name} the former files are in a hidden folder of ${directory} and could not be moved back`,
    "copy again, which puts them back first",
    (pod) => `pod ${pod.name} has no files of the plugin in their place`,
  ],
  [exits.link]: [
    "refused",
    (pod) => `the plugin's place in pod ${pod.name} is a link, which belongs to somebody`,
    "remove the link there first",
  ],
  [exits.contended]: [
    "refused",
    (pod) => `somebody else writes the same plugin in pod ${pod.name} again and again`,
    "find out who deploys there, then try again",
  ],
};
