// JSON patch operations: their words, pointers and values, and whether they fit the objects they are aimed at, where the
// content of those is known for certain. Also the expressions and selectors of targets.

import { nearest } from "../../../text/nearest.js";
import { keyText, type MapNode, type Node, type Pair, type Span, spanOf } from "../../../text/node.js";
import { changeTo } from "../../changes.js";
import type { Fix } from "../../problem.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { meantOperation, meantPath } from "../fixes/operations.js";
import { changeInPatch } from "../fixes/patches.js";
import { buildOf } from "../model/build.js";
import { compileGo } from "../model/goRegex.js";
import { kustomizationOf } from "../model/kustomization.js";
import { readSelector } from "../model/labelSelector.js";
import { exact, plain } from "../model/objects.js";
import { type PatchEntry, spanIn } from "../model/patchEntry.js";
import { patchesThatAre } from "../model/patchesByKind.js";
import { fieldOf, mapOf, mapsOf, pairOf, spotOf, stringOf, textOf } from "../model/reading.js";

const EXPRESSIONS = ["group", "version", "kind", "name", "namespace"];
const KEYS = ["op", "path", "from", "value"];
const OPERATIONS = ["add", "remove", "replace", "move", "copy", "test"];

export const operationRules: readonly Rule[] = [
  {
    code: "openjourney/patch-json-op",
    each: true,
    severity: "error",
    title: "a JSON patch operation that can't work",
    host: "Operations are add, remove, replace, move, copy and test, in lower case, each with a path; move and copy need from. kustomize checks this when the patch meets an object. A missing value writes null, unknown keys are ignored.",
    wrong: "- op: update\n  path: /spec/replicas\n  value: 2",
    right: "- op: replace\n  path: /spec/replicas\n  value: 2",
    fix: "write a known operation with its path",
    check: operations,
  },
  {
    code: "openjourney/patch-json-pointer",
    each: true,
    severity: "warning",
    title: "a JSON pointer that doesn't begin with /",
    host: "kustomize drops the first word of such a path and writes elsewhere, without a word.",
    wrong: "path: spec/replicas",
    right: "path: /spec/replicas",
    fix: "put / in front",
    check(manifest, report) {
      eachOperation(manifest, (entry, operation) => {
        for (const name of ["path", "from"]) {
          const text = plain(operation, name);
          const node = exact(operation, name);
          if (!node || text === "" || text.startsWith("/")) continue;
          const span = spanIn(entry, spanOf(node));
          const isHere = entry.source.is === "inline" && manifest.parsed.text.slice(...span) === text;
          const fixes: Fix[] = isHere
            ? [{ title: `Change to "/${text}"`, edits: [{ span, newText: `/${text}` }] }]
            : [];
          report(span, `"${text}" doesn't begin with "/": kustomize drops its first word and writes elsewhere`, {
            ...(fixes.length > 0 && { fixes }),
          });
        }
      });
    },
  },
  {
    code: "openjourney/patch-json-path-absent",
    severity: "error",
    title: "an operation on a path that isn't there",
    host: "kustomize fails when the parent of a path is missing, when a path to remove or replace is absent, and when a test doesn't hold.",
    fix: "correct the path, or add its parent first",
    outdoes: ["openjourney/patch-json-pointer"],
    check: absentPaths,
  },
  {
    code: "openjourney/patch-misfit",
    severity: "error",
    title: "a merge patch that the object can't take",
    host: 'kustomize fails when a merge patch has a list or a plain value where the object has a map, or the other way round ("wrong node kind"), and when it adds a map with a key that stands twice.',
    wrong: "spec:\n  template:\n  - metadata: {}",
    right: "spec:\n  template:\n    metadata: {}",
    fix: "write the same kind of value as the object has, each key once",
    check(manifest, report) {
      if (manifest.folder === undefined) return;
      for (const { entry, reading, failure } of buildOf(manifest).failed) {
        if (reading.is !== "merge" || !failure.at || "kind" in failure.at) continue;
        const id = failure.object.ids.at(-1);
        report(spanIn(entry, failure.at), `${failure.why}: ${id?.kind} "${id?.name}" can't take this patch`);
      }
    },
  },
  {
    code: "openjourney/bad-regex",
    each: true,
    severity: "error",
    title: "a broken regular expression in a target",
    host: "group, version, kind, name and namespace of a target, and the name of an image, are regular expressions of Go; a broken one fails the build, in images it crashes kustomize.",
    wrong: "target:\n  name: (web",
    right: "target:\n  name: web.*",
    fix: "correct the expression; Go knows no look-ahead and no back references",
    check(manifest, report) {
      const { root } = kustomizationOf(manifest);
      for (const name of ["patches", "patchesJson6902"]) {
        for (const item of mapsOf(root, name)) {
          for (const pair of mapOf(fieldOf(item, "target"))?.pairs ?? []) {
            if (EXPRESSIONS.includes(keyText(pair)?.toLowerCase() ?? "")) tell(pair, stringOf(pair.value) ?? "");
          }
        }
      }
      for (const name of ["images", "imageTags"]) {
        for (const item of mapsOf(root, name)) {
          const pair = pairOf(item, "name");
          const text = textOf(item, "name") ?? "";
          // Here "*" is legal for Go, as the anchor stands in front.
          if (pair && !text.startsWith("*")) tell(pair, text);
        }
      }

      function tell(pair: Pair, text: string): void {
        const read = text === "" ? undefined : compileGo(text);
        if (read?.is === "broken")
          report(spotOf(pair), `"${text}" is no regular expression for Go: ${read.why}; correct it`, {
            fixes: fromGlob(manifest, pair, text),
          });
      }
    },
  },
  {
    code: "openjourney/bad-selector",
    each: true,
    severity: "error",
    title: "a broken label selector",
    host: "labelSelector and annotationSelector are Kubernetes selectors: key=value, key!=value, key in (a, b), key, !key. A broken one fails the build as soon as there are objects.",
    wrong: "labelSelector: app:web",
    right: "labelSelector: app=web",
    fix: "write a selector such as app=web,tier!=db",
    check(manifest, report) {
      const { root } = kustomizationOf(manifest);
      const targets: (Node | undefined)[] = ["patches", "patchesJson6902"].flatMap((name) =>
        mapsOf(root, name).map((item) => fieldOf(item, "target")),
      );
      for (const item of mapsOf(root, "replacements")) {
        for (const target of mapsOf(item, "targets"))
          targets.push(fieldOf(target, "select"), ...mapsOf(target, "reject"));
      }
      for (const target of targets) {
        for (const name of ["labelSelector", "annotationSelector"]) {
          const pair = pairOf(target, name);
          const read = readSelector(textOf(target, name) ?? "");
          if (pair && read.is === "broken")
            report(spotOf(pair), `kustomize can't read this selector: ${read.why}`, {
              fixes: withEquals(manifest, pair),
            });
        }
      }
    },
  },
];

