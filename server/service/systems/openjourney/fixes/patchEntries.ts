// Fixes of the entry around a patch: one of path and patch, a name for its target, or none at all.

import type { Fix, Problem } from "../../problem.js";
import { removeField, removeItem } from "../../removal.js";
import type { Manifest, Misfit } from "../../system.js";
import { buildOf } from "../model/build.js";
import { keyOf, selectorOf } from "../model/identity.js";
import type { KubeObject } from "../model/objects.js";
import type { PatchEntry } from "../model/patchEntry.js";
import { mapOf, pairOf } from "../model/reading.js";
import { named } from "./aims.js";

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
