// The class of each plugin item, found in the workspace's Python. Looked up once per check of a manifest and bounded: a
// list of thousands of classes is not what anybody writes by hand.

import { remember } from "../../../text/remember.js";
import type { Manifest } from "../../system.js";
import { type PluginItem, pluginItems, splitClass } from "../items.js";
import { type LoadedModule, type ModuleSearch, moduleFinder } from "./modules.js";
import { judgePlugin, type PluginClass } from "./plugin.js";
import { type Meaning, meaningIn } from "./resolve.js";

export interface ListedClass {
  readonly item: PluginItem;
  readonly path: string;
  readonly module: string;
  readonly name: string;
  readonly search: ModuleSearch;
  /** What the name stands for; only when the module was found and can be read. */
  readonly meaning: Meaning | undefined;
  /** The class judged; only when the name stands for a class of the workspace. */
  readonly judged: PluginClass | undefined;
  /** A class of this name in the module that the path takes for a package: the outer class of a nested one. */
  readonly outer: string | undefined;
}

const MAX_LISTED = 500;

export const listedClasses = remember((manifest: Manifest): readonly ListedClass[] => {
  const find = moduleFinder(manifest.folder, manifest.workspace);
  return pluginItems(manifest)
    .slice(0, MAX_LISTED)
    .flatMap((item) => {
      const { className: path } = item;
      const parts = path === undefined ? undefined : splitClass(path);
      if (path === undefined || !parts || parts.name === "py" || !item.classPair || !/^[\p{L}\p{N}_.-]+$/u.test(path))
        return [];
      const search = find(parts.module);
      // What Python can't read is told by itself; a class in it is as its author left it in the middle of a change.
      const isRead = search.kind === "found" && search.loaded.module.syntaxError === undefined;
      const meaning = isRead ? meaningIn(search.loaded, parts.name, find) : undefined;
      const isJudged = meaning?.kind === "class" && meaning.module.module.syntaxError === undefined;
      const judged = isJudged ? judgePlugin(meaning.class, meaning.module, find) : undefined;
      return [{ item, path, ...parts, search, meaning, judged, outer: outerOf(search) }];
    });

  function outerOf(search: ModuleSearch): string | undefined {
    if (search.kind !== "missing") return undefined;
    const parent: LoadedModule | undefined = loadedOf(search.parent);
    const bindings = parent?.module.bindings.get(search.part) ?? [];
    return bindings.some(({ kind }) => kind === "class") ? search.part : undefined;
  }

  function loadedOf(name: string): LoadedModule | undefined {
    const search = find(name);
    return search.kind === "found" ? search.loaded : undefined;
  }
});
