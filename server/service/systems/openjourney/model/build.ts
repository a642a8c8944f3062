// The objects that a kustomization builds, as far as names go: resources, generators and components are gathered in
// kustomize's order, then prefix, suffix and namespace are applied. Everything not knowable makes the set incomplete.

import { firstDocumentProblems } from "../../../text/hostProblems.js";
import { nearest } from "../../../text/nearest.js";
import { keyText, type Node, type Span } from "../../../text/node.js";
import { hostValue, type Value } from "../../../text/reading.js";
import type { Files } from "../../facts.js";
import type { ServiceSettings } from "../../settings.js";
import type { Manifest } from "../../system.js";
import { type Id, idFrom, isClusterScoped, keyOf } from "./identity.js";
import { type Kustomization, kustomizationOf, parsedFile } from "./kustomization.js";
import { exactLabels, type KubeObject, objectsOf } from "./objects.js";
import { patchEntriesOf } from "./patchEntry.js";
import { type PatchStep, walkPatches } from "./patchWalk.js";
import { placeOf } from "./place.js";
import { fieldOf, mapOf, mapsOf, pairOf, READING, stringsOf, textOf, textSpan } from "./reading.js";

/** One object with all the names it has had, its own first, the current one last. */
export interface Built {
  readonly ids: readonly Id[];
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly annotations: Readonly<Record<string, string>> | undefined;
  /** Its content while nothing has changed it but its names. */
  readonly content: Value | undefined;
  /** The file it came from; undefined for generated ones. */
  readonly path: string | undefined;
  /** Where its name stands, in a resource file or at its generator. */
  readonly origin: Origin;
}

export interface Origin {
  readonly path: string;
  readonly span: Span;
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
  /** What each patch meets, in order, up to where identities get lost. */
  readonly patches: readonly PatchStep<Built>[];
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
  patches: [],
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
  let complete = start.complete && firstDocumentProblems(kustomization.parsed.tree).length === 0;
  const clashes: Clash[] = [];
  const generated: Generated[] = [];
  if (OPAQUE.some((field) => pairOf(root, field)) || isMisspelt(root)) complete = false;

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
  const walk = walkPatches(gathered, patchEntriesOf(kustomization, world), listsOf(root));
  const left = gathered.filter((one) => !walk.gone.has(one));
  const patched =
    walk.touched.size === 0
      ? left
      : left.map(
          (one): Built => (walk.touched.has(one) ? { ...withoutContent(one), content: walk.contentOf(one) } : one),
        );
  const changes = CHANGING.some((field) => pairOf(root, field));
  const final = renamed(changes ? patched.map(withoutContent) : patched, root);
  return {
    gathered,
    final,
    complete: state.complete && walk.complete,
    allGathered: state.complete,
    patches: walk.steps,
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
      return read.objects.map((object) => fromFile(object, place.path));
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
      add(pile, {
        ...UNKNOWN,
        ids: [id],
        origin: { path: kustomization.path, span: textSpan(fieldOf(item, "name") ?? item) },
      });
    else generated.push({ item, problem: "absent", id });
  }
}

const UNKNOWN = { labels: undefined, annotations: undefined, content: undefined, path: undefined };

const SOURCES = ["resources", "bases", "components", "configMapGenerator", "secretGenerator"];

/** Whether a key looks like a field that brings objects: what it was meant to bring isn't missing for another reason. */
const isMisspelt = (root: Node | undefined): boolean =>
  (mapOf(root)?.pairs ?? []).some((pair) => {
    const name = keyText(pair) ?? "";
    return !SOURCES.some((one) => one.toLowerCase() === name.toLowerCase()) && nearest(name, SOURCES).length > 0;
  });

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

function fromFile(object: KubeObject, path: string): Built {
  const known = BUILT.get(object);
  if (known?.path === path) return known;
  const { labels, annotations } = exactLabels(object.node);
  const built: Built = {
    ids: [object.id],
    labels,
    annotations,
    content: hostValue(object.node, READING_OF_OBJECTS),
    path,
    origin: { path, span: object.span },
  };
  BUILT.set(object, built);
  return built;
}

const BUILT = new WeakMap<KubeObject, Built>();
const READING_OF_OBJECTS = { ...READING, nullIsAbsent: "never" as const, anyCase: false };

/** Types of nobody's API group have no schema that tells how their lists are merged, unless one is brought along. */
const listsOf =
  (root: Node | undefined) =>
  ({ ids }: Built): { readonly areReplaced: boolean } => {
    const group = ids[0]?.group ?? "";
    return { areReplaced: /\./.test(group) && !group.endsWith(".k8s.io") && !pairOf(root, "openapi") };
  };

const withoutContent = (object: Built): Built => ({
  ...object,
  content: undefined,
  labels: undefined,
  annotations: undefined,
});

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
