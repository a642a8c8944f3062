// Replacements: their shape, and whether their source and targets exist.

import type { Pair } from "../../../text/node.js";
import type { Fix } from "../../problem.js";
import type { Manifest, Rule } from "../../system.js";
import { reaim, single } from "../fixes/aims.js";
import { buildOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { culpritOf } from "../model/culprit.js";
import { showId } from "../model/identity.js";
import { kustomizationOf } from "../model/kustomization.js";
import { isNull, itemsIn, listOf, mapOf, mapsOf, pairOf, spotOf } from "../model/reading.js";
import { fitsExactly, hasLabels, isRegexLike } from "../model/selection.js";
import { replacementFields, replacementOptions } from "./replacementFields.js";
import { brokenReplacements, replacementsOf } from "./replacementItems.js";
import { replacementTypes } from "./replacementTypes.js";
import { replacementSteps } from "./replacementWalk.js";
import { whenUnderstood } from "./understood.js";

export const replacementRules: readonly Rule[] = [
  {
    code: "openjourney/replacement-shape",
    severity: "error",
    title: "a replacement without source, targets or select",
    host: "kustomize needs a source and at least one target with select, or a path to a file with them; both together, and null targets, fail the build.",
    wrong: "replacements:\n- source:\n    kind: ConfigMap",
    right:
      "replacements:\n- source:\n    kind: ConfigMap\n    name: settings\n  targets:\n  - select:\n      kind: Deployment\n    fieldPaths:\n    - spec.template.metadata.name",
    fix: "add what is missing",
    refine: whenUnderstood("ReplacementField", "TargetSelector"),
    check(manifest, report) {
      const list = pairOf(manifest.root, "replacements");
      if (list && listOf(manifest.root, "replacements").includes(undefined))
        report(list.key ?? list, "an empty entry of replacements fails the build; remove it");
      for (const { reference, path, why, span } of brokenReplacements(manifest))
        report(reference.span, `kustomize can't take "${reference.text}": ${why}; correct the file`, {
          related: [{ message: why, path, span }],
        });
      for (const { node, from } of replacementsOf(manifest)) {
        const targets = pairOf(node, "targets");
        const hasSource = pairOf(node, "source") !== undefined;
        if (from && (!hasSource || !targets || (itemsIn(targets.value)?.length ?? 0) === 0))
          report(from, "the file holds a replacement without source or targets, and the build fails; add them");
        if (targets && itemsIn(targets.value)?.some((one) => isNull(one)))
          report(from ?? targets.key ?? targets, "an empty target makes kustomize crash; remove it");
        if (from && mapsOf(node, "targets").some((target) => !pairOf(target, "select")))
          report(from, 'a target in the file has no "select", and the build fails; add it');
      }
    },
  },
  {
    code: "openjourney/replacement-source",
    severity: "error",
    title: "the source of a replacement fits no object, or several",
    host: "The source must fit exactly one object, by exact comparison; otherwise the build fails. Components are spared.",
    fix: "name kind and name of one object",
    check(manifest, report) {
      const { named, allNamed } = buildOf(manifest);
      if (!allNamed || manifest.folder === undefined || kustomizationOf(manifest).kind !== "Kustomization") return;
      for (const { node, from } of replacementSteps(manifest)) {
        const source = pairOf(node, "source");
        if (!mapOf(source?.value) || !source) continue;
        const found = named.filter((one) => one.ids.some((id) => fitsExactly(source.value, id)));
        const spot = from ?? source.key ?? source;
        if (found.length === 0)
          report(
            from ?? misfitIn(source, named),
            "no object fits this source and the build fails; correct kind and name",
            { fixes: from ? [] : reaimed(manifest, source, named) },
          );
        else if (found.length > 1) {
          const names = found.slice(0, 3).flatMap(({ ids }) => ids.slice(-1).map(showId));
          report(
            spot,
            `${found.length} objects fit this source (${names.join(", ")}) and the build fails; name one of them`,
            { fixes: from ? [] : single(manifest, source.value, found) },
          );
        }
      }
    },
  },
  {
    code: "openjourney/replacement-field",
    severity: "error",
    title: "a field path that leads to nothing",
    host: "An absent field of the source fails the build, an absent one of a target too, unless options.create is true. Replacements run in order, behind patches, names and labels, each on what the ones before made; create makes no way through a plain value and no items for `*`.",
    fix: "correct the field path, or set options.create: true for a target",
    check: replacementFields,
  },
  {
    code: "openjourney/replacement-options",
    severity: "error",
    title: "options that the value doesn't fit",
    host: "A source index beyond the parts that the delimiter gives fails the build; a delimiter works on plain values only.",
    fix: "correct index or delimiter",
    check: replacementOptions,
  },
  {
    code: "openjourney/replacement-type",
    severity: "error",
    title: "a value of another type than the field that it replaces",
    host: "kustomize writes only the text of the value over a plain value, whose type stays: a text over a number, true or false fails the build (cannot decode !!str as !!int), and of a map or list nothing is left. Over a map or list it puts whatever the source has. What `options.create` makes keeps the type of the source.",
    wrong: "spec:\n  replicas: 1 # replaced by the text many",
    right: "spec:\n  replicas: 1 # replaced by the text 3",
    fix: "correct the field path of the source or of the target",
    check: replacementTypes,
  },
  {
    code: "openjourney/replacement-target-none",
    severity: "warning",
    title: "a replacement target that selects nothing",
    host: "kustomize builds without a word. Up to 5.7 select is compared exactly, from 5.8 on it is a regular expression.",
    fix: "correct select",
    check(manifest, report) {
      const { named, allNamed } = buildOf(manifest);
      if (!allNamed || manifest.folder === undefined || kustomizationOf(manifest).kind !== "Kustomization") return;
      for (const { node, from } of replacementSteps(manifest)) {
        for (const target of mapsOf(node, "targets")) {
          const select = pairOf(target, "select");
          if (!select || !mapOf(select.value) || hasLabels(select.value)) continue;
          if (isRegexLike(select.value)) continue;
          if (!named.some((one) => one.ids.some((id) => fitsExactly(select.value, id))))
            report(
              from ?? misfitIn(select, named),
              "no object fits this target, so nothing is replaced; correct kind and name",
              { fixes: from ? [] : reaimed(manifest, select, named) },
            );
        }
      }
    },
  },
];

/** What the objects say where the only key stands that keeps the selector from them. */
const reaimed = (manifest: Manifest, selector: Pair, objects: readonly Built[]): Fix[] =>
  reaim(manifest, selector.value, culpritIn(selector, objects), objects, (rest, { ids }) =>
    ids.some((id) => fitsExactly(rest, id)),
  );

const culpritIn = (selector: Pair, objects: readonly Built[]): Pair | undefined =>
  culpritOf(selector.value, (rest) => objects.some(({ ids }) => ids.some((id) => fitsExactly(rest, id))));

/** The only key that keeps the selector from every object, else the selector's own key. */
function misfitIn(selector: Pair, objects: readonly Built[]): { readonly start: number; readonly end: number } {
  const culprit = culpritIn(selector, objects);
  return culprit ? spotOf(culprit) : (selector.key ?? selector);
}
