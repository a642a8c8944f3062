// Where a kustomization names files, folders and Kubernetes objects, and where a plugin's manifests define those objects.
// Nothing is renamed by it: an object's name also stands in files that no kustomization shows.

import type { Node, Span } from "../../text/node.js";
import { resolve } from "../../text/paths.js";
import { remember } from "../../text/remember.js";
import type { Mention } from "../mention.js";
import { namedText } from "../named.js";
import { fromRoot } from "../shownPath.js";
import type { Manifest } from "../system.js";
import { matcherOf } from "./kinds/image.js";
import { isRemote } from "./model/address.js";
import { selected } from "./model/around.js";
import { buildOf, worldOf } from "./model/build.js";
import type { Built } from "./model/built.js";
import { type Id, idFrom, keyOf } from "./model/identity.js";
import { kustomizationOf } from "./model/kustomization.js";
import { exact, objectsOf } from "./model/objects.js";
import { bareImage, imagesAt, originalOf } from "./model/original.js";
import { patchEntriesOf, readPatchEntry, spanIn } from "./model/patchEntry.js";
import { placesOf } from "./model/placed.js";
import { fieldOf, mapOf, mapsOf, pairOf, textOf } from "./model/reading.js";

export const mentionsOf = remember((manifest: Manifest): readonly Mention[] =>
  manifest.kind.id === "object" ? defined(manifest) : [...paths(manifest), ...objects(manifest), ...images(manifest)],
);

/** kustomize takes "=" in a file's path for the end of a key, and addresses for what they name. */
export function refuseName(kind: string, name: string): string | undefined {
  if (kind !== "file") return undefined;
  if (name.includes("=")) return `kustomize takes "=" in "${name}" for the end of a key; leave it out`;
  return isRemote(name) ? `kustomize takes "${name}" for an address; choose another name` : undefined;
}

/** Objects of a manifest beside a plugin's kustomization, and the images of their containers. */
function defined(manifest: Manifest): Mention[] {
  const { parsed } = manifest;
  return objectsOf(parsed).objects.flatMap(({ id, node }) => {
    const name = exact(exact(node, "metadata"), "name");
    const own: Mention[] = name
      ? [
          {
            kind: "object",
            name: nameOf(id, parsed.path ?? parsed.uri, manifest),
            role: "definition",
            span: spanOf(manifest, name),
          },
        ]
      : [];
    const used = imagesAt(node).map(
      ({ text, span }): Mention => ({ kind: "image", name: bareImage(text), role: "reference", span }),
    );
    return [...own, ...used];
  });
}

/** Files and folders; a folder leads to its kustomization. */
function paths(manifest: Manifest): Mention[] {
  const { folder, parsed } = manifest;
  if (folder === undefined) return [];
  return placesOf(manifest).flatMap(({ reference, place }): Mention[] => {
    if (place.is === "remote" || place.is === "unknown") return [];
    const inner = spanOf(manifest, reference.node);
    const span: Span = [inner[1] - reference.text.length, inner[1]];
    // Behind escapes and in block texts the path doesn't stand as it is written.
    if (parsed.text.slice(...span) !== reference.text) return [];
    const path = resolve(folder, reference.text);
    const target = place.is === "file" ? place.path : place.is === "folder" ? place.base?.path : undefined;
    return [
      { kind: "file", name: path, role: "reference", span, ...(target !== undefined && { target: { path: target } }) },
    ];
  });
}

