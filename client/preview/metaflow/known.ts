// The Metaflow plugins of the workspace, each with the entry that loads it, and what is said of each in the panel.

import { realpathSync } from "node:fs";
import path from "node:path";
import { Uri, workspace } from "vscode";
import type { PreviewEntry } from "../../../server/service/index.js";
import type { App } from "../../app.js";
import { type LoadedForPreview, type PreviewedPlugin, readManifestText, sandboxOf } from "../../ops/index.js";
import { isInBrowser } from "../panel/panel.js";
import type { PluginChoice } from "./messages.js";
import { heldBack, sandboxWords } from "./sandbox.js";

export interface Known {
  readonly entry: PreviewEntry;
  readonly title: string;
}

/** The asked-for ones first, as they are loaded now; a folder that several entries load is there for each. */
export async function knownPlugins(app: App, asked: readonly PreviewEntry[]): Promise<readonly Known[]> {
  const manifests = app.board.plugins().filter(({ system }) => system === "metaflow");
  const reports = await Promise.all(manifests.map(({ manifest }) => app.language.preview(Uri.parse(manifest))));
  const found = reports.flatMap((report, at) =>
    (report?.entries ?? []).map((entry) => ({ entry, title: manifests[at]?.name ?? entry.identifier })),
  );
  const folders = [...new Set(asked.map(({ folder }) => folder))];
  const first = folders.flatMap((folder) => {
    const before = asked.filter((entry) => entry.folder === folder);
    const now = found.filter(({ entry }) => entry.folder === folder);
    const same = now.filter(({ entry }) => before.some(({ from }) => from === entry.from));
    const gone = before.map((entry) => ({ entry, title: entry.identifier }));
    return [same, now, gone].find((list) => list.length > 0) ?? [];
  });
  return [...first, ...found.filter(({ entry }) => !folders.includes(entry.folder))];
}

export function previewed(
  { entry: { identifier, folder, repository, ref, parameters } }: Known,
  unsaved: ReadonlyMap<string, string>,
): PreviewedPlugin {
  const manifest = unsaved.get(folder);
  return { identifier, folder, entry: { repository, ref, parameters }, ...(manifest !== undefined && { manifest }) };
}

/**
 * Text of manifests that editors hold, by the plugin's folder. Half-typed text that the service would refuse leaves the last that
 * was right in `before`; saving it shows what the service says.
 */
export function unsavedManifests(
  folders: ReadonlySet<string>,
  before: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const document of workspace.textDocuments) {
    const folder = path.dirname(document.uri.fsPath);
    if (!document.isDirty || !isManifest(document.uri) || !folders.has(folder)) continue;
    const typed = document.getText();
    const text = "config" in readManifestText(typed) ? typed : before.get(folder);
    if (text !== undefined) found.set(folder, text);
  }
  return found;
}

/** Links may lead from a plugin to files of the workspace; names that begin with a dot are not for pages: `.env`, `.git`. */
export function isShared(file: string): boolean {
  return (workspace.workspaceFolders ?? []).some(({ uri }) => {
    const inside = path.relative(realpathSync(uri.fsPath), file);
    return !path.isAbsolute(inside) && !inside.split(path.sep).some((part) => part.startsWith("."));
  });
}

export function isManifest(uri: Uri): boolean {
  return uri.scheme === "file" && path.basename(uri.fsPath) === "manifest.json";
}

export function choiceOf(
  { entry, title }: Known,
  shown: ReadonlySet<string>,
  loaded: readonly LoadedForPreview[],
): PluginChoice {
  const one = loaded.find(({ folder }) => folder === entry.folder);
  const listed = one !== undefined && "listed" in one ? one.listed : undefined;
  const first = listed && loaded.find((other) => "listed" in other && other.listed.name === listed.name);
  const from = entry.from === undefined ? "no PLUGINS entry; as an empty one" : `entry of ${path.basename(entry.from)}`;
  const held = heldBack(sandboxWords(sandboxOf(entry.parameters)), { isWeb: isInBrowser() });
  return {
    folder: entry.folder,
    title: listed === undefined ? title : String(listed.name),
    detail: `${entry.identifier} · ${from}`,
    isShown: shown.has(entry.folder),
    ...(one !== undefined && "refused" in one && { refused: one.refused }),
    notes: [
      ...held.map(({ word, why }) => `sandbox word "${word}": ${why}`),
      ...(first === undefined || first === one ? [] : ["another plugin has this name: the page shows the first alone"]),
    ],
  };
}
