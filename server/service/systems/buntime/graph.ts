// The plugins of the workspace as a host would order them: who is meant by a dependency, cycles, and who stays out.
// What isn't in the workspace is unknown and stops nothing.

import { append } from "../../text/grouped.js";
import { basename, dirname } from "../../text/paths.js";
import { remember } from "../../text/remember.js";
import type { ManifestFacts } from "../facts.js";
import type { Manifest } from "../system.js";
import { isPluginFacts, type PluginFacts } from "./facts.js";

export interface Known extends PluginFacts {
  readonly path: string;
}

/** What is the same for every manifest of the workspace. */
export interface Plugins {
  readonly plugins: readonly Known[];
  /** All that bear a name. */
  named(name: string): readonly Known[];
  /** All enabled ones with a base. */
  based(base: string): readonly Known[];
  /** Folders of plugins right in a directory. */
  foldersIn(directory: string): readonly string[];
  /** The plugin that `from` means by a name; undefined when none or several could be meant. */
  resolve(name: string, from: Known): Known | undefined;
}

export interface Graph extends Plugins {
  readonly own: Known | undefined;
  /** Why a plugin of the workspace would not be loaded although it is enabled; plugins that load are absent. */
  leftOut(): ReadonlyMap<Known, string>;
  /** When an enabled plugin loads: 1 without known dependencies, else one step after the last of them. Members of cycles are absent. */
  steps(): ReadonlyMap<Known, number>;
  /** Enabled or not, those whose manifests name the plugin as required or optional. */
  dependents(plugin: Known): readonly Known[];
}

/** Every plugin of the workspace whose manifest a host would read. */
export function graphOf({ workspace, system, parsed }: Manifest): Graph {
  const all = joined(workspace.manifests(system.id));
  const own = parsed.path === undefined ? undefined : all.byPath.get(parsed.path);
  return {
    plugins: all.plugins,
    named: all.named,
    based: all.based,
    foldersIn: all.foldersIn,
    resolve: all.resolve,
    own,
    leftOut: () => leftOut(all),
    steps: () => steps(all),
    dependents: (plugin) => dependents(all).get(plugin) ?? [],
  };
}

const joined = remember((manifests: readonly ManifestFacts[]) => {
  const plugins = manifests.flatMap(({ path, facts }): Known[] =>
    isPluginFacts(facts) && facts.read ? [{ ...facts, path }] : [],
  );
  const named = new Map<string, Known[]>();
  const based = new Map<string, Known[]>();
  const folders = new Map<string, string[]>();
  for (const plugin of plugins) {
    if (plugin.name !== undefined) append(named, plugin.name, plugin);
    if (plugin.base !== undefined && plugin.enabled) append(based, plugin.base, plugin);
    append(folders, dirname(plugin.folder), plugin.folder);
  }
  return {
    plugins,
    named: (name: string): readonly Known[] => named.get(name) ?? [],
    based: (base: string): readonly Known[] => based.get(base) ?? [],
    foldersIn: (directory: string): readonly string[] => folders.get(directory) ?? [],
    byPath: new Map(plugins.map((plugin) => [plugin.path, plugin])),
    resolve(name: string, from: Known): Known | undefined {
      const all = named.get(name) ?? [];
      if (all.length < 2) return all[0];
      const near = all.filter((one) => directoryOf(one) === directoryOf(from));
      return near.length === 1 ? near[0] : undefined;
    },
  };
});

/** The plugins directory that a plugin's folder would be scanned from. */
export function directoryOf({ folder }: Pick<Known, "folder">): string {
  const parent = dirname(folder);
  return basename(parent).startsWith("@") ? dirname(parent) : parent;
}

/** Names from `own` round to itself, its own name at both ends; the shortest way. Optional edges count. */
export function cycleThrough(own: Known, graph: Graph): readonly string[] | undefined {
  // What has a place in the order is in no cycle, and no cycle leads through it.
  const placed = graph.steps();
  if (placed.has(own)) return undefined;
  const from = new Map<Known, Known>();
  const queue: Known[] = [own];
  for (const plugin of queue) {
    for (const next of edgesOf(plugin, graph)) {
      if (next === own) return wayBack(plugin);
      if (from.has(next) || placed.has(next)) continue;
      from.set(next, plugin);
      queue.push(next);
    }
  }
  return undefined;

  function wayBack(last: Known): string[] {
    const names = [own.name ?? ""];
    for (let at: Known | undefined = last; at; at = at === own ? undefined : from.get(at)) names.unshift(at.name ?? "");
    return names;
  }
}

const leftOut = remember((graph: Plugins): ReadonlyMap<Known, string> => {
  const reasons = new Map<Known, string>();
  const dependents = new Map<Known, Known[]>();
  const enabled = graph.plugins.filter((plugin) => plugin.enabled);
  for (const plugin of enabled) {
    if (plugin.badBase) reasons.set(plugin, "its base is refused");
    for (const { name } of plugin.dependencies) {
      const needed = graph.resolve(name, plugin);
      if (needed && !needed.enabled) reasons.set(plugin, `it requires "${name}", which is disabled`);
      else if (needed) append(dependents, needed, plugin);
    }
  }
  const queue = [...reasons.keys()];
  for (const plugin of queue) {
    for (const dependent of dependents.get(plugin) ?? []) {
      if (reasons.has(dependent)) continue;
      reasons.set(dependent, `it requires "${plugin.name}", which isn't loaded`);
      queue.push(dependent);
    }
  }
  const placed = steps(graph);
  for (const plugin of enabled) if (!placed.has(plugin)) reasons.set(plugin, "it is in, or behind, a dependency cycle");
  return reasons;
});

/** What a topological sort can place, and when; members of cycles and all that depend on them are left over. */
const steps = remember((graph: Plugins): ReadonlyMap<Known, number> => {
  const enabled = graph.plugins.filter((plugin) => plugin.enabled);
  const found = new Map<Known, number>();
  const earliest = new Map<Known, number>();
  const waits = new Map<Known, number>();
  const waiting = new Map<Known, Known[]>();
  for (const plugin of enabled) {
    const edges = edgesOf(plugin, graph);
    waits.set(plugin, edges.length);
    for (const needed of edges) append(waiting, needed, plugin);
  }
  const ready = enabled.filter((plugin) => waits.get(plugin) === 0);
  for (const plugin of ready) {
    const step = earliest.get(plugin) ?? 1;
    found.set(plugin, step);
    for (const dependent of waiting.get(plugin) ?? []) {
      earliest.set(dependent, Math.max(earliest.get(dependent) ?? 1, step + 1));
      const left = (waits.get(dependent) ?? 0) - 1;
      waits.set(dependent, left);
      if (left === 0) ready.push(dependent);
    }
  }
  return found;
});

const dependents = remember((graph: Plugins): ReadonlyMap<Known, readonly Known[]> => {
  const found = new Map<Known, Known[]>();
  for (const plugin of graph.plugins) {
    const names = new Set([...plugin.dependencies, ...plugin.optionalDependencies].map(({ name }) => name));
    for (const name of names) {
      const needed = graph.resolve(name, plugin);
      if (needed) append(found, needed, plugin);
    }
  }
  return found;
});

function edgesOf(plugin: Known, graph: Plugins): readonly Known[] {
  const found: Known[] = [];
  for (const { name } of [...plugin.dependencies, ...plugin.optionalDependencies]) {
    const needed = graph.resolve(name, plugin);
    if (needed?.enabled) found.push(needed);
  }
  return found;
}
