// Relative paths: completion of what exists beside the manifest, folder by folder, and a link to the file.

import type { PathDetail } from "../schema/jsonSchema.js";
import type { DirectoryEntry } from "../systems/facts.js";
import { dirname, isAbsolute, resolve } from "../text/paths.js";
import type { Choice, Kind, Use } from "./kind.js";

export const pathKind: Kind = { complete, hover, target };

const HIDDEN = new Set(["node_modules", "__pycache__"]);

function complete(use: Use): readonly Choice[] {
  const detail = use.schema["x-path"];
  const { folder } = use.manifest;
  if (folder === undefined || (detail?.counts === "server" && !use.text.startsWith("/"))) return [];
  const { key, path } = split(use.text, detail);
  const typed = path.slice(0, path.lastIndexOf("/") + 1);
  const at = resolve(folder, typed);
  const entries = use.manifest.workspace.files.list(at) ?? [];
  const kustomization = detail?.to === "kustomizationOrFile" || detail?.to === "component";
  return entries
    .filter(({ name }) => !HIDDEN.has(name) && (!name.startsWith(".") || path.slice(typed.length).startsWith(".")))
    .filter(({ name }) => `${at}/${name}` !== use.manifest.parsed.path)
    .flatMap((entry) =>
      choices(entry, `${key}${typed}`, detail, kustomization && holdsKustomization(use, `${at}/${entry.name}`)),
    );
}

function choices(entry: DirectoryEntry, before: string, detail: PathDetail | undefined, isWanted: boolean): Choice[] {
  const value = `${before}${entry.name}`;
  if (entry.kind === "directory") {
    const wanted = isWanted || detail?.to === "directory" || detail?.to === "fileOrDirectory";
    const folder: Choice = { value: `${value}/`, kind: "folder", detail: "folder", continues: true };
    return wanted ? [{ value, kind: "folder", detail: "folder" }, folder] : [folder];
  }
  if (detail?.to === "directory" || detail?.to === "component") return [];
  const extensions = detail?.extensions ?? [];
  if (extensions.length > 0 && !extensions.some((one) => entry.name.toLowerCase().endsWith(one))) return [];
  return [{ value, kind: "file", detail: "file" }];
}

function holdsKustomization({ manifest }: Use, folder: string): boolean {
  const { files } = manifest.workspace;
  return ["kustomization.yaml", "kustomization.yml", "Kustomization"].some(
    (name) => files.kind(`${folder}/${name}`) === "file",
  );
}

function hover(use: Use): string | undefined {
  const path = absolute(use);
  if (path === undefined) return undefined;
  const { files } = use.manifest.workspace;
  const kind = files.kind(path);
  if (kind === "unknown") return undefined;
  if (kind === "none") return "There is no such file or folder yet.";
  const stat = kind === "file" ? files.stat(path) : undefined;
  return stat
    ? `File of ${stat.size} bytes, changed ${new Date(stat.modified).toISOString().slice(0, 16).replace("T", " ")} UTC.`
    : "A folder.";
}

function target(use: Use): string | undefined {
  const path = absolute(use);
  if (path === undefined) return undefined;
  const { files } = use.manifest.workspace;
  if (files.kind(path) === "file") return path;
  if (files.kind(path) !== "directory") return undefined;
  return ["kustomization.yaml", "kustomization.yml", "Kustomization"]
    .map((name) => `${path}/${name}`)
    .find((one) => files.kind(one) === "file");
}

/** The path that the string names on this machine; undefined for URLs, inline text and paths on the server. */
function absolute({ manifest, schema, text }: Use): string | undefined {
  const detail = schema["x-path"];
  const { path } = split(text, detail);
  const clean = path.replace(/[?#].*$/s, "");
  if (
    clean === "" ||
    clean.includes("\n") ||
    /^[a-z][a-z0-9+.-]*:/i.test(clean) ||
    clean.startsWith("~") ||
    clean.includes("$")
  )
    return undefined;
  if (manifest.folder === undefined || (detail?.counts === "server" && !isAbsolute(clean))) return undefined;
  const isFromSlash =
    isAbsolute(clean) && detail?.counts !== "server" && manifest.workspace.files.kind(dirname(clean)) === "none";
  return resolve(manifest.folder, isFromSlash ? `.${clean}` : clean);
}

/** `key=path` in its two parts. */
function split(text: string, detail: PathDetail | undefined): { readonly key: string; readonly path: string } {
  const at = detail?.keyed ? text.indexOf("=") + 1 : 0;
  return { key: text.slice(0, at), path: text.slice(at) };
}
