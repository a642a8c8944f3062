// The Python class behind one class path of a manifest, for reading; rules look at all of them at once in classes.ts.

import type { Manifest } from "../system.js";
import { splitClass } from "./items.js";
import { type FindModule, type LoadedModule, moduleFinder } from "./python/modules.js";
import { judgePlugin, type PluginClass } from "./python/plugin.js";
import { meaningIn } from "./python/resolve.js";
import type { PythonClass } from "./python/scan.js";
import { type ClassSource, classSource } from "./python/source.js";

export interface ClassHere {
  readonly class: PythonClass;
  readonly module: LoadedModule;
  readonly judged: PluginClass;
}

/** Undefined when the path leads to no class of the workspace. */
export function classHere(
  { folder, workspace }: Manifest,
  path: string,
  find: FindModule = moduleFinder(folder, workspace),
): ClassHere | undefined {
  const parts = /^[\p{L}\p{N}_.]+$/u.test(path) ? splitClass(path) : undefined;
  if (!parts) return undefined;
  const search = find(parts.module);
  const meaning = search.kind === "found" ? meaningIn(search.loaded, parts.name, find) : undefined;
  if (meaning?.kind !== "class") return undefined;
  const { class: found, module } = meaning;
  return { class: found, module, judged: judgePlugin(found, module, find) };
}

export function sourceOf({ workspace }: Manifest, one: PythonClass, { path }: LoadedModule): ClassSource | undefined {
  const text = workspace.files.read(path);
  return text === undefined ? undefined : classSource(text, one);
}
