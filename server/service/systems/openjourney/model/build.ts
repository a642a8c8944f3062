// The objects that a kustomization builds, as far as names go: resources, generators and components are gathered in
// kustomize's order, then prefix, suffix and namespace are applied. Everything not knowable makes the set incomplete.

import { firstDocumentProblems } from "../../../text/hostProblems.js";
import { nearest } from "../../../text/nearest.js";
import { keyText, type Node } from "../../../text/node.js";
import type { Files } from "../../facts.js";
import type { ServiceSettings } from "../../settings.js";
import type { Manifest } from "../../system.js";
import { ANYWHERE, blurred, labelsBehind } from "./blurred.js";
import { type Built, fromFile, type Origin, UNKNOWN, withoutContent } from "./built.js";
import { COUNTED, countedBehind } from "./counted.js";
import { isBare, isOddlyFilled, SOURCES } from "./empty.js";
import { idFrom, isOfKubernetes, keyOf } from "./identity.js";
import { type Kustomization, kustomizationOf, parsedFile } from "./kustomization.js";
import { objectsOf } from "./objects.js";
import { type Build, type Clash, type ComponentStep, EMPTY, type Generated } from "./outcome.js";
import { patchEntriesOf } from "./patchEntry.js";
import { walkPatches } from "./patchWalk.js";
import { add, type Pile } from "./pile.js";
import { placeOf } from "./place.js";
import type { PluginSource } from "./pluginSources.js";
import { type PluginField, type PluginStep, runPlugins } from "./pluginSteps.js";
import { fieldOf, mapOf, mapsOf, pairOf, stringsOf, textOf, textSpan } from "./reading.js";
import { doubled, renamed, twinOf, withoutTwins } from "./renamed.js";
import { afterRest } from "./spared.js";

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

/** Lets a manifest that stands for a part of another one have the build of that part. */
export function buildAs(manifest: Manifest, build: Build): void {
  BUILDS.set(manifest, build);
}

const MAX_OBJECTS = 20_000;

