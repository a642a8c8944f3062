// Finds the files under some folders that may be manifests, by name alone. Dependency folders, build output, hidden folders
// and what git ignores are never entered; links to folders neither. The number of answers and of folders is bounded.

import type { Dirent } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import ignore, { type Ignore } from "ignore";
import { slashed } from "./diskFiles.js";

export interface WalkOptions {
  /** By path alone; see `mayBeManifest`. */
  readonly wanted: (path: string) => boolean;
  readonly signal?: AbortSignal;
  /** Reads a folder; for who walks the same folders more than once. */
  readonly list?: ListFolder;
  readonly maxFiles?: number;
  readonly maxFolders?: number;
}

export type ListFolder = (folder: string) => Promise<readonly Dirent[]>;

/** Reads each folder once, for walks that follow each other at once. */
export function listedOnce(): ListFolder {
  const known = new Map<string, Promise<readonly Dirent[]>>();
  return (folder) => {
    const found = known.get(folder) ?? listFolder(folder);
    known.set(folder, found);
    return found;
  };
}

const listFolder: ListFolder = (folder) => fs.readdir(folder, { withFileTypes: true }).catch(() => []);

/** Folders that are read at the same time: as many as keep a disk busy. */
const AT_ONCE = 16;

export interface Walked {
  /** Sorted, each once, with "/" separators. */
  readonly paths: readonly string[];
  /** False when a bound or the signal ended the walk before it was through. */
  readonly complete: boolean;
}

export async function walk(roots: readonly string[], options: WalkOptions): Promise<Walked> {
  const state: State = {
    options,
    found: new Set(),
    seen: new Set(),
    files: options.maxFiles ?? 10_000,
    folders: options.maxFolders ?? 100_000,
  };
  const list = options.list ?? listFolder;
  let complete = true;
  for (const root of roots) {
    // Breadth first, so that a bound cuts off the depths and not a neighbour.
    let level: Folder[] = [{ path: slashed(root), rules: await rulesAbove(slashed(root)) }];
    while (level.length > 0) {
      const next: Folder[] = [];
      for (let from = 0; from < level.length; from += AT_ONCE) {
        const some = level.slice(from, from + AT_ONCE);
        const contents = mayGoOn(state) ? await Promise.all(some.map(({ path }) => list(path))) : [];
        for (const [at, folder] of some.entries()) {
          if (!mayGoOn(state)) complete = false;
          else next.push(...(await enter(folder, contents[at] ?? [], state)));
        }
      }
      level = next;
    }
  }
  return { paths: [...state.found].sort(), complete };
}

/** Whether a walk from `root` would come to the file: none of the folders between is skipped or ignored, nor is it itself. */
export async function isReached(root: string, file: string): Promise<boolean> {
  if (!file.startsWith(root === "/" ? root : `${root}/`)) return false;
  const rules = [...(await rulesAbove(root))];
  const steps = file.slice(root === "/" ? 1 : root.length + 1).split("/");
  const name = steps.pop() ?? "";
  let at = root === "/" ? "" : root;
  for (const step of steps) {
    const own = await rulesIn(at);
    if (own) rules.push(own);
    at = `${at}/${step}`;
    if (isSkipped(step) || isIgnored(`${at}/`, rules)) return false;
  }
  const own = await rulesIn(at);
  return !isIgnored(`${at}/${name}`, own ? [...rules, own] : rules);
}

interface State {
  readonly options: WalkOptions;
  readonly found: Set<string>;
  readonly seen: Set<string>;
  readonly files: number;
  readonly folders: number;
}

interface Folder {
  readonly path: string;
  readonly rules: readonly Rules[];
}

/** One .gitignore and the folder that it speaks of. */
interface Rules {
  readonly folder: string;
  readonly ignore: Ignore;
}

const mayGoOn = ({ options, found, seen, files, folders }: State): boolean =>
  options.signal?.aborted !== true && found.size < files && seen.size < folders;

async function enter(folder: Folder, entries: readonly Dirent[], state: State): Promise<Folder[]> {
  if (state.seen.has(folder.path)) return [];
  state.seen.add(folder.path);
  const own = entries.some(({ name }) => name === ".gitignore") ? await rulesIn(folder.path) : undefined;
  const rules = own ? [...folder.rules, own] : folder.rules;
  const below: Folder[] = [];
  for (const entry of entries) {
    const at = folder.path === "/" ? `/${entry.name}` : `${folder.path}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!isSkipped(entry.name) && !isIgnored(`${at}/`, rules)) below.push({ path: at, rules });
    } else if (state.options.wanted(at) && !isIgnored(at, rules) && (entry.isFile() || (await leadsToFile(at)))) {
      state.found.add(at);
    }
  }
  return below;
}

const SKIPPED = new Set(
  "node_modules bower_components venv __pycache__ site-packages dist target vendor __pypackages__".split(" "),
);
/** Hidden folders in which people keep manifests by hand. */
const ENTERED = new Set(".sky .config .kube .k8s .kubernetes .deploy .kustomize .argocd .flux .gitops".split(" "));

function isSkipped(name: string): boolean {
  return name.startsWith(".") ? !ENTERED.has(name) : SKIPPED.has(name);
}

/** The deepest .gitignore that has an opinion decides, as in git. */
function isIgnored(at: string, rules: readonly Rules[]): boolean {
  for (const { folder, ignore } of [...rules].reverse()) {
    const relative = at.slice(folder === "/" ? 1 : folder.length + 1);
    const { ignored, unignored } = ignore.test(relative);
    if (ignored || unignored) return ignored;
  }
  return false;
}

async function rulesIn(folder: string): Promise<Rules | undefined> {
  const text = await fs.readFile(`${folder}/.gitignore`, "utf8").catch(() => undefined);
  return text === undefined ? undefined : { folder, ignore: ignore({ allowRelativePaths: true }).add(text) };
}

/** Rules of the folders above, up to the top of the repository; none where they ignore the very folder that was asked for. */
async function rulesAbove(root: string): Promise<readonly Rules[]> {
  const rules: Rules[] = [];
  let folder = root;
  while (!(await exists(`${folder}/.git`))) {
    const parent = path.posix.dirname(folder);
    if (parent === folder) return [];
    folder = parent;
    const found = await rulesIn(folder);
    if (found) rules.unshift(found);
  }
  return isIgnoredWithParents(root, folder, rules) ? [] : rules;
}

function isIgnoredWithParents(root: string, top: string, rules: readonly Rules[]): boolean {
  for (let at = root; at.length > top.length; at = path.posix.dirname(at)) {
    const above = rules.filter(({ folder }) => folder !== at && at.startsWith(folder));
    if (isIgnored(`${at}/`, above)) return true;
  }
  return false;
}

const exists = (at: string): Promise<boolean> =>
  fs.access(at).then(
    () => true,
    () => false,
  );

const leadsToFile = (at: string): Promise<boolean> =>
  fs.stat(at).then(
    (stat) => stat.isFile(),
    () => false,
  );
