// The patches of a manifest by what kustomize takes them for.

import { append } from "../../../text/grouped.js";
import { remember } from "../../../text/remember.js";
import type { Manifest } from "../../system.js";
import { worldOf } from "./build.js";
import { kustomizationOf } from "./kustomization.js";
import type { PatchReading } from "./patch.js";
import { patchEntriesOf, type ReadPatch, readPatchEntry } from "./patchEntry.js";

type Kind = PatchReading["is"];
type ThatIs<One extends Kind> = ReadPatch<Extract<PatchReading, { readonly is: One }>>;

/** Patches whose text is at hand, of those for which kustomize takes it: rules look at few of thousands. */
export const patchesThatAre = <One extends Kind>(manifest: Manifest, kind: One): readonly ThatIs<One>[] =>
  (byKind(manifest).get(kind) ?? []) as readonly ReadPatch[] as readonly ThatIs<One>[];

const byKind = remember((manifest: Manifest): ReadonlyMap<Kind, readonly ReadPatch[]> => {
  const found = new Map<Kind, ReadPatch[]>();
  for (const entry of patchEntriesOf(kustomizationOf(manifest), worldOf(manifest))) {
    const patch = readPatchEntry(entry);
    if (patch) append(found, patch.reading.is, patch);
  }
  return found;
});
