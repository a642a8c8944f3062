// What several replicas of one host say, joined: each plugin once, with the pods in which it stands otherwise.
import type { PluginState, PluginSummary, Reloaded, ReplicaOutcome } from "../../host.js";
import { errorText, type HostError } from "../../hostError.js";
import { runs } from "../../states.js";

export interface PodList {
  readonly pod: string;
  readonly plugins: readonly PluginSummary[];
}

/** A plugin that only some pods run is not loaded; its note names the others. */
export function joinedPlugins(lists: readonly PodList[]): readonly PluginSummary[] {
  const names = new Set(lists.flatMap(({ plugins }) => plugins.map(({ name }) => name)));
  return [...names].map((name) => {
    const found = lists.flatMap(({ pod, plugins }) => {
      const plugin = plugins.find((one) => one.name === name);
      return plugin === undefined ? [] : [{ pod, plugin }];
    });
    return joined(lists, found);
  });
}

function joined(
  lists: readonly PodList[],
  found: readonly { readonly pod: string; readonly plugin: PluginSummary }[],
): PluginSummary {
  const worst = [...found].sort((a, b) => rank[b.plugin.state] - rank[a.plugin.state])[0];
  const [first] = found;
  if (worst === undefined || first === undefined) throw new Error("a plugin of no replica");
  const lacking = lists.filter(({ pod }) => !found.some((one) => one.pod === pod)).map(({ pod }) => pod);
  const states = new Set(found.map(({ plugin }) => plugin.state));
  if (states.size === 1 && lacking.length === 0) return worst.plugin;
  const words = [
    ...found.map(({ pod, plugin }) => `${plugin.state} in ${pod}`),
    ...lacking.map((pod) => `not in ${pod}`),
  ].join(", ");
  const base = found.find(({ plugin }) => runs(plugin.state))?.plugin ?? first.plugin;
  const state: PluginState = lacking.length > 0 && runs(worst.plugin.state) ? "installed" : worst.plugin.state;
  const why = worst.plugin.note === undefined ? "" : `; ${worst.plugin.note}`;
  const { reason } = worst.plugin;
  return { ...base, state, note: `${words}${why}`, ...(reason === undefined ? {} : { reason }) };
}

const rank: Readonly<Record<PluginState, number>> = { loaded: 0, lingering: 1, disabled: 2, installed: 3, failed: 4 };

export interface PodReload {
  readonly pod: string;
  readonly reloaded?: Reloaded;
  readonly error?: HostError;
}

/** All outcomes together. Throws where no pod could be reloaded, and where one broke on it: the plugin that was sent is the likely cause. */
export function joinedReload(reloads: readonly PodReload[], milliseconds: number): Reloaded {
  const failed = reloads.flatMap(({ error }) => (error === undefined ? [] : [error]));
  const broken = failed.find((error) => error.timedOut || error.status === 500) ?? failed[0];
  if (broken !== undefined && (failed.length === reloads.length || broken.timedOut || broken.status === 500))
    throw broken;
  const scanned = new Map(reloads.flatMap(({ reloaded }) => (reloaded?.scanned ?? []).map((one) => [one.name, one])));
  const replicas = reloads.map(({ pod, reloaded, error }): ReplicaOutcome => {
    const message = error === undefined ? `reloaded in ${reloaded?.milliseconds ?? 0} ms` : errorText(error);
    return { replica: pod, ok: error === undefined, message };
  });
  return { scanned: [...scanned.values()], milliseconds, replicas };
}
