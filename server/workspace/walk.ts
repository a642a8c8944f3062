// Finds the files under some folders that may be manifests, by name alone. Dependency folders, build output, hidden folders
// and what git ignores are never entered, and links to folders as reached.ts says. The number of answers and of folders is bounded.

import type { Dirent } from "node:fs";
import fs from "node:fs/promises";
import { slashed } from "./diskFiles.js";
import { ENVIRONMENT, isIgnored, isSkipped, type Rules, rulesAbove, rulesIn } from "./ignored.js";
import { linkedFolder } from "./reached.js";

export interface WalkOptions {
  /** By path alone; see `mayBeManifest`. */
  readonly wanted: (path: string) => boolean;
  readonly signal?: AbortSignal;
  /** Folders that are walked besides; the walk's own when absent. What lies there is found without a link to it. */
  readonly among?: readonly string[];
  /** Reads a folder; for who walks the same folders more than once. */
  readonly list?: ListFolder;
  readonly maxFiles?: number;
  readonly maxFolders?: number;
}

export type ListFolder = (folder: string) => Promise<readonly Dirent[]>;

/** Reads each folder once, for walks that follow each other at once; `listed` hears of each that could be read. */
export function listedOnce(listed: (folder: string, entries: readonly Dirent[]) => void): ListFolder {
  const known = new Map<string, Promise<readonly Dirent[]>>();
  return (folder) => {
    const found = known.get(folder) ?? readFolder(folder, listed);
    known.set(folder, found);
    return found;
  };
}

const listFolder: ListFolder = (folder) => readFolder(folder, () => {});

async function readFolder(folder: string, listed: Parameters<typeof listedOnce>[0]): Promise<readonly Dirent[]> {
  try {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    listed(folder, entries);
    return entries;
  } catch {
    return [];
  }
}

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
    roots: (options.among ?? roots).map(slashed),
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
      let ahead = listed(level, 0);
      for (let from = 0; from < level.length; from += AT_ONCE) {
        const contents = await ahead;
        // Read while these are looked at.
        ahead = listed(level, from + AT_ONCE);
        for (const [at, folder] of level.slice(from, from + AT_ONCE).entries()) {
          if (!mayGoOn(state)) complete = false;
          else next.push(...(await enter(folder, contents[at] ?? [], state)));
        }
      }
      level = next;
    }
  }
  return { paths: [...state.found].sort(), complete };

  async function listed(level: readonly Folder[], from: number): Promise<readonly (readonly Dirent[])[]> {
    const some = mayGoOn(state) ? level.slice(from, from + AT_ONCE) : [];
    return Promise.all(some.map(({ path }) => list(path)));
  }
}

interface State {
  readonly options: WalkOptions;
  readonly roots: readonly string[];
  readonly found: Set<string>;
  readonly seen: Set<string>;
  readonly files: number;
  readonly folders: number;
}

interface Folder {
  readonly path: string;
  readonly rules: readonly Rules[];
}

const mayGoOn = ({ options, found, seen, files, folders }: State): boolean =>
  options.signal?.aborted !== true && found.size < files && seen.size < folders;

async function enter(folder: Folder, entries: readonly Dirent[], state: State): Promise<Folder[]> {
  if (state.seen.has(folder.path)) return [];
  state.seen.add(folder.path);
  if (entries.some(({ name }) => name === ENVIRONMENT) && !state.roots.includes(folder.path)) return [];
  const own = entries.some(({ name }) => name === ".gitignore") ? await rulesIn(folder.path) : undefined;
  const rules = own ? [...folder.rules, own] : folder.rules;
  const below: Folder[] = [];
  for (const entry of entries) {
    const at = folder.path === "/" ? `/${entry.name}` : `${folder.path}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!isSkipped(entry.name) && !isIgnored(`${at}/`, rules)) below.push({ path: at, rules });
    } else if (state.options.wanted(at) && !isIgnored(at, rules) && (entry.isFile() || (await leadsToFile(at)))) {
      state.found.add(at);
    } else if (entry.isSymbolicLink() && !isSkipped(entry.name) && !isIgnored(`${at}/`, rules)) {
      await lookBehind(at, state);
    }
  }
  return below;
}

/** The files right in the folder that a link leads to, under the link's name. */
async function lookBehind(link: string, { roots, options: { wanted }, found }: State): Promise<void> {
  const folder = await linkedFolder(link, roots);
  for (const { name } of folder === undefined ? [] : await listFolder(folder))
    if (wanted(`${link}/${name}`) && (await leadsToFile(`${folder}/${name}`))) found.add(`${link}/${name}`);
}

const leadsToFile = (at: string): Promise<boolean> =>
  fs.stat(at).then(
    (stat) => stat.isFile(),
    () => false,
  );
