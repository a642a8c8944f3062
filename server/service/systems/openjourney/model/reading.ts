// How kustomize reads a kustomization file, and short ways into its tree: keys match without case, null is absent,
// merge keys are taken in. Rules use these for the open manifest and for every base it names.

import {
  deref,
  keyText,
  type ListNode,
  type MapNode,
  type Node,
  type Pair,
  type ScalarNode,
  type Span,
} from "../../../text/node.js";
import { fieldsOf, isMergeKey, type Reading } from "../../../text/reading.js";
import { scalarValue } from "../../../text/readings.js";
import { remember } from "../../../text/remember.js";

export const READING: Reading = { dialect: "go-yaml", nullIsAbsent: "everywhere", anyCase: true };

/** How it reads objects, and patches that are merged into them. */
export const OBJECTS: Reading = { dialect: "go-yaml-3", nullIsAbsent: "never", anyCase: false };

/** The pair that kustomize takes for a field; an absent one when its value is null. */
export function pairOf(node: Node | undefined, name: string): Pair | undefined {
  const map = mapOf(node);
  if (!map) return undefined;
  const found = lastPair(
    map,
    (key) => key === name || (key.length === name.length && key.toLowerCase() === name.toLowerCase()),
  );
  return found && !isNull(found.value) ? found : undefined;
}

/** The last pair whose key fits; merge keys are looked into only where there are some. */
export function lastPair(map: MapNode, fits: (key: string) => boolean): Pair | undefined {
  const { pairs } = map;
  let last: Pair | undefined;
  // Asked for some fifty times at each key: an index costs half of what an iterator does.
  for (let at = 0; at < pairs.length; at++) {
    const pair = pairs[at];
    const key = pair?.key?.kind === "scalar" ? pair.key.text : pair && keyText(pair);
    if (!pair || key === undefined) continue;
    if (key === "<<" && isMergeKey(pair)) return merged(map, fits);
    if (fits(key)) last = pair;
  }
  return last;
}

function merged(map: MapNode, fits: (key: string) => boolean): Pair | undefined {
  let found: Pair | undefined;
  for (const [key, pair] of fieldsOf(map, READING)) if (fits(key)) found = pair;
  return found;
}

export function fieldOf(node: Node | undefined, name: string): Node | undefined {
  return pairOf(node, name)?.value;
}

/** The text of a string field; undefined when absent or of another type. */
export function textOf(node: Node | undefined, name: string): string | undefined {
  return stringOf(fieldOf(node, name));
}

export function stringOf(node: Node | undefined): string | undefined {
  const scalar = scalarOf(node);
  const value = scalar && scalarValue(scalar, READING.dialect);
  return typeof value === "string" ? value : undefined;
}

export function boolOf(node: Node | undefined, name: string): boolean {
  const scalar = scalarOf(fieldOf(node, name));
  return scalar !== undefined && scalarValue(scalar, READING.dialect) === true;
}

/** Items of the list under a field; null items stand as undefined. */
export function listOf(node: Node | undefined, name: string): readonly (Node | undefined)[] {
  const list = listNode(fieldOf(node, name));
  return list ? writtenItems(list) : [];
}

/** Items that are maps. */
export function mapsOf(node: Node | undefined, name: string): readonly MapNode[] {
  const list = listNode(fieldOf(node, name));
  return list ? mapItems(list) : [];
}

export interface Text {
  readonly node: Node;
  readonly text: string;
}

/** Items that are strings, each with its node. */
export function stringsOf(node: Node | undefined, name: string): readonly Text[] {
  const list = listNode(fieldOf(node, name));
  return list ? textItems(list) : [];
}

// Many rules ask for the items of the same list.
const writtenItems = remember((list: ListNode): readonly (Node | undefined)[] =>
  list.items.map((item) => (item && !isNull(item) ? item : undefined)),
);
const mapItems = remember((list: ListNode): readonly MapNode[] => list.items.flatMap((item) => mapOf(item) ?? []));
const textItems = remember((list: ListNode): readonly Text[] =>
  list.items.flatMap((item) => {
    const text = item && !isNull(item) ? stringOf(item) : undefined;
    return item && text !== undefined ? [{ node: item, text }] : [];
  }),
);

function listNode(node: Node | undefined): ListNode | undefined {
  const target = node && deref(node);
  return target?.kind === "list" ? target : undefined;
}

/** Pairs of a map of strings with the text of their keys. */
export function entriesOf(node: Node | undefined): readonly { readonly key: string; readonly pair: Pair }[] {
  const map = mapOf(node);
  return map ? [...fieldsOf(map, READING)].map(([key, pair]) => ({ key, pair })) : [];
}

export function mapOf(node: Node | undefined): MapNode | undefined {
  const target = node && deref(node);
  return target?.kind === "map" ? target : undefined;
}

export function itemsIn(node: Node | undefined): ListNode["items"] | undefined {
  const target = node && deref(node);
  return target?.kind === "list" ? target.items : undefined;
}

export function scalarOf(node: Node | undefined): ScalarNode | undefined {
  const target = node && deref(node);
  return target?.kind === "scalar" ? target : undefined;
}

export function isNull(node: Node | undefined): boolean {
  if (!node) return true;
  const scalar = scalarOf(node);
  return scalar !== undefined && scalarValue(scalar, READING.dialect) === null;
}

/** Where to point for a field: its value when short enough to mark, else its key. */
export function spotOf(pair: Pair): { readonly start: number; readonly end: number } {
  const value = pair.value;
  if (value?.kind === "scalar" && value.style !== "block" && value.end > value.start) return value;
  if (value?.kind === "alias") return value;
  return pair.key ?? pair;
}

/** Where to point for an item: itself when it is a scalar, its first key when it is a map. */
export function spotIn(node: Node): { readonly start: number; readonly end: number } {
  if (node.kind === "map") return node.pairs[0]?.key ?? headOf(node, () => Math.max(node.end, node.start + 1));
  if (node.kind === "list" || (node.kind === "scalar" && node.style === "block"))
    return headOf(node, () => node.start + 1);
  return node;
}

/** A place that moves with its node. */
const headOf = (node: Node, end: () => number) => ({
  get start() {
    return node.start;
  },
  get end() {
    return end();
  },
});

/** The text of a scalar without its quotes; all of any other node. */
export function textSpan(node: Node): Span {
  if (node.kind !== "scalar" || node.style === "plain" || node.style === "block" || node.end - node.start < 2)
    return [node.start, node.end];
  return [node.start + 1, node.end - 1];
}
