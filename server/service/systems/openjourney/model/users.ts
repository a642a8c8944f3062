// Which kustomizations take a file in, themselves or by way of others, and which files of objects and patches belong to them.

import { append } from "../../../text/grouped.js";
import { basename, dirname, isInside, resolve } from "../../../text/paths.js";
import { remember } from "../../../text/remember.js";
import type { ManifestFacts, Workspace } from "../../facts.js";
import type { Manifest } from "../../system.js";
import { isFacts } from "../describe.js";
import { buildOf } from "./build.js";
import { kept, keptIn } from "./kept.js";
import { kustomizationOf, NAMES } from "./kustomization.js";
import type { Build } from "./outcome.js";
import { placesOf } from "./placed.js";
import type { Reference } from "./references.js";

/** Bases first; a kustomization is no user of itself. */
export const usersOf = keptIn((path, workspace): readonly Manifest[] => {
  const found = new Map<string, Manifest>();
  const open = [path];
  for (const at of open) {
    for (const user of directUsers(at, workspace)) {
      const { path: own } = user.parsed;
      if (own === undefined || own === path || found.has(own)) continue;
      found.set(own, user);
      open.push(own);
    }
  }
  return [...found.values()];
});

/** Kustomizations that name a file of objects or patches, or the folder of a kustomization. */
export const directUsers = keptIn((path, workspace): readonly Manifest[] => {
  const manifests = workspace.manifests("openjourney");
  const isFolder = NAMES.some((name) => name === basename(path));
  const named = namedBy(manifests).get(isFolder ? dirname(path) : path) ?? [];
  const above = isFolder ? [] : manifests.filter((one) => isKustomization(one) && isInside(path, dirname(one.path)));
  return [...new Set([...named, ...above.map((one) => one.path)])].flatMap((one) => {
    const manifest = one === path ? undefined : workspace.open(one);
    if (manifest?.kind.id !== "kustomization") return [];
    return isFolder || objectFiles(manifest).some(({ file }) => file === path) ? [manifest] : [];
  });
});

const isKustomization = ({ document }: ManifestFacts): boolean => document === "kustomization";

/** By the path of what is named, a file or a folder. */
const namedBy = remember((manifests: readonly ManifestFacts[]): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const { path, facts } of manifests.filter(isKustomization)) {
    if (!isFacts(facts)) continue;
    for (const text of [...facts.resources, ...facts.components]) {
      append(found, resolve(dirname(path), text), path);
    }
  }
  return found;
});

export interface ObjectFile {
  readonly file: string;
  /** It holds objects, and neither patches nor replacements. */
  readonly isResource: boolean;
}

/** What a kustomization itself names that objects, patches and the like can stand in, other kustomizations left out. */
export const objectFiles = kept((manifest): readonly ObjectFile[] =>
  placesOf(manifest).flatMap(({ reference, place }) =>
    place.is === "file" && holdsObjects(reference) && /\.(ya?ml|json)$/i.test(place.path)
      ? [{ file: place.path, isResource: RESOURCES.includes(reference.field) }]
      : [],
  ),
);

const RESOURCES = ["resources", "bases"];
const DATA: readonly string[] = ["files", "envs", "env", "additionalValuesFiles", "valuesFile", "crds", "openapi.path"];

const holdsObjects = ({ field }: Reference): boolean => !DATA.includes(field);

/** A kustomization and all that it takes in, each once. */
export const treeOf = kept((manifest): readonly Manifest[] => {
  const found = new Map([[manifest.parsed.path, manifest]]);
  for (const one of found.values()) {
    for (const { place } of placesOf(one)) {
      const path = place.is === "folder" ? place.base?.path : undefined;
      const below = path === undefined || found.has(path) ? undefined : manifest.workspace.open(path);
      if (below?.kind.id === "kustomization") found.set(path, below);
    }
  }
  return [...found.values()];
});

/** What a kustomization builds; a component does so for each that takes it in. */
export function buildsOf(manifest: Manifest, depth = 0): readonly Build[] {
  const { path } = manifest.parsed;
  const isComponent = manifest.kind.id === "kustomization" && kustomizationOf(manifest).kind === "Component";
  if (!isComponent || path === undefined || depth > 10) return [buildOf(manifest)];
  return directUsers(path, manifest.workspace).flatMap((user) =>
    buildsOf(user, depth + 1).flatMap(({ components }) =>
      components.filter(({ kustomization }) => kustomization.path === path).map(({ build }) => build),
    ),
  );
}

/** The kustomizations in whose builds an object of a file, or of a kustomization's own generators, takes part. */
export function buildersOf(path: string, workspace: Workspace): readonly Manifest[] {
  const own = workspace.open(path);
  const users = usersOf(path, workspace);
  return own?.kind.id === "kustomization" ? [own, ...users] : users;
}

/**
 * The files of these builds that may name an object by one of some names: kustomizations, and what they patch and replace with, which
 * may select it otherwise, and of the objects' files those in which a name stands.
 */
export function filesNaming(path: string, names: readonly string[], workspace: Workspace): readonly string[] {
  const found = new Set<string>();
  for (const one of treesOf(buildersOf(path, workspace))) {
    found.add(one.parsed.path ?? one.parsed.uri);
    for (const { file, isResource } of objectFiles(one)) {
      const text = isResource && !found.has(file) ? workspace.files.read(file) : undefined;
      if (!isResource || (text !== undefined && names.some((name) => text.includes(name)))) found.add(file);
    }
  }
  return [...found];
}

/** All that some kustomizations take in, each once. */
export function treesOf(manifests: readonly Manifest[]): readonly Manifest[] {
  return [...new Map(manifests.flatMap(treeOf).map((one) => [one.parsed.path, one])).values()];
}
