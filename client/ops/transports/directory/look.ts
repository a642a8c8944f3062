// What lies in a directory of plugins. It reads names and contents, and knows nothing of manifests.
import { createHash } from "node:crypto";
import { lstat, readdir, readFile, readlink, stat } from "node:fs/promises";
import path from "node:path";
import { HostError } from "../../hosts/hostError.js";

export interface PluginFolder {
  /** `x` or `@scope/x`. */
  readonly name: string;
  readonly path: string;
  readonly modified: Date;
  /** Where it leads, when it is a link. */
  readonly link?: string;
}

const mostFiles = 20_000;

export async function foldersIn(root: string): Promise<readonly PluginFolder[]> {
  const found: PluginFolder[] = [];
  for (const name of await names(root)) {
    if (!name.startsWith("@")) found.push(...(await described(root, name)));
    else
      for (const inner of await names(path.join(root, name)))
        found.push(...(await described(root, `${name}/${inner}`)));
  }
  return found;
}

/** Paths and digests of the files in a folder, sorted. Links count by where they lead. */
export async function digestsIn(
  folder: string,
  signal: AbortSignal,
): Promise<readonly { path: string; sha256: string }[]> {
  const files: { path: string; sha256: string }[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (signal.aborted) {
      const next = "start it again when you are ready";
      throw new HostError({ kind: "cancelled", step: "list", message: "the reading was cancelled", next });
    }
    if (entry.isDirectory() || files.length > mostFiles) continue;
    const file = path.join(entry.parentPath, entry.name);
    const content = entry.isFile() ? await readFile(file) : `link ${await readlink(file).catch(() => "")}`;
    const relative = path.relative(folder, file).split(path.sep).join("/");
    files.push({ path: relative, sha256: createHash("sha256").update(content).digest("hex") });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The files in a folder as they are, sorted; links are left out. */
export async function filesIn(
  folder: string,
  signal: AbortSignal,
): Promise<readonly { readonly path: string; readonly bytes: Buffer }[]> {
  const found: { readonly path: string; readonly bytes: Buffer }[] = [];
  for (const { path: at } of await digestsIn(folder, signal)) {
    const file = path.join(folder, at);
    if ((await lstat(file)).isFile()) found.push({ path: at, bytes: await readFile(file) });
  }
  return found;
}

async function names(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder).catch(() => []);
  return entries.filter((name) => !name.startsWith(".")).sort();
}

async function described(root: string, name: string): Promise<readonly PluginFolder[]> {
  const place = path.join(root, name);
  const found = await stat(place).catch(() => undefined);
  if (found?.isDirectory() !== true) return [];
  const link = (await lstat(place)).isSymbolicLink() ? await readlink(place) : undefined;
  return [{ name, path: place, modified: found.mtime, ...(link === undefined ? {} : { link }) }];
}
