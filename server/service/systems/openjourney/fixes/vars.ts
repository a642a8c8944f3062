// The older vars as replacements, where both certainly build the same: each var's value is a text of an object listed here,
// each use that kustomize fills in is the whole of a text, and nothing else changes the objects. For anything more there is no
// such certainty: then the reason is told.

import { keyText, type Node, type Pair } from "../../../text/node.js";
import { dirname, isInside, resolve } from "../../../text/paths.js";
import { rewrite } from "../../changes.js";
import type { Fix, TextChange } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { isFacts } from "../describe.js";
import { buildOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { atFieldPath } from "../model/content.js";
import type { Id } from "../model/identity.js";
import { kustomizationOf } from "../model/kustomization.js";
import { fieldOf, mapOf, mapsOf, textOf } from "../model/reading.js";
import { fitsVar } from "../model/selection.js";
import { type Use, usesIn, varPlaces } from "../model/varUses.js";
import { itemLines, lineEnd } from "./lines.js";
import { isTied } from "./lists.js";
import { blockLines, inBrackets, type Written } from "./written.js";

/** With nothing but these fields the objects are what their files say. */
const HARMLESS = ["apiVersion", "kind", "metadata", "resources", "vars", "configurations"];

/** Why vars stay as they are. */
export interface Reason {
  readonly why: string;
  /** What is to blame, where that isn't the field itself. */
  readonly at?: Node | undefined;
}

export function varsFix(manifest: Manifest, pair: Pair): Fix | Reason | undefined {
  const { root, folder } = manifest;
  const other = (mapOf(root)?.pairs ?? []).find(({ key }) => key?.kind !== "scalar" || !HARMLESS.includes(key.text));
  const isPlace = pair.value?.kind === "list" && pair.value.items.every((item) => item?.kind === "map");
  if (!isPlace || folder === undefined || kustomizationOf(manifest).kind !== "Kustomization") return undefined;
  if (other) return { why: `"${keyText(other) ?? ""}" may change what they stand for`, at: other.key };
  if (isUsedElsewhere(manifest, folder)) return { why: "another kustomization builds on this one" };
  const { gathered, allGathered, clashes } = buildOf(manifest);
  const isPlain = gathered.every(
    ({ path, content, ids }) => path !== undefined && content !== undefined && ids.length === 1,
  );
  const isOwn = gathered.every(({ path }) => path !== undefined && isInside(path, folder));
  const places = varPlaces(manifest);
  if (!allGathered || clashes.length > 0 || !isPlain || !isOwn || !places)
    return { why: "not all of its objects lie here as they are built" };
  const uses = usesIn(gathered, places);
  const made = mapsOf(root, "vars").map((item) => replacement(item, gathered, uses));
  const reason = made.find((one) => "why" in one);
  if (reason) return reason;
  const all = made.flatMap((one) => ("why" in one ? [] : one));
  const stray = uses.find((use) => !all.some((one) => one.uses.includes(use)));
  if (stray) return { why: `$(${stray.name}) is no var of this file` };
  const edits = rewritten(
    manifest,
    pair,
    all.map(({ value }) => value),
  );
  return edits && { title: 'Convert to "replacements"', edits };
}

/** The field with these in place of its entries, each below the comments of the one that it was. */
function rewritten(manifest: Manifest, pair: Pair, values: readonly Written[]): TextChange[] | undefined {
  const { parsed } = manifest;
  const key = rewrite(manifest, pair.key, "replacements");
  const { value } = pair;
  if (!pair.key || !key || value?.kind !== "list") return undefined;
  const { text, eol } = parsed;
  if (value.flow || parsed.syntax === "json") {
    if (isTied(text.slice(pair.key.end, value.end)) || text.slice(value.start, value.end).includes("#"))
      return undefined;
    const style = pair.key.kind === "scalar" && pair.key.style === "double" ? "double" : "plain";
    const gap = /\s*$/.exec(text.slice(value.start + 1, value.items.at(-1)?.start))?.[0] || " ";
    const all = values.map((one) => inBrackets(one, style)).join(`,${gap}`);
    return [key, { span: [value.items[0]?.start ?? value.start, value.items.at(-1)?.end ?? value.end], newText: all }];
  }
  const lines = itemLines(manifest, pair);
  if (!lines) return undefined;
  const first = lineEnd(text, pair.key.end);
  const newText = values.map((one, at) => {
    const end = lineEnd(text, (value.items[at]?.end ?? first) - 1);
    const start = at === 0 ? first : lineEnd(text, (value.items[at - 1]?.end ?? first) - 1);
    const comments = [...text.slice(start, end).matchAll(/(?<=^|\s)#[^\r\n]*/gm)].map(([comment]) => comment.trimEnd());
    return [...comments, ...blockLines([one])].map((line) => `${lines.indent}${line}${eol}`).join("");
  });
  return [key, { span: [first, lines.whole[1]], newText: newText.join("") }];
}

/** Another kustomization may change the objects before it fills in the vars. */
function isUsedElsewhere({ workspace, system }: Manifest, folder: string): boolean {
  return workspace.manifests(system.id).some(({ path, facts }) => {
    const named = isFacts(facts) ? [...facts.resources, ...facts.components] : [];
    return named.some((text) => resolve(dirname(path), text) === folder);
  });
}

interface Made {
  readonly value: Written;
  readonly uses: readonly Use[];
}

function replacement(
  item: ReturnType<typeof mapsOf>[number],
  objects: readonly Built[],
  all: readonly Use[],
): Made | Reason {
  const name = textOf(item, "name") ?? "";
  const ref = fieldOf(item, "objref");
  const path = textOf(fieldOf(item, "fieldref"), "fieldPath") ?? "metadata.name";
  const found = objects.filter(({ ids }) => ids.some((id) => fitsVar(ref, id)));
  const [source] = found;
  const value = source?.content === undefined ? undefined : atFieldPath(source.content, path);
  const isText = value?.is === "value" && typeof value.value === "string" && !value.value.includes("$(");
  if (found.length !== 1 || !source || !isText || !/^[\w.-]+$/.test(path))
    return { why: `what "${name}" stands for isn't the text of one object`, at: item };
  const uses = all.filter((one) => one.name === name);
  if (uses.length === 0) return { why: `nothing uses $(${name})`, at: item };
  if (uses.some((use) => use.path === undefined))
    return { why: `$(${name}) is only a part of a text somewhere`, at: item };
  const isOne = ({ ids: [own] }: Built) =>
    objects.filter(({ ids: [one] }) => one?.kind === own?.kind && one?.name === own?.name).length === 1;
  if (!isOne(source) || !uses.every(({ object }) => isOne(object)))
    return { why: "two objects of one kind have the same name" };
  const targets = [...new Set(uses.map(({ object }) => object))].map((object) => ({
    select: select(object.ids[0]),
    fieldPaths: uses.flatMap((use) => (use.object === object ? (use.path ?? []) : [])),
  }));
  return { uses, value: { source: { ...select(source.ids[0]), fieldPath: path }, targets } };
}

function select(id: Id | undefined): Readonly<Record<string, string>> {
  const { group = "", version = "", kind = "", name = "", namespace = "" } = id ?? {};
  return Object.fromEntries(
    Object.entries({ group, version, kind, name, namespace }).filter(([, text]) => text !== ""),
  );
}
