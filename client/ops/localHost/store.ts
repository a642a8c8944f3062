// The plugins directory of the local host on disk: install, list, remove, switch. Every change is staged beside its place and renamed in,
// so that a stop at any moment leaves the old plugin or the new one, never half of either.
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseDocument } from "yaml";
import { parseManifest, readManifest } from "../hosts/buntime/packing/manifest.js";
import { metadataOf } from "./metadata.js";
import type { Members } from "./unpack.js";

export interface InstalledFolder {
  /** `x` or `@scope/x`. */
  readonly folder: string;
  readonly directory: string;
  readonly name?: string;
}

export interface Store {
  readonly plugins: string;
  installed(): Promise<readonly InstalledFolder[]>;
  install(name: string, members: Members): Promise<string>;
  remove(folder: InstalledFolder): Promise<void>;
  setEnabled(folder: InstalledFolder, enabled: boolean): Promise<void>;
}

export async function openStore(directory: string): Promise<Store> {
  const plugins = path.join(directory, "buntime", "plugins");
  const staging = path.join(directory, "buntime", "staging");
  await mkdir(plugins, { recursive: true });
  await recover(plugins, staging);
  const away = (name: string) => path.join(staging, `${oldMark}${encodeURIComponent(name)}`);
  return {
    plugins,
    installed: () => foldersIn(plugins),
    install: async (name, members) => {
      const place = path.join(plugins, name);
      const fresh = path.join(staging, `new-${randomBytes(6).toString("hex")}`);
      try {
        await writeMembers(fresh, members);
        await mkdir(path.dirname(place), { recursive: true });
        await rm(away(name), { recursive: true, force: true });
        const had = await isDirectory(place);
        if (had) await rename(place, away(name));
        await rename(fresh, place).catch(async (error: unknown) => {
          if (had) await rename(away(name), place);
          throw error;
        });
        await rm(away(name), { recursive: true, force: true });
        return place;
      } finally {
        await rm(fresh, { recursive: true, force: true });
      }
    },
    remove: async (folder) => {
      const gone = path.join(staging, `gone-${randomBytes(6).toString("hex")}`);
      await mkdir(staging, { recursive: true });
      await rename(folder.directory, gone);
      await rm(gone, { recursive: true, force: true });
    },
    setEnabled: (folder, enabled) => writeEnabled(folder.directory, enabled),
  };
}

const oldMark = "old-";

/** After a stop in the middle of an exchange: the old plugin goes back to its place when the new one did not get there. */
async function recover(plugins: string, staging: string): Promise<void> {
  await mkdir(staging, { recursive: true });
  for (const entry of await readdir(staging)) {
    const from = path.join(staging, entry);
    const name = entry.startsWith(oldMark) ? decodeURIComponent(entry.slice(oldMark.length)) : undefined;
    const place = name === undefined ? undefined : path.join(plugins, name);
    if (place !== undefined && !(await isDirectory(place))) await rename(from, place);
    else await rm(from, { recursive: true, force: true });
  }
}

async function foldersIn(plugins: string): Promise<readonly InstalledFolder[]> {
  const found: InstalledFolder[] = [];
  for (const folder of await subfolders(plugins)) {
    if (folder.startsWith(".")) continue;
    const inside = folder.startsWith("@") ? await subfolders(path.join(plugins, folder)) : undefined;
    const names = inside === undefined ? [folder] : inside.map((name) => `${folder}/${name}`);
    for (const name of names) found.push(await described(plugins, name));
  }
  return found;
}

async function described(plugins: string, folder: string): Promise<InstalledFolder> {
  const directory = path.join(plugins, folder);
  const reading = await readManifest(directory);
  const named = reading.found ? reading.manifest.name : undefined;
  const name = named ?? (await packageName(directory));
  return { folder, directory, ...(name === undefined ? {} : { name }) };
}

async function packageName(directory: string): Promise<string | undefined> {
  const text = await readFile(path.join(directory, "package.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const metadata = metadataOf(new Map([["package.json", Buffer.from(text)]]));
  return metadata.ok ? metadata.name : undefined;
}

async function writeMembers(folder: string, members: Members): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of members) {
    const file = path.join(folder, name);
    if (!file.startsWith(folder + path.sep)) throw new Error(`${name} leaves its folder`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

async function writeEnabled(directory: string, enabled: boolean): Promise<void> {
  for (const name of ["manifest.yaml", "manifest.yml"]) {
    const file = path.join(directory, name);
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text === undefined || !parseManifest(text, name).found) continue;
    const document = parseDocument(text.replace(/^\uFEFF/, ""), { uniqueKeys: false });
    document.set("enabled", enabled);
    const part = `${file}.${randomBytes(4).toString("hex")}.part`;
    await writeFile(part, document.toString());
    await rename(part, file);
    return;
  }
}

async function subfolders(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function isDirectory(directory: string): Promise<boolean> {
  return (await stat(directory).catch(() => undefined))?.isDirectory() === true;
}
