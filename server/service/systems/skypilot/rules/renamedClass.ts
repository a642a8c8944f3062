// `cls: my_plugin.MyPlugin`, `entry_point: my_plugin.MyPlugin`: the class under a name that is far from "class", known by
// its value. The item lacks no class, it names it otherwise, and that is told once, at the name.

import { keyText, type MapNode, type Pair } from "../../../text/node.js";
import type { Problem } from "../../problem.js";
import { asMap, asString } from "../../read.js";
import type { Manifest, Misfit } from "../../system.js";
import { FIELDS } from "../evidence.js";

/** The only field of an item without "class" whose value reads as the path of one. */
export function classUnderOtherName(map: MapNode, manifest: Manifest): Pair | undefined {
  if (map.pairs.some((pair) => keyText(pair) === "class")) return undefined;
  const found = map.pairs.filter(
    (pair) =>
      !FIELDS.includes(keyText(pair) ?? "") &&
      /^[A-Za-z_]\w*(\.\w+)*\.[A-Z]\w*$/.test(asString(pair.value, manifest) ?? ""),
  );
  return found.length === 1 ? found[0] : undefined;
}

export function refineMissing(manifest: Manifest, { place, name, problem }: Misfit): Problem | undefined {
  const map = asMap(place.node);
  return name === "class" && map && classUnderOtherName(map, manifest) ? undefined : problem;
}
