// The objects that a kustomization builds, as far as names go: resources, generators and components are gathered in
// kustomize's order, then prefix, suffix and namespace are applied. Everything not knowable makes the set incomplete.

import type { Node } from "../../../text/node.js";
import { basename } from "../../../text/paths.js";
import { hostValue, type Value } from "../../../text/reading.js";
import type { Files } from "../../facts.js";
import type { ServiceSettings } from "../../settings.js";
import type { Manifest } from "../../system.js";
import { type Id, idFrom, isClusterScoped, keyOf, selectorOf } from "./identity.js";
import { type Kustomization, kustomizationOf, parsedFile } from "./kustomization.js";
import { exactLabels, objectsOf } from "./objects.js";
import { deletes, touchesIdentity } from "./patch.js";
import { type PatchEntry, patchEntriesOf, readPatchEntry } from "./patchEntry.js";
import { placeOf } from "./place.js";
import { mapsOf, pairOf, READING, stringsOf, textOf } from "./reading.js";

/** One object with all the names it has had, its own first, the current one last. */
export interface Built {
  readonly ids: readonly Id[];
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly annotations: Readonly<Record<string, string>> | undefined;
  /** Its content while nothing has changed it but its names. */
  readonly content: Value | undefined;
  /** The file it came from; undefined for generated ones. */
  readonly path: string | undefined;
}

export interface Clash {
  /** The entry (or generator item) of this kustomization that brings the second one. */
  readonly entry: Node;
  readonly id: Id;
  readonly first: Built;
}

export interface Build {
  /** Before the kustomization's own patches: what those see. */
  readonly gathered: readonly Built[];
  /** After patches and names: what replicas, images, replacements and users see. */
  readonly final: readonly Built[];
  /** Whether every object of `final` is known, so that a missing match is one. */
  readonly complete: boolean;
  /** The same for `gathered`. */
  readonly allGathered: boolean;
  readonly clashes: readonly Clash[];
  /** Generator items with what they met. */
  readonly generated: readonly Generated[];
  /** Two objects that `namespace` makes one. */
  readonly merged: { readonly id: Id } | undefined;
}

export interface Generated {
  readonly item: Node;
  readonly problem: "absent" | "exists";
  readonly id: Id;
}

export interface World {
  readonly files: Files;
  readonly settings: ServiceSettings;
}

export function buildOf(manifest: Manifest): Build {
  const known = BUILDS.get(manifest);
  if (known) return known;
  const build = buildUp(kustomizationOf(manifest), worldOf(manifest), [], EMPTY);
  BUILDS.set(manifest, build);
  return build;
}

export const worldOf = ({ workspace, settings }: Manifest): World => ({ files: workspace.files, settings });

const BUILDS = new WeakMap<Manifest, Build>();
const EMPTY: Build = {
  gathered: [],
  final: [],
  complete: true,
  allGathered: true,
  clashes: [],
  generated: [],
  merged: undefined,
};
const MAX_OBJECTS = 20_000;

/** Objects in the making: found by any id in one step, so that thousands of them stay cheap. */
interface Pile {
  readonly objects: Set<Built>;
  readonly byId: Map<string, Set<Built>>;
}

function buildUp(kustomization: Kustomization, world: World, visited: readonly string[], start: Build): Build {
  const { root, folder } = kustomization;
  const from = { folder, files: world.files, settings: world.settings, visited };
  const pile: Pile = { objects: new Set(), byId: new Map() };
  for (const object of start.final) add(pile, object);
  let complete = start.complete && kustomization.parsed.tree.problems.length === 0;
  const clashes: Clash[] = [];
  const generated: Generated[] = [];
  if (OPAQUE.some((field) => pairOf(root, field))) complete = false;

  for (const { node, text } of [...stringsOf(root, "resources"), ...stringsOf(root, "bases")]) {
    const brought = gather(text);
    if (!brought) complete = false;
    else for (const object of brought) put(object, node);
  }
  for (const kind of ["ConfigMap", "Secret"]) {
    for (const item of mapsOf(root, kind === "ConfigMap" ? "configMapGenerator" : "secretGenerator"))
      generate(item, kind);
  }
  let state: Build = { ...EMPTY, final: [...pile.objects], complete };
  for (const { text } of stringsOf(root, "components")) {
    const place = placeOf(text, "component", from);
    if (place.is === "folder" && place.base && pile.objects.size < MAX_OBJECTS)
      state = buildUp(place.base, world, [...visited, ...(folder === undefined ? [] : [folder])], state);
    else state = { ...state, complete: false };
  }
  const gathered = state.final;
  const patched = afterPatches(gathered, patchEntriesOf(kustomization, world));
  const changes = CHANGING.some((field) => pairOf(root, field));
  const final = renamed(changes ? patched.objects.map(withoutContent) : patched.objects, root);
  return {
    gathered,
    final,
    complete: state.complete && patched.complete,
    allGathered: state.complete,
    clashes,
    generated,
    merged: pairOf(root, "namespace") ? doubled(final) : undefined,
  };

  /** What an entry of resources brings; undefined when that can't be told. */
  function gather(text: string): readonly Built[] | undefined {
    const place = placeOf(text, "resource", from);
    if (place.is === "file") {
      const parsed = parsedFile(place.path, world.files);
      const read = parsed && objectsOf(parsed);
      if (!read || read.flaws.length > 0 || read.unsure || pile.objects.size > MAX_OBJECTS) return undefined;
      return read.objects.map((object) => fromFile(object.id, object.node, place.path));
    }
    if (place.is !== "folder" || !place.base || visited.length > 30) return undefined;
    const base = buildUp(place.base, world, [...visited, ...(folder === undefined ? [] : [folder])], EMPTY);
    if (!base.complete) complete = false;
    return base.final;
  }

  function put(object: Built, entry: Node): void {
    const id = object.ids.at(-1);
    const first = id && [...(pile.byId.get(keyOf(id)) ?? [])].find((one) => keyOf(one.ids.at(-1) ?? id) === keyOf(id));
    if (first && id) clashes.push({ entry, id, first });
    else add(pile, object);
  }

  function generate(item: Node, kind: string): void {
    const name = textOf(item, "name") ?? "";
    if (name === "") return;
    const id = idFrom("v1", kind, name, textOf(item, "namespace") ?? "");
    const behavior = textOf(item, "behavior");
    const known = (pile.byId.get(keyOf(id))?.size ?? 0) > 0;
    const adds = behavior !== "merge" && behavior !== "replace";
    if (known && adds) generated.push({ item, problem: "exists", id });
    else if (known) return;
    else if (adds)
      add(pile, { ids: [id], labels: undefined, annotations: undefined, content: undefined, path: undefined });
    else generated.push({ item, problem: "absent", id });
  }
}

