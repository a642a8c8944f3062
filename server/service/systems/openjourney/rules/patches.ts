// Patches: what their text is, what they are aimed at, and whether there is anything to hit. Patches of Components work
// on the objects of whoever uses them, so nothing is said there about missing matches.

import { type Node, spanOf } from "../../../text/node.js";
import { removeItem } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { reaim } from "../fixes/aims.js";
import { targetsFor } from "../fixes/operations.js";
import { oneOfBoth, withName, withoutTarget } from "../fixes/patchEntries.js";
import { completed, retarget } from "../fixes/patches.js";
import { buildOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { culpritOf } from "../model/culprit.js";
import { selectorOf, showId } from "../model/identity.js";
import { kustomizationOf } from "../model/kustomization.js";
import { exact, type KubeObject, type LateFlaw } from "../model/objects.js";
import { deletes } from "../model/patch.js";
import { type PatchEntry, spanIn } from "../model/patchEntry.js";
import { patchesThatAre } from "../model/patchesByKind.js";
import { isNull, mapOf, pairOf, spotIn, spotOf, stringsOf } from "../model/reading.js";
import { withoutIt } from "./openapi.js";
import { isUnderstood } from "./understood.js";

const hasTarget = (entry: PatchEntry): boolean => pairOf(entry.node, "target") !== undefined;

export const patchRules: readonly Rule[] = [
  {
    code: "openjourney/patch-path-or-patch",
    each: true,
    severity: "error",
    title: "a patch has neither path nor patch, or both",
    host: "kustomize needs exactly one of path (a file) and patch (the text); a blank one counts as absent. Otherwise the build fails.",
    wrong: "patches:\n- target:\n    kind: Deployment",
    right: "patches:\n- path: replicas.yaml",
    fix: "write one of the two",
    refine: oneOfBoth,
    check(manifest, report) {
      const { root } = kustomizationOf(manifest);
      const list = pairOf(root, "patches")?.value;
      if (list?.kind !== "list") return;
      for (const item of list.items) {
        if (isNull(item))
          report(
            item && item.end > item.start ? item : (pairOf(root, "patches")?.key ?? list),
            "an empty entry of patches fails the build; remove it",
          );
      }
    },
  },
  {
    code: "openjourney/patch-unparsable",
    severity: "error",
    title: "the patch is neither an object nor a list of operations",
    host: "kustomize first tries the text as Kubernetes objects (kind and metadata.name in each, even with a target), then as a list of JSON patch operations; when neither or both fit, the build fails.",
    wrong: "patches:\n- patch: |-\n    spec:\n      replicas: 2",
    right:
      "patches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata:\n      name: web\n    spec:\n      replicas: 2",
    fix: "give the patch kind and metadata.name, or write operations",
    check(manifest, report) {
      for (const { entry, reading } of patchesThatAre(manifest, "neither")) {
        const message = `kustomize takes this neither for an object nor for a list of operations: ${reading.why}; a merge patch needs kind and metadata.name, even with a target, and operations are a list`;
        const fixes = completed(manifest, entry);
        const where = reading.span ? spanIn(entry, reading.span) : ([entry.spot.start, entry.spot.end] as const);
        report(where, message, { ...(fixes.length > 0 && { fixes }) });
      }
      for (const { entry } of patchesThatAre(manifest, "both"))
        if (entry.field === "patches")
          report(
            entry.spot,
            "the patch is empty (comments or [] alone), which kustomize refuses; write one or remove the entry",
            { fixes: removeItem(manifest, entry.node) },
          );
      for (const { entry } of patchesThatAre(manifest, "operations"))
        if (entry.field === "patchesStrategicMerge")
          report(
            entry.spot,
            "patchesStrategicMerge takes objects only, and this is a list of operations; use patches for it",
          );
      const failing = new Set(buildOf(manifest).failed.map(({ entry }) => entry));
      for (const { entry, reading } of patchesThatAre(manifest, "merge")) {
        if (entry.field === "patchesJson6902")
          report(entry.spot, "patchesJson6902 takes operations only, and this is an object; use patches for it");
        else if (reading.late.length > 0 && !failing.has(entry)) late(entry, reading.late, report);
      }
    },
  },
  {
    code: "openjourney/patch-json-needs-target",
    severity: "error",
    title: "JSON patch operations without a target",
    host: "A list of operations doesn't say what to patch: kustomize wants a target, and crashes over one in patchesJson6902 without.",
    wrong: "patches:\n- patch: |-\n    - op: remove\n      path: /spec/replicas",
    right:
      "patches:\n- target:\n    kind: Deployment\n    name: web\n  patch: |-\n    - op: remove\n      path: /spec/replicas",
    fix: "add a target",
    check(manifest, report) {
      for (const { entry, reading } of patchesThatAre(manifest, "operations")) {
        if (entry.field !== "patches" || hasTarget(entry)) continue;
        // A misspelt "target" says all of it.
        if (isUnderstood(manifest, entry.node, "Patch"))
          report(entry.spot, 'operations need a "target" that says which objects to patch; add one', {
            fixes: targetsFor(manifest, entry, reading.list),
          });
      }
    },
  },
  {
    code: "openjourney/p6902-target-name",
    severity: "error",
    title: "a target of patchesJson6902 without a name",
    host: 'kustomize wants target.name in patchesJson6902: "must specify the target name".',
    fix: "name the object, or use patches",
    refine: withName,
  },
  {
    code: "openjourney/patch-multi-with-target",
    each: true,
    severity: "error",
    title: "several objects in one patch with a target",
    host: "With a target kustomize takes one merge patch per entry only.",
    fix: "split the patch into several entries, or remove the target",
    check(manifest, report) {
      for (const { entry, reading } of patchesThatAre(manifest, "merge")) {
        if (reading.objects.length > 1 && hasTarget(entry) && entry.field === "patches")
          report(
            entry.spot,
            `this patch holds ${reading.objects.length} objects, but with a target kustomize takes one; split the entry`,
            { fixes: withoutTarget(manifest, entry, reading.objects) },
          );
      }
    },
  },
  {
    code: "openjourney/patch-delete-not-last",
    each: true,
    severity: "error",
    title: "something follows a $patch: delete",
    host: "Anything after a `$patch: delete` in a text of several merge patches makes kustomize 5.5 crash.",
    fix: "put the deleting document last, or into an entry of its own",
    check(manifest, report) {
      for (const { entry, reading } of patchesThatAre(manifest, "merge")) {
        if (hasTarget(entry)) continue;
        const at = reading.objects.findIndex(deletes);
        const gone = reading.objects[at];
        if (gone && at < reading.objects.length - 1)
          report(
            spanIn(entry, gone.span),
            `kustomize crashes when a document follows "$patch: delete" of ${showId(gone.id)}; put it last`,
          );
      }
    },
  },
  {
    code: "openjourney/patch-empty-file",
    each: true,
    severity: "error",
    title: "the patch file is empty",
    host: 'Without a target the build fails ("must specify a target for JSON patch"); with one nothing happens. The old fields refuse an empty patch.',
    fix: "fill the file or remove the entry",
    check(manifest, report) {
      for (const { node, text } of stringsOf(manifest.root, "patchesStrategicMerge"))
        if (text.trim() === "")
          report(spotIn(node), "an empty entry fails the build; remove it", { fixes: removeItem(manifest, node) });
      for (const { entry } of patchesThatAre(manifest, "both"))
        if (entry.field !== "patches")
          report(entry.spot, "the patch is empty and fails the build; fill it or remove the entry", {
            fixes: removeItem(manifest, entry.node),
          });
      for (const { entry } of patchesThatAre(manifest, "empty")) {
        if (entry.field === "patches" && hasTarget(entry))
          report(entry.spot, "the patch file is empty, so nothing happens; fill it or remove the entry", {
            severity: "warning",
            fixes: removeItem(manifest, entry.node),
          });
        else
          report(entry.spot, "the patch file is empty and fails the build; fill it or remove the entry", {
            fixes: removeItem(manifest, entry.node),
          });
      }
    },
  },
  {
    code: "openjourney/patch-no-match",
    severity: "error",
    title: "no object fits a merge patch",
    host: "A merge patch without target needs exactly one object of its group, version, kind, name and namespace, by any name it has had; otherwise the build fails. Names are those before this kustomization's prefix.",
    fix: "correct kind, name, apiVersion or namespace of the patch, or list the resource",
    check: unmatched,
  },
  {
    code: "openjourney/patch-target-no-match",
    severity: "warning",
    title: "a patch target that selects nothing",
    host: "kustomize builds without a word and the patch has no effect. The keys of a target are regular expressions, anchored at both ends.",
    fix: "correct the target",
    check: unselected,
  },
  {
    code: "openjourney/patch-unknown-option",
    severity: "warning",
    title: "an unknown option of a patch",
    host: "kustomize 5.5 ignores it, 5.8 and later refuse the file; allowNameChange and allowKindChange are known.",
    fix: "remove or correct the option",
    refine: withoutIt,
  },
];

/** What ends up in the objects as it is fails at the output; of a key that stands twice merging keeps the last. */
function late(entry: PatchEntry, flaws: readonly LateFlaw[], report: Report): void {
  const wrong = flaws.find(({ isTwin }) => !isTwin);
  const twin = flaws.find(({ isTwin }) => isTwin);
  if (wrong) report(spanIn(entry, wrong.span), `kustomize refuses the patch: ${wrong.why}; correct it`);
  else if (twin)
    report(
      spanIn(entry, twin.span),
      `${twin.why}: kustomize keeps the last, and fails where it adds a whole list item; keep one`,
      { severity: "warning" },
    );
}

function unmatched(manifest: Manifest, report: Report): void {
  const { gathered, allGathered, patches } = buildOf(manifest);
  if (kustomizationOf(manifest).kind !== "Kustomization" || !allGathered || manifest.folder === undefined) return;
  for (const { entry, fits } of patches) {
    if (hasTarget(entry) || entry.field === "patchesJson6902") continue;
    for (const { object, count } of fits) {
      const { id, span } = object;
      if (count === 0) {
        const misfit = misfitOf(object, gathered);
        const message = `no object is ${showId(id)} (${versionOf(id)})${near(id, gathered)}; the build fails`;
        const fixes = retarget(manifest, entry, object);
        report(spanIn(entry, misfit ? spanOf(misfit) : span), message, { ...(fixes.length > 0 && { fixes }) });
      }
      if (count > 1)
        report(spanIn(entry, span), `${count} objects are called ${showId(id)}; the build fails, give a target`);
    }
  }
}

const versionOf = ({ group, version }: { group: string; version: string }): string =>
  group === "" ? version || "no apiVersion" : `${group}/${version}`;

/** What in the patch differs from the object of its name: apiVersion, namespace, or a kind that no object has. */
function misfitOf({ id, node }: KubeObject, objects: readonly Built[]): Node | undefined {
  const ids = objects.flatMap(({ ids }) => ids);
  const named = ids.filter(({ name }) => name === id.name);
  const twins = named.filter(({ kind }) => kind === id.kind);
  if (twins.length === 0) return ids.some(({ kind }) => kind === id.kind) ? undefined : named[0] && exact(node, "kind");
  const isVersion = twins.every(({ group, version }) => group !== id.group || version !== id.version);
  return isVersion ? exact(node, "apiVersion") : exact(exact(node, "metadata"), "namespace");
}

function near(id: Built["ids"][number], objects: readonly Built[]): string {
  const same = objects.find(({ ids }) => ids.some((one) => one.kind === id.kind && one.name === id.name))?.ids.at(-1);
  if (same) return `, only ${showId(same)} (${versionOf(same)})`;
  const names = objects.flatMap(({ ids }) => (ids.at(-1)?.kind === id.kind ? [ids.at(-1)?.name ?? ""] : []));
  return names.length === 0
    ? ""
    : `; there is ${names
        .slice(0, 3)
        .map((name) => `"${name}"`)
        .join(", ")}`;
}

function unselected(manifest: Manifest, report: Report): void {
  const { gathered, allGathered, patches } = buildOf(manifest);
  if (kustomizationOf(manifest).kind !== "Kustomization" || !allGathered || manifest.folder === undefined) return;
  for (const { entry, hits, unsure } of patches) {
    const target = pairOf(entry.node, "target");
    if (!target || !mapOf(target.value) || hits.length > 0 || unsure) continue;
    const culprit = culpritOf(target.value, (selector) => gathered.some(selectorOf(selector).matches));
    report(
      culprit ? spotOf(culprit) : (target.key ?? spotIn(entry.node)),
      "no object fits this target, so the patch has no effect; correct kind, name or namespace",
      {
        fixes: reaim(manifest, target.value, culprit, gathered, (rest, one) => selectorOf(rest).matches(one) === true),
      },
    );
  }
}
