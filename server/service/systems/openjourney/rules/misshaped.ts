// Objects whose content stops kustomize's transformers on their way to what they change.

import type { Manifest, Report, Rule } from "../../system.js";
import { buildOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { showId } from "../model/identity.js";
import { CAME_FROM } from "../model/placed.js";
import { spotIn } from "../model/reading.js";
import { type Stop, stopOfReferences, stopOfSubjects, stopOfTransformers } from "../model/walks.js";

export const misshapedRules: readonly Rule[] = [
  {
    code: "openjourney/object-misshaped",
    severity: "error",
    title: "an object that kustomize can't walk through",
    host: 'kustomize walks to labels, selectors, replicas, images and references inside an object. A plain value above such a place ("expected sequence or mapping node"), or the wrong kind of value there ("wrong node kind"), fails the build.',
    wrong: "spec:\n  template:\n    spec:\n      volumes: data",
    right: "spec:\n  template:\n    spec:\n      volumes:\n      - name: data\n        emptyDir: {}",
    fix: "correct the object, or the patch that makes it so",
    check: misshaped,
  },
];

function misshaped(manifest: Manifest, report: Report): void {
  if (manifest.folder === undefined) return;
  const { patched, final, entries } = buildOf(manifest);
  const seen = new Set<unknown>();
  const tell = (one: Built, stop: Stop | undefined) => {
    const entry = entries.get(one.origin);
    const id = one.ids.at(-1);
    if (!stop || !entry || !id || seen.has(entry)) return;
    seen.add(entry);
    const { path, span } = one.origin;
    report(
      spotIn(entry),
      `"${stop.at}" of ${showId(id)} is not ${stop.wanted}, which stops kustomize and the build; correct it`,
      { related: [{ message: "this object", path, span }] },
    );
  };
  for (const one of patched) {
    const content = contentOf(one);
    if (content !== undefined) tell(one, stopOfTransformers(content, one.ids, manifest.root));
  }
  // Whoever builds a base puts its references right.
  if (CAME_FROM.has(manifest)) return;
  for (const one of patched) {
    const content = contentOf(one);
    const id = one.ids.at(-1);
    if (content !== undefined && id) tell(one, stopOfSubjects(content, id, manifest.root));
  }
  for (const one of final) {
    const content = contentOf(one);
    const id = one.ids[0];
    if (content !== undefined && id) tell(one, stopOfReferences(content, id));
  }
}

const contentOf = (one: Built) => one.content ?? one.blurred?.();
