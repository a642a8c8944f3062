// Edits of list entries that name files and folders: take one out, add some, move one to another field.

import type { Node, Pair, ScalarStyle } from "../../../text/node.js";
import { keyText } from "../../../text/node.js";
import { renderScalar } from "../../../text/render.js";
import { withPair } from "../../addition.js";
import type { Fix, TextChange } from "../../problem.js";
import { removeItem, withoutItem } from "../../removal.js";
import type { Manifest } from "../../system.js";
import { isNull, itemsIn, mapOf, pairOf, READING } from "../model/reading.js";
import type { Reference } from "../model/references.js";
import { likeKey } from "./likeKey.js";
import { insertAt, itemLines, lineEnd, lineStart, reindented } from "./lines.js";
import { type Entries, isBracketed, putInto, together } from "./lists.js";
import { moveList } from "./moveList.js";

/** Takes an entry of a field out; an empty list still counts as content, so that the file doesn't become an empty one. */
export const removeEntry = (manifest: Manifest, { field, node }: Pick<Reference, "field" | "node">): Fix[] =>
  removeItem(manifest, node, `Remove this entry of "${field}"`);

/** The field that lists an item. */
const listWith = (root: Node | undefined, item: Node): Pair | undefined =>
  mapOf(root)?.pairs.find(({ value }) => value?.kind === "list" && value.items.includes(item));

/** Moves an entry to the list of another field, which is made where there is none. */
export function moveItem(manifest: Manifest, { node }: Reference, to: string): Fix[] {
  const { parsed, root } = manifest;
  const { text, eol } = parsed;
  const from = listWith(root, node);
  if (!from?.key) return [];
  const target = pairOf(root, to);
  if (itemsIn(from.value)?.length === 1)
    return [
      moveList(manifest, from, to, { titles: { rename: `Move to "${to}"`, move: `Move to "${to}"` } }) ?? [],
    ].flat();
  const gone = withoutItem(manifest, node);
  const lines = itemLines(manifest, from);
  const item = text.slice(node.start, node.end);
  if (!gone || (target === undefined && hasKey(root, to))) return [];
  const entry: Entries = {
    lines: (indent) =>
      lines
        ? reindented(text.slice(lineStart(text, node.start), lineEnd(text, node.end)), lines.indent, indent)
        : `${indent}- ${item}${eol}`,
    ...((!lines || !text.slice(node.end, lineEnd(text, node.end)).includes("#")) && { texts: [item] }),
  };
  const put = target ? putInto(manifest, target, entry, "last") : below(manifest, from, to, entry);
  return put ? [{ title: `Move to "${to}"`, edits: together([...put, gone]) }] : [];
}

/** A field of its own with the entry: below the one that it comes from, or in the brackets around. */
function below(manifest: Manifest, from: Pair, to: string, { lines, texts = [] }: Entries): TextChange[] | undefined {
  const { parsed, root } = manifest;
  const { text, eol } = parsed;
  if (root?.kind !== "map" || !from.key || !from.value) return undefined;
  if (isBracketed(manifest))
    return [withPair(manifest, root, `${likeKey(from, to)}: [${texts.join(", ")}]`) ?? []].flat();
  const indent = text.slice(lineStart(text, from.key.start), from.key.start);
  const own = itemLines(manifest, from);
  const value = own ? `:${eol}${lines(own.indent)}` : `: [${texts.join(", ")}]`;
  return [insertAt(manifest, lineEnd(text, from.value.end - 1), `${indent}${likeKey(from, to)}${value}`)];
}

const hasKey = (root: Node | undefined, name: string): boolean =>
  mapOf(root)?.pairs.some((pair) => keyText(pair)?.toLowerCase() === name.toLowerCase()) ?? false;

/** Adds entries to `resources`: in the list's own form and indentation, or as a new list where there is none. */
export function addResources(manifest: Manifest, names: readonly string[]): Fix[] {
  const { parsed, root } = manifest;
  const map = mapOf(root);
  if (names.length === 0) return [];
  const { eol, text } = parsed;
  const shown = names.length > 3 ? `${names.length} manifests` : `"${names.join('", "')}"`;
  const title = `Add ${shown} to resources`;
  const lines = (indent: string) => names.map((name) => `${indent}- ${written(name)}`).join(eol);
  const pair = map?.pairs.findLast((one) => keyText(one)?.toLowerCase() === "resources");
  const texts = names.map((name) => renderScalar(name, "flow", READING.dialect, styleIn(manifest, pair)));
  const inBrackets = `[${texts.join(", ")}]`;
  if (!pair?.key) {
    const edit =
      map && isBracketed(manifest)
        ? withPair(manifest, map, `${map.pairs[0] ? likeKey(map.pairs[0], "resources") : "resources"}: ${inBrackets}`)
        : insertAt(manifest, text.length, `resources:${eol}${lines("")}`);
    return edit ? [{ title, edits: [edit] }] : [];
  }
  const put = putInto(manifest, pair, { lines, texts }, "last");
  if (put) return [{ title, edits: put }];
  const isEmpty = isNull(pair.value) || (pair.value?.kind === "list" && pair.value.items.length === 0);
  const indent = text.slice(lineStart(text, pair.key.start), pair.key.start);
  if (!isEmpty) return [];
  const end = pair.value && pair.value.end > pair.value.start ? pair.value.end : text.indexOf(":", pair.key.end) + 1;
  if (isBracketed(manifest)) return [{ title, edits: [{ span: [pair.key.end, end], newText: `: ${inBrackets}` }] }];
  if (indent.trim() !== "" || text.slice(end, lineEnd(text, end)).trim() !== "") return [];
  return [{ title, edits: [{ span: [pair.key.end, end], newText: `:${eol}${lines(indent)}` }] }];
}

/** The quotes that stand around the last entry of a list, or else around the first key of a document in brackets. */
function styleIn({ root }: Manifest, pair: Pair | undefined): ScalarStyle {
  const last = itemsIn(pair?.value)?.at(-1) ?? (mapOf(root)?.flow ? mapOf(root)?.pairs[0]?.key : undefined);
  return last?.kind === "scalar" && last.style !== "block" ? last.style : "plain";
}

export const written = (name: string): string => renderScalar(name, "block", READING.dialect);
