// What building a kustomization comes to: the objects at each stage, and what was met on the way.

import type { Node } from "../../../text/node.js";
import type { Built, Origin } from "./built.js";
import type { Counted } from "./counted.js";
import type { Id } from "./identity.js";
import type { Kustomization } from "./kustomization.js";
import type { FailedStep, PatchStep } from "./patchWalk.js";
import type { PluginSource } from "./pluginSources.js";
import type { PluginStep } from "./pluginSteps.js";
import type { Twin } from "./renamed.js";

export interface Build {
  /** Before the kustomization's own patches: what those see. */
  readonly gathered: readonly Built[];
  /** After its own patches, before names and labels. */
  readonly patched: readonly Built[];
  /** After patches and names: what replicas, images and replacements see. */
  readonly named: readonly Built[];
  /** Whether every object of `named` is known, so that a missing match is one. */
  readonly allNamed: boolean;
  /** After transformers: what users see. */
  readonly final: readonly Built[];
  /** The same for `final`. */
  readonly complete: boolean;
  /** The same for `gathered`. */
  readonly allGathered: boolean;
  /** What each patch meets, in order, up to where identities get lost. */
  readonly patches: readonly PatchStep<Built>[];
  /** Those of them that can't be applied. */
  readonly failed: readonly FailedStep<Built>[];
  readonly clashes: readonly Clash[];
  /** Generator items with what they met. */
  readonly generated: readonly Generated[];
  /** The entry of this kustomization that brought an object, by its origin. */
  readonly entries: ReadonlyMap<Origin, Node>;
  /** An object that a patch makes one with another. */
  readonly twin: Twin | undefined;
  /** Two objects that `namespace` makes one, with the entry of the component whose namespace does it. */
  readonly merged: { readonly id: Id; readonly component?: Node } | undefined;
  /** Its plugins, each as the kustomization that does the same, with what that builds of what came before. */
  readonly plugins: readonly PluginStep[];
  /** Its components, each with what it makes of what came before. */
  readonly components: readonly ComponentStep[];
  /** What its plugins are read from, as far as that can be told. */
  readonly pluginSources: readonly PluginSource[];
  /** The kinds that replicas can be set of. */
  readonly counted: readonly Counted[];
}

export interface ComponentStep {
  /** The entry that names it. */
  readonly entry: Node;
  readonly kustomization: Kustomization;
  readonly build: Build;
}

export interface Clash {
  /** The entry (or generator item) of this kustomization that brings the second one. */
  readonly entry: Node;
  readonly id: Id;
  readonly first: Built;
}

export interface Generated {
  readonly item: Node;
  readonly problem: "absent" | "exists";
  readonly id: Id;
}

export const EMPTY: Build = {
  gathered: [],
  patched: [],
  named: [],
  allNamed: true,
  final: [],
  complete: true,
  allGathered: true,
  patches: [],
  failed: [],
  clashes: [],
  generated: [],
  entries: new Map(),
  twin: undefined,
  merged: undefined,
  plugins: [],
  components: [],
  pluginSources: [],
  counted: [],
};
