// The older vars: whether their object exists, whether their name is free, and whether anything uses them.

import type { Node } from "../../../text/node.js";
import { changeToAny } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { removeItem } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { namesFor, spelledOut } from "../fixes/aims.js";
import { nearPaths } from "../fixes/replacements.js";
import { apiVersionOf } from "../model/around.js";
import { buildOf, type World, worldOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { atFieldPath } from "../model/content.js";
import { type Id, showId } from "../model/identity.js";
import { type Kustomization, kustomizationOf } from "../model/kustomization.js";
import { placeOf } from "../model/place.js";
import { localPlaces, placesOf } from "../model/placed.js";
import { fieldOf, mapOf, mapsOf, pairOf, spotIn, spotOf, stringsOf, textOf } from "../model/reading.js";
import { fitsVar } from "../model/selection.js";
import { OWN } from "./replacementWalk.js";
import { isUnderstood } from "./understood.js";

export const varRules: readonly Rule[] = [
  {
    code: "openjourney/var-unresolved",
    severity: "error",
    title: "a var whose object doesn't exist, or isn't the only one",
    host: "kustomize fails when a var's objref fits no object, or several, or its field is absent.",
    fix: "correct objref",
    check(manifest, report) {
      const { gathered, final, complete } = buildOf(manifest);
      if (!complete || manifest.folder === undefined || kustomizationOf(manifest).kind !== "Kustomization") return;
      const isPlain = isUnchanged(manifest) && !pairOf(manifest.root, "replacements");
      for (const item of mapsOf(manifest.root, "vars")) {
        const ref = pairOf(item, "objref");
        if (!ref || (textOf(ref.value, "name") ?? "") === "") continue;
        const found = final.filter(({ ids }) => ids.some((id) => fitsVar(ref.value, id)));
        if (found.length !== 1) {
          const fixes = found.length === 0 ? meantBy(manifest, ref.value, final) : [];
          report(ref.key ?? ref, found.length === 0 ? absent(ref.value, final) : several(found), { fixes });
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
            { fixes: nearPaths(manifest, field.value, path, content) },
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
    check: duplicates,
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
          report(spotOf(pair), `nothing here uses $(${name}); remove the var`, { fixes: removeItem(manifest, item) });
      }
    },
  },
];

/** The words of its kind in full, or the names of those that are of its kind. */
function meantBy(manifest: Manifest, ref: Node | undefined, objects: readonly Built[]): Fix[] {
  const near = nearTo(ref, objects);
  if (near) return spelledOut(manifest, ref, near);
  const kind = textOf(ref, "kind") ?? "";
  const names = objects.flatMap(({ ids }) => ids.slice(-1).flatMap((id) => (id.kind === kind ? [id.name] : [])));
  return changeToAny(manifest, pairOf(ref, "name")?.value, namesFor(textOf(ref, "name") ?? "", names));
}

function nearTo(ref: Node | undefined, objects: readonly Built[]): Id | undefined {
  const [kind, name] = ["kind", "name"].map((key) => textOf(ref, key) ?? "");
  return objects.flatMap(({ ids }) => ids).find((id) => id.name === name && (kind === "" || id.kind === kind));
}

/** What is missing: the object, or the words of its kind that a var must spell out. */
function absent(ref: Node | undefined, objects: readonly Built[]): string {
  const [kind, name] = ["kind", "name"].map((key) => textOf(ref, key) ?? "");
  const near = nearTo(ref, objects);
  if (!near) return `there is no ${kind || "object"} "${name}" for this var and the build fails; correct objref`;
  return `for a var this fits no object and the build fails; ${showId(near)} is apiVersion: ${apiVersionOf(near)}, kind: ${near.kind}, write them in full`;
}

/** Two objects that a var fits, of which kustomize can't choose one. */
function several(found: readonly Built[]): string {
  const names = found.slice(0, 3).flatMap(({ ids }) => ids.slice(-1).map(showId));
  return `${found.length} objects fit this var (${names.join(", ")}) and the build fails; add a namespace that tells them apart`;
}

function duplicates(manifest: Manifest, report: Report): void {
  const seen = new Set<string>();
  const known = new Map<string, Set<string>>();
  const refused = new Set(buildOf(manifest).clashes.map(({ entry }) => entry));
  for (const { node, base } of ownBases(manifest)) {
    const names = varsIn(base, worldOf(manifest), known);
    const twice = [...names].find((name) => seen.has(name));
    // What brings its objects twice too is told once.
    if (twice !== undefined && !refused.has(node))
      report(spotIn(node), `the var "${twice}" comes from an entry above already; kustomize refuses it, rename one`);
    for (const name of names) seen.add(name);
  }
  for (const item of mapsOf(manifest.root, "vars")) {
    const name = textOf(item, "name") ?? "";
    const pair = pairOf(item, "name");
    if (pair && name !== "" && seen.has(name))
      report(spotOf(pair), `the var "${name}" exists already; kustomize refuses it, rename one`, {
        fixes: removeItem(manifest, item),
      });
    seen.add(name);
  }
}

/** The names of the vars of a kustomization and of all its local bases; each folder is looked at once. */
function varsIn(one: Kustomization, world: World, known: Map<string, Set<string>>): ReadonlySet<string> {
  const before = known.get(one.path);
  if (before) return before;
  const names = new Set(mapsOf(one.root, "vars").map((item) => textOf(item, "name") ?? ""));
  names.delete("");
  known.set(one.path, names);
  if (known.size < 200)
    for (const { base } of basesOf(one, world)) for (const name of varsIn(base, world, known)) names.add(name);
  return names;
}

/** The entries of a manifest that are local folders, in the order in which they are gathered. */
function ownBases(manifest: Manifest): { node: Node; base: Kustomization }[] {
  return localPlaces(manifest).flatMap(({ reference: { field, node }, place }) =>
    place.is === "folder" && place.base && BASE_FIELDS.includes(field) ? [{ node, base: place.base }] : [],
  );
}

const BASE_FIELDS = ["resources", "bases", "components"];

/** The same of one that is no manifest of the workspace. */
function basesOf({ root, folder }: Kustomization, world: World): { node: Node; base: Kustomization }[] {
  return BASE_FIELDS.flatMap((field) =>
    stringsOf(root, field).flatMap(({ node, text }) => {
      const accepts = field === "components" ? "component" : "resource";
      const place = placeOf(text, accepts, { folder, ...world, visited: [] });
      return place.is === "folder" && place.base ? [{ node, base: place.base }] : [];
    }),
  );
}

/** Fields that may change content before vars are filled in; with one of them nothing is said about their fields. */
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

/** Whether the objects still are what their files say when vars are filled in. */
const isUnchanged = ({ root }: Manifest): boolean => !BEFORE.some((name) => pairOf(root, name));
