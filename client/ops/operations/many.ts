// One act on several hosts, a few at a time: each host's own end, whatever came of the others. After the first failure nothing more is
// begun, unless told to go on; what was begun comes to its end.
import type { PluginHost } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";

export interface ManyOptions<Answer> {
  readonly hosts: readonly PluginHost[];
  /** How many at once; three unless told. */
  readonly atOnce?: number;
  readonly afterFailure: "stop" | "go on";
  readonly signal: AbortSignal;
  work(host: PluginHost): Promise<Answer>;
  /** True for an answer that is no success, such as a plugin that the host does not load. */
  isFailure(answer: Answer): boolean;
  readonly onEnd?: (ended: Ended<Answer>) => void;
}

export type Ended<Answer> =
  | { readonly host: PluginHost; readonly state: "done" | "notDone"; readonly answer: Answer }
  | { readonly host: PluginHost; readonly state: "failed"; readonly error: HostError }
  | { readonly host: PluginHost; readonly state: "notBegun" };

/** In the order of the hosts. Rejects only for what is no `HostError`. */
export async function onEachHost<Answer>(options: ManyOptions<Answer>): Promise<readonly Ended<Answer>[]> {
  const { hosts, atOnce = 3, afterFailure, signal } = options;
  const ends = new Map<PluginHost, Ended<Answer>>();
  const waiting = hosts.values();
  let isStopped = false;
  const worker = async () => {
    for (const host of waiting) {
      if (isStopped || signal.aborted) return;
      const ended = await endOf(options, host);
      ends.set(host, ended);
      options.onEnd?.(ended);
      if (ended.state !== "done" && afterFailure === "stop") isStopped = true;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, hosts.length) }, worker));
  return hosts.map((host) => ends.get(host) ?? { host, state: "notBegun" });
}

/** The hosts on which it has still to be done. */
export function restOf<Answer>(ends: readonly Ended<Answer>[]): readonly PluginHost[] {
  return ends.filter(({ state }) => state !== "done").map(({ host }) => host);
}

async function endOf<Answer>(options: ManyOptions<Answer>, host: PluginHost): Promise<Ended<Answer>> {
  try {
    const answer = await options.work(host);
    return { host, state: options.isFailure(answer) ? "notDone" : "done", answer };
  } catch (error) {
    if (error instanceof HostError) return { host, state: "failed", error };
    throw error;
  }
}
