// What a kustomization tells the others: the plugin it belongs to, and the folders and files it names.

import type { Manifest, PluginDescription } from "../system.js";
import { kustomizationOf } from "./model/kustomization.js";
import { pluginOf } from "./model/plugin.js";
import { stringsOf } from "./model/reading.js";

export interface KustomizationFacts {
  readonly kind: "Kustomization" | "Component" | "unknown";
  readonly resources: readonly string[];
  readonly components: readonly string[];
}

export function factsOf(manifest: Manifest): KustomizationFacts {
  const { kind, root } = kustomizationOf(manifest);
  const texts = (name: string) => stringsOf(root, name).map(({ text }) => text);
  return {
    kind: kind ?? "unknown",
    resources: [...texts("resources"), ...texts("bases")],
    components: texts("components"),
  };
}

export const isFacts = (facts: unknown): facts is KustomizationFacts =>
  typeof facts === "object" && facts !== null && "resources" in facts && "components" in facts;

/** The plugin around `plugins/<name>/kubernetes/kustomization.yaml`; other kustomizations describe none. */
export function describe(manifest: Manifest): PluginDescription | undefined {
  const { path } = manifest.parsed;
  const plugin = manifest.kind.id === "kustomization" ? pluginOf(path, manifest.workspace.files) : undefined;
  if (!plugin || path === undefined) return undefined;
  const count = stringsOf(manifest.root, "resources").length;
  const detail = count === 1 ? "1 resource" : `${count} resources`;
  return { system: "openjourney", name: plugin.name, root: plugin.root, manifest: path, detail };
}