/** Fields whose objects, or whose changes to names, can't be told from here. */
const OPAQUE = ["generators", "transformers", "helmCharts", "helmChartInflationGenerator"];
/** Fields that change the content of objects. */
const CHANGING = [
  "labels",
  "commonLabels",
  "commonAnnotations",
  "images",
  "imageTags",
  "replicas",
  "replacements",
  "vars",
  "patchesJson6902",
  "patchesStrategicMerge",
  "components",
  "configurations",
  "crds",
];

function add(pile: Pile, object: Built): void {
  pile.objects.add(object);
  for (const id of object.ids) {
    const key = keyOf(id);
    const known = pile.byId.get(key);
    if (known) known.add(object);
    else pile.byId.set(key, new Set([object]));
  }
}

function fromFile(id: Id, node: Parameters<typeof exactLabels>[0], path: string): Built {
  const { labels, annotations } = exactLabels(node);
  const content = basename(path) === "" ? undefined : hostValue(node, READING_OF_OBJECTS);
  return { ids: [id], labels, annotations, content, path };
}

const READING_OF_OBJECTS = { ...READING, nullIsAbsent: "never" as const, anyCase: false };

const withoutContent = (object: Built): Built => ({
  ...object,
  content: undefined,
  labels: undefined,
  annotations: undefined,
});

/** Takes away what patches delete; identities that a patch may change make the rest unknown. */
export function afterPatches(
  objects: readonly Built[],
  entries: readonly PatchEntry[],
): { readonly objects: readonly Built[]; readonly complete: boolean } {
  let left = objects;
  let complete = true;
  for (const entry of entries) {
    const patch = readPatchEntry(entry);
    if (!patch) complete = false;
    else if (patch.is === "operations" && touchesIdentity(patch.list)) complete = false;
    else if (patch.is === "merge") {
      if (entry.mayRename) complete = false;
      const gone = patch.objects.filter(deletes);
      const selector = entry.target && selectorOf(entry.target);
      if (gone.length > 0 && selector) left = left.filter((one) => selector.matches(one) !== true);
      else if (gone.length > 0) {
        const keys = new Set(gone.map(({ id }) => keyOf(id)));
        left = left.filter(({ ids }) => !ids.some((id) => keys.has(keyOf(id))));
      }
    }
    if (patch && patch.is !== "empty")
      left = left.map((one) => (one.content === undefined ? one : touched(one, patch.is)));
  }
  return { objects: left, complete };

  function touched(object: Built, kind: string): Built {
    return kind === "merge" || kind === "operations" ? withoutContent(object) : object;
  }
}

function renamed(objects: readonly Built[], root: Node | undefined): readonly Built[] {
  const prefix = textOf(root, "namePrefix") ?? "";
  const suffix = textOf(root, "nameSuffix") ?? "";
  const namespace = textOf(root, "namespace") ?? "";
  if (prefix === "" && suffix === "" && namespace === "") return objects;
  return objects.map((object) => {
    const current = object.ids.at(-1);
    if (!current) return object;
    const keepsName = KEEP_NAME.includes(current.kind);
    const next: Id = {
      ...current,
      name: keepsName ? current.name : `${prefix}${current.name}${suffix}`,
      namespace: namespace === "" || isClusterScoped(current) ? current.namespace : namespace,
    };
    return { ...object, ids: [...object.ids, next], content: undefined };
  });
}

const KEEP_NAME = ["CustomResourceDefinition", "APIService", "Namespace"];

function doubled(objects: readonly Built[]): { readonly id: Id } | undefined {
  const seen = new Set<string>();
  for (const { ids } of objects) {
    const id = ids.at(-1);
    if (!id) continue;
    const key = keyOf(id);
    if (seen.has(key)) return { id };
    seen.add(key);
  }
  return undefined;
}
