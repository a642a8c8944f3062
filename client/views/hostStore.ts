// What each host last said, and when. A refresh joins one that is under way, gives up after ten seconds, and when it fails
// leaves the former answer in place with its age. It never asks the user anything.

import { type Disposable, type Event, EventEmitter } from "vscode";
import type { HostRows } from "../hostRows.js";
import { type HostConfig, type HostDescription, HostError, type PluginHost, type PluginSummary } from "../ops/index.js";

export type Reach =
  | { readonly is: "unasked" }
  | { readonly is: "asking" }
  | { readonly is: "answers" }
  | { readonly is: "unsupported" }
  | { readonly is: "keyNeeded"; readonly since: number; readonly reason: string }
  | { readonly is: "unreachable"; readonly since: number; readonly reason: string };

export interface HostState {
  readonly config: HostConfig;
  readonly reach: Reach;
  /** The last answer, which may be older than the last attempt. */
  readonly plugins: readonly PluginSummary[];
  readonly description?: HostDescription;
  /** When the last answer came, in milliseconds since 1970. */
  readonly at?: number;
}

export interface HostStore extends Disposable {
  states(): readonly HostState[];
  state(name: string): HostState | undefined;
  /** One host, or all of them. Never fails: what failed is in the state. */
  refresh(name?: string): Promise<void>;
  readonly onDidChange: Event<void>;
}

const patience = 10_000;

export function createHostStore(
  rows: HostRows,
  connectTo: (config: HostConfig) => PluginHost,
  log: (line: string) => void,
): HostStore {
  const changed = new EventEmitter<void>();
  const states = new Map<string, HostState>();
  const underWay = new Map<string, Promise<void>>();

  const stateOf = (config: HostConfig): HostState => {
    const known = states.get(config.name);
    // A row that now leads elsewhere has nothing of what stood there before.
    if (known !== undefined && known.config.url === config.url) return { ...known, config };
    const reach: Reach = connectTo(config).list === undefined ? { is: "unsupported" } : { is: "unasked" };
    return { config, reach, plugins: [] };
  };
  const keep = (state: HostState) => {
    states.set(state.config.name, state);
    changed.fire();
  };

  const ask = async (config: HostConfig) => {
    const host = connectTo(config);
    const before = stateOf(config);
    if (host.list === undefined) return keep({ ...before, reach: { is: "unsupported" } });
    keep({ ...before, reach: before.at === undefined ? { is: "asking" } : before.reach });
    const started = Date.now();
    try {
      const signal = AbortSignal.timeout(patience);
      const [plugins, description] = await Promise.all([host.list(signal), host.describe?.(signal)]);
      const told = description === undefined ? {} : { description };
      keep({ config, reach: { is: "answers" }, plugins, ...told, at: Date.now() });
      log(`refresh ${config.name}: ${plugins.length} plugins in ${Date.now() - started} ms`);
    } catch (error) {
      const reach = failure(error, before.reach);
      keep({ ...before, reach });
      log(`refresh ${config.name}: ${"reason" in reach ? reach.reason : "failed"}`);
    }
  };

  const refreshOne = (config: HostConfig): Promise<void> => {
    const key = `${config.name} ${config.url ?? ""}`;
    const going = underWay.get(key);
    if (going !== undefined) return going;
    const asking = ask(config).finally(() => underWay.delete(key));
    underWay.set(key, asking);
    return asking;
  };

  const listening = rows.onDidChange(() => {
    const names = new Set(rows.all().map((row) => row.name));
    for (const name of states.keys()) if (!names.has(name)) states.delete(name);
    changed.fire();
  });
  return {
    states: () => rows.all().map(stateOf),
    state: (name) => {
      const row = rows.named(name);
      return row === undefined ? undefined : stateOf(row);
    },
    refresh: async (name) => {
      const wanted = rows.all().filter((row) => name === undefined || row.name === name);
      await Promise.all(wanted.map(refreshOne));
    },
    onDidChange: changed.event,
    dispose: () => {
      listening.dispose();
      changed.dispose();
    },
  };
}

function failure(error: unknown, before: Reach): Reach {
  const since = "since" in before ? before.since : Date.now();
  if (!(error instanceof HostError)) return { is: "unreachable", since, reason: "an unexpected error; see the log" };
  if (error.kind === "unauthorised") return { is: "keyNeeded", since, reason: error.message };
  const reason = error.kind === "cancelled" ? "it did not answer within 10 s" : error.message;
  return { is: "unreachable", since, reason };
}
