// Above the file that speaks for a plugin: its state on hosts, and the names by which the server finds it where no file names any.

import type { Lens } from "../lens.js";
import { statesOnHosts } from "../onHosts.js";
import type { Manifest } from "../system.js";
import { mappingIn, type Plugin, pluginOf } from "./model/plugin.js";
import { itemsIn, pairOf } from "./model/reading.js";
import { startOf } from "./rules/paths.js";
import { isServers, mappingOf, speaks } from "./rules/plugin.js";

export function lensesOf(manifest: Manifest): readonly Lens[] {
  const plugin = pluginOf(manifest.parsed.path, manifest.workspace.files);
  if (!plugin || !speaks(manifest, plugin)) return [];
  const { name } = plugin;
  const states = statesOnHosts(manifest, { name });
  const { start, end } = startOf(manifest);
  const lens = (kind: Lens["kind"], title: string): Lens => ({ kind, span: [start, end], title });
  return [
    ...(states.length > 0 ? [lens("hosts", states.join(" · "))] : []),
    ...(looksForDefaults(manifest, plugin)
      ? [lens("defaultNames", `the server looks for ${name}-deployment and ${name}-service`)]
      : []),
  ];
}

/** A kustomization.yaml without a list of resources leaves the default names, as does resource_mapping.py without a list. */
function looksForDefaults(manifest: Manifest, plugin: Plugin): boolean {
  if (isServers(manifest)) return (itemsIn(pairOf(manifest.root, "resources")?.value)?.length ?? 0) === 0;
  if (manifest.workspace.files.kind(`${plugin.kubernetes}/kustomization.yaml`) === "file") return false;
  const mapping = mappingOf(manifest, plugin);
  return mapping === undefined || mappingIn(mapping) === "none";
}
