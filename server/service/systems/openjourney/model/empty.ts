// Whether a document is empty as kustomize takes it, or its sources can't be told.

import { deref, type Node } from "../../../text/node.js";
import { fieldsOf } from "../../../text/reading.js";
import { fieldOf, isNull, itemsIn, mapOf, READING, stringsOf, textOf } from "./reading.js";

/** Whether nothing but apiVersion, kind and zero values stands in a map. */
export const isBare = (root: Node | undefined): boolean => {
  const map = mapOf(root);
  return !map || ![...fieldsOf(map, READING)].some(([key, one]) => counts(key, one.value));
};

/** Whether a field is content for kustomize's test of emptiness: anything but the zero value of its Go type. */
function counts(key: string, value: Node | undefined): boolean {
  if (/^(apiVersion|kind)$/i.test(key)) return false;
  const node = value && deref(value);
  // What kustomize hands over to the newer field before it asks; an empty list leaves nothing there.
  if (HANDED_OVER.test(key) && node?.kind === "list" && node.items.length === 0) return false;
  return node !== undefined && !isNull(node) && !(node.kind === "scalar" && node.text === "");
}

const HANDED_OVER = /^(bases|imageTags|helmChartInflationGenerator)$/i;

/** Whether a field that brings objects is no list, or has items that say nothing: what it was meant to bring isn't known. */
export const isOddlyFilled = (root: Node | undefined): boolean =>
  PATHS.some((name) => hasOtherItems(root, name)) ||
  GENERATORS.some((name) =>
    isOdd(root, name, (item) => mapOf(item) !== undefined && (textOf(item, "name") ?? "") !== ""),
  );

/** Whether it is no list of strings. */
function hasOtherItems(root: Node | undefined, name: string): boolean {
  const value = fieldOf(root, name);
  return value !== undefined && itemsIn(value)?.length !== stringsOf(root, name).length;
}

function isOdd(root: Node | undefined, name: string, fits: (item: Node) => boolean): boolean {
  const value = fieldOf(root, name);
  return value !== undefined && itemsIn(value)?.every((item) => item && !isNull(item) && fits(item)) !== true;
}

const PATHS = ["resources", "bases", "components"];
const GENERATORS = ["configMapGenerator", "secretGenerator"];
export const SOURCES: readonly string[] = [...PATHS, ...GENERATORS];
