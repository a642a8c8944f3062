// The replacements of a kustomization one after the other over the objects they see: what each takes its value from, and which
// of its targets it can't be written to. Ends where names are replaced: nobody knows then who is selected.

import type { MapNode, Node } from "../../../text/node.js";
import { hostValue, type Value } from "../../../text/reading.js";
import { remember } from "../../../text/remember.js";
import type { Manifest } from "../../system.js";
import { blurred } from "../model/blurred.js";
import { buildOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { atFieldPath, type Found, splitFieldPath } from "../model/content.js";
import type { Id } from "../model/identity.js";
import {
  boolOf,
  fieldOf,
  listOf,
  mapOf,
  mapsOf,
  pairOf,
  READING,
  scalarOf,
  stringsOf,
  textOf,
} from "../model/reading.js";
import { type Replaced, replaceAt } from "../model/replaceAt.js";
import type { Misfit } from "../model/retyped.js";
import { fitsExactly, hasLabels, isRegexLike } from "../model/selection.js";
import { type Item, replacementsOf } from "./replacementItems.js";

export interface ReplacementStep extends Item {
  /** Absent where no object, or more than one, is meant, or its content isn't known. */
  readonly source?: { readonly id: Id; readonly path: string; readonly found: Found; readonly content: Value };
  readonly failures: readonly TargetFailure[];
  readonly misfits: readonly TargetMisfit[];
}

interface Target {
  readonly id: Id;
  /** The field path, and the content that it is followed into. */
  readonly node: Node;
  readonly path: string;
  readonly target: MapNode;
  readonly content: Value;
}

export interface TargetFailure extends Target {
  readonly replaced: Extract<Replaced, { is: "absent" | "fails" }>;
}

/** What is written, but doesn't go together with what stood there. */
export interface TargetMisfit extends Target {
  readonly object: Built;
  readonly value: Value;
  readonly misfit: Misfit;
}

export const replacementSteps = remember((manifest: Manifest): readonly ReplacementStep[] => {
  const steps: ReplacementStep[] = [];
  const misfits: TargetMisfit[][] = [];
  const contents = contentsOf(manifest);
  for (const item of replacementsOf(manifest)) {
    const source = sourceOf(item.node, contents);
    const value = source?.found.is === "value" ? refined(item.node, source.found.value) : undefined;
    const isLost = source !== undefined && isLacking(source.found) && !OWN.test(source.path);
    const own: TargetMisfit[] = [];
    misfits.push(own);
    const failures = isLost
      ? []
      : mapsOf(item.node, "targets").flatMap((target) => written(target, value, contents, misfits));
    steps.push({ ...item, ...(source && { source }), failures, misfits: own });
    if (mapsOf(item.node, "targets").some(renames)) break;
  }
  return steps;
});

type Contents = Map<Built, Value | undefined>;

/** What the objects hold when replacements run, as far as that is known. */
function contentsOf(manifest: Manifest): Contents {
  const { named, patched } = buildOf(manifest);
  if (manifest.folder === undefined || named.length !== patched.length) return new Map();
  const root = mapOf(manifest.root);
  const names = LATER.map((name) => pairOf(root, name));
  const before = root && {
    kind: root.kind,
    flow: root.flow,
    start: root.start,
    end: root.end,
    pairs: root.pairs.filter((pair) => !names.includes(pair)),
  };
  const isChanged = before?.pairs.some((pair) => !FIXED.includes(pair.key?.kind === "scalar" ? pair.key.text : ""));
  return new Map(
    named.map((object, at) => {
      const { content, blurred: behind } = patched[at] ?? object;
      const known = content ?? behind?.();
      return [object, isChanged ? blurred(known, patched[at]?.ids.at(-1), before) : known];
    }),
  );
}

/** Fields that replacements don't see the work of, or whose work is in the objects by then. */
const LATER = ["replacements", "transformers", "validators", "components"];
const FIXED = [
  "apiVersion",
  "kind",
  "metadata",
  "resources",
  "bases",
  "patches",
  "configMapGenerator",
  "secretGenerator",
];

/** The part of a source's value that its options ask for. */
function refined(node: MapNode, value: Value): Value | undefined {
  const options = fieldOf(fieldOf(node, "source"), "options");
  const delimiter = textOf(options, "delimiter") ?? "";
  if (delimiter === "") return value;
  const index = scalarOf(fieldOf(options, "index"));
  const at = index ? Number(hostValue(index, READING)) : 0;
  return typeof value === "string" ? value.split(delimiter)[at] : undefined;
}

function sourceOf(node: MapNode, contents: Contents): ReplacementStep["source"] {
  const source = fieldOf(node, "source");
  if (!mapOf(source)) return undefined;
  const found = [...contents.keys()].filter(({ ids }) => ids.some((id) => fitsExactly(source, id)));
  const [object] = found;
  const id = object?.ids[0];
  const content = object && contents.get(object);
  if (found.length !== 1 || !id || content === undefined) return undefined;
  const path = textOf(source, "fieldPath") ?? "metadata.name";
  return { id, path, found: atFieldPath(content, path), content };
}

/** Absent, or as good as that: kustomize takes null and empty maps and lists of a source for missing. */
export function isLacking(found: Found): boolean {
  if (found.is !== "value") return found.is === "absent";
  const { value } = found;
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

/** Fields that kustomize sets itself, so that they may be there without being written. */
export const OWN = /^metadata(\.(name|namespace|labels|annotations))?$/;

/** Adds to the last of `misfits` what doesn't fit here, and takes out of all what is written anew. */
function written(
  target: MapNode,
  value: Value | undefined,
  contents: Contents,
  misfits: readonly TargetMisfit[][],
): readonly TargetFailure[] {
  const select = fieldOf(target, "select");
  const isRough = !mapOf(select) || isRegexLike(select);
  if (isRough || hasLabels(select) || listOf(target, "reject").length > 0) {
    // Labels and rejects leave some out of those that the rest of the selector fits.
    for (const object of contents.keys())
      if (isRough || object.ids.some((id) => fitsExactly(select, id))) contents.set(object, undefined);
    return [];
  }
  const options = fieldOf(target, "options");
  const isCreating = boolOf(options, "create");
  const hasDelimiter = (textOf(options, "delimiter") ?? "") !== "";
  const failures: TargetFailure[] = [];
  for (const { node, text } of stringsOf(target, "fieldPaths")) {
    if (OWN.test(text)) continue;
    for (const [object, content] of contents) {
      const id = object.ids.at(-1);
      if (content === undefined || !id || !object.ids.some((one) => fitsExactly(select, one))) continue;
      const parts = splitFieldPath(text);
      const replaced = replaceAt(content, parts, { value, isCreating, hasDelimiter });
      // At a place of which nothing is known there is nothing more to know, and behind a failure the rest is told as well.
      const isKept = replaced.is !== "unknown" || !parts.includes("*");
      contents.set(object, replaced.is === "changed" ? replaced.content : isKept ? content : undefined);
      const place: Target = { id, node, path: text, target, content };
      if (replaced.is === "absent" || replaced.is === "fails") failures.push({ ...place, replaced });
      for (const list of misfits)
        for (const one of list.filter((one) => one.object === object && mayMeet(splitFieldPath(one.path), parts)))
          list.splice(list.indexOf(one), 1);
      if (replaced.is === "changed" && replaced.misfit && value !== undefined)
        misfits.at(-1)?.push({ ...place, object, value, misfit: replaced.misfit });
    }
  }
  return failures;
}

/** Whether what one path leads to may hold, or stand in, what the other leads to. */
function mayMeet(one: readonly string[], other: readonly string[]): boolean {
  const isName = (part: string) => /^[\w-]*[a-zA-Z][\w-]*$/.test(part);
  return one.slice(0, other.length).every((part, at) => {
    const beside = other[at] ?? "";
    return part === beside || !isName(part) || !isName(beside);
  });
}

/** Whether a target is written to what tells objects apart. */
const renames = (target: MapNode): boolean => {
  const paths =
    listOf(target, "fieldPaths").length === 0
      ? ["metadata.name"]
      : stringsOf(target, "fieldPaths").map(({ text }) => text);
  return paths.some((path) => /^(metadata(\.(name|namespace))?|kind|apiVersion|\*|)$/.test(path));
};
