// The logs of all replicas as one stream of lines: filtered, followed, and stopped. A replica whose log can't be read is told of
// in the stream and does not end the others; while it is followed, replicas that come in later join.
import { setTimeout } from "node:timers/promises";
import { HostError } from "../../hosts/hostError.js";
import type { Run } from "../process.js";
import { streamLines } from "../streamLines.js";
import { type ClusterPlace, placeArgs } from "./kubectl.js";
import { kubectlError } from "./kubectlError.js";
import type { Pod } from "./pods.js";
import type { Replicas } from "./replicas.js";

export type LogLine =
  | { readonly pod: string; readonly line: string }
  | { readonly pod: string; readonly error: HostError };

export interface LogOptions {
  /** Go on with what comes; ended by the reader or the signal. */
  readonly follow?: boolean;
  /** Seconds back from now. */
  readonly since?: number;
  /** Lines of each replica. */
  readonly tail?: number;
  /** The lines that are wanted. */
  readonly wanted?: (line: string) => boolean;
  readonly signal: AbortSignal;
}

export interface LogSource {
  readonly run: Run;
  readonly place: ClusterPlace;
  readonly replicas: Replicas;
  readonly secrets?: readonly string[];
}

/** How often a followed host is asked for new replicas, in milliseconds. */
const pause = 2000;

/** A log that isn't followed comes to its end: later than this, or larger, it is none. */
const ending = { timeout: 120_000, maxBytes: 256 * 1024 * 1024 };

/** More lines than this wait for nobody here; replicas that have more to say are not read on. */
const mostReady = 1000;

export async function* logsOf(source: LogSource, options: LogOptions): AsyncGenerator<LogLine, void> {
  const { signal, follow } = options;
  const left = new AbortController();
  const over = AbortSignal.any([signal, left.signal]);
  const known = new Set<string>();
  const ready: LogLine[] = [];
  let reading = 0;
  let wake: () => void = () => undefined;
  const held: (() => void)[] = [];
  const goOn = () => {
    for (const one of held.splice(0)) one();
  };
  const give = async (line: LogLine) => {
    ready.push(line);
    wake();
    if (ready.length >= mostReady && !over.aborted) await new Promise<void>((resolve) => held.push(resolve));
  };
  const join = async (pods: readonly Pod[]) => {
    const fresh = pods.filter(({ uid }) => !known.has(uid));
    for (const pod of fresh) {
      known.add(pod.uid);
      reading += 1;
      void readOne(source, pod, { ...options, signal: over }, give).finally(() => {
        reading -= 1;
        wake();
      });
    }
  };
  await join(await source.replicas.find("logs", signal));
  const watching = follow === true ? joinLater(source, join, over) : Promise.resolve();
  const stop = () => {
    wake();
    goOn();
  };
  over.addEventListener("abort", stop);
  try {
    for (;;) {
      yield* ready.splice(0);
      goOn();
      if (ready.length > 0) continue;
      if (over.aborted || (reading === 0 && follow !== true)) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    left.abort();
    over.removeEventListener("abort", stop);
    await watching;
  }
}

async function readOne(
  source: LogSource,
  pod: Pod,
  options: LogOptions,
  give: (line: LogLine) => Promise<void>,
): Promise<void> {
  const { follow, since, tail, wanted = () => true, signal } = options;
  const args = [
    ...placeArgs(source.place),
    "logs",
    pod.name,
    `--container=${pod.container}`,
    ...(follow === true ? ["--follow"] : []),
    ...(since === undefined ? [] : [`--since=${Math.max(1, Math.ceil(since))}s`]),
    ...(tail === undefined ? [] : [`--tail=${tail}`]),
  ];
  const bounds = follow === true ? {} : ending;
  const request = { step: "logs", command: "kubectl", args, signal, secrets: source.secrets ?? [], ...bounds };
  try {
    for await (const line of streamLines(source.run, request)) if (wanted(line)) await give({ pod: pod.name, line });
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (signal.aborted) return;
    const result = { code: 1, out: "", err: error.said ?? "" };
    await give({
      pod: pod.name,
      error: error.said === undefined ? error : kubectlError(request, result, source.place),
    });
  }
}

async function joinLater(
  source: LogSource,
  join: (pods: readonly Pod[]) => Promise<void>,
  over: AbortSignal,
): Promise<void> {
  while (await setTimeout(pause, true, { signal: over }).catch(() => false)) {
    const pods = await source.replicas.find("logs", over).catch(() => []);
    await join(pods.filter(({ running }) => running));
  }
}
