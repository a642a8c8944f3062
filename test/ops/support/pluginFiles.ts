// Plugins as tests write them, as the transports take them, and as they lie on disk afterwards.
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { PluginFile } from "../../../client/ops/transports/files.js";
import type { Files } from "./places.js";

export function filesOf(contents: Files): readonly PluginFile[] {
  return Object.entries(contents).map(([name, content]) => ({
    path: name,
    bytes: content.length,
    read: async () => Buffer.from(content),
  }));
}

/** Files as they lie in a folder, read when they are sent. */
export const filesOfFolder = (folder: string, names: readonly string[]): Promise<readonly PluginFile[]> =>
  Promise.all(
    names.map(async (name) => {
      const place = path.join(folder, name);
      const { size } = await stat(place);
      return { path: name, bytes: size, read: () => readFile(place) };
    }),
  );

export async function treeOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const found: Record<string, string> = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    found[path.relative(folder, file).split(path.sep).join("/")] = await readFile(file, "utf8");
  }
  return found;
}

/** The same where files are not text. */
export async function bytesIn(folder: string): Promise<Readonly<Record<string, Buffer>>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
  const rows = files.map(async (file) => [path.relative(folder, file).split(path.sep).join("/"), await readFile(file)]);
  return Object.fromEntries(await Promise.all(rows));
}