function buildUp(kustomization: Kustomization, world: World, visited: readonly string[], start: Build): Build {
  const { root, folder } = kustomization;
  const from = { folder, files: world.files, settings: world.settings, visited };
  const pile: Pile = { objects: new Set(), byId: new Map() };
  for (const object of start.final) add(pile, object);
  let complete = start.complete && firstDocumentProblems(kustomization.parsed.tree).length === 0;
  const clashes: Clash[] = [];
  const generated: Generated[] = [];
  const entries = new Map<Origin, Node>();
  const merging = new Set<Built>();
  const plugins: PluginStep[] = [];
  const pluginSources: PluginSource[] = [];
  const components: ComponentStep[] = [];
  let mergedBefore: Build["merged"];
  const counted = new Set([...COUNTED, ...start.counted]);
  if (OPAQUE.some((field) => pairOf(root, field)) || isMisspelt(root) || isOddlyFilled(root)) complete = false;

  for (const { node, text } of [...stringsOf(root, "resources"), ...stringsOf(root, "bases")]) {
    const brought = gather(text);
    if (!brought) complete = false;
    else
      for (const object of brought) {
        entries.set(object.origin, node);
        put(object, node);
      }
  }
  for (const kind of ["ConfigMap", "Secret"]) {
    for (const item of mapsOf(root, kind === "ConfigMap" ? "configMapGenerator" : "secretGenerator"))
      generate(item, kind);
  }
  // A generator writes anew what it merges into.
  const piled = [...pile.objects].map((one) => (merging.has(one) ? { ...one, late: [] } : one));
  let state: Build = { ...EMPTY, final: piled, complete };
  state = afterPlugins("generators", state);
  for (const one of state.final) if (!pile.objects.has(one)) add(pile, one);
  for (const { node, text } of stringsOf(root, "components")) {
    const place = placeOf(text, "component", from);
    if (place.is === "folder" && place.base && pile.objects.size < MAX_OBJECTS) {
      state = buildUp(place.base, world, below(), state);
      components.push({ entry: node, kustomization: place.base, build: state });
    } else state = { ...state, complete: false };
    for (const clash of state.clashes) clashes.push({ ...clash, entry: node });
    if (state.merged) mergedBefore ??= { ...state.merged, component: node };
    for (const { origin } of state.final) if (!entries.has(origin)) entries.set(origin, node);
  }
  for (const one of countedBehind(root, configuration)) counted.add(one);
  for (const one of state.counted) counted.add(one);
  const gathered = state.final;
  const walk = walkPatches(gathered, patchEntriesOf(kustomization, world), listsOf(root), {
    isAtOnce: !BETWEEN.some((field) => pairOf(root, field)),
  });
  const left = gathered.filter((one) => !walk.gone.has(one));
  const patched =
    walk.touched.size === 0
      ? left
      : left.map(
          (one): Built =>
            walk.touched.has(one)
              ? {
                  ...withoutContent(one),
                  ids: walk.idsOf(one),
                  isLost: one.isLost || walk.lost.has(one),
                  content: walk.contentOf(one),
                  blurred: () => walk.blurredOf(one),
                  late: walk.lateOf(one),
                }
              : one,
        );
  const twin = twinOf(left, walk);
  const changes = CHANGING.some((field) => pairOf(root, field));
  const isBlurring = changes || ["namePrefix", "nameSuffix", "namespace"].some((field) => pairOf(root, field));
  const blur = (one: Built): Built => ({
    ...(changes ? { ...withoutContent(one), ...labelsBehind(one, root) } : one),
    blurred: () => blurred(one.content ?? one.blurred?.(), one.ids.at(-1), root),
  });
  const named = renamed(afterRest(isBlurring ? patched.map(blur) : patched, root), root);
  const allNamed = state.complete && walk.complete;
  const last = afterPlugins("transformers", { ...EMPTY, final: named, complete: allNamed });
  afterPlugins("validators", last);
  const merged = mergedBefore ?? (pairOf(root, "namespace") && !twin ? doubled(named) : undefined);
  // Told once: whoever looks further sees one object of the two.
  const once = (objects: readonly Built[]) => (twin || merged ? withoutTwins(objects) : objects);
  return {
    gathered,
    patched,
    named: once(named),
    allNamed,
    final: once(last.final),
    complete: last.complete,
    allGathered: state.complete,
    patches: walk.steps,
    failed: walk.failed,
    clashes,
    generated,
    entries,
    twin,
    merged,
    plugins,
    pluginSources,
    components,
    counted: kustomization.plugin?.counted ?? [...counted],
  };

  /** What an entry of resources brings; undefined when that can't be told. */
  function gather(text: string): readonly Built[] | undefined {
    const place = placeOf(text, "resource", from);
    if (place.is === "file") {
      const parsed = parsedFile(place.path, world.files);
      const read = parsed && objectsOf(parsed);
      if (!read || read.flaws.length > 0 || pile.objects.size > MAX_OBJECTS) return undefined;
      return read.objects.map((object) => fromFile(object, place.path));
    }
    if (place.is !== "folder" || !place.base || visited.length > 30) return undefined;
    const base = buildUp(place.base, world, below(), EMPTY);
    if (!base.complete || isBare(place.base.root)) complete = false;
    for (const one of base.counted) counted.add(one);
    return base.final;
  }

  function below(): readonly string[] {
    return folder === undefined ? visited : [...visited, folder];
  }

  /** The tree of a file of configurations. */
  function configuration(text: string): Node | undefined {
    const place = placeOf(text, "file", from);
    return place.is === "file" ? parsedFile(place.path, world.files)?.tree.documents[0]?.root : undefined;
  }

  function afterPlugins(field: PluginField, before: Build): Build {
    if (!pairOf(root, field)) return before;
    const ran = runPlugins(field, before, {
      kustomization,
      from,
      buildOf: (base) => (visited.length > 30 ? undefined : buildUp(base, world, below(), EMPTY)),
      apply: (plugin, state) => buildUp(plugin, world, visited, state),
    });
    pluginSources.push(...ran.sources);
    for (const step of ran.steps) {
      plugins.push(step);
      for (const { origin } of step.build.final) if (!entries.has(origin)) entries.set(origin, step.source.node);
    }
    return ran.state;
  }

  function put(object: Built, entry: Node): void {
    const id = object.ids.at(-1);
    const others = id && !object.isLost ? [...(pile.byId.get(keyOf(id)) ?? [])] : [];
    const first = others.find((one) => !one.isLost && id && keyOf(one.ids.at(-1) ?? id) === keyOf(id));
    if (first && id) clashes.push({ entry, id, first });
    else add(pile, object);
  }

  function generate(item: Node, kind: string): void {
    const name = textOf(item, "name") ?? "";
    if (name === "") return;
    const id = idFrom("v1", kind, name, textOf(item, "namespace") ?? "");
    const behavior = textOf(item, "behavior");
    const known = pile.byId.get(keyOf(id)) ?? new Set();
    const adds = behavior !== "merge" && behavior !== "replace";
    if (known.size > 0 && adds) generated.push({ item, problem: "exists", id });
    else if (known.size > 0) for (const one of known) merging.add(one);
    else if (adds)
      add(pile, {
        ...UNKNOWN,
        ids: [id],
        origin: { path: kustomization.path, span: textSpan(fieldOf(item, "name") ?? item) },
      });
    else generated.push({ item, problem: "absent", id });
  }
}

/** Whether a key looks like a field that brings objects: what it was meant to bring isn't missing for another reason. */
const isMisspelt = (root: Node | undefined): boolean =>
  (mapOf(root)?.pairs ?? []).some((pair) => {
    const name = keyText(pair) ?? "";
    return !SOURCES.some((one) => one.toLowerCase() === name.toLowerCase()) && nearest(name, SOURCES).length > 0;
  });

/** Fields whose objects, or whose changes to names, can't be told from here. */
const OPAQUE = ["helmCharts", "helmChartInflationGenerator"];
/** Fields that run between the other patches and those of `patchesJson6902`. */
const BETWEEN = ["namespace", "namePrefix", "nameSuffix", "labels", "commonLabels", "commonAnnotations"];
/** Fields that change the content of objects. */
const CHANGING = ["labels", "commonLabels", "commonAnnotations", "images", "imageTags", "replicas", ...ANYWHERE];

/** Types of nobody's API group have no schema that tells how their lists are merged, unless one is brought along. */
const listsOf =
  (root: Node | undefined) =>
  ({ ids: [id] }: Built): { readonly areReplaced: boolean } => ({
    areReplaced: id !== undefined && !isOfKubernetes(id) && !pairOf(root, "openapi"),
  });
