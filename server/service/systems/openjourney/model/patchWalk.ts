// Patches in their order over the objects they see: what each hits, what is gone or changed afterwards. Stops where the
// identity of objects can no longer be known.

import { append, grouped } from "../../../text/grouped.js";
import type { MapNode, Span } from "../../../text/node.js";
import type { Value } from "../../../text/reading.js";
import { remember } from "../../../text/remember.js";
import { applyOperations } from "./applied.js";
import { type Id, keyOf, type Selectable, selectorOf } from "./identity.js";
import { type Lists, mergePatch, wrongStrategy } from "./merge.js";
import type { KubeObject, LateFlaw } from "./objects.js";
import { deletes, type PatchReading } from "./patch.js";
import { type PatchEntry, type ReadPatch, readPatchEntry } from "./patchEntry.js";
import { identityBehind, mayRename } from "./renaming.js";
import { afterMerge } from "./spared.js";

export interface PatchStep<One> extends ReadPatch {
  /** Objects that the target certainly selects; empty for patches without target. */
  readonly hits: readonly One[];
  /** Whether the target may select more. */
  readonly unsure: boolean;
  /** For merge patches without target: each object with the number of those it fits. */
  readonly fits: readonly { readonly object: KubeObject; readonly count: number }[];
  /** The first object that the patch can't be applied to. */
  readonly failure: PatchFailure<One> | undefined;
}

export interface FailedStep<One> extends PatchStep<One> {
  readonly failure: PatchFailure<One>;
}

export interface PatchFailure<One> {
  readonly object: One;
  readonly why: string;
  /** The operation, or the place in a merge patch. */
  readonly at: MapNode | Span | undefined;
}

/** What patches are applied to: an object with its content, as far as that is known. */
export interface Patchable extends Selectable {
  readonly content: Value | undefined;
  /** The same but for some places, where the whole isn't known. */
  readonly blurred: (() => Value | undefined) | undefined;
  readonly late: readonly LateFlaw[];
}

export interface PatchWalk<One> {
  readonly steps: readonly PatchStep<One>[];
  readonly failed: readonly FailedStep<One>[];
  readonly complete: boolean;
  readonly gone: ReadonlySet<One>;
  readonly touched: ReadonlySet<One>;
  /** Objects whose identity can't be told any more. */
  readonly lost: ReadonlySet<One>;
  /** The names of an object after all patches. */
  idsOf(object: One): readonly Id[];
  /** The last patch that gave an object another identity. */
  readonly renamedBy: ReadonlyMap<One, PatchEntry>;
  /** The content of an object after all patches. */
  contentOf(object: One): Value | undefined;
  /** What is known of it, places apart, where the whole isn't. */
  blurredOf(object: One): Value | undefined;
  /** What the output would stumble over after all patches. */
  lateOf(object: One): readonly LateFlaw[];
}

const MAX_LOOKS = 3_000_000;
/** Patches that are followed into the content of objects; beyond that it counts as unknown. */
const MAX_APPLIED = 100_000;

