// The workspace as it stands while nothing changes: each file is recognised once, also those that manifests only use; with other texts,
// as it would be after edits.

import { URI } from "vscode-uri";
import type { Files, Workspace } from "../../systems/facts.js";
import { makeManifest } from "../../systems/manifest.js";
import type { ServiceSettings } from "../../systems/settings.js";
import type { Manifest } from "../../systems/system.js";
import { parseText } from "../../text/parsed.js";
import { manifestsOf, recognise, usedDocument } from "../recognise.js";

/** Its documents answer for used files as well. */
export function stillWorkspace(
  workspace: Workspace,
  settings: ServiceSettings,
  texts: ReadonlyMap<string, string> = new Map(),
): Workspace {
  if (workspace.isStill && texts.size === 0) return workspace;
  const known = new Map<string, readonly Manifest[]>();
  const files: Files =
    texts.size === 0
      ? workspace.files
      : {
          ...workspace.files,
          read: (path: string) => texts.get(path) ?? workspace.files.read(path),
          under: workspace.files,
        };
  const still: Workspace = {
    isStill: true,
    files,
    roots: workspace.roots,
    hosts: workspace.hosts,
    ...(workspace.remotes && { remotes: workspace.remotes }),
    manifests: (system) => workspace.manifests(system),
    open: (path) => still.documents(path)[0],
    documents: (path) => {
      const before = known.get(path);
      if (before) return before;
      known.set(path, []);
      const found = documentsAt(path);
      known.set(path, found);
      return found;
    },
  };
  return still;

  function documentsAt(path: string): readonly Manifest[] {
    const text = files.read(path);
    if (text === undefined) return [];
    const parsed = parseText(URI.file(path).toString(), text);
    const own = manifestsOf(recognise(parsed, still, settings));
    if (own.length > 0) return own;
    const used = usedDocument(parsed, still, settings);
    return used ? [used] : [];
  }
}

/** The same manifest in a still workspace. */
export function whileStill(manifest: Manifest, workspace: Workspace): Manifest {
  const { parsed, system, kind, verdict, settings, folder } = manifest;
  return makeManifest({ parsed, system, kind, verdict, settings, folder, workspace });
}
