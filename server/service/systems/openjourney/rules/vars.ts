// The older vars: whether their object exists, whether their name is free, and whether anything uses them.

import type { Node } from "../../../text/node.js";
import type { Manifest, Rule } from "../../system.js";
import { apiVersionOf } from "../model/around.js";
import { buildOf, worldOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { atFieldPath } from "../model/content.js";
import { showId } from "../model/identity.js";
import { kustomizationIn, kustomizationOf } from "../model/kustomization.js";
import { placeOf } from "../model/place.js";
import { placesOf } from "../model/placed.js";
import { fieldOf, mapOf, mapsOf, pairOf, spotOf, stringsOf, textOf } from "../model/reading.js";
import { fitsVar } from "../model/selection.js";
import { isUnchanged, OWN } from "./replacementFields.js";
import { isUnderstood } from "./understood.js";

export const varRules: readonly Rule[] = [
  {
    code: "openjourney/var-unresolved",
    severity: "error",
    title: "a var whose object doesn't exist",
    host: "kustomize fails when a var's objref fits no object, or its field is absent.",
    fix: "correct objref",
    check(manifest, report) {
      const { gathered, final, complete } = buildOf(manifest);
      if (!complete || manifest.folder === undefined || kustomizationOf(manifest).kind !== "Kustomization") return;
      const isPlain = isUnchanged(manifest) && !pairOf(manifest.root, "replacements");
      for (const item of mapsOf(manifest.root, "vars")) {
        const ref = pairOf(item, "objref");
        if (!ref || (textOf(ref.value, "name") ?? "") === "") continue;
        if (!final.some(({ ids }) => ids.some((id) => fitsVar(ref.value, id)))) {
          report(ref.key ?? ref, absent(ref.value, final));
          continue;
        }
        const field = pairOf(fieldOf(item, "fieldref"), "fieldPath");
        const path = textOf(fieldOf(item, "fieldref"), "fieldPath") ?? "";
        const source = gathered.find(({ ids }) => ids.some((id) => fitsVar(ref.value, id)));
        const isSimple = /^[A-Za-z_-]+(\.[A-Za-z_-]+)*$/.test(path) && !OWN.test(path);
        const content = isPlain && isSimple ? source?.content : undefined;
        if (field && source?.ids[0] && content !== undefined && atFieldPath(content, path).is === "absent")
          report(
            spotOf(field),
            `${showId(source.ids[0])} has no field "${path}" and the build fails; correct the path`,
          );
      }
    },
  },
  {
    code: "openjourney/var-duplicate",
    severity: "error",
    title: "two vars of one name",
    host: "kustomize refuses the same var twice, across bases too.",
    fix: "rename one of them",
    check(manifest, report) {
      const seen = varsBelow(manifest);
      for (const item of mapsOf(manifest.root, "vars")) {
        const name = textOf(item, "name") ?? "";
        const pair = pairOf(item, "name");
        if (pair && name !== "" && seen.has(name))
          report(spotOf(pair), `the var "${name}" exists already; kustomize refuses it, rename one`);
        seen.add(name);
      }
    },
  },
  {
    code: "openjourney/var-unused",
    severity: "warning",
    title: "a var that nothing uses",
    host: 'kustomize builds and writes a line into its log: "well-defined vars that were never replaced".',
    fix: "remove the var, or use it as $(NAME)",
    check(manifest, report) {
      const { gathered, allGathered: complete } = buildOf(manifest);
      const vars = mapsOf(manifest.root, "vars");
      if (
        vars.length === 0 ||
        !complete ||
        manifest.folder === undefined ||
        kustomizationOf(manifest).kind !== "Kustomization"
      )
        return;
      const paths = new Set(gathered.flatMap(({ path }) => path ?? []));
      const others = placesOf(manifest).flatMap(({ place }) => (place.is === "file" ? [place.path] : []));
      const texts = [...paths, ...others]
        .map((path) => manifest.workspace.files.read(path) ?? "")
        .concat(manifest.parsed.text);
      for (const item of vars) {
        const name = textOf(item, "name") ?? "";
        const pair = pairOf(item, "name");
        const isWhole = isUnderstood(manifest, item, "Var") && mapOf(fieldOf(item, "objref")) !== undefined;
        if (pair && isWhole && name !== "" && !texts.some((text) => text.includes(`$(${name})`)))
          report(spotOf(pair), `nothing here uses $(${name}); remove the var`);
      }
    },
  },
];

/** What is missing: the object, or the words of its kind that a var must spell out. */
function absent(ref: Node | undefined, objects: readonly Built[]): string {
  const [kind, name] = ["kind", "name"].map((key) => textOf(ref, key) ?? "");
  const ids = objects.flatMap(({ ids }) => ids);
  const near = ids.find((id) => id.name === name && (kind === "" || id.kind === kind));
  if (!near) return `there is no ${kind || "object"} "${name}" for this var and the build fails; correct objref`;
  return `for a var this fits no object and the build fails; ${showId(near)} is apiVersion: ${apiVersionOf(near)}, kind: ${near.kind}, write them in full`;
}

/** Names of vars of all local bases. */
function varsBelow(manifest: Manifest): Set<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const world = worldOf(manifest);
  const open = [kustomizationOf(manifest)];
  for (let one = open.pop(); one && seen.size < 200; one = open.pop()) {
    for (const { text } of [...stringsOf(one.root, "resources"), ...stringsOf(one.root, "bases")]) {
      const place = placeOf(text, "resource", { folder: one.folder, ...world, visited: [] });
      if (place.is !== "folder" || seen.has(place.path)) continue;
      seen.add(place.path);
      const base = kustomizationIn(place.path, world.files);
      if (!base) continue;
      for (const item of mapsOf(base.root, "vars")) names.add(textOf(item, "name") ?? "");
      open.push(base);
    }
  }
  names.delete("");
  return names;
}
