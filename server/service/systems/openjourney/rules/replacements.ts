// Replacements and the older vars: their shape, whether their source exists once, and the fields they name.

import type { MapNode, Node } from "../../../text/node.js";
import { hostValue, type Value } from "../../../text/reading.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { type Built, buildOf, worldOf } from "../model/build.js";
import { atFieldPath } from "../model/content.js";
import { type Id, namespaceOf, showId } from "../model/identity.js";
import { kustomizationIn, kustomizationOf, parsedFile } from "../model/kustomization.js";
import { placeOf } from "../model/place.js";
import {
  boolOf,
  fieldOf,
  isNull,
  itemsIn,
  listOf,
  mapOf,
  mapsOf,
  pairOf,
  READING,
  scalarOf,
  spotIn,
  spotOf,
  stringsOf,
  textOf,
} from "../model/reading.js";
import { placesOf } from "./paths.js";

interface Item {
  readonly node: MapNode;
  /** For replacements in another file: the entry of this one. */
  readonly from: { readonly start: number; readonly end: number } | undefined;
}

function replacementsOf(manifest: Manifest): readonly Item[] {
  return mapsOf(manifest.root, "replacements").flatMap((item): Item[] => {
    const path = pairOf(item, "path");
    if (!path) return [{ node: item, from: undefined }];
    const place = placesOf(manifest).find(({ reference }) => reference.node === path.value)?.place;
    const root =
      place?.is === "file" ? parsedFile(place.path, manifest.workspace.files)?.tree.documents[0]?.root : undefined;
    const nodes = mapOf(root) ? [root] : (itemsIn(root) ?? []);
    return nodes.flatMap((node) => {
      const map = mapOf(node);
      return map ? [{ node: map, from: spotOf(path) }] : [];
    });
  });
}

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
    check(manifest, report) {
      const list = pairOf(manifest.root, "replacements");
      if (list && listOf(manifest.root, "replacements").includes(undefined))
        report(list.key ?? list, "an empty entry of replacements fails the build; remove it");
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
      const { final, complete } = buildOf(manifest);
      if (!complete || manifest.folder === undefined || kustomizationOf(manifest).kind !== "Kustomization") return;
      for (const { node, from } of replacementsOf(manifest)) {
        const source = pairOf(node, "source");
        if (!mapOf(source?.value) || !source) continue;
        const found = final.filter((one) => one.ids.some((id) => fitsExactly(source.value, id)));
        const spot = from ?? source.key ?? source;
        if (found.length === 0) report(spot, "no object fits this source and the build fails; correct kind and name");
        else if (found.length > 1) {
          const names = found.slice(0, 3).flatMap(({ ids }) => ids.slice(-1).map(showId));
          report(
            spot,
            `${found.length} objects fit this source (${names.join(", ")}) and the build fails; name one of them`,
          );
        }
      }
    },
  },
  {
    code: "openjourney/replacement-field",
    severity: "error",
    title: "a field path that leads to nothing",
    host: "An absent field of the source fails the build, an absent one of a target too, unless options.create is true.",
    fix: "correct the field path, or set options.create: true for a target",
    check: fields,
  },
  {
    code: "openjourney/replacement-options",
    severity: "error",
    title: "options that the value doesn't fit",
    host: "A source index beyond the parts that the delimiter gives fails the build; a delimiter works on plain values only.",
    fix: "correct index or delimiter",
    check: options,
  },
  {
    code: "openjourney/replacement-target-none",
    severity: "warning",
    title: "a replacement target that selects nothing",
    host: "kustomize builds without a word. Up to 5.7 select is compared exactly, from 5.8 on it is a regular expression.",
    fix: "correct select",
    check(manifest, report) {
      const { final, complete } = buildOf(manifest);
      if (!complete || manifest.folder === undefined || kustomizationOf(manifest).kind !== "Kustomization") return;
      for (const { node, from } of replacementsOf(manifest)) {
        for (const target of mapsOf(node, "targets")) {
          const select = pairOf(target, "select");
          if (!select || !mapOf(select.value) || hasLabels(select.value)) continue;
          if (isRegexLike(select.value)) continue;
          if (!final.some((one) => one.ids.some((id) => fitsExactly(select.value, id))))
            report(
              from ?? select.key ?? select,
              "no object fits this target, so nothing is replaced; correct kind and name",
            );
        }
      }
    },
  },
  {
    code: "openjourney/var-unresolved",
    severity: "error",
    title: "a var whose object doesn't exist",
    host: "kustomize fails when a var's objref fits no object, or its field is absent.",
    fix: "correct objref",
    check(manifest, report) {
      const { final, complete } = buildOf(manifest);
      if (!complete || manifest.folder === undefined || kustomizationOf(manifest).kind !== "Kustomization") return;
      for (const item of mapsOf(manifest.root, "vars")) {
        const ref = pairOf(item, "objref");
        const name = textOf(ref?.value, "name") ?? "";
        const kind = textOf(ref?.value, "kind") ?? "";
        const api = textOf(ref?.value, "apiVersion") ?? "";
        if (!ref || name === "") continue;
        if (
          !final.some(({ ids }) =>
            ids.some(
              (id) => id.name === name && (kind === "" || id.kind === kind) && (api === "" || api === apiVersionOf(id)),
            ),
          )
        )
          report(
            ref.key ?? ref,
            `there is no ${kind || "object"} "${name}" for this var and the build fails; correct objref`,
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
        if (pair && name !== "" && !texts.some((text) => text.includes(`$(${name})`)))
          report(spotOf(pair), `nothing here uses $(${name}); remove the var`);
      }
    },
  },
];

