// The dotted path of a module once its file, or a package around it, has moved in the explorer.

import { dirname, isInside, relativeTo } from "../../../text/paths.js";

/**
 * `module` was found in the file `from`, by its own path or through a package that hands the class on; the file is now `to`.
 * Undefined where the module is what it was, or can't be imported by any path from the same folder.
 */
export function movedModule(module: string, from: string, to: string): string | undefined {
  const way = `/${module.replace(/\./g, "/")}`;
  const at = from.lastIndexOf(way);
  const rest = at < 0 ? "" : from.slice(at + way.length);
  const root = from.slice(0, Math.max(at, 0));
  const isOwn = rest === ".py" || rest === "/__init__.py";
  if (!isOwn && !/^\/.+\.py$/.test(rest)) return undefined;
  // What a package hands on stays its own wherever the file in it goes.
  if (!isOwn && !to.endsWith(rest)) return undefined;
  const place = isOwn ? placeOf(to) : to.slice(0, -rest.length);
  if (place === undefined || !isInside(place, root) || place === root) return undefined;
  const parts = relativeTo(root, place).split("/");
  return parts.every((part) => /^[A-Za-z_]\w*$/.test(part)) ? parts.join(".") : undefined;
}

/** `a/b.py` and `a/b/__init__.py` are both imported as what stands at `a/b`. */
function placeOf(file: string): string | undefined {
  if (!file.endsWith(".py")) return undefined;
  return file.endsWith("/__init__.py") ? dirname(file) : file.slice(0, -".py".length);
}
