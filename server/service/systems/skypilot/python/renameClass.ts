// Where the Python of the workspace names one class, for a rename: its module, the modules that import it, `__all__` and dotted
// paths in strings. A place that might mean it, but can't be followed, stops the rename: half a rename breaks the import.

import { dirname, isInside } from "../../../text/paths.js";
import type { Files, Workspace } from "../../facts.js";
import type { Elsewhere } from "../../mention.js";
import { fromRoot } from "../../shownPath.js";
import type { Manifest } from "../../system.js";
import type { ClassHere } from "../listed.js";
import { moduleFinder } from "./modules.js";
import { type Use, usesIn } from "./uses.js";

const MOST_FILES = 3000;
const MOST_FOLDERS = 3000;
const SKIPPED = /^(\..*|node_modules|venv|env|__pycache__|site-packages|build|dist|.*\.egg-info)$/;
const KEYWORDS = new Set(
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(
    " ",
  ),
);

export function refuseClassName(name: string): string | undefined {
  if (KEYWORDS.has(name)) return `"${name}" is a word of Python's own; choose another name`;
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)
    ? undefined
    : `"${name}" is no name of a class; write letters, digits and "_", with no digit first and no module before it`;
}

export function namedInPython(
  { workspace }: Manifest,
  { class: { name }, module }: ClassHere,
  newName: string,
): readonly Elsewhere[] | { readonly refused: string } {
  if (newName === name) return [];
  const paths = pythonFiles(rootOf(module.path, workspace), workspace.files);
  if (!paths)
    return {
      refused: `there are too many Python files beside ${fromRoot(module.path, { workspace })}; rename the class with a Python extension`,
    };
  const places: Elsewhere[] = [];
  for (const path of paths) {
    const text = workspace.files.read(path);
    if (text === undefined || !text.includes(name)) continue;
    const uses = usesIn(
      path,
      text,
      { name, home: module, newName },
      workspace.files,
      moduleFinder(dirname(path), workspace),
    );
    const doubt = uses.find((use): use is Use & { doubt: string } => use.doubt !== undefined);
    if (doubt) return { refused: `${fromRoot(path, { workspace })}:${lineOf(text, doubt.span[0])} ${doubt.doubt}` };
    places.push(...uses.map(({ span }) => ({ path, text, span })));
  }
  return places;
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split("\n").length;

/** The folder of the workspace that the module lies in; without one, the folder above its outermost package. */
function rootOf(path: string, { roots, files }: Workspace): string {
  const root = roots.find((one) => isInside(path, one));
  if (root !== undefined) return root;
  let at = dirname(path);
  while (at !== "/" && files.kind(`${at}/__init__.py`) === "file") at = dirname(at);
  return at;
}

/** Undefined when there are too many to look through. */
function pythonFiles(root: string, files: Files): readonly string[] | undefined {
  const folders = [root];
  const found: string[] = [];
  for (const folder of folders) {
    for (const { name, kind } of files.list(folder) ?? []) {
      const path = `${folder}/${name}`;
      if (kind === "directory" && !SKIPPED.test(name)) folders.push(path);
      else if (kind !== "directory" && /\.pyi?$/.test(name)) found.push(path);
    }
    if (folders.length > MOST_FOLDERS || found.length > MOST_FILES) return undefined;
  }
  return found;
}
