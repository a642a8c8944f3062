// A copy of a kustomization with everything that it reaches in folders, in which editors' newer text stands in the files'
// place. Made beside nothing: in a temporary folder, with the folders' distances kept, and removed after the build.
import { cp, lstat, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { makeTemporary } from "../transports/temporary.js";
import { isRecord } from "../values.js";

export interface KustomizeCopy {
  readonly folder: string;
  /** The copy of `original`. */
  readonly root: string;
  readonly original: string;
  remove(): Promise<void>;
}

const most = { files: 3000, bytes: 32 * 1024 * 1024 };
const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
const skipped = ["node_modules", ".git"];

/** Undefined: no unsaved text is about it. `why`: it can't be copied. */
export async function copyOf({
  folder,
  unsaved,
}: {
  readonly folder: string;
  readonly unsaved: ReadonlyMap<string, string>;
}): Promise<KustomizeCopy | { readonly why: string } | undefined> {
  const reached = await foldersOf(folder, unsaved);
  const isIn = (file: string) => reached.some((one) => file.startsWith(one + path.sep));
  const newer = [...unsaved].filter(([file]) => isIn(file));
  if (newer.length === 0) return undefined;
  const original = commonFolder(reached);
  const why = await tooLarge(reached);
  if (why !== undefined) return { why };
  const root = await makeTemporary();
  const placeOf = (file: string) => path.join(root, path.relative(original, file));
  // Pipes, sockets and devices can't be copied, and kustomize reads none.
  const filter = async (file: string) => {
    const info = skipped.includes(path.basename(file)) ? undefined : await lstat(file);
    return info !== undefined && (info.isFile() || info.isDirectory() || info.isSymbolicLink());
  };
  // A folder within another one comes along with it.
  for (const one of reached.filter((own) => !reached.some((other) => own.startsWith(other + path.sep))))
    await cp(one, placeOf(one), { recursive: true, verbatimSymlinks: true, filter });
  for (const [file, text] of newer) {
    await mkdir(path.dirname(placeOf(file)), { recursive: true });
    await writeFile(placeOf(file), text);
  }
  return { folder: placeOf(folder), root, original, remove: () => rm(root, { recursive: true, force: true }) };
}

/** The folder itself, and those that kustomizations name from it on. */
async function foldersOf(start: string, unsaved: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const found: string[] = [];
  const open = [start];
  for (let folder = open.pop(); folder !== undefined && found.length < 200; folder = open.pop()) {
    if (found.includes(folder)) continue;
    found.push(folder);
    for (const name of await namedIn(folder, unsaved)) {
      const place = path.resolve(folder, name);
      const kind = await stat(place).catch(() => undefined);
      if (kind?.isDirectory() === true) open.push(place);
      // Files outside are allowed by a setting.
      else if (kind?.isFile() === true && !place.startsWith(folder + path.sep)) open.push(path.dirname(place));
    }
  }
  return found;
}

/** Every text in the lists of a kustomization, whatever the list is for. */
async function namedIn(folder: string, unsaved: ReadonlyMap<string, string>): Promise<readonly string[]> {
  for (const name of names) {
    const file = path.join(folder, name);
    const text = unsaved.get(file) ?? (await textOf(file));
    if (text === undefined) continue;
    const value = parsed(text);
    return Object.values(isRecord(value) ? value : {})
      .flatMap((list) => (Array.isArray(list) ? list : []))
      .flatMap((item: unknown) => (typeof item === "string" ? [item] : isRecord(item) ? [item.path] : []))
      .filter((item): item is string => typeof item === "string" && item.length < 500 && !item.includes("\n"));
  }
  return [];
}

/** A device that a link leads to, for example, has no end. */
async function textOf(file: string): Promise<string | undefined> {
  const info = await stat(file).catch(() => undefined);
  if (info?.isFile() !== true || info.size > most.bytes) return undefined;
  return readFile(file, "utf8").catch(() => undefined);
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function commonFolder(folders: readonly string[]): string {
  let common = folders[0] ?? path.sep;
  while (!folders.every((one) => one === common || one.startsWith(common.replace(/[\\/]$/, "") + path.sep)))
    common = path.dirname(common);
  return common;
}

async function tooLarge(folders: readonly string[]): Promise<string | undefined> {
  let files = 0;
  let bytes = 0;
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (files > most.files || bytes > most.bytes || skipped.includes(entry.name)) continue;
      const place = path.join(folder, entry.name);
      if (entry.isDirectory()) await visit(place);
      else {
        files += 1;
        bytes += (await stat(place).catch(() => undefined))?.size ?? 0;
      }
    }
  };
  for (const folder of folders) await visit(folder);
  if (files <= most.files && bytes <= most.bytes) return undefined;
  return "its folders are too large to be copied, so it shows the files as they are saved";
}
