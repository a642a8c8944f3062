// The field paths and options of replacements, followed into the objects' own content. Nothing is said where something may
// have changed the content before.

import type { Node } from "../../../text/node.js";
import { hostValue, type Value } from "../../../text/reading.js";
import { writeAs } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { removeField } from "../../removal.js";
import type { Manifest, Report } from "../../system.js";
import { creating, nearPaths, withoutBrackets } from "../fixes/replacements.js";
import { atFieldPath, splitFieldPath } from "../model/content.js";
import { showId } from "../model/identity.js";
import { BLUR } from "../model/jsonPatch.js";
import { boolOf, fieldOf, mapsOf, pairOf, READING, scalarOf, spotIn, spotOf, textOf } from "../model/reading.js";
import { isLacking, OWN, type ReplacementStep, replacementSteps, type TargetFailure } from "./replacementWalk.js";

export function replacementFields(manifest: Manifest, report: Report): void {
  for (const step of replacementSteps(manifest)) {
    const { node, from, source, failures } = step;
    const pair = pairOf(fieldOf(node, "source"), "fieldPath");
    const why = source && lostSource(source);
    if (why !== undefined)
      report(from ?? (pair ? spotOf(pair) : spotIn(node)), why, {
        fixes: source && !from ? pathFixes(manifest, pair?.value, source) : [],
      });
    const seen = new Set<unknown>();
    for (const failure of failures) {
      if (seen.has(failure.node)) continue;
      seen.add(failure.node);
      report(from ?? failure.node, words(failure), { fixes: from ? [] : targetFixes(manifest, failure) });
    }
  }
}

function pathFixes(
  manifest: Manifest,
  node: Node | undefined,
  { path, content }: { readonly path: string; readonly content: Value },
): Fix[] {
  const bare = bareBracket(path);
  return bare ? withoutBrackets(manifest, node, path, bare.part) : nearPaths(manifest, node, path, content);
}

function targetFixes(manifest: Manifest, failure: TargetFailure): Fix[] {
  const { node, path, target, replaced } = failure;
  const isPlain = bareBracket(path) === undefined && replaced.is === "absent";
  return [...pathFixes(manifest, node, failure), ...(isPlain ? creating(manifest, target, path) : [])];
}

function lostSource({ id, path, found, content }: NonNullable<ReplacementStep["source"]>): string | undefined {
  const bare = bracketWordsOf(content, path);
  if (bare !== undefined) return bare;
  if (splitFieldPath(path).includes("*"))
    return `"*" in the path of a source fails the build: there can be one value only; name the item`;
  return !OWN.test(path) && isLacking(found)
    ? `${showId(id)} has no field "${path}" with a value and the build fails; correct the path`
    : undefined;
}

function words({ id, path, target, content, replaced }: TargetFailure): string {
  const bare = bracketWordsOf(content, path);
  if (bare !== undefined) return bare;
  if (replaced.is === "fails") return `${replaced.why} (${showId(id)}); the build fails, correct the path`;
  return boolOf(fieldOf(target, "options"), "create")
    ? `${showId(id)} has nothing that "${path}" fits and the build fails, since create makes no items for "*"; correct the path`
    : `${showId(id)} has no field "${path}" and the build fails; correct the path or set options.create`;
}

function bracketWordsOf(content: Value, path: string): string | undefined {
  const bare = bareBracket(path);
  return bare && atFieldPath(content, bare.before).is === "value" ? bracketWords(bare.part) : undefined;
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
  for (const { node, from, source } of replacementSteps(manifest)) {
    const place = pairOf(fieldOf(node, "source"), "options");
    const delimiter = textOf(place?.value, "delimiter") ?? "";
    const value = source?.found;
    if (!place || delimiter === "" || value?.is !== "value" || value.value === BLUR) continue;
    const spot = from ?? place.key ?? place;
    if (typeof value.value === "object" && value.value !== null) {
      report(spot, `"${source?.path}" is no plain value, so a delimiter fails the build; remove it`, {
        fixes: from ? [] : removeField(manifest, pairOf(place.value, "delimiter")),
      });
      continue;
    }
    const index = scalarOf(fieldOf(place.value, "index"));
    const at = index ? Number(hostValue(index, READING)) : 0;
    const parts = String(value.value).split(delimiter).length;
    if (Number.isInteger(at) && (at >= parts || at < 0))
      report(
        spot,
        `the value has ${parts} part${parts === 1 ? "" : "s"}, so index ${at} fails the build; correct index or delimiter`,
        { fixes: index && !from ? [writeAs(index, String(parts - 1))] : [] },
      );
  }
}

/** A field that kustomize reads and never uses. */
function encodings(manifest: Manifest, report: Report): void {
  for (const item of mapsOf(manifest.root, "replacements")) {
    for (const holder of [fieldOf(item, "source"), ...mapsOf(item, "targets")]) {
      const encoding = pairOf(fieldOf(holder, "options"), "encoding");
      if (encoding)
        report(encoding.key ?? encoding, '"encoding" has no effect: kustomize copies the value as it is; remove it', {
          severity: "warning",
          fixes: removeField(manifest, encoding),
        });
    }
  }
}
