// What kustomize would stumble over at the output, and what takes it away before: patches, deletions, and kustomize itself.

import type { MapNode, Node } from "../../../text/node.js";
import { fieldsOf, type Value } from "../../../text/reading.js";
import { splitFieldPath } from "./content.js";
import { BY_NAME, type Lists } from "./merge.js";
import type { LateFlaw } from "./objects.js";
import { entriesOf, fieldOf, isNull, itemsIn, mapOf, mapsOf, pairOf, READING, stringsOf } from "./reading.js";

/** What is left of an object's flaws when nothing but names has changed. */
export function lateIn(flaws: readonly LateFlaw[], annotations: Readonly<Record<string, Value>>): readonly LateFlaw[] {
  // Objects that are only for tools aren't written, and annotations kustomize writes anew, each key once.
  if (flaws.length === 0 || Object.hasOwn(annotations, LOCAL)) return [];
  return flaws.filter(
    ({ at, isTwin }) => !(isTwin && at[0] === "metadata" && at[1] === "annotations" && at.length < 4),
  );
}

const LOCAL = "config.kubernetes.io/local-config";

/** What is certainly left after a merge patch. */
export function afterMerge(flaws: readonly LateFlaw[], patch: MapNode, lists: Lists): readonly LateFlaw[] {
  return flaws.length === 0 ? flaws : flaws.filter((flaw) => !mayTakeAway(patch, flaw, lists));
}

function mayTakeAway(patch: Node, flaw: Pick<LateFlaw, "at" | "firstIsEmpty">, lists: Lists): boolean {
  const { at, firstIsEmpty } = flaw;
  // Merging walks through the whole object and takes away what has no value.
  if (firstIsEmpty) return true;
  let node: Node | undefined = patch;
  for (const [depth, key] of at.entries()) {
    if (key === "[]") {
      const items = itemsIn(node);
      if (!items || lists.areReplaced || !BY_NAME.includes(at[depth - 1] ?? "")) return true;
      const rest = { at: at.slice(depth + 1) };
      return items.some((item) => !item || mayTakeAway(item, rest, lists));
    }
    const map = mapOf(node);
    if (!map) return true;
    const fields = fieldsOf(map, READING);
    if ([...fields.keys()].some((name) => name.startsWith("$"))) return true;
    const pair = fields.get(key);
    if (!pair) return false;
    if (isNull(pair.value)) return true;
    node = pair.value;
  }
  return mapOf(node) !== undefined;
}

/** Objects with what is certainly left when everything behind the patches has run too. */
export function afterRest<One extends { readonly late: readonly LateFlaw[] }>(
  objects: readonly One[],
  root: Node | undefined,
): readonly One[] {
  if (objects.every(({ late }) => late.length === 0)) return objects;
  const replacements = mapsOf(root, "replacements");
  const isOpen =
    pairOf(root, "transformers") !== undefined ||
    replacements.some((one) => pairOf(one, "path")) ||
    entriesOf(fieldOf(root, "commonAnnotations")).some(({ key }) => key === LOCAL);
  const paths = replacements.flatMap((one) =>
    mapsOf(one, "targets").flatMap((target) => stringsOf(target, "fieldPaths").map(({ text }) => splitFieldPath(text))),
  );
  const isLeft = (flaw: LateFlaw) => !isOpen && !paths.some((path) => isAbove(path, flaw));
  return objects.map((one) => ({ ...one, late: one.late.filter(isLeft) }));
}

const isAbove = (path: readonly string[], { at, isTwin }: LateFlaw): boolean =>
  path.length <= at.length - (isTwin ? 1 : 0) && path.every((part, depth) => part === at[depth] || at[depth] === "[]");
