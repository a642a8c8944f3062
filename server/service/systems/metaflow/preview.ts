// The entries that load a plugin, for the emulated page: those of every PLUGINS value of the workspace that are about its
// folder; without one, what an empty entry would be.

import { basename } from "../../text/paths.js";
import { hostValue } from "../../text/reading.js";
import { documentsIn } from "../facts.js";
import type { Preview, PreviewEntry } from "../preview.js";
import { asString } from "../read.js";
import type { Manifest } from "../system.js";
import { type Entry, entriesOf } from "./entries.js";
import { registers } from "./facts.js";
import { registeredIn } from "./registered.js";

export function previewOf(manifest: Manifest): Preview | undefined {
  const entries = manifest.kind.id === "plugins" ? entriesHere(manifest) : entriesFor(manifest);
  return entries && { title: "on the Metaflow page", sections: [], entries };
}

/** Of a PLUGINS value: each entry whose plugin is in the workspace. */
function entriesHere(manifest: Manifest): readonly PreviewEntry[] {
  return registeredIn(manifest).flatMap(({ identifier, plugin }) => {
    const entry = entriesOf(manifest).find((one) => one.identifier === identifier);
    return entry && plugin.folder !== undefined ? [entryFor(entry, plugin.folder, manifest)] : [];
  });
}

/** Of a plugin's manifest. */
function entriesFor({ folder, workspace, parsed }: Manifest): readonly PreviewEntry[] | undefined {
  if (folder === undefined || parsed.path === undefined) return undefined;
  const entries = documentsIn(workspace, "metaflow")
    .filter(({ kind }) => kind.id === "plugins")
    .flatMap((value) =>
      entriesOf(value)
        .filter((entry) => registers(factsOf(entry), folder))
        .map((entry) => entryFor(entry, folder, value)),
    );
  if (entries.length > 0) return entries;
  return [{ identifier: basename(folder), repository: null, ref: null, parameters: {}, folder }];
}

function factsOf({ identifier, isLocal, paths }: Entry) {
  return { identifier, isLocal, paths: paths.map(({ path }) => path), sandbox: undefined };
}

function entryFor(
  { identifier, repository, ref, parameters }: Entry,
  folder: string,
  manifest: Manifest,
): PreviewEntry {
  const { path } = manifest.parsed;
  return {
    identifier,
    repository: repository ?? null,
    ref: asString(ref?.value, manifest) || null,
    parameters: parameters === undefined ? {} : hostValue(parameters, manifest.kind.reading),
    folder,
    ...(path !== undefined && { from: path }),
  };
}
