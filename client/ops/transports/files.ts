// The files of one plugin on their way to a folder, a pod or a volume, and the check that each of them stays in the plugin's folder.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { HostError } from "../hosts/hostError.js";
import { unpack } from "../localHost/unpack.js";

export interface PluginFile {
  /** Relative to the plugin's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  read(): Promise<Uint8Array>;
}

/** The members of a package, without the one folder around them: what `Shipment.path` names. */
export async function filesOfArchive(archive: string): Promise<readonly PluginFile[]> {
  try {
    const members = await unpack(path.basename(archive), await readFile(archive));
    const files = [...members].map(([name, content]) => ({
      path: name,
      bytes: content.byteLength,
      read: async () => content,
    }));
    return checkedFiles(files);
  } catch (cause) {
    if (cause instanceof HostError) throw cause;
    const message = `${path.basename(archive)} can't be read as a package`;
    throw refused(message, "package the plugin again", cause);
  }
}

/** Sorted; refuses paths that leave the folder, stand there twice, or would make it a git checkout. */
export function checkedFiles(files: readonly PluginFile[]): readonly PluginFile[] {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  if (sorted.length === 0) throw refused("the plugin has no files", "package a folder that holds a plugin");
  const seen = new Set<string>();
  for (const { path: name } of sorted) {
    const odd = oddPath(name) ?? (seen.has(name) ? "stands there twice" : undefined);
    if (odd !== undefined) throw refused(`the file "${name}" ${odd}`, "package the plugin's folder again");
    seen.add(name);
  }
  return sorted;
}

/** Why a plugin's folder can't have this name in the directory of plugins: one segment, or two with a scope. */
export function oddFolder(name: string): string | undefined {
  const parts = name.split("/");
  if (parts.length > 2 || (parts.length === 2 && !name.startsWith("@"))) return "is deeper than a plugin's folder lies";
  if (parts.length === 1 && name.startsWith("@")) return "is a whole scope, which may hold other plugins";
  if (parts.some((part) => part === "@" || part.startsWith("."))) return "is hidden, or leads out of the directory";
  return oddPath(name);
}

function oddPath(name: string): string | undefined {
  const parts = name.split("/");
  if (name === "" || name.includes("\\") || /\p{Cc}/u.test(name)) return "has a name that other systems can't store";
  if (path.isAbsolute(name) || parts.some((part) => part === "" || part === "." || part === ".."))
    return "leads out of its folder";
  return parts.includes(".git") ? "belongs to git, not to the plugin" : undefined;
}

function refused(message: string, next: string, cause?: unknown): HostError {
  return new HostError({ kind: "refused", step: "upload", message, next, cause });
}
