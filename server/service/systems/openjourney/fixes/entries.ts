// Edits of list entries that name files and folders: take one out, add some, move one to another field.

import type { ListNode, Node, Pair } from "../../../text/node.js";
import { keyText } from "../../../text/node.js";
import { renderScalar } from "../../../text/render.js";
import type { Fix } from "../../problem.js";
import { removeItem, withoutItem } from "../../removal.js";
import type { Manifest } from "../../system.js";
import { isNull, itemsIn, mapOf, pairOf, READING } from "../model/reading.js";
import type { Reference } from "../model/references.js";
import { endOfItems, insertAt, itemLines, lineEnd, lineStart, reindented } from "./lines.js";

/** Takes an entry of a field out; an empty list still counts as content, so that the file doesn't become an empty one. */
export const removeEntry = (manifest: Manifest, { field, node }: Pick<Reference, "field" | "node">): Fix[] =>
  removeItem(manifest, node, `Remove this entry of "${field}"`);

function listWith(root: Node | undefined, item: Node): (Pair & { readonly value: ListNode }) | undefined {
  for (const pair of mapOf(root)?.pairs ?? []) {
    const { value } = pair;
    if (value?.kind === "list" && itemsIn(value)?.includes(item)) {
      return { start: pair.start, end: pair.end, key: pair.key, value };
    }
  }
  return undefined;
}

/** Moves an entry to the list of another field, which is made where there is none. */
export function moveItem(manifest: Manifest, { node }: Reference, to: string): Fix[] {
  const { parsed, root } = manifest;
  const from = listWith(root, node);
  const target = pairOf(root, to);
  if (!from?.key || mapOf(root)?.flow) return [];
  const title = `Move to "${to}"`;
  const isOnly = from.value.items.length === 1;
  if (isOnly && !hasKey(root, to))
    return [
      { title, edits: [{ span: [from.key.start, from.key.end], newText: parsed.syntax === "json" ? `"${to}"` : to }] },
    ];
  const lines = itemLines(manifest, from);
  const gone = isOnly && lines ? { span: lines.whole, newText: "" } : withoutItem(manifest, node);
  if (!lines || !gone) return [];
  const line = parsed.text.slice(lineStart(parsed.text, node.start), lineEnd(parsed.text, node.end));
  const place = target && endOfItems(manifest, target);
  if (place)
    return [{ title, edits: [insertAt(manifest, place.offset, reindented(line, lines.indent, place.indent)), gone] }];
  if (hasKey(root, to)) return [];
  const indent = parsed.text.slice(lines.whole[0], from.key.start);
  return [{ title, edits: [insertAt(manifest, lines.whole[1], `${indent}${to}:${parsed.eol}${line}`), gone] }];
}

const hasKey = (root: Node | undefined, name: string): boolean =>
  mapOf(root)?.pairs.some((pair) => keyText(pair)?.toLowerCase() === name.toLowerCase()) ?? false;

/** Adds entries to `resources`: in the list's own indentation, or as a new list where there is none. */
export function addResources(manifest: Manifest, names: readonly string[]): Fix[] {
  const { parsed, root } = manifest;
  if (parsed.syntax === "json" || names.length === 0 || mapOf(root)?.flow) return [];
  const { eol, text } = parsed;
  const items = (indent: string) => names.map((name) => `${indent}- ${written(name)}`).join(eol);
  const shown = names.length > 3 ? `${names.length} manifests` : `"${names.join('", "')}"`;
  const title = `Add ${shown} to resources`;
  const pair = mapOf(root)?.pairs.findLast((one) => keyText(one)?.toLowerCase() === "resources");
  if (!pair?.key) return [{ title, edits: [insertAt(manifest, text.length, `resources:${eol}${items("")}`)] }];
  const place = endOfItems(manifest, pair);
  if (place) return [{ title, edits: [insertAt(manifest, place.offset, items(place.indent))] }];
  const isEmpty = isNull(pair.value) || (pair.value?.kind === "list" && pair.value.items.length === 0);
  const indent = text.slice(lineStart(text, pair.key.start), pair.key.start);
  if (!isEmpty || indent.trim() !== "") return [];
  const end = pair.value && pair.value.end > pair.value.start ? pair.value.end : text.indexOf(":", pair.key.end) + 1;
  if (text.slice(end, lineEnd(text, end)).trim() !== "") return [];
  return [{ title, edits: [{ span: [pair.key.end, end], newText: `:${eol}${items(indent)}` }] }];
}

export const written = (name: string): string => renderScalar(name, "block", READING.dialect);
