// What each host last said, and when. A refresh joins one that is under way, gives up after ten seconds, and when it fails
// leaves the former answer in place with its age. It never asks the user anything.

import type { Disposable, Event } from "vscode";
import { createEmitter } from "../emitter.js";
import type { HostRows } from "../hostRows.js";
import {
  actionsOf,
  type HostAction,
  type HostConfig,
  type HostDescription,
  HostError,
  type PluginHost,
  type PluginSummary,
} from "../ops/index.js";

export type Reach =
  | { readonly is: "unasked" }
  | { readonly is: "asking" }
  | { readonly is: "answers" }
  | { readonly is: "unsupported" }
  | { readonly is: "keyNeeded"; readonly since: number; readonly reason: string }
  /** Something answers there, and not with its plugins. */
  | { readonly is: "refuses"; readonly since: number; readonly reason: string }
  | { readonly is: "unreachable"; readonly since: number; readonly reason: string };

export interface HostState {
  readonly config: HostConfig;
  readonly reach: Reach;
  /** What can be asked of it from here. */
  readonly actions: readonly HostAction[];
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

export function createHostStore(
  rows: HostRows,
  connectTo: (config: HostConfig) => PluginHost,
  log: (line: string) => void,
  timeout = 10_000,
): HostStore {
  const changed = createEmitter<void>();
  const states = new Map<string, HostState>();
  const underWay = new Map<string, Promise<void>>();

  const stateOf = (config: HostConfig): HostState => {
    const known = states.get(config.name);
    // A row that now leads elsewhere has nothing of what stood there before.
    if (known !== undefined && isSamePlace(known.config, config)) return { ...known, config };
    const host = connectTo(config);
    const reach: Reach = host.list === undefined ? { is: "unsupported" } : { is: "unasked" };
    return { config, reach, actions: actionsOf(host), plugins: [] };
  };
  const keep = (state: HostState) => {
    const row = rows.named(state.config.name);
    // The row may have gone, or lead elsewhere, since its host was asked.
    if (row === undefined || !isSamePlace(row, state.config)) return;
    states.set(state.config.name, state);
    changed.fire();
  };

  const ask = async (config: HostConfig) => {
    const host = connectTo(config);
    const before = stateOf(config);
    if (host.list === undefined) return keep({ ...before, reach: { is: "unsupported" } });
    // Only the first time: what is known of a silent host stands until it answers, however often it is asked.
    keep({ ...before, reach: before.reach.is === "unasked" ? { is: "asking" } : before.reach });
    const started = Date.now();
    try {
      const signal = AbortSignal.timeout(timeout);
      const [plugins, description] = await Promise.all([host.list(signal), host.describe?.(signal)]);
      const told = description === undefined ? {} : { description };
      keep({ config, actions: before.actions, reach: { is: "answers" }, plugins, ...told, at: Date.now() });
      log(`refresh ${config.name}: ${plugins.length} plugins in ${Date.now() - started} ms`);
    } catch (error) {
      const reach = failure(error, before.reach, timeout);
      keep({ ...before, reach });
      const unexpected = error instanceof HostError ? "" : `: ${error instanceof Error ? error.stack : String(error)}`;
      log(`refresh ${config.name}: ${reach.reason}${unexpected}`);
    }
  };

  const refreshOne = (config: HostConfig): Promise<void> => {
    const key = `${config.name}\n${config.system}\n${config.url ?? ""}`;
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

function isSamePlace(one: HostConfig, other: HostConfig): boolean {
  return one.url === other.url && one.system === other.system;
}

type Failure = Extract<Reach, { readonly reason: string }>;

function failure(error: unknown, before: Reach, timeout: number): Failure {
  const is = kindOf(error);
  const since = before.is === is ? before.since : Date.now();
  if (!(error instanceof HostError)) return { is, since, reason: "an unexpected error; see the log" };
  const reason = error.kind === "cancelled" ? `it did not answer within ${timeout / 1000} s` : error.message;
  return { is, since, reason };
}

function kindOf(error: unknown): Failure["is"] {
  if (!(error instanceof HostError)) return "refuses";
  if (error.kind === "unauthorised" || error.kind === "forbidden") return "keyNeeded";
  return error.kind === "unreachable" || error.kind === "cancelled" ? "unreachable" : "refuses";
}
