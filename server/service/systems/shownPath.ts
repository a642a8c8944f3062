// Paths as people know them: from the folder of the file at hand, or from the workspace.

import { basename, isInside, relativeTo } from "../text/paths.js";
import type { Manifest } from "./system.js";

/** Below the file's folder as seen from there, else from the workspace; whole where it lies outside. */
export function nearPath(path: string, manifest: Manifest): string {
  const { folder } = manifest;
  return folder !== undefined && isInside(path, folder) ? relativeTo(folder, path) : fromRoot(path, manifest);
}

/** As seen from the folder of the workspace that holds it; where there are several, with that one's name. */
export function fromRoot(path: string, { workspace: { roots } }: Pick<Manifest, "workspace">): string {
  const root = roots.find((one) => path.startsWith(`${one}/`));
  if (root === undefined) return path;
  return roots.length > 1 ? `${basename(root)}/${relativeTo(root, path)}` : relativeTo(root, path);
}
