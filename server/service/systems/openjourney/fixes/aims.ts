// What a selector that fits no object may be meant to say: the values that the objects have which the rest of it fits.

import { nearest } from "../../../text/nearest.js";
import type { MapNode, Node, Pair } from "../../../text/node.js";
import { keyText } from "../../../text/node.js";
import { withField } from "../../addition.js";
import { changeToAny } from "../../changes.js";
import type { Fix, TextChange } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { apiVersionOf } from "../model/around.js";
import type { Built } from "../model/built.js";
import { type Id, showId } from "../model/identity.js";
import { mapOf, pairOf, textOf } from "../model/reading.js";

/** Those that are nearly it; else all, where they are few. */
export function namesFor(name: string, names: readonly string[]): readonly string[] {
  const different = [...new Set(names)].filter((one) => one !== "" && one !== name);
  const near = nearest(name, different);
  return near.length > 0 ? near : different.slice(0, different.length > 3 ? 0 : 3);
}

/** `culprit` is the one key that keeps the selector from every object; `fits` asks about the rest of it. */
export function reaim(
  manifest: Manifest,
  selector: Node | undefined,
  culprit: Pair | undefined,
  objects: readonly Built[],
  fits: (rest: MapNode, object: Built) => boolean,
): Fix[] {
  const map = mapOf(selector);
  const read = PARTS[keyText(culprit ?? NOTHING)?.toLowerCase() ?? ""];
  if (!map || !culprit || !read) return [];
  const rest: MapNode = { ...shapeOf(map), pairs: map.pairs.filter((one) => one !== culprit) };
  const values = objects.filter((one) => fits(rest, one)).flatMap(({ ids }) => ids.slice(-1).map(read));
  return changeToAny(manifest, culprit.value, namesFor(textOf(map, keyText(culprit) ?? "") ?? "", values));
}

const NOTHING: Pair = { start: 0, end: 0, key: undefined, value: undefined };
const shapeOf = ({ start, end, flow }: MapNode) => ({ kind: "map", start, end, flow }) as const;

const PARTS: Readonly<Record<string, (id: Id) => string>> = {
  group: ({ group }) => group,
  version: ({ version }) => version,
  kind: ({ kind }) => kind,
  name: ({ name }) => name,
  namespace: ({ namespace }) => namespace,
};

const FEW = 3;

/** One of several objects that a selector fits, by the part that tells them apart. */
export function single(manifest: Manifest, selector: Node | undefined, found: readonly Built[]): Fix[] {
  const map = mapOf(selector);
  const ids = found.flatMap(({ ids }) => ids.slice(-1));
  if (!map || ids.length > FEW) return [];
  for (const part of ["name", "kind", "namespace"] as const) {
    const isTelling = new Set(ids.map((id) => id[part])).size === ids.length && ids.every((id) => id[part] !== "");
    if (pairOf(map, part) || !isTelling) continue;
    return ids.flatMap((id) => {
      const edit = withField(manifest, map, part, id[part]);
      return edit ? [{ title: `Add "${part}: ${id[part]}", for ${showId(id)}`, edits: [edit] }] : [];
    });
  }
  return [];
}

/** The names that a target lacks: those of the objects that the rest of it selects. */
export function named(manifest: Manifest, map: MapNode | undefined, objects: readonly Built[]): Fix[] {
  const names = [...new Set(objects.flatMap(({ ids }) => ids.slice(-1).map(({ name }) => name)))];
  if (!map || names.length > FEW) return [];
  return names.flatMap((name) => {
    const edit = withField(manifest, map, "name", name);
    return edit ? [{ title: `Add "name: ${name}"`, edits: [edit] }] : [];
  });
}

/** apiVersion and kind in full, as a var wants them. */
export function spelledOut(manifest: Manifest, ref: Node | undefined, id: Id): Fix[] {
  const map = mapOf(ref);
  if (!map) return [];
  const wanted = [
    ["apiVersion", apiVersionOf(id)],
    ["kind", id.kind],
  ] as const;
  const edits = wanted.flatMap(([name, text]): (TextChange | undefined)[] => {
    const pair = pairOf(map, name);
    if (!pair) return [withField(manifest, map, name, text)];
    if (textOf(map, name) === text) return [];
    return [changeToAny(manifest, pair.value, [text])[0]?.edits[0]];
  });
  const all = edits.flatMap((one) => one ?? []);
  const isWhole = all.length === edits.length && all.length > 0 && !pairOf(map, "group") && !pairOf(map, "version");
  return isWhole ? [{ title: `Write apiVersion: ${apiVersionOf(id)} and kind: ${id.kind}`, edits: all }] : [];
}
