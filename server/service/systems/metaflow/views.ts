// What is worth saying beside the text: what an entry's folder holds, and how connected hosts list a plugin.

import type { Hint, Lens } from "../lens.js";
import { standingOnHosts } from "../onHosts.js";
import { asString, field, placeOf } from "../read.js";
import { fromRoot } from "../shownPath.js";
import type { Manifest } from "../system.js";
import { registeredIn } from "./registered.js";

export function lensesOf(manifest: Manifest): readonly Lens[] {
  const pair = field(manifest.root, "name", manifest);
  const name = asString(pair?.value, manifest);
  if (!pair || !name || manifest.kind.id !== "manifest") return [];
  const { start, end } = placeOf(pair);
  const version = asString(field(manifest.root, "version", manifest)?.value, manifest);
  const states = standingOnHosts(manifest, { name, ...(version !== undefined && { version }) });
  return states.length > 0 ? [{ kind: "hosts", span: [start, end], title: states.join(" · ") }] : [];
}

/** Behind an identifier or path: the plugin's own name where that is another, by which the service and the page know it, and its version. */
export function hintsOf(manifest: Manifest): readonly Hint[] {
  if (manifest.kind.id !== "plugins") return [];
  return registeredIn(manifest).flatMap(({ node, plugin: { name, version, slot, path } }): Hint[] => {
    const own = name === asString(node, manifest) ? [] : [name ? `"${name}"` : "no name"];
    const text = [...own, ...(version === undefined ? [] : [version])].join(" ");
    const place = slot === undefined ? "without a slot" : `slot ${slot}`;
    return text === ""
      ? []
      : [{ kind: "paths", at: node.end, text, tooltip: `${place}, by ${fromRoot(path, manifest)}` }];
  });
}
