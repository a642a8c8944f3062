// A whole document that stands under one key, where its host looks for it at the top: `{ "plugin": { "name": … } }`.

import { keyText, type MapNode, type Node, type Pair, spanOf } from "../../text/node.js";
import type { Fix, Problem } from "../problem.js";
import { asList, asMap, asScalar } from "../read.js";
import type { Manifest, Misfit } from "../system.js";
import { ENTRY_KEYS, isOneOf, MANIFEST_KEYS } from "./words.js";

export interface Wrapped {
  /** The one key of the document. */
  readonly key: Node;
  readonly name: string;
  readonly map: MapNode;
}

/** A plugin's manifest: all keys inside are its own, and what the service asks for is among them. */
export function wrappedManifest(root: Node | undefined): Wrapped | undefined {
  const wrapped = onlyMap(root);
  if (!wrapped || isOneOf(MANIFEST_KEYS, wrapped.name)) return undefined;
  const keys = wrapped.map.pairs.map(keyText);
  return keys.includes("entrypoint") && (keys.includes("name") || keys.includes("version")) ? wrapped : undefined;
}

/** Entries of PLUGINS under a key that is called so; no entry has such keys itself. */
export function wrappedEntries(root: Node | undefined): Wrapped | undefined {
  const wrapped = onlyMap(root);
  if (!wrapped || !/^(metaflow[-_ ]?)?(ui[-_ ]?)?plugins$/i.test(wrapped.name) || wrapped.map.pairs.length === 0)
    return undefined;
  const isEntry = (pair: Pair) =>
    !isOneOf(
      ENTRY_KEYS.filter((key) => key !== "auth"),
      keyText(pair),
    ) &&
    (asMap(pair.value) !== undefined || asScalar(pair.value)?.style === "double");
  return wrapped.map.pairs.every(isEntry) ? wrapped : undefined;
}

function onlyMap(root: Node | undefined): Wrapped | undefined {
  const [pair, another] = asMap(root)?.pairs ?? [];
  const map = asMap(pair?.value);
  const name = pair && keyText(pair);
  return pair?.key && map && name !== undefined && !another ? { key: pair.key, name, map } : undefined;
}

export const unwrap = (manifest: Manifest, { name, map }: Wrapped): readonly Fix[] =>
  lifted(manifest, map, `Take everything out of "${name}"`);

/** The one object of a list in place of the list. */
export function refineType(manifest: Manifest, { place, problem }: Misfit): Problem {
  const [map, another] = place.node === manifest.root ? (asList(manifest.root)?.items ?? []) : [];
  if (map?.kind !== "map" || another) return problem;
  return { ...problem, fixes: lifted(manifest, map, "Take the object out of the list") };
}

/** The inner object in place of the whole, its lines moved to the left as far as its last one goes. */
function lifted({ parsed, root }: Manifest, map: MapNode, title: string): readonly Fix[] {
  if (!root || parsed.tree.problems.length > 0) return [];
  const inner = parsed.text.slice(map.start, map.end);
  const indent = /\n([ \t]*)[}\]]$/.exec(inner)?.[1] ?? "";
  const newText = inner.replaceAll(`\n${indent}`, "\n");
  return [{ title, edits: [{ span: spanOf(root), newText }] }];
}
