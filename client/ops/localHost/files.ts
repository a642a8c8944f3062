// The reading half of Buntime's file browser over the plugins directory: folders listed, files downloaded, never outside of it.
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { type Answer, failure, json } from "./answer.js";

const leftOut = [".git", "node_modules", ".dirinfo"];

export async function listFiles(plugins: string, asked: string | null): Promise<Answer> {
  if (asked === null || asked === "" || asked === "/") {
    const name = path.basename(plugins);
    const modifiedAt = (await stat(plugins)).mtime.toISOString();
    return json(200, {
      data: { entries: [{ isDirectory: true, modifiedAt, name, path: name, size: 0 }], path: "" },
      success: true,
    });
  }
  const folder = await placeOf(plugins, asked);
  if (folder === undefined) return failure(404, "DIR_NOT_FOUND", `Directory not found: ${asked}`);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const listed = [];
  for (const entry of entries.filter(({ name }) => !leftOut.includes(name)).sort(foldersFirst)) {
    const { size, mtime } = await stat(path.join(folder, entry.name));
    const isDirectory = entry.isDirectory();
    const place = `${asked.replace(/\/+$/, "")}/${entry.name}`;
    listed.push({
      isDirectory,
      name: entry.name,
      path: place,
      size: isDirectory ? 0 : size,
      updatedAt: mtime.toISOString(),
    });
  }
  return json(200, { data: { entries: listed, path: asked }, success: true });
}

export async function download(plugins: string, asked: string | null): Promise<Answer> {
  const file = asked === null ? undefined : await placeOf(plugins, asked);
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file === undefined || found?.isFile() !== true) return failure(404, "FILE_NOT_FOUND", "File not found");
  return { status: 200, type: "application/octet-stream", body: await readFile(file) };
}

/** The place in the directory that a browser path means: its first part is the directory's own name. */
async function placeOf(plugins: string, asked: string): Promise<string | undefined> {
  const [mount, ...rest] = asked.split("/");
  if (mount !== path.basename(plugins)) return undefined;
  const root = await realpath(plugins);
  const place = await realpath(path.join(root, ...rest)).catch(() => undefined);
  return place === root || place?.startsWith(root + path.sep) === true ? place : undefined;
}

function foldersFirst(
  one: { readonly name: string; isDirectory(): boolean },
  other: { readonly name: string; isDirectory(): boolean },
): number {
  const folders = Number(other.isDirectory()) - Number(one.isDirectory());
  return folders === 0 ? one.name.localeCompare(other.name) : folders;
}