const apiVersionOf = ({ group, version }: Id): string => (group === "" ? version : `${group}/${version}`);

function fitsExactly(selector: Node | undefined, id: Id): boolean {
  const fits = (name: string, ...values: string[]) => {
    const text = textOf(selector, name) ?? "";
    return text === "" || values.includes(text);
  };
  return (
    fits("group", id.group) &&
    fits("version", id.version) &&
    fits("kind", id.kind) &&
    fits("name", id.name) &&
    fits("namespace", id.namespace, namespaceOf(id))
  );
}

const hasLabels = (node: Node | undefined): boolean =>
  pairOf(node, "labelSelector") !== undefined || pairOf(node, "annotationSelector") !== undefined;

/** Releases from 5.8 on read these as expressions; whoever writes such builds with one of them. */
const isRegexLike = (node: Node | undefined): boolean =>
  ["group", "version", "kind", "name", "namespace"].some((name) => /[*+?|()[\]^$\\]/.test(textOf(node, name) ?? ""));

/** Fields that may change content before replacements run; with one of them nothing is said about field paths. */
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

function sourceOf(
  manifest: Manifest,
  node: MapNode,
): { readonly object: Built; readonly content: Value; readonly path: string } | undefined {
  const { gathered, final } = buildOf(manifest);
  if (manifest.folder === undefined || BEFORE.some((name) => pairOf(manifest.root, name))) return undefined;
  const source = fieldOf(node, "source");
  if (!mapOf(source)) return undefined;
  const found = final.flatMap((one, at) => (one.ids.some((id) => fitsExactly(source, id)) ? [gathered[at]] : []));
  const [object] = found;
  if (found.length !== 1 || object?.content === undefined || gathered.length !== final.length) return undefined;
  return { object, content: object.content, path: textOf(source, "fieldPath") ?? "metadata.name" };
}

const creates = (manifest: Manifest): boolean =>
  replacementsOf(manifest).some(({ node }) =>
    mapsOf(node, "targets").some((one) => boolOf(fieldOf(one, "options"), "create")),
  );

function fields(manifest: Manifest, report: Report): void {
  if (creates(manifest)) return;
  for (const { node, from } of replacementsOf(manifest)) {
    const source = sourceOf(manifest, node);
    const path = pairOf(fieldOf(node, "source"), "fieldPath");
    if (!source) continue;
    if (!OWN.test(source.path) && atFieldPath(source.content, source.path).is === "absent")
      report(
        from ?? (path ? spotOf(path) : spotIn(node)),
        `${showId(source.object.ids[0] ?? UNNAMED)} has no field "${source.path}" and the build fails; correct the path`,
      );
    targetFields(manifest, node, from, report);
  }
}

/** Fields that kustomize sets itself, so that they may be there without being written. */
const OWN = /^metadata(\.(name|namespace|labels|annotations))?$/;

const UNNAMED: Id = { group: "", version: "", kind: "object", name: "", namespace: "" };

function targetFields(manifest: Manifest, node: MapNode, from: Item["from"], report: Report): void {
  const { gathered } = buildOf(manifest);
  for (const target of mapsOf(node, "targets")) {
    const select = fieldOf(target, "select");
    if (!mapOf(select) || hasLabels(select) || isRegexLike(select) || listOf(target, "reject").length > 0) continue;
    const hit = gathered.filter((one) => one.ids.some((id) => fitsExactly(select, id)));
    for (const { node: pathNode, text } of stringsOf(target, "fieldPaths")) {
      if (OWN.test(text)) continue;
      const without = hit.find(({ content }) => content !== undefined && atFieldPath(content, text).is === "absent");
      const id = without?.ids.at(-1);
      if (id)
        report(
          from ?? pathNode,
          `${showId(id)} has no field "${text}" and the build fails; correct the path or set options.create`,
        );
    }
  }
}

function options(manifest: Manifest, report: Report): void {
  for (const { node, from } of replacementsOf(manifest)) {
    const place = pairOf(fieldOf(node, "source"), "options");
    const found = sourceOf(manifest, node);
    const delimiter = textOf(place?.value, "delimiter") ?? "";
    if (!place || !found || delimiter === "") continue;
    const value = atFieldPath(found.content, found.path);
    if (value.is !== "value") continue;
    const spot = from ?? place.key ?? place;
    if (typeof value.value === "object" && value.value !== null) {
      report(spot, `"${found.path}" is no plain value, so a delimiter fails the build; remove it`);
      continue;
    }
    const index = scalarOf(fieldOf(place.value, "index"));
    const at = index ? Number(hostValue(index, READING)) : 0;
    const parts = String(value.value).split(delimiter).length;
    if (Number.isInteger(at) && (at >= parts || at < 0))
      report(
        spot,
        `the value has ${parts} part${parts === 1 ? "" : "s"}, so index ${at} fails the build; correct index or delimiter`,
      );
  }
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