/** `isAtOnce`: nothing happens between the patches of different fields. */
export function walkPatches<One extends Patchable>(
  all: readonly One[],
  entries: readonly PatchEntry[],
  lists: (object: One) => Lists,
  { isAtOnce }: { readonly isAtOnce: boolean },
): PatchWalk<One> {
  const steps: PatchStep<One>[] = [];
  const failed: FailedStep<One>[] = [];
  const gone = new Set<One>();
  const touched = new Set<One>();
  const lost = new Set<One>();
  const names = new Map<One, readonly Id[]>();
  const renamedBy = new Map<One, PatchEntry>();
  const idsOf = (one: One): readonly Id[] => names.get(one) ?? one.ids;
  let complete = true;
  let looks = 0;
  let applied = 0;
  const contents = new Map<One, Value | undefined>();
  const contentOf = (one: One): Value | undefined => (contents.has(one) ? contents.get(one) : one.content);
  const blurs = new Map<One, Value | undefined>();
  const blurredOf = (one: One): Value | undefined => (blurs.has(one) ? blurs.get(one) : one.blurred?.());
  const forget = (one: One): undefined => {
    touched.add(one);
    blurs.set(one, undefined);
    contents.set(one, undefined);
    return undefined;
  };
  const lates = new Map<One, readonly LateFlaw[]>();
  const lateOf = (one: One): readonly LateFlaw[] => lates.get(one) ?? one.late;
  const forgetAll = (): void => {
    for (const one of all) {
      forget(one);
      lost.add(one);
      lates.set(one, []);
    }
  };
  const byKey = entries.length === 0 ? new Map<string, One[]>() : indexed(all, keyOf);
  const byName = entries.length === 0 ? new Map<string, One[]>() : indexed(all, ({ name }) => name);

  for (let at = 0; at < entries.length; at++) {
    const entry = entries[at];
    if (!entry) continue;
    const patch = readPatchEntry(entry);
    if (!patch || looks > MAX_LOOKS) {
      complete = false;
      forgetAll();
      break;
    }
    const step = entry.target ? aimed(patch) : merged(patch);
    steps.push(step);
    const { failure } = step;
    if (failure) failed.push({ ...step, failure });
    // What a broken patch was to do to the objects nobody knows.
    if (patch.reading.is === "neither") for (const one of all) forget(one);
    if (lost.size > 0) {
      complete = false;
      if (at < entries.length - 1) forgetAll();
      else for (const one of all) forget(one);
      break;
    }
  }
  return { steps, failed, complete, gone, touched, lost, idsOf, renamedBy, contentOf, blurredOf, lateOf };

  function aimed(patch: ReadPatch): PatchStep<One> {
    const { entry, reading } = patch;
    if (all.length === 0) return missed(patch);
    const selector = selectorOf(entry.target);
    const candidates = selector.only === undefined ? all : (byName.get(selector.only) ?? []);
    looks += candidates.length;
    if (candidates.length === 0) return missed(patch);
    const hits: One[] = [];
    let failure: PatchFailure<One> | undefined;
    let unsure = false;
    for (const one of candidates) {
      if (gone.has(one)) continue;
      const seen = touched.has(one) ? { ids: idsOf(one), labels: undefined, annotations: undefined } : one;
      const fit = selector.matches(seen);
      if (fit === undefined) unsure = true;
      if (fit === false) continue;
      if (fit) hits.push(one);
      if (reading.is !== "merge" && reading.is !== "operations") continue;
      touched.add(one);
      if (reading.is === "merge")
        for (const { node } of reading.objects) lates.set(one, afterMerge(lateOf(one), node, lists(one)));
      const found = fit ? apply(one, entry, reading) : forget(one);
      if (found) failure ??= found;
      if (mayRename(entry, reading)) rename(one, fit ? entry : undefined, reading);
    }
    if (reading.is === "merge" && reading.objects.some(deletes)) for (const one of hits) gone.add(one);
    return { entry, reading, hits, unsure, fits: [], failure };
  }

  function merged({ entry, reading }: ReadPatch): PatchStep<One> {
    const objects = reading.is === "merge" ? reading.objects : [];
    let failure: PatchFailure<One> | undefined;
    const fits = objects.map((object) => {
      const found = (byKey.get(keyOf(object.id)) ?? []).filter((one) => !gone.has(one));
      for (const one of found) {
        touched.add(one);
        lates.set(one, afterMerge(lateOf(one), object.node, lists(one)));
        if (deletes(object)) gone.add(one);
        const wrong = found.length === 1 ? applyMerge(one, object.node) : forget(one);
        if (wrong) failure ??= wrong;
        if (mayRename(entry, reading)) rename(one, found.length === 1 ? entry : undefined, reading);
      }
      return { object, count: found.length };
    });
    return { entry, reading, hits: [], unsure: false, fits, failure };
  }

  /** Gives an object the identity that a patch writes; without the patch it is lost. */
  function rename(one: One, entry: PatchEntry | undefined, reading: PatchReading): void {
    const id = idsOf(one).at(-1);
    const next = id && entry && identityBehind(id, entry, reading);
    if (!next) {
      lost.add(one);
      return;
    }
    if (reading.is === "merge") forget(one);
    names.set(one, [...idsOf(one), next]);
    renamedBy.set(one, entry);
    if (!byKey.get(keyOf(next))?.includes(one)) append(byKey, keyOf(next), one);
    if (!byName.get(next.name)?.includes(one)) append(byName, next.name, one);
  }

  function apply(one: One, entry: PatchEntry, reading: PatchReading): PatchFailure<One> | undefined {
    if (reading.is === "merge" && reading.objects[0]) return applyMerge(one, reading.objects[0].node);
    // Between the other patches and those of the old field may stand names, labels and annotations.
    if (reading.is !== "operations" || (entry.field !== "patches" && !isAtOnce)) return forget(one);
    const whole = contentOf(one);
    const content = whole ?? blurredOf(one);
    if (content === undefined || applied++ > MAX_APPLIED) return forget(one);
    const done = applyOperations(content, reading.list);
    (whole === undefined ? blurs : contents).set(one, done.content);
    return done.failure && { object: one, ...done.failure };
  }

  function applyMerge(one: One, patch: MapNode): PatchFailure<One> | undefined {
    const strategy = wrongStrategy(patch);
    if (strategy) return { object: one, why: strategy.why, at: strategy.span };
    const content = contentOf(one);
    if (content === undefined || applied++ > MAX_APPLIED) return forget(one);
    const done = mergePatch(content, patch, lists(one));
    contents.set(one, done.is === "merged" ? done.content : undefined);
    return done.is === "fails" ? { object: one, why: done.why, at: done.span } : undefined;
  }
}

/** A patch whose target no object can have: where a file lists remote resources, most are. */
const missed = remember(
  (patch: ReadPatch): PatchStep<never> => ({ ...patch, hits: [], unsure: false, fits: [], failure: undefined }),
);

const indexed = <One extends Selectable>(all: readonly One[], keyOfId: (id: Id) => string): Map<string, One[]> =>
  grouped(all, ({ ids }) => (ids.length === 1 ? ids.map(keyOfId) : new Set(ids.map(keyOfId))));
