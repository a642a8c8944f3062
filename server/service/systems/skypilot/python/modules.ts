// Finds the file of a Python module beside a manifest: in its folder, in "src" there, and in the folders above up to the
// workspace's root. It walks no trees; what isn't there is unknown, except a module missing from a package that is there.

import { dirname, isInside } from "../../../text/paths.js";
import { rememberText } from "../../../text/remember.js";
import { type Files, smallNames, type Workspace } from "../../facts.js";
import { type PythonModule, scanPython } from "./scan.js";

export interface LoadedModule {
  /** Dotted name. */
  readonly name: string;
  readonly path: string;
  readonly isPackage: boolean;
  readonly module: PythonModule;
}

export type ModuleSearch =
  | { readonly kind: "found"; readonly loaded: LoadedModule }
  | {
      readonly kind: "missing";
      /** Dotted name of the part that is there. */
      readonly parent: string;
      readonly isPackage: boolean;
      readonly part: string;
      /** Modules that stand beside the missing one. */
      readonly siblings: readonly string[];
    }
  | { readonly kind: "unknown" };

export type FindModule = (name: string) => ModuleSearch;

const UNKNOWN: ModuleSearch = { kind: "unknown" };
const MAX_CLIMB = 6;
const scan = rememberText(scanPython);

/** A finder that looks for modules from one folder on; keeps what it scanned for as long as it lives. */
export function moduleFinder(folder: string | undefined, workspace: Workspace): FindModule {
  const known = new Map<string, ModuleSearch>();
  const places = (folder === undefined ? [] : placesFrom(folder, workspace.roots)).map((path) =>
    placeAt(path, workspace.files),
  );
  return (name) => {
    let search = known.get(name);
    if (!search) {
      search = find(name, places, workspace.files);
      known.set(name, search);
    }
    return search;
  };
}

/** Folders that could be on the import path of the plugin's project. */
export function placesFrom(folder: string, roots: readonly string[]): readonly string[] {
  const root = roots.find((one) => isInside(folder, one));
  const places: string[] = [];
  let at = folder;
  for (let step = 0; step < MAX_CLIMB; step++) {
    places.push(at, `${at === "/" ? "" : at}/src`);
    if (root === undefined || at === root || at === "/") break;
    at = dirname(at);
  }
  return places;
}

interface Place {
  readonly path: string;
  /** Whether a module or package of this name could be in it: what most modules of a long list are asked for in vain. */
  mayHave(part: string): boolean;
}

/** One listing answers for all names; what a disk might find under other letters is looked at each time. */
function placeAt(path: string, files: Files): Place {
  let listed: ReadonlySet<string> | "unknown" | undefined;
  return {
    path,
    mayHave: (part) => {
      listed ??= namesIn(path, files);
      if (listed === "unknown" || !/^\w+$/.test(part)) return true;
      const name = part.toLowerCase();
      return listed.has(name) || listed.has(`${name}.py`);
    },
  };
}

function namesIn(path: string, files: Files): ReadonlySet<string> | "unknown" {
  const entries = files.kind(path) === "none" ? [] : files.list(path);
  return entries ? smallNames(entries) : "unknown";
}

function find(name: string, places: readonly Place[], files: Files): ModuleSearch {
  const parts = name.split(".");
  // SkyPilot's own modules come with the server; a copy beside the manifest says nothing about them.
  if (parts[0] === "sky" || parts.some((part) => part === "")) return UNKNOWN;
  let missing: ModuleSearch | undefined;
  for (const place of places) {
    if (!place.mayHave(parts[0] ?? "")) continue;
    const search = findIn(place.path, parts, files);
    if (search.kind === "found") return search;
    if (search.kind === "missing") missing ??= search;
  }
  return missing ?? UNKNOWN;
}

function findIn(place: string, parts: readonly string[], files: Files): ModuleSearch {
  let at = place === "/" ? "" : place;
  let parent: LoadedModule | undefined;
  for (const [step, part] of parts.entries()) {
    const name = parts.slice(0, step + 1).join(".");
    const isLast = step === parts.length - 1;
    const init = `${at}/${part}/__init__.py`;
    if (files.kind(init) === "file") {
      parent = load(name, init, true, files);
      if (!parent) return UNKNOWN;
      if (isLast) return { kind: "found", loaded: parent };
      at = `${at}/${part}`;
      continue;
    }
    const file = `${at}/${part}.py`;
    if (files.kind(file) === "file") {
      const loaded = load(name, file, false, files);
      if (!loaded) return UNKNOWN;
      if (isLast) return { kind: "found", loaded };
      if (loaded.module.isOpen) return UNKNOWN;
      return { kind: "missing", parent: name, isPackage: false, part: parts[step + 1] ?? "", siblings: [] };
    }
    if (files.kind(`${at}/${part}`) === "directory") {
      // A namespace package: other folders may add to it.
      at = `${at}/${part}`;
      parent = undefined;
      continue;
    }
    return parent ? missingFrom(parent, at, part, files) : UNKNOWN;
  }
  return UNKNOWN;
}

function missingFrom(parent: LoadedModule, folder: string, part: string, files: Files): ModuleSearch {
  const entries = files.list(folder);
  // `__path__` and the like let a package find modules elsewhere; compiled ones stand here under longer names.
  if (!entries || parent.module.isOpen || entries.some(({ name }) => name.startsWith(`${part}.`))) return UNKNOWN;
  const siblings = entries
    .filter(({ name }) => name.endsWith(".py") && name !== "__init__.py")
    .map(({ name }) => name.slice(0, -3));
  return { kind: "missing", parent: parent.name, isPackage: true, part, siblings };
}

function load(name: string, path: string, isPackage: boolean, files: Files): LoadedModule | undefined {
  const text = files.read(path);
  return text === undefined ? undefined : { name, path, isPackage, module: scan(files, path, text) };
}