/** `*-web` as shells write it, where the rest is an expression. */
function fromGlob(manifest: Manifest, { value }: Pair, text: string): Fix[] {
  const meant = text.replace(/(?<![.)\]\w])\*/g, ".*");
  return meant !== text && compileGo(meant).is === "regex" ? changeTo(manifest, value, meant) : [];
}

/** `app: web` as maps write it. */
function withEquals(manifest: Manifest, { value }: Pair): Fix[] {
  const text = stringOf(value) ?? "";
  const meant = text.replace(/\s*:\s*/g, "=");
  return meant !== text && readSelector(meant).is !== "broken" ? changeTo(manifest, value, meant) : [];
}

function eachOperation(manifest: Manifest, visit: (entry: PatchEntry, operation: MapNode) => void): void {
  for (const { entry, reading } of patchesThatAre(manifest, "operations")) {
    for (const operation of reading.list) if (operation) visit(entry, operation);
  }
}

/** Whether a patch certainly meets no object, so that kustomize never looks at its operations. */
function misses(manifest: Manifest, entry: PatchEntry): boolean {
  const { allGathered, patches } = buildOf(manifest);
  if (!allGathered || manifest.folder === undefined || kustomizationOf(manifest).kind !== "Kustomization") return false;
  const step = patches.find((one) => one.entry === entry);
  return step !== undefined && step.hits.length === 0 && !step.unsure;
}

