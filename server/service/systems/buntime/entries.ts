// Which file the host would run for a plugin folder: its look-up order over the files at hand, and nothing else.

import { nearest } from "../../text/nearest.js";
import { basename, dirname, isInside, resolve } from "../../text/paths.js";
import type { Files } from "../facts.js";

/** What the loader tries at the top of the folder, in this order, when `pluginEntry` is absent or not there. */
export const FALLBACKS = ["plugin.ts", "plugin.js", "index.ts", "index.js"] as const;

/** What the page worker tries when `entrypoint` is absent or not there. */
export const PAGE_FALLBACKS = ["index.html", "index.ts", "index.js", "index.mjs"] as const;

/** A leading slash stays inside the plugin: the host joins, it doesn't resolve. */
export const entryPath = (folder: string, entry: string): string => resolve(folder, `./${entry}`);

export const leavesFolder = (folder: string, entry: string): boolean => !isInside(entryPath(folder, entry), folder);

/** The first of the names that is a file in the folder. */
export function firstFile(folder: string, names: readonly string[], files: Files): string | undefined {
  return names.find((name) => files.kind(`${folder}/${name}`) === "file");
}

/** A path below a folder that builds fill; absent in a fresh checkout. */
export const isBuilt = (entry: string): boolean =>
  /^(\.\/|\/)?(dist|build|built|out|output|lib|target|bin|public|www|\.[\w-]+)\//.test(entry);

/** Whether anything but manifests stands in the folder; false too when it can't be listed. */
export function hasOtherFiles(folder: string, files: Files): boolean {
  return files.list(folder)?.some(({ name }) => !/^manifest\.ya?ml$/i.test(name)) ?? false;
}

/** Names in the folder of a missing file, for "did you mean". */
export function namesBeside(path: string, files: Files): readonly string[] {
  return (files.list(dirname(path)) ?? []).filter(({ kind }) => kind !== "directory").map(({ name }) => name);
}

/** Whether an import such as `./store` leads to something, tried as Bun does; "unknown" where the disk is. */
export function isThere(module: string, from: string, files: Files): boolean | "unknown" {
  const path = resolve(dirname(module), from);
  const kinds = [path, ...IMPORTED.map((end) => path + end), path.replace(/\.([mc]?)js$/, ".$1ts")].map(files.kind);
  return kinds.every((kind) => kind === "none") ? false : kinds.includes("unknown") ? "unknown" : true;
}

const IMPORTED = [".tsx", ".ts", ".mts", ".cts", ".jsx", ".js", ".mjs", ".cjs", ".json"];

/** Local files that a module imports; read by eye of the text, strings in comments included. */
export function localImports(text: string): readonly string[] {
  const found = new Set<string>();
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'])(\.{1,2}\/[^"'\n]+)\1/g;
  for (const [, , path = ""] of text.slice(0, 200_000).matchAll(pattern)) found.add(path);
  return [...found].filter((path) => !/\.(json|html|css|txt|md)$/.test(basename(path)));
}

/** Files of the same folder whose names are nearly that of an import. */
export function nearFiles(path: string, from: string, files: Files): readonly string[] {
  const folder = from.replace(/[^/]*$/, "");
  const names = (files.list(resolve(dirname(path), folder)) ?? []).flatMap(({ name, kind }) =>
    kind === "file" && /\.([mc]?[jt]sx?|json)$/.test(name) && !/["'\\]/.test(name) ? [name] : [],
  );
  return nearest(from.slice(folder.length), names)
    .slice(0, 2)
    .map((name) => folder + name);
}