function objects(manifest: Manifest): Mention[] {
  const { root } = manifest;
  const found: Mention[] = [];
  const byKey = new Map<string, Built>();
  for (const one of buildOf(manifest).gathered) for (const id of one.ids) byKey.set(keyOf(id), one);
  let looks = 0;
  for (const field of ["patches", "patchesJson6902"]) {
    for (const item of mapsOf(root, field)) select(fieldOf(item, "target"), "expressions");
  }
  for (const item of mapsOf(root, "replacements")) {
    select(fieldOf(item, "source"), "exact");
    for (const target of mapsOf(item, "targets")) select(fieldOf(target, "select"), "exact");
  }
  for (const item of mapsOf(root, "vars")) select(fieldOf(item, "objref"), "exact");
  const scaled = new Map<string, Built[]>();
  for (const one of buildOf(manifest).final) {
    const names = new Set(one.ids.flatMap(({ kind, name }) => (SCALED.includes(kind) ? [name] : [])));
    for (const name of names) scaled.set(name, [...(scaled.get(name) ?? []), one]);
  }
  for (const item of mapsOf(root, "replicas")) {
    const name = textOf(item, "name") ?? "";
    const hits = scaled.get(name) ?? [];
    mention(pairOf(item, "name")?.value, hits);
  }
  generators();
  merged();
  return found;

  function select(node: Node | undefined, how: "expressions" | "exact"): void {
    const map = mapOf(node);
    const name = pairOf(map, "name");
    const place = name ?? pairOf(map, "kind");
    // What has no name is compared with every object.
    if (!name) looks += buildOf(manifest).gathered.length;
    if (map && place && looks < MAX_LOOKS) mention(place.value, selected(manifest, map, how));
  }

  function mention(node: Node | undefined, hits: readonly Built[]): void {
    if (!node) return;
    const span = spanOf(manifest, node);
    for (const object of hits.slice(0, MOST_HITS)) found.push(referenceTo(object, span));
  }

  function referenceTo({ ids, origin }: Built, span: Span): Mention {
    const name = nameOf(ids[0] ?? NO_ID, origin.path, manifest);
    return { kind: "object", name, role: "reference", span, target: origin };
  }

  /** A generator defines its object, or adds to one that is there. */
  function generators(): void {
    for (const [field, kind] of GENERATED) {
      for (const item of mapsOf(root, field)) {
        const name = pairOf(item, "name")?.value;
        const id = idFrom("v1", kind, textOf(item, "name") ?? "", textOf(item, "namespace") ?? "");
        const known = byKey.get(keyOf(id));
        const path = manifest.parsed.path ?? manifest.parsed.uri;
        if (!name || id.name === "") continue;
        if (known && known.origin.path !== path) mention(name, [known]);
        else
          found.push({
            kind: "object",
            name: nameOf(id, path, manifest),
            role: "definition",
            span: spanOf(manifest, name),
          });
      }
    }
  }

  /** Names inside merge patches that are written here. */
  function merged(): void {
    for (const entry of patchEntriesOf(kustomizationOf(manifest), worldOf(manifest))) {
      const reading = entry.source.is === "inline" && !entry.target ? readPatchEntry(entry) : undefined;
      for (const object of reading?.is === "merge" ? reading.objects : []) {
        const hit = byKey.get(keyOf(object.id));
        if (hit) found.push(referenceTo(hit, spanIn(entry, object.span)));
      }
    }
  }
}

/** An image leads to the first container that has it. */
function images(manifest: Manifest): Mention[] {
  const items = ["images", "imageTags"].flatMap((field) => mapsOf(manifest.root, field));
  if (items.length === 0) return [];
  const { files } = manifest.workspace;
  const all = buildOf(manifest).gathered.flatMap((object) => {
    const node = originalOf(object, files);
    return node ? imagesAt(node).map(({ text, span }) => ({ text, target: { path: object.origin.path, span } })) : [];
  });
  return items.flatMap((item): Mention[] => {
    const node = pairOf(item, "name")?.value;
    const name = textOf(item, "name") ?? "";
    const matches = matcherOf(name);
    if (!node || name === "" || !matches) return [];
    const hit = all.find(({ text }) => matches(text));
    return [
      { kind: "image", name, role: "reference", span: spanOf(manifest, node), ...(hit && { target: hit.target }) },
    ];
  });
}

const GENERATED = [
  ["configMapGenerator", "ConfigMap"],
  ["secretGenerator", "Secret"],
] as const;
const SCALED = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"];
const MOST_HITS = 20;
const MAX_LOOKS = 1_000_000;
const NO_ID: Id = { group: "", version: "", kind: "", name: "", namespace: "" };

/** One name for an object of one file, fit to be shown: `Deployment web (base/web.yaml)`. */
function nameOf({ kind, name, namespace }: Id, path: string, manifest: Manifest): string {
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name} (${fromRoot(path, manifest)})`;
}

const spanOf = (manifest: Manifest, node: Node): Span => namedText(manifest, node).span;
