// What a host's parser makes of a tree: plain JavaScript values by its dialect, its idea of null and its matching of
// keys, and the way back from a place in the value to the node that it came from.

import { children, deref, keyText, type MapNode, type Node, type Pair, type Tree } from "./node.js";
import { type Dialect, type ScalarValue, scalarValue } from "./readings.js";
import { remember } from "./remember.js";

export interface Reading {
  readonly dialect: Dialect;
  /** Where a null value counts as "not written". */
  readonly nullIsAbsent: "never" | "top" | "everywhere";
  /** Keys are matched to the schema's fields without regard to case (kustomize). */
  readonly anyCase: boolean;
}

export type Value = ScalarValue | readonly Value[] | { readonly [key: string]: Value };

/** Aliases that expand to more values than this are refused. */
export const MAX_EXPANDED = 1_000_000;

/** The value of a whole tree. Shared subtrees (aliases) share their value; call `isBomb` first. */
export function hostValue(root: Node | undefined, reading: Reading): Value {
  const seen = new Map<Node, Value>();
  return root ? visit(root, true) : null;

  function visit(node: Node, top: boolean): Value {
    const target = deref(node);
    if (!target) return null;
    if (target.kind === "scalar") return scalarValue(target, reading.dialect);
    const known = seen.get(target);
    if (known !== undefined) return known;
    const value =
      target.kind === "list" ? target.items.map((item) => (item ? visit(item, false) : null)) : mapValue(target, top);
    seen.set(target, value);
    return value;
  }

  function mapValue(map: MapNode, top: boolean): Value {
    const isAbsent = reading.nullIsAbsent === "everywhere" || (top && reading.nullIsAbsent === "top");
    const simple = simpleValue(map, isAbsent);
    if (simple !== undefined) return simple;
    const value: Record<string, Value> = {};
    for (const [name, pair] of fieldsOf(map, reading)) put(value, name, pair, isAbsent);
    return value;
  }

  /** Of a map of which each field stands in it once, as nearly all are; undefined for others. */
  function simpleValue({ pairs }: MapNode, isAbsent: boolean): Value | undefined {
    const value: Record<string, Value> = {};
    for (let at = 0; at < pairs.length; at++) {
      const pair = pairs[at];
      const name = pair && keyText(pair);
      if (!pair || name === undefined) continue;
      if (Object.hasOwn(value, name) || (reading.dialect !== "json" && isMergeKey(pair))) return undefined;
      put(value, name, pair, isAbsent);
    }
    return value;
  }

  function put(value: Record<string, Value>, name: string, pair: Pair, isAbsent: boolean): void {
    const field = pair.value ? visit(pair.value, false) : null;
    if (field === null && isAbsent) return;
    // A key of this name must not become the object's prototype.
    if (name !== "__proto__") value[name] = field;
    else Object.defineProperty(value, name, { value: field, enumerable: true, writable: true, configurable: true });
  }
}

/** The fields of a map as the host sees them: merge keys taken in, the last of repeated keys wins. */
export function fieldsOf(map: MapNode, { dialect }: Reading): ReadonlyMap<string, Pair> {
  const merges = dialect !== "json";
  // Of the many maps that have a few fields what is kept would take more memory than they do.
  if (map.pairs.length <= FEW) return collectFields(map, merges);
  return merges ? yamlFields(map) : jsonFields(map);
}

/** One of these fields. */
export function fieldOf(map: MapNode, name: string, reading: Reading): Pair | undefined {
  if (map.pairs.length > FEW) return fieldsOf(map, reading).get(name);
  let found: Pair | undefined;
  for (const pair of map.pairs) {
    const key = keyText(pair);
    if (key === "<<" && reading.dialect !== "json" && isMergeKey(pair)) return fieldsOf(map, reading).get(name);
    if (key === name) found = pair;
  }
  return found;
}

const FEW = 8;

const jsonFields = remember((map: MapNode) => collectFields(map, false));
const yamlFields = remember((map: MapNode) => collectFields(map, true));

function collectFields(map: MapNode, merges: boolean): ReadonlyMap<string, Pair> {
  const fields = new Map<string, Pair>();
  if (merges) {
    for (const pair of map.pairs) {
      if (isMergeKey(pair)) for (const [name, merged] of mergedFields(pair)) fields.set(name, merged);
    }
  }
  for (const pair of map.pairs) {
    const name = keyText(pair);
    if (name !== undefined && !(merges && isMergeKey(pair))) fields.set(name, pair);
  }
  return fields;
}

export function isMergeKey(pair: Pair): boolean {
  return pair.key?.kind === "scalar" && pair.key.style === "plain" && pair.key.text === "<<";
}

function mergedFields({ value }: Pair): [string, Pair][] {
  const target = value && deref(value);
  if (target?.kind === "map") return [...yamlFields(target)];
  if (target?.kind !== "list") return [];
  return target.items.toReversed().flatMap((item) => {
    const map = item && deref(item);
    return map?.kind === "map" ? [...yamlFields(map)] : [];
  });
}

/** Whether aliases make a document, or a part of it, so large that a host would run out of memory ("alias bomb"). */
export const isBomb = ({ hasAliases }: Tree, root: Node | undefined): boolean =>
  hasAliases && root !== undefined && sizeOf(root) >= MAX_EXPANDED;

/** Node count with every alias expanded; grows exponentially in an alias bomb, so it saturates at `MAX_EXPANDED`. */
const sizeOf = remember((root: Node): number => {
  const sizes = new Map<Node, number>();
  return size(root);

  function size(node: Node): number {
    const target = deref(node);
    if (!target) return 1;
    const known = sizes.get(target);
    if (known !== undefined) return known;
    sizes.set(target, 1);
    let total = 1;
    for (const child of children(target)) total = Math.min(MAX_EXPANDED, total + size(child));
    sizes.set(target, total);
    return total;
  }
});