function operations(manifest: Manifest, report: Report): void {
  for (const { entry, reading } of patchesThatAre(manifest, "operations")) {
    let severity: "warning" | "error" = "error";
    if (reading.list.some((one) => !one || isOdd(one))) severity = misses(manifest, entry) ? "warning" : "error";
    for (const operation of reading.list) {
      if (!operation) {
        report(entry.spot, "an empty operation fails the build; remove it", { severity });
        continue;
      }
      const op = plain(operation, "op");
      const odd = operation.pairs.find((pair) => !KEYS.includes(keyText(pair) ?? "") && pair.key?.kind === "scalar");
      const meant = odd && misnamed(operation, odd);
      if (odd?.key && meant !== undefined) {
        report(
          spanIn(entry, spanOf(odd.key)),
          `an operation has no "${keyText(odd)}", it needs "${meant}"; rename it`,
          {
            severity,
            fixes: changeInPatch(manifest, entry, odd.key, meant),
          },
        );
        continue;
      }
      const tell = (name: string, message: string, as: "error" | "warning", fixes: readonly Fix[] = []) =>
        report(spanOfKey(entry, operation, name), message, { severity: as, fixes });
      if (op === "") tell("op", 'an operation needs "op" (add, remove, replace, move, copy or test); add it', severity);
      else if (!OPERATIONS.includes(op))
        tell(
          "op",
          `"${op}" is no operation${OPERATIONS.includes(op.toLowerCase()) ? `; write "${op.toLowerCase()}"` : "; kustomize knows add, remove, replace, move, copy and test"}`,
          severity,
          meantOperation(manifest, entry, operation, OPERATIONS),
        );
      else if (exact(operation, "path") === undefined) tell("op", `"${op}" needs a "path"; add it`, severity);
      else if (stringOf(exact(operation, "path")) === undefined)
        tell(
          "path",
          '"path" must be text such as /spec/replicas, or kustomize takes it for missing; correct it',
          severity,
        );
      else if ((op === "move" || op === "copy") && stringOf(exact(operation, "from")) === undefined)
        tell(exact(operation, "from") ? "from" : "op", `"${op}" needs "from" with a path as text; add it`, severity);
      else if (["add", "replace"].includes(op) && exact(operation, "value") === undefined && !isValue(odd))
        tell("op", `without "value" kustomize writes null; add the value`, "warning");
      if (odd?.key)
        report(
          spanIn(entry, spanOf(odd.key)),
          `kustomize ignores "${keyText(odd)}" in an operation${isValue(odd) && !exact(operation, "value") ? ' and writes null; did you mean "value"?' : "; it knows op, path, from and value"}`,
          { severity: "warning", fixes: asValue(manifest, entry, operation, odd) },
        );
    }
  }
}

/** A key that is nearly "value" where there is none. */
function asValue(manifest: Manifest, entry: PatchEntry, operation: MapNode, odd: Pair): Fix[] {
  const isMeant = isValue(odd) && !exact(operation, "value");
  return isMeant ? changeInPatch(manifest, entry, odd.key, "value") : [];
}

/** What a key that kustomize ignores is written for, of those that an operation lacks. */
function misnamed(operation: MapNode, odd: Pair): string | undefined {
  const isWord = OPERATIONS.includes(stringOf(odd.value) ?? "");
  const [meant] = isWord ? ["op"] : nearest(keyText(odd) ?? "", ["op", "path"]);
  return meant === undefined || exact(operation, meant) ? undefined : meant;
}

/** Whether a key that kustomize ignores is written for `value`. */
const isValue = (pair: Pair | undefined): boolean =>
  pair !== undefined && nearest(keyText(pair) ?? "", ["value"]).length > 0;

/** A quick look, so that the objects are asked only for patches with something to tell. */
const isOdd = (operation: MapNode): boolean =>
  !OPERATIONS.includes(plain(operation, "op")) ||
  stringOf(exact(operation, "path")) === undefined ||
  (["move", "copy"].includes(plain(operation, "op")) && stringOf(exact(operation, "from")) === undefined);

function spanOfKey(entry: PatchEntry, operation: MapNode, name: string): Span {
  const node = exact(operation, name);
  const key = operation.pairs[0]?.key;
  if (node && node.end > node.start) return spanIn(entry, spanOf(node));
  return key ? spanIn(entry, spanOf(key)) : [entry.spot.start, entry.spot.end];
}

/** What patches can't be applied to, as far as the content of the objects is known. */
function absentPaths(manifest: Manifest, report: Report): void {
  if (manifest.folder === undefined) return;
  for (const { entry, reading, failure } of buildOf(manifest).failed) {
    if (reading.is !== "operations") continue;
    const { at, why, object } = failure;
    const id = object.ids.at(-1);
    const spot = at && "kind" in at ? spanOfKey(entry, at, "path") : ([entry.spot.start, entry.spot.end] as const);
    const fixes = at && "kind" in at ? meantPath(manifest, entry, at, why) : [];
    report(spot, `${why} in ${id?.kind} "${id?.name}"; the build fails`, { fixes });
  }
}
