// A kustomization file as the rules see it, whether it is the open manifest or one that a base or component entry leads
// to. What it is read from is shared.

import { asGoReads } from "../../../text/go/document.js";
import type { MapNode } from "../../../text/node.js";
import type { Parsed } from "../../../text/parsed.js";
import { dirname } from "../../../text/paths.js";
import { readText } from "../../../text/readText.js";
import { remember } from "../../../text/remember.js";
import type { Files } from "../../facts.js";
import { fileAt } from "../../fileAt.js";
import type { Manifest } from "../../system.js";
import type { Plugin } from "./pluginRoots.js";
import { mapOf, textOf } from "./reading.js";

export const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

export interface Kustomization {
  readonly path: string;
  /** Folder that its paths count from; undefined for a document that is on no disk. */
  readonly folder: string | undefined;
  readonly parsed: Parsed;
  readonly root: MapNode | undefined;
  readonly kind: "Kustomization" | "Component" | undefined;
  /** Set where a plugin is seen as the kustomization that does the same. */
  readonly plugin?: Plugin;
}

/** The view of an open manifest, the same object at every call. */
export function kustomizationOf(manifest: Manifest): Kustomization {
  const known = VIEWS.get(manifest);
  if (known) return known;
  const { path, uri } = manifest.parsed;
  const view = { ...viewOf(manifest.parsed, path ?? uri), root: mapOf(manifest.root), folder: manifest.folder };
  VIEWS.set(manifest, view);
  return view;
}

const VIEWS = new WeakMap<Manifest, Kustomization>();

/** Lets a manifest be seen as a plugin of its own. */
export function seeAs(manifest: Manifest, view: Kustomization): void {
  VIEWS.set(manifest, view);
}

/** Kustomization files of a folder that kustomize can read; undefined when that can't be known. */
export function kustomizationsIn(folder: string, files: Files): readonly string[] | undefined {
  const kinds = NAMES.map((name) => ({ path: join(folder, name), kind: files.kind(join(folder, name)) }));
  if (kinds.some(({ kind }) => kind === "unknown")) return undefined;
  const real = files.real(folder) ?? folder;
  return kinds
    .filter(({ kind, path }) => kind === "file" && dirname(files.real(path) ?? path) === real)
    .map(({ path }) => path);
}

/** The one kustomization of a folder; undefined when there is none, several, or nothing is known. */
export function kustomizationIn(folder: string, files: Files): Kustomization | undefined {
  const [path, ...others] = kustomizationsIn(folder, files) ?? [];
  return path === undefined || others.length > 0 ? undefined : kustomizationAt(path, files);
}

export function kustomizationAt(path: string, files: Files): Kustomization | undefined {
  const parsed = parsedFile(path, files);
  return parsed && viewOf(parsed, path);
}

/** The tree of a file as kustomize reads it; the same one while its text stays the same. */
export function parsedFile(path: string, files: Files): Parsed | undefined {
  const parsed = fileAt(path, files);
  return parsed && asKustomizeReads(parsed);
}

const asKustomizeReads = remember((parsed: Parsed) => asGoReads(asYaml(parsed)));

/** Whatever a file is called, kustomize reads it as YAML: what is broken JSON may be none. */
const asYaml = (parsed: Parsed): Parsed =>
  parsed.syntax === "json" && parsed.tree.problems.length > 0
    ? { ...parsed, syntax: "yaml", tree: readText(parsed.text, "yaml").tree }
    : parsed;

const join = (folder: string, name: string): string => `${folder === "/" ? "" : folder}/${name}`;

function viewOf(parsed: Parsed, path: string): Kustomization {
  const root = mapOf(parsed.tree.documents[0]?.root);
  return { path, folder: dirname(path), parsed, root, kind: kindOf(textOf(root, "kind")) };
}

function kindOf(text: string | undefined): Kustomization["kind"] {
  if (text === undefined || text === "" || text === "Kustomization") return "Kustomization";
  return text === "Component" ? "Component" : undefined;
}
