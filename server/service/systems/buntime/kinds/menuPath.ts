// Paths that menu entries open: the plugin's own base, and what the manifest's other entries open already.

import type { Choice, Kind, Use } from "../../../kinds/kind.js";
import type { Node } from "../../../text/node.js";
import { asString, field, itemsOf } from "../../read.js";
import type { Manifest } from "../../system.js";
import { isBase } from "../bases.js";
import { topField, topText } from "../tree.js";

export const menuPath: Kind = { complete };

function complete({ manifest, text }: Use): readonly Choice[] {
  const base = topText(manifest, "base");
  const choices = new Map<string, Choice>();
  if (base !== undefined && isBase(base)) choices.set(base, { value: base, kind: "value", detail: "the base" });
  for (const path of pathsIn(manifest, topField(manifest, "menus")?.value))
    if (path !== text && path.startsWith("/") && !choices.has(path))
      choices.set(path, { value: path, kind: "value", detail: "of another entry" });
  return [...choices.values()];
}

function pathsIn(manifest: Manifest, menus: Node | undefined, depth = 0): readonly string[] {
  if (depth > 5) return [];
  return itemsOf(menus).flatMap((item) => [
    asString(field(item, "path", manifest)?.value, manifest) ?? "",
    ...pathsIn(manifest, field(item, "items", manifest)?.value, depth + 1),
  ]);
}
