// A merge patch over the content of an object, as far as what it does is certain: values of another kind than those they
// meet, and keys that stand twice in what is added, fail the build.

import { deref, keyText, type MapNode, type Node, type Span, spanOf } from "../../../text/node.js";
import { fieldsOf, hostValue, type Value } from "../../../text/reading.js";
import { type Fields, isFields } from "./jsonPatch.js";
import { itemsIn, mapOf, OBJECTS, READING } from "./reading.js";

export type Merged =
  /** `content` is undefined where it can't be told. */
  | { readonly is: "merged"; readonly content: Value | undefined }
  | { readonly is: "fails"; readonly why: string; readonly span: Span };

/** Built-in types merge their lists by keys; those of others are replaced as a whole, as long as no schema says otherwise. */
export interface Lists {
  readonly areReplaced: boolean;
}

export function mergePatch(target: Value, patch: MapNode, lists: Lists): Merged {
  const merge: Merge = { lists, isCertain: true, failure: undefined };
  const content = mergeMap(asFields(target), patch, merge, []);
  if (merge.failure) return { is: "fails", ...merge.failure };
  return { is: "merged", content: merge.isCertain ? content : undefined };
}

interface Merge {
  readonly lists: Lists;
  isCertain: boolean;
  /** The first thing that the build stumbles over. */
  failure: { readonly why: string; readonly span: Span } | undefined;
}

const asFields = (value: Value): Fields => (isFields(value) ? value : {});

function mergeMap(target: Fields, patch: MapNode, merge: Merge, at: readonly string[]): Value {
  const fields = fieldsOf(patch, READING);
  if ([...fields.keys()].some((name) => name.startsWith("$"))) {
    merge.isCertain = false;
    merge.failure ??= wrongStrategy(patch);
    return target;
  }
  const merged: Record<string, Value> = { ...target };
  for (const [name, { value: node }] of fields) {
    const value = node ? hostValue(node, OBJECTS) : null;
    if (value === null) delete merged[name];
    else if (node && !isIdentity(at, name)) merged[name] = mergeValue(merged[name], value, node, merge, [...at, name]);
  }
  return merged;
}

const STRATEGIES = ["merge", "replace", "delete"];

/** A "$patch" that kustomize doesn't know; it stumbles over it where there is something to patch. */
export function wrongStrategy(patch: MapNode): { readonly why: string; readonly span: Span } | undefined {
  const pair = patch.pairs.find((one) => keyText(one) === "$patch");
  if (!pair?.key) return undefined;
  const word = pair.value && deref(pair.value);
  if (word?.kind === "scalar" && STRATEGIES.includes(word.text)) return undefined;
  return {
    why: '"$patch" must be merge, replace or delete',
    span: spanOf(pair.value && pair.value.end > pair.value.start ? pair.value : pair.key),
  };
}

/** What a patch says of name and kind tells whom it is for. */
const isIdentity = (at: readonly string[], name: string): boolean =>
  (at.length === 0 && (name === "apiVersion" || name === "kind")) || (at.join() === "metadata" && name === "name");

/** Maps of strings that kustomize writes anew, each key once. */
const isRewritten = (at: readonly string[]): boolean => ["metadata,labels", "metadata,annotations"].includes(at.join());

function mergeValue(target: Value | undefined, value: Value, node: Node, merge: Merge, at: readonly string[]): Value {
  if (target === undefined || target === null) {
    if (!isRewritten(at)) refuseTwins(node, merge);
    if (holdsDirective(value)) merge.isCertain = false;
    return value;
  }
  const [wanted, found] = [kindOf(target), kindOf(value)];
  const map = mapOf(node);
  if (map && isFields(value) && Object.keys(value).some((name) => name.startsWith("$"))) {
    merge.isCertain = false;
    if (wanted === "map") merge.failure ??= wrongStrategy(map);
  } else if (wanted !== found)
    merge.failure ??= {
      why: `"${at.join(".")}" is ${SHOWN[wanted]} in the object and ${SHOWN[found]} here`,
      span: placeOf(node),
    };
  else if (map) return mergeMap(asFields(target), map, merge, at);
  else if (Array.isArray(target) && Array.isArray(value)) return mergeList(target, value, node, merge, at);
  return value;
}

function mergeList(target: readonly Value[], value: readonly Value[], node: Node, merge: Merge, at: readonly string[]) {
  if (merge.lists.areReplaced) {
    refuseTwins(node, merge);
    return value;
  }
  merge.isCertain = false;
  const name = at.at(-1) ?? "";
  if (!BY_NAME.includes(name)) return value;
  for (const item of itemsIn(node) ?? []) {
    const map = item && mapOf(item);
    const own = map && hostValue(map, OBJECTS);
    if (!item || !map || !isFields(own)) continue;
    const known = target.find((one) => isFields(one) && one.name !== undefined && one.name === own.name);
    if (known) merge.failure ??= wrongStrategy(map);
    if (Object.keys(own).some((key) => key.startsWith("$"))) continue;
    if (known !== undefined) mergeValue(known, own, item, merge, at);
    else if (typeof own.name === "string") refuseTwins(item, merge);
  }
  return value;
}

/** Lists of built-in types whose items are told apart by name. */
export const BY_NAME = ["containers", "initContainers", "volumes", "env"];

const SHOWN = { map: "a map", list: "a list", scalar: "a plain value" } as const;

const kindOf = (value: Value): keyof typeof SHOWN =>
  Array.isArray(value) ? "list" : isFields(value) ? "map" : "scalar";

const placeOf = (node: Node): Span =>
  node.kind === "map"
    ? spanOf(node.pairs[0]?.key ?? node)
    : node.kind === "list"
      ? [node.start, node.start + 1]
      : spanOf(node);

/** What is added as it stands keeps keys that stand twice, and the output fails over them. */
function refuseTwins(added: Node, merge: Merge): void {
  const open: Node[] = [added];
  for (let node = open.pop(); node; node = open.pop()) {
    const target = deref(node);
    if (target?.kind === "list") for (const item of target.items) item && open.push(item);
    if (target?.kind !== "map") continue;
    const seen = new Set<string>();
    for (const pair of target.pairs) {
      const key = keyText(pair);
      if (key !== undefined && pair.key && seen.has(key))
        merge.failure ??= { why: `the key "${key}" stands twice in one map`, span: spanOf(pair.key) };
      if (key !== undefined) seen.add(key);
      if (pair.value) open.push(pair.value);
    }
  }
}

function holdsDirective(value: Value): boolean {
  if (Array.isArray(value)) return value.some(holdsDirective);
  return isFields(value) && Object.entries(value).some(([key, one]) => key.startsWith("$") || holdsDirective(one));
}
