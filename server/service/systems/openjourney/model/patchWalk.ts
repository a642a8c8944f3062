// Patches in their order over the objects they see: what each hits, what is gone or changed afterwards. Stops where the
// identity of objects can no longer be known.

import { compileGo } from "./goRegex.js";
import { type Id, keyOf, type Selectable, selectorOf } from "./identity.js";
import type { KubeObject } from "./objects.js";
import { deletes, type PatchReading, touchesIdentity } from "./patch.js";
import { type PatchEntry, readPatchEntry } from "./patchEntry.js";
import { textOf } from "./reading.js";

export interface PatchStep<One> {
  readonly entry: PatchEntry;
  readonly reading: PatchReading;
  /** Objects that the target certainly selects; empty for patches without target. */
  readonly hits: readonly One[];
  /** Whether the target may select more. */
  readonly unsure: boolean;
  /** For merge patches without target: each object with the number of those it fits. */
  readonly fits: readonly { readonly object: KubeObject; readonly count: number }[];
  /** Hits that no patch before has changed. */
  readonly untouched: readonly One[];
}

export interface PatchWalk<One> {
  readonly steps: readonly PatchStep<One>[];
  readonly complete: boolean;
  readonly gone: ReadonlySet<One>;
  readonly touched: ReadonlySet<One>;
}

const MAX_LOOKS = 3_000_000;

export function walkPatches<One extends Selectable>(
  all: readonly One[],
  entries: readonly PatchEntry[],
): PatchWalk<One> {
  const steps: PatchStep<One>[] = [];
  const gone = new Set<One>();
  const touched = new Set<One>();
  let complete = true;
  let looks = 0;
  const byKey = entries.length === 0 ? new Map<string, One[]>() : indexed(all, keyOf);
  const byName = entries.length === 0 ? new Map<string, One[]>() : indexed(all, ({ name }) => name);

  for (const entry of entries) {
    const reading = readPatchEntry(entry);
    if (!reading || looks > MAX_LOOKS) {
      complete = false;
      for (const one of all) touched.add(one);
      break;
    }
    const step = entry.target ? aimed(entry, reading) : merged(entry, reading);
    steps.push(step);
    // What a broken patch was to do to the objects nobody knows.
    if (reading.is === "neither") for (const one of all) touched.add(one);
    if ((reading.is === "operations" && touchesIdentity(reading.list)) || (reading.is === "merge" && entry.mayRename)) {
      complete = false;
      for (const one of all) touched.add(one);
      break;
    }
  }
  return { steps, complete, gone, touched };

  function aimed(entry: PatchEntry, reading: PatchReading): PatchStep<One> {
    const selector = selectorOf(entry.target);
    const name = textOf(entry.target, "name") ?? "";
    const candidates = /^[A-Za-z0-9-]+$/.test(name) && compileGo(name).is === "regex" ? (byName.get(name) ?? []) : all;
    looks += candidates.length;
    const hits: One[] = [];
    const untouched: One[] = [];
    let unsure = false;
    for (const one of candidates) {
      if (gone.has(one)) continue;
      const seen = touched.has(one) ? { ids: one.ids, labels: undefined, annotations: undefined } : one;
      const fit = selector.matches(seen);
      if (fit === undefined) unsure = true;
      if (fit === false) continue;
      if (fit) hits.push(one);
      if (fit && !touched.has(one)) untouched.push(one);
      if (reading.is === "merge" || reading.is === "operations") touched.add(one);
    }
    if (reading.is === "merge" && reading.objects.some(deletes)) for (const one of hits) gone.add(one);
    return { entry, reading, hits, unsure, fits: [], untouched };
  }

  function merged(entry: PatchEntry, reading: PatchReading): PatchStep<One> {
    const objects = reading.is === "merge" ? reading.objects : [];
    const fits = objects.map((object) => {
      const found = (byKey.get(keyOf(object.id)) ?? []).filter((one) => !gone.has(one));
      for (const one of found) {
        touched.add(one);
        if (deletes(object)) gone.add(one);
      }
      return { object, count: found.length };
    });
    return { entry, reading, hits: [], unsure: false, fits, untouched: [] };
  }
}

function indexed<One extends Selectable>(all: readonly One[], keyOfId: (id: Id) => string): Map<string, One[]> {
  const index = new Map<string, One[]>();
  for (const one of all) {
    for (const key of one.ids.length === 1 ? one.ids.map(keyOfId) : new Set(one.ids.map(keyOfId))) {
      const known = index.get(key);
      if (known) known.push(one);
      else index.set(key, [one]);
    }
  }
  return index;
}
