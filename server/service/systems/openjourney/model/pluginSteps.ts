// Plugins one after the other over the objects of a build: each is built as the kustomization that does the same. Where one
// isn't known, neither is what it leaves.

import { withoutContent } from "./built.js";
import type { Kustomization } from "./kustomization.js";
import type { Build } from "./outcome.js";
import type { Standpoint } from "./place.js";
import { pluginRoot } from "./pluginRoots.js";
import { type PluginSource, pluginSources } from "./pluginSources.js";

export type PluginField = "generators" | "transformers" | "validators";

export interface PluginStep {
  readonly source: PluginSource;
  readonly kustomization: Kustomization;
  /** What it makes of what came before. */
  readonly build: Build;
}

export interface PluginRun {
  readonly kustomization: Kustomization;
  readonly from: Standpoint;
  /** A folder that holds plugins; undefined where it isn't followed. */
  buildOf(base: Kustomization): Build | undefined;
  apply(plugin: Kustomization, state: Build): Build;
}

export interface PluginsRun {
  readonly state: Build;
  readonly steps: readonly PluginStep[];
  /** All that can be told, those that make no step included. */
  readonly sources: readonly PluginSource[];
}

export function runPlugins(
  field: PluginField,
  before: Build,
  { kustomization, from, buildOf, apply }: PluginRun,
): PluginsRun {
  const objectsIn = (base: Kustomization) => {
    const built = buildOf(base);
    return built?.complete ? built.final : undefined;
  };
  const steps: PluginStep[] = [];
  let state = before;
  const found = pluginSources(kustomization, field, from, objectsIn);
  for (const source of found) {
    if (!source) state = unsure(state, field);
    for (const object of source?.objects ?? []) {
      const known = source && pluginRoot(object, source.parsed, kustomization, field);
      if (!source || !known) {
        state = unsure(state, field);
        continue;
      }
      const build = apply(known.kustomization, state);
      steps.push({ source, kustomization: known.kustomization, build });
      state = known.isVague ? { ...build, final: build.final.map(withoutContent) } : build;
    }
  }
  return { state, steps, sources: found.flatMap((source) => source ?? []) };
}

/** Unknown generators add something, unknown transformers may change everything. */
const unsure = (state: Build, field: PluginField): Build => ({
  ...state,
  complete: false,
  ...(field !== "generators" && { final: state.final.map(withoutContent) }),
});
