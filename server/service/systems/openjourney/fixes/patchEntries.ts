// Fixes of the entry around a patch: one of path and patch, a name for its target, or none at all, and the newer form of an
// older one.

import type { Node, Pair } from "../../../text/node.js";
import type { Fix, Problem, TextChange } from "../../problem.js";
import { removeField, removeItem } from "../../removal.js";
import type { Manifest, Misfit } from "../../system.js";
import { buildOf } from "../model/build.js";
import { keyOf, selectorOf } from "../model/identity.js";
import type { KubeObject } from "../model/objects.js";
import type { PatchEntry } from "../model/patchEntry.js";
import { itemsIn, mapOf, pairOf, stringOf } from "../model/reading.js";
import { isInline } from "../model/references.js";
import { named } from "./aims.js";
import { likeKey } from "./likeKey.js";
import { lineStart } from "./lines.js";
import { moveList } from "./moveList.js";

/** Path and patch together: without one of them; neither: without the entry. */
export function oneOfBoth(manifest: Manifest, { place: { node }, problem }: Misfit): Problem {
  const pairs = ["path", "patch"].flatMap((name) => pairOf(node, name) ?? []);
  const fixes = pairs.length === 2 ? pairs.flatMap((pair) => removeField(manifest, pair)) : [];
  const all = pairs.length === 0 && node ? removeItem(manifest, node) : fixes;
  return problem.fixes?.length ? problem : { ...problem, fixes: all };
}

/** The names of the objects that the rest of a target selects. */
export function withName(manifest: Manifest, { place: { node }, problem }: Misfit): Problem {
  const target = mapOf(node);
  const { matches } = selectorOf(target);
  const hits = target ? buildOf(manifest).gathered.filter((one) => matches(one) === true) : [];
  return { ...problem, fixes: pairOf(target, "name") ? [] : named(manifest, target, hits) };
}

/** Where each of several objects says by itself which one it patches. */
export function withoutTarget(manifest: Manifest, { node }: PatchEntry, objects: readonly KubeObject[]): Fix[] {
  const keys = new Set(buildOf(manifest).gathered.flatMap(({ ids }) => ids.map(keyOf)));
  return objects.every(({ id }) => keys.has(keyOf(id))) ? removeField(manifest, pairOf(node, "target")) : [];
}

/** Of patchesStrategicMerge: files become `path` entries, texts `patch` entries. They come first, as kustomize applies them. */
export function asPatches(manifest: Manifest, pair: Pair): Fix | undefined {
  const edits = (itemsIn(pair.value) ?? []).map((item) => asEntry(manifest, pair, item));
  const all = edits.flatMap((one) => one ?? []);
  const titles = { rename: 'Convert to "patches"', move: 'Move to "patches"' };
  return edits.every(Boolean) ? moveList(manifest, pair, "patches", { edits: all, where: "first", titles }) : undefined;
}

/** Undefined where an entry can't be rewritten line by line. */
function asEntry({ parsed }: Manifest, pair: Pair, item: Node | undefined): TextChange[] | undefined {
  const { text, syntax } = parsed;
  const said = item ? (stringOf(item) ?? "") : "";
  if (item?.kind !== "scalar" || said.trim() === "") return undefined;
  const written = text.slice(item.start, item.end);
  const name = likeKey(pair, isInline(said) || item.style === "block" ? "patch" : "path");
  if (pair.value?.kind === "list" && (pair.value.flow || syntax === "json"))
    return [
      { span: [item.start, item.start], newText: `{${name}: ` },
      { span: [item.end, item.end], newText: "}" },
    ];
  if (!/^\s*-\s+$/.test(text.slice(lineStart(text, item.start), item.start))) return undefined;
  if (item.style === "block" ? /^[|>][-+]?\d/.test(written) : written.includes("\n")) return undefined;
  const newText = `${name}: ${written.replace(/\n(?=[^\r\n])/g, "\n  ")}`;
  return [{ span: [item.start, item.end], newText }];
}
