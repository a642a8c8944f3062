// The patches of a manifest by what kustomize takes them for.

import { append } from "../../../text/grouped.js";
import { remember } from "../../../text/remember.js";
import type { Manifest } from "../../system.js";
import { worldOf } from "./build.js";
import { kustomizationOf } from "./kustomization.js";
import type { PatchReading } from "./patch.js";
import { type PatchEntry, patchEntriesOf, readPatchEntry } from "./patchEntry.js";

interface Seen<Reading extends PatchReading = PatchReading> {
  readonly entry: PatchEntry;
  readonly reading: Reading;
}

type Is = PatchReading["is"];

/** Patches whose text is at hand, of those for which kustomize takes it: rules look at few of thousands. */
export const patchesThatAre = <Kind extends Is>(
  manifest: Manifest,
  kind: Kind,
): readonly Seen<Extract<PatchReading, { readonly is: Kind }>>[] =>
  (seenIn(manifest).get(kind) ?? []) as Seen<Extract<PatchReading, { readonly is: Kind }>>[];

const seenIn = remember((manifest: Manifest): ReadonlyMap<Is, readonly Seen[]> => {
  const seen = new Map<Is, Seen[]>();
  for (const entry of patchEntriesOf(kustomizationOf(manifest), worldOf(manifest))) {
    const one = seenAs(entry);
    if (one) append(seen, one.reading.is, one);
  }
  return seen;
});

/** Kept by the entry: the same for as long as that stays. */
const seenAs = remember((entry: PatchEntry): Seen | undefined => {
  const reading = readPatchEntry(entry);
  return reading && { entry, reading };
});
