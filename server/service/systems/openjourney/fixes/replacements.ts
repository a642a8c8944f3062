// Fixes of replacements: field paths that are nearly there, and options that make what is missing.

import { nearest } from "../../../text/nearest.js";
import type { MapNode, Node } from "../../../text/node.js";
import type { Value } from "../../../text/reading.js";
import { addField, withPair } from "../../addition.js";
import { changeTo, changeToAny } from "../../changes.js";
import type { Fix } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { leavesOf } from "../model/leaves.js";
import { mapOf, pairOf } from "../model/reading.js";

/** Paths of plain values that are nearly the written one. */
export function nearPaths(manifest: Manifest, node: Node | undefined, path: string, content: Value): Fix[] {
  const known: string[] = [];
  for (const leaf of leavesOf(content)) {
    // What is null takes no other value.
    if (leaf.path !== path && leaf.value !== null) known.push(leaf.path);
    if (known.length > MOST) break;
  }
  return changeToAny(manifest, node, nearest(path, known).slice(0, 2));
}

const MOST = 400;

/** `[key]` without a dot in it is written without its brackets. */
export const withoutBrackets = (manifest: Manifest, node: Node | undefined, path: string, part: string): Fix[] =>
  changeTo(
    manifest,
    node,
    path.replace(part, () => part.slice(1, -1)),
  );

/** Makes the field where it is missing; not for items, which nothing can be made of. */
export function creating(manifest: Manifest, target: MapNode, path: string): Fix[] {
  if (/[*[]|(^|\.)\d+(\.|$)/.test(path)) return [];
  const options = pairOf(target, "options");
  if (options) return addField(manifest, mapOf(options.value), "create", true);
  const isJson = target.pairs[0]?.key?.kind === "scalar" && target.pairs[0].key.style === "double";
  const edit = withPair(manifest, target, isJson ? '"options": {"create": true}' : "options: {create: true}");
  return edit ? [{ title: 'Add "options: {create: true}"', edits: [edit] }] : [];
}
