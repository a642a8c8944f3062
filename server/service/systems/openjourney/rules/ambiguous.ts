// References that kustomize can't put right, because several objects of the build have the name.

import type { Manifest, Report, Rule } from "../../system.js";
import { ambiguousIn } from "../model/ambiguous.js";
import { buildOf } from "../model/build.js";
import { showId } from "../model/identity.js";
import { kustomizationOf } from "../model/kustomization.js";
import { CAME_FROM } from "../model/placed.js";
import { pairOf, spotIn } from "../model/reading.js";

export const ambiguousRules: readonly Rule[] = [
  {
    code: "openjourney/reference-ambiguous",
    severity: "error",
    title: "a reference fits two objects of one name",
    host: 'kustomize sets new names and namespaces where objects are referred to. A subject of a ClusterRoleBinding, or the service of a webhook, that fits several objects which bases, prefixes or namespaces changed fails the build: "found multiple possible referrals".',
    wrong: "subjects:\n- kind: ServiceAccount\n  name: reader # in the namespaces a and b",
    right: "subjects:\n- kind: ServiceAccount\n  name: reader\n  namespace: a",
    fix: "name the namespace that the object has in the end",
    check: ambiguous,
  },
];

/** Fields that may write the reference anew, or that put all into one namespace. */
const REWRITING = ["replacements", "vars", "transformers", "patchesJson6902", "namespace", "configurations"];

function ambiguous(manifest: Manifest, report: Report): void {
  const { patched, final, complete, entries } = buildOf(manifest);
  // References are put right once, by whoever builds the whole.
  if (CAME_FROM.has(manifest) || !complete || final.length !== patched.length) return;
  if (kustomizationOf(manifest).kind !== "Kustomization" || REWRITING.some((field) => pairOf(manifest.root, field)))
    return;
  const told = new Set<unknown>();
  for (const [at, one] of final.entries()) {
    const content = patched[at]?.content;
    const entry = entries.get(one.origin);
    const found = content !== undefined && !one.isLost ? ambiguousIn(content, one.ids, final) : undefined;
    if (!found || !entry || told.has(entry)) continue;
    told.add(entry);
    const owner = one.ids.slice(-1).map(showId).join();
    const fits = found.fits.flatMap(({ ids }) => ids.slice(-1).map(showId)).slice(0, 3);
    report(
      spotIn(entry),
      `${owner} refers to ${found.kind} "${found.name}", which ${fits.join(" and ")} fit, and the build fails; name the namespace that it has in the end`,
      {
        related: [one, ...found.fits.slice(0, 5)].map(({ ids, origin }) => ({
          message: ids.slice(-1).map(showId).join(),
          ...origin,
        })),
      },
    );
  }
}
