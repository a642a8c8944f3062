// Fixes of JSON patch operations: the word or the path that is nearly there, and the objects that all of them fit.

import { nearest } from "../../../text/nearest.js";
import type { MapNode } from "../../../text/node.js";
import { withPair } from "../../addition.js";
import type { Fix } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { applyOperations } from "../model/applied.js";
import { buildOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { showId } from "../model/identity.js";
import { exact, plain } from "../model/objects.js";
import { contentOf } from "../model/original.js";
import type { PatchEntry } from "../model/patchEntry.js";
import { pointersAt } from "../model/pointers.js";
import { mapOf } from "../model/reading.js";
import { written } from "./entries.js";
import { changeInPatch } from "./patches.js";

/** What other tools call an operation. */
const ALIKE: Readonly<Record<string, string>> = {
  update: "replace",
  set: "replace",
  change: "replace",
  modify: "replace",
  delete: "remove",
  insert: "add",
  append: "add",
  create: "add",
};

export function meantOperation(
  manifest: Manifest,
  entry: PatchEntry,
  operation: MapNode,
  known: readonly string[],
): Fix[] {
  const word = plain(operation, "op").toLowerCase();
  const alike = Object.hasOwn(ALIKE, word) ? ALIKE[word] : undefined;
  const meant = known.includes(word) ? [word] : alike === undefined ? nearest(word, known) : [alike];
  const isWhole = (one: string) => !/^(add|replace|test)$/.test(one) || exact(operation, "value") !== undefined;
  return meant
    .filter(isWhole)
    .slice(0, 2)
    .flatMap((one) => rewritten(manifest, entry, operation, "op", one));
}

/** `add` makes what `replace` and `remove` don't find; else the paths that are nearly this one. */
export function meantPath(manifest: Manifest, entry: PatchEntry, operation: MapNode, why: string): Fix[] {
  const [op, path] = [plain(operation, "op"), plain(operation, "path")];
  const known = pointersAt(manifest, entry.target, op === "add").map(({ value }) => value);
  const near = nearest(
    path,
    known.filter((one) => one !== path),
  ).slice(0, 2);
  const added =
    op === "replace" && why === `"${path}" is absent` ? rewritten(manifest, entry, operation, "op", "add") : [];
  // What a test is to find elsewhere is another value.
  const there = op === "test" ? [] : near.flatMap((one) => rewritten(manifest, entry, operation, "path", one));
  return [...there, ...added];
}

const rewritten = (manifest: Manifest, entry: PatchEntry, operation: MapNode, name: string, text: string): Fix[] =>
  changeInPatch(manifest, entry, exact(operation, name), text);

/** The objects that all operations can be applied to, where they are few. */
export function targetsFor(manifest: Manifest, { node }: PatchEntry, list: readonly (MapNode | undefined)[]): Fix[] {
  const map = mapOf(node);
  const { files } = manifest.workspace;
  const fits = (object: Built): boolean => {
    const content = contentOf(object, files);
    return content !== undefined && applyOperations(content, list).content !== undefined;
  };
  const found = buildOf(manifest).gathered.filter(fits);
  if (!map || found.length > 3) return [];
  return found.flatMap(({ ids }) => {
    const id = ids.at(-1);
    const isJson = map.pairs[0]?.key?.kind === "scalar" && map.pairs[0].key.style === "double";
    const target = isJson
      ? `"target": ${JSON.stringify({ kind: id?.kind, name: id?.name })}`
      : `target: {kind: ${id?.kind}, name: ${written(id?.name ?? "")}}`;
    const edit = id && withPair(manifest, map, target);
    return id && edit ? [{ title: `Aim it at ${showId(id)}`, edits: [edit] }] : [];
  });
}
