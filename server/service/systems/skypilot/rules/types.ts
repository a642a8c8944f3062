// Values of a wrong type that are written in a way that shows what was meant: plugins by names where
// the list belongs, and parameters with nothing after the colon.

import { columnOf } from "../../../text/columns.js";
import type { MapNode, Pair } from "../../../text/node.js";
import type { Fix, Problem } from "../../problem.js";
import { asMap, field } from "../../read.js";
import type { Manifest, Misfit } from "../../system.js";
import { emptyValue, isNull } from "../items.js";
import { listedClasses } from "../python/classes.js";
import { areBeside } from "./outside.js";

export function refineType(manifest: Manifest, { place, problem }: Misfit): Problem | undefined {
  const { name, pair } = place;
  if (name === "parameters" && pair && isNull(pair.value, manifest) && areBeside(manifest, pair)) return undefined;
  const fixes = problem.fixes?.length ? [] : fixesOf(manifest, place.name, place.pair);
  return fixes.length > 0 ? { ...problem, fixes } : problem;
}

function fixesOf(manifest: Manifest, name: string | undefined, pair: Pair | undefined): readonly Fix[] {
  if (!pair || manifest.parsed.syntax !== "yaml") return [];
  if (name === "parameters" && isNull(pair.value, manifest)) return withoutParameters(manifest, pair);
  const map = pair.value?.kind === "map" && !pair.value.flow ? pair.value : undefined;
  if (name !== "plugins" || !map) return [];
  return asItems(manifest, map);
}

/** Where the constructor is known to need some, they are what is missing. */
function withoutParameters(manifest: Manifest, pair: Pair): readonly Fix[] {
  const one = listedClasses(manifest).find(({ item }) => item.parameters === pair);
  const taken = one?.judged?.parameters;
  if (taken?.some(({ kind, hasDefault }) => !hasDefault && kind !== "rest" && kind !== "named-rest")) return [];
  const edits = [emptyValue(pair, "{}", manifest)];
  return [{ title: "Write {} for no parameters", edits, safe: taken !== undefined }];
}

/** Their names go, since the server has none for a plugin. */
function asItems(manifest: Manifest, { pairs }: MapNode): readonly Fix[] {
  const { text } = manifest.parsed;
  const edits = pairs.flatMap(({ key, value }) => {
    const plugin = asMap(value);
    const isPlain = key && plugin && value?.kind === "map" && !plugin.flow && field(plugin, "class", manifest);
    if (!isPlain || columnOf(text, plugin.start) !== columnOf(text, key.start) + 2) return [];
    // A comment between the two would go as well.
    return text.slice(key.end, plugin.start).includes("#")
      ? []
      : [{ span: [key.start, plugin.start] as const, newText: "- " }];
  });
  return edits.length === pairs.length ? [{ title: "Make a list of them, without their names", edits }] : [];
}
