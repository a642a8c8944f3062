// Where the plugins of a PLUGINS value lie, as far as the files beside it tell. The real place is a setting of the
// service (INSTALLED_PLUGINS_BASE_DIR), so an unusual layout gives no answer rather than a guess.

import { basename, dirname } from "../../text/paths.js";
import { remember } from "../../text/remember.js";
import type { Files } from "../facts.js";
import type { Manifest } from "../system.js";

/** The folder `installed/` that goes with a PLUGINS value; undefined when none is found near it. */
export const installedFolder = remember(({ folder, workspace }: Manifest): string | undefined => {
  if (folder === undefined) return undefined;
  if (basename(folder) === "installed") return folder;
  return NEAR.map((path) => `${folder}/${path}`).find((path) => workspace.files.kind(path) === "directory");
});

const NEAR = ["plugins/installed", "installed", "services/ui_backend_service/plugins/installed"];

/** Whether a PLUGINS value in the file at `path` goes with this folder `installed/`. */
export const goesWith = (path: string, installed: string): boolean =>
  dirname(path) === installed || NEAR.some((near) => `${dirname(path)}/${near}` === installed);

/** Whether the layout is the service's own default, so that no setting has to be guessed. */
export function isDefaultLayout({ folder, parsed }: Manifest, installed: string): boolean {
  return basename(parsed.path ?? "") === "config.plugins.json" && installed === `${folder}/plugins/installed`;
}

/** Folder of a local plugin: in `installed/`, or one of that name with a manifest beside the PLUGINS value. */
export function pluginFolder(manifest: Manifest, identifier: string): string | undefined {
  if (!isPlainIdentifier(identifier)) return undefined;
  const installed = installedFolder(manifest);
  if (installed !== undefined) return `${installed}/${identifier}`;
  const beside = `${manifest.folder ?? ""}/${identifier}`;
  return manifest.folder !== undefined && manifest.workspace.files.kind(`${beside}/manifest.json`) === "file"
    ? beside
    : undefined;
}

/** Neither empty, absolute nor on its way out: the others have a problem of their own. */
export function isPlainIdentifier(identifier: string): boolean {
  return (
    identifier !== "" && !identifier.startsWith("/") && !identifier.split("/").some((part) => /^\.{0,2}$/.test(part))
  );
}

export function isCheckout(files: Files, folder: string): boolean {
  const kind = files.kind(`${folder}/.git`);
  return kind === "file" || kind === "directory";
}

/** The nearest git checkout that `folder` is in, itself included: the service's own search goes up as well. */
export function enclosingCheckout(files: Files, folder: string): string | undefined {
  let current = folder;
  while (true) {
    if (isCheckout(files, current)) return current;
    const parent = dirname(current);
    if (parent === current || !parent.includes("/")) return undefined;
    current = parent;
  }
}
