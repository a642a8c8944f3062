// Short ways for rules to look into a manifest's tree: the field of a map, the items of a list, the text of a scalar.

import { deref, keyText, type ListNode, type MapNode, type Node, type Pair, type ScalarNode } from "../text/node.js";
import { fieldOf, fieldsOf } from "../text/reading.js";
import { scalarValue } from "../text/readings.js";
import type { Manifest } from "./system.js";

/** A manifest, or what else is of a kind of document. */
type OfKind = Pick<Manifest, "kind">;

export function asMap(node: Node | undefined): MapNode | undefined {
  const target = node && deref(node);
  return target?.kind === "map" ? target : undefined;
}

export function asList(node: Node | undefined): ListNode | undefined {
  const target = node && deref(node);
  return target?.kind === "list" ? target : undefined;
}

export function asScalar(node: Node | undefined): ScalarNode | undefined {
  const target = node && deref(node);
  return target?.kind === "scalar" ? target : undefined;
}

/** The text, when the host reads the scalar as a string. */
export function asString(node: Node | undefined, { kind }: OfKind): string | undefined {
  const scalar = asScalar(node);
  if (!scalar) return undefined;
  const value = scalarValue(scalar, kind.reading.dialect);
  return typeof value === "string" ? value : undefined;
}

/** What the host reads a scalar as; undefined for maps, lists and nothing. */
export function asValue(node: Node | undefined, { kind }: OfKind): ReturnType<typeof scalarValue> | undefined {
  const scalar = asScalar(node);
  return scalar && scalarValue(scalar, kind.reading.dialect);
}

/** A field by its name as the host matches it: merge keys included, without regard to case where the host has none. */
export function field(node: Node | undefined, name: string, { kind }: OfKind): Pair | undefined {
  const map = asMap(node);
  if (!map) return undefined;
  const exact = fieldOf(map, name, kind.reading);
  if (exact || !kind.reading.anyCase) return exact;
  for (const [key, pair] of fieldsOf(map, kind.reading)) if (key.toLowerCase() === name.toLowerCase()) return pair;
  return undefined;
}

/** Nodes of the list under a field, holes left out; empty when it is no list. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return asList(node)?.items.filter((item) => item !== undefined) ?? [];
}

/** Where to point at for a pair: its value when something is written there, else its key. */
export function placeOf(pair: Pair): { readonly start: number; readonly end: number } {
  if (pair.value && pair.value.end > pair.value.start) return pair.value;
  return pair.key ?? pair;
}

/** Every pair of every map of a tree, with the text of its key. */
export function* pairsBelow(
  node: Node | undefined,
): Iterable<{ readonly pair: Pair; readonly name: string | undefined }> {
  if (!node || node.kind === "alias" || node.kind === "scalar") return;
  if (node.kind === "list") {
    for (const item of node.items) yield* pairsBelow(item);
    return;
  }
  for (const pair of node.pairs) {
    yield { pair, name: keyText(pair) };
    yield* pairsBelow(pair.value);
  }
}
