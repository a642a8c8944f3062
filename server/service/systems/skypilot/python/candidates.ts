// The classes of the workspace that a plugins.yaml could list: subclasses of BasePlugin in the modules beside the manifest,
// under "src" there, and in the folders above, nearest first. Bounded: a look, not a walk of the disk.

import { remember } from "../../../text/remember.js";
import type { Manifest } from "../../system.js";
import { splitClass } from "../items.js";
import { type FindModule, type LoadedModule, moduleFinder, placesFrom } from "./modules.js";
import { judgePlugin } from "./plugin.js";
import type { PythonClass } from "./scan.js";

export interface Candidate {
  /** Dotted path, as plugins.yaml wants it. */
  readonly path: string;
  readonly class: PythonClass;
  readonly module: LoadedModule;
}

const MAX_FOLDERS = 80;
const MAX_MODULES = 400;
const SKIPPED = /^(node_modules|venv|env|__pycache__|site-packages|build|dist|tests?|docs)$/;

/** `typed` opens folders without an __init__.py that it names. */
export function candidates({ folder, workspace }: Manifest, typed: string): readonly Candidate[] {
  if (folder === undefined) return [];
  const { files } = workspace;
  const find = moduleFinder(folder, workspace);
  const seen = new Set<string>();
  const found = new Map<string, Candidate>();
  let modules = 0;
  for (const place of placesFrom(folder, workspace.roots)) look(place, "");
  return [...found.values()];

  function look(at: string, prefix: string): void {
    if (seen.has(at) || seen.size >= MAX_FOLDERS) return;
    seen.add(at);
    const entries = files.list(at) ?? [];
    for (const { name, kind } of entries) {
      if (kind === "directory" || !/^[\p{L}_][\p{L}\p{N}_]*\.py$/u.test(name) || /^(setup|conftest)\.py$/.test(name))
        continue;
      const own = name.slice(0, -3);
      if (own !== "__init__") collect(`${prefix}${own}`);
      else if (prefix !== "") collect(prefix.slice(0, -1));
    }
    for (const { name, kind } of entries) {
      if (kind !== "directory" || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) || SKIPPED.test(name)) continue;
      const isPackage = files.kind(`${at}/${name}/__init__.py`) === "file";
      if (isPackage || typed.startsWith(`${prefix}${name}.`)) look(`${at}/${name}`, `${prefix}${name}.`);
    }
  }

  function collect(name: string): void {
    if (modules++ >= MAX_MODULES) return;
    const search = find(name);
    if (search.kind !== "found") return;
    for (const one of classesOf(search.loaded, find)) {
      const path = `${name}.${one.name}`;
      if (!found.has(path)) found.set(path, { path, class: one, module: search.loaded });
    }
  }
}

/** A plugin of the workspace by the parts of its path, and where it is written. */
export interface NearPlugin {
  readonly module: string;
  readonly name: string;
  readonly path: string;
  readonly start: number;
}

/** All that could be listed without a name being typed, looked for once for all rules. */
export const pluginsNear = remember((manifest: Manifest): readonly NearPlugin[] =>
  candidates(manifest, "").flatMap(({ path, class: { start }, module }) => {
    const parts = splitClass(path);
    return parts ? [{ ...parts, path: module.path, start }] : [];
  }),
);

/** Names of the plugins in one module near the manifest. */
export function pluginsIn(module: string, { folder, workspace }: Manifest): readonly string[] {
  const find = moduleFinder(folder, workspace);
  const search = find(module);
  return search.kind === "found" ? classesOf(search.loaded, find).map(({ name }) => name) : [];
}

/** Those that the server could build: plugins by their bases, with nothing left abstract. */
function classesOf(loaded: LoadedModule, find: FindModule): readonly PythonClass[] {
  return [...loaded.module.bindings.values()].flatMap(([binding, ...more]) => {
    if (binding?.kind !== "class" || more.length > 0 || binding.class.name.startsWith("_")) return [];
    const judged = judgePlugin(binding.class, loaded, find);
    return judged.isPlugin && (judged.abstract?.length ?? 0) === 0 ? [binding.class] : [];
  });
}
