// The field paths and options of replacements, followed into the objects' own content. Nothing is said where something may
// have changed the content before.

import type { MapNode } from "../../../text/node.js";
import { hostValue, type Value } from "../../../text/reading.js";
import type { Manifest, Report } from "../../system.js";
import { buildOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { atFieldPath, type Found, splitFieldPath } from "../model/content.js";
import { type Id, showId } from "../model/identity.js";
import {
  boolOf,
  fieldOf,
  listOf,
  mapOf,
  mapsOf,
  pairOf,
  READING,
  scalarOf,
  spotIn,
  spotOf,
  stringsOf,
  textOf,
} from "../model/reading.js";
import { fitsExactly, hasLabels, isRegexLike } from "../model/selection.js";
import { type Item, replacementsOf } from "./replacementItems.js";

/** Whether a target with options.create might select an object, so that its content isn't what its file says. */
function createdIn(manifest: Manifest): (object: Built) => boolean {
  const selects = replacementsOf(manifest).flatMap(({ node }) =>
    mapsOf(node, "targets").flatMap((one) => (isCreating(one) ? [fieldOf(one, "select")] : [])),
  );
  return ({ ids }) =>
    selects.some(
      (select) =>
        !mapOf(select) || hasLabels(select) || isRegexLike(select) || ids.some((id) => fitsExactly(select, id)),
    );
}

const isCreating = (target: MapNode): boolean => boolOf(fieldOf(target, "options"), "create");

export function replacementFields(manifest: Manifest, report: Report): void {
  const isCreated = createdIn(manifest);
  for (const { node, from } of replacementsOf(manifest)) {
    const source = sourceOf(manifest, node);
    const path = pairOf(fieldOf(node, "source"), "fieldPath");
    if (!source) continue;
    const bare = bareBracket(source.path);
    const spot = from ?? (path ? spotOf(path) : spotIn(node));
    if (bare !== undefined && atFieldPath(source.content, bare.before).is === "value")
      report(spot, bracketWords(bare.part));
    else if (!OWN.test(source.path) && !isCreated(source.object) && isLacking(atFieldPath(source.content, source.path)))
      report(
        spot,
        `${showId(source.object.ids[0] ?? UNNAMED)} has no field "${source.path}" with a value and the build fails; correct the path`,
      );
    targetFields(manifest, node, from, isCreated, report);
  }
}

/** Absent, or as good as that: kustomize takes null and empty maps and lists of a source for missing. */
function isLacking(found: Found): boolean {
  if (found.is !== "value") return found.is === "absent";
  const { value } = found;
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

/** Fields that kustomize sets itself, so that they may be there without being written. */
export const OWN = /^metadata(\.(name|namespace|labels|annotations))?$/;

const UNNAMED: Id = { group: "", version: "", kind: "object", name: "", namespace: "" };

function targetFields(
  manifest: Manifest,
  node: MapNode,
  from: Item["from"],
  isCreated: (object: Built) => boolean,
  report: Report,
): void {
  const { gathered } = buildOf(manifest);
  for (const target of mapsOf(node, "targets")) {
    const select = fieldOf(target, "select");
    if (!mapOf(select) || hasLabels(select) || isRegexLike(select) || listOf(target, "reject").length > 0) continue;
    const hit = gathered.filter((one) => one.ids.some((id) => fitsExactly(select, id)));
    for (const { node: pathNode, text } of stringsOf(target, "fieldPaths")) {
      if (OWN.test(text)) continue;
      const bare = bareBracket(text);
      const follows = ({ content }: Built): boolean =>
        content !== undefined && bare !== undefined && atFieldPath(content, bare.before).is === "value";
      if (bare && hit.some(follows)) {
        report(from ?? pathNode, bracketWords(bare.part));
        continue;
      }
      const without = hit.find(
        (one) => one.content !== undefined && !isCreated(one) && atFieldPath(one.content, text).is === "absent",
      );
      const id = without?.ids.at(-1);
      if (id)
        report(
          from ?? pathNode,
          `${showId(id)} has no field "${text}" and the build fails; correct the path or set options.create`,
        );
    }
  }
}

/** The first part in brackets without "=" and without a dot, which kustomize takes for a list item that it can't find. */
function bareBracket(path: string): { readonly part: string; readonly before: string } | undefined {
  const parts = splitFieldPath(path);
  const at = parts.findIndex((part) => /^\[[^[\].=]+\]$/.test(part));
  const part = parts[at];
  const isPlain = parts.slice(0, at).every((one) => /^[\w-]+$/.test(one));
  return part === undefined || !isPlain ? undefined : { part, before: parts.slice(0, at).join(".") };
}

const bracketWords = (part: string): string =>
  `kustomize takes "${part}" for a list item without "=" and the build fails; write ${part.slice(1, -1)} without brackets, which only keys with dots need`;

export function replacementOptions(manifest: Manifest, report: Report): void {
  encodings(manifest, report);
  for (const { node, from } of replacementsOf(manifest)) {
    const place = pairOf(fieldOf(node, "source"), "options");
    const found = sourceOf(manifest, node);
    const delimiter = textOf(place?.value, "delimiter") ?? "";
    if (!place || !found || delimiter === "") continue;
    const value = atFieldPath(found.content, found.path);
    if (value.is !== "value") continue;
    const spot = from ?? place.key ?? place;
    if (typeof value.value === "object" && value.value !== null) {
      report(spot, `"${found.path}" is no plain value, so a delimiter fails the build; remove it`);
      continue;
    }
    const index = scalarOf(fieldOf(place.value, "index"));
    const at = index ? Number(hostValue(index, READING)) : 0;
    const parts = String(value.value).split(delimiter).length;
    if (Number.isInteger(at) && (at >= parts || at < 0))
      report(
        spot,
        `the value has ${parts} part${parts === 1 ? "" : "s"}, so index ${at} fails the build; correct index or delimiter`,
      );
  }
}

/** A field that kustomize reads and never uses. */
function encodings({ root }: Manifest, report: Report): void {
  for (const item of mapsOf(root, "replacements")) {
    for (const holder of [fieldOf(item, "source"), ...mapsOf(item, "targets")]) {
      const encoding = pairOf(fieldOf(holder, "options"), "encoding");
      if (encoding)
        report(encoding.key ?? encoding, '"encoding" has no effect: kustomize copies the value as it is; remove it', {
          severity: "warning",
        });
    }
  }
}

/** Fields that may change content before replacements run; with one of them nothing is said about field paths. */
const BEFORE = [
  "patches",
  "patchesStrategicMerge",
  "patchesJson6902",
  "labels",
  "commonLabels",
  "commonAnnotations",
  "images",
  "imageTags",
  "replicas",
  "components",
  "configurations",
  "transformers",
  "generators",
];

/** Whether the objects still are what their files say when replacements run. */
export const isUnchanged = ({ root }: Manifest): boolean => !BEFORE.some((name) => pairOf(root, name));

function sourceOf(
  manifest: Manifest,
  node: MapNode,
): { readonly object: Built; readonly content: Value; readonly path: string } | undefined {
  const { gathered, final } = buildOf(manifest);
  if (manifest.folder === undefined || !isUnchanged(manifest)) return undefined;
  const source = fieldOf(node, "source");
  if (!mapOf(source)) return undefined;
  const found = final.flatMap((one, at) => (one.ids.some((id) => fitsExactly(source, id)) ? [gathered[at]] : []));
  const [object] = found;
  if (found.length !== 1 || object?.content === undefined || gathered.length !== final.length) return undefined;
  return { object, content: object.content, path: textOf(source, "fieldPath") ?? "metadata.name" };
}
