// The wheel directory of a plugins.yaml as far as it can be seen from here. An absolute path may belong to another
// machine: only what is there says something, unless the file lies where the server of this machine reads it.

import { basename, dirname, isAbsolute, isInside, resolve } from "../../../text/paths.js";
import type { Files } from "../../facts.js";
import type { Manifest } from "../../system.js";
import { readWheel, type WheelEntry } from "./archive.js";

export type WheelDirectory =
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "file"; readonly path: string }
  | {
      readonly kind: "directory";
      readonly path: string;
      readonly wheels: readonly Wheel[];
      readonly others: readonly string[];
    };

export interface Wheel {
  readonly name: string;
  readonly path: string;
  /** Text before the first "-", which is what the controllers know a distribution by. */
  readonly distribution: string;
}

const MAX_ENTRIES = 2000;

export function wheelDirectory(text: string, manifest: Manifest): WheelDirectory | undefined {
  const { files } = manifest.workspace;
  const path = placeOf(text, manifest);
  if (path === undefined) return undefined;
  const kind = files.kind(path);
  if (kind === "unknown") return undefined;
  if (kind === "none") return isThisMachine(text, path, manifest) ? { kind: "missing", path } : undefined;
  if (kind === "file") return { kind, path };
  const entries = files.list(path);
  if (!entries || entries.length > MAX_ENTRIES) return undefined;
  // Links count: the server follows them. The suffix is matched with case.
  const names = entries.filter((entry) => entry.kind !== "directory").map(({ name }) => name);
  const wheels = names.filter((name) => name.endsWith(".whl")).map((name) => wheelOf(name, path));
  return { kind, path, wheels, others: names.filter((name) => !name.endsWith(".whl")) };
}

/** Undefined when the wheel can't be read for certain. */
export function wheelEntries({ path }: Wheel, files: Files): readonly WheelEntry[] | undefined {
  const bytes = files.bytes(path);
  return bytes && readWheel(bytes);
}

/** The entry that is the module, wherever installers put it. */
export function moduleEntry(entries: readonly WheelEntry[], module: string): WheelEntry | undefined {
  const path = module.replace(/\./g, "/");
  return entries.find(({ name }) => {
    const inside = name.replace(/^[^/]+\.data\/(purelib|platlib)\//, "");
    return (
      inside === `${path}.py` ||
      inside === `${path}/__init__.py` ||
      (inside.startsWith(`${path}.`) && /\.(so|pyd|pyc)$/.test(inside))
    );
  });
}

function wheelOf(name: string, folder: string): Wheel {
  return { name, path: `${folder === "/" ? "" : folder}/${name}`, distribution: name.split("-")[0] ?? name };
}

/** A relative path counts from the server's working directory; the file's own folder is the only guess there is. */
function placeOf(text: string, { folder, parsed }: Manifest): string | undefined {
  // In a ConfigMap it is a directory of the server's pod.
  if (parsed.embedding) return undefined;
  if (text === "~" || text.startsWith("~/")) {
    const home = folder !== undefined && basename(folder) === ".sky" ? dirname(folder) : undefined;
    return home && resolve(home, text.slice(2) || ".");
  }
  if (text.startsWith("~") || text.includes("\0") || /^[A-Za-z]:/.test(text)) return undefined;
  if (isAbsolute(text)) return resolve("/", text);
  return folder === undefined ? undefined : resolve(folder, text);
}

function isThisMachine(text: string, path: string, { folder, workspace }: Manifest): boolean {
  if (!text.startsWith("/")) return true;
  return workspace.roots.some((root) => isInside(path, root)) || (folder !== undefined && basename(folder) === ".sky");
}
