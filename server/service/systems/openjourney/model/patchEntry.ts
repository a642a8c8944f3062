// The patches of a kustomization in one shape, from all three fields, with the text behind each: inline or in a file.

import type { MapNode, Node, ScalarNode, Span } from "../../../text/node.js";
import type { Parsed } from "../../../text/parsed.js";
import { remember } from "../../../text/remember.js";
import type { Files } from "../../facts.js";
import { isRemoteFile } from "./address.js";
import type { World } from "./build.js";
import { spanInside } from "./inline.js";
import { type Kustomization, parsedFile } from "./kustomization.js";
import { type PatchReading, patchIn, readPatch } from "./patch.js";
import { placeOf } from "./place.js";
import { boolOf, fieldOf, mapOf, mapsOf, pairOf, scalarOf, spotIn, spotOf, stringOf, stringsOf } from "./reading.js";

export interface PatchEntry {
  readonly field: "patches" | "patchesStrategicMerge" | "patchesJson6902";
  readonly node: Node;
  readonly target: MapNode | undefined;
  /** What a merge may change of the identity of what it patches. */
  readonly renames: { readonly name: boolean; readonly kind: boolean };
  /** Where to point at for the patch as a whole. */
  readonly spot: { readonly start: number; readonly end: number };
  readonly source: PatchSource;
}

export type PatchSource =
  | {
      readonly is: "inline";
      readonly scalar: ScalarNode;
      readonly text: string;
      readonly around: Parsed;
      readonly seen: Map<string, PatchReading>;
    }
  | { readonly is: "file"; readonly path: string; readonly parsed: Parsed }
  /** A file that can't be read from here, or no valid shape: said by other rules. */
  | { readonly is: "unknown" };

export function patchEntriesOf(kustomization: Kustomization, world: World): readonly PatchEntry[] {
  const known = ENTRIES.get(kustomization);
  if (known) return known;
  const { root } = kustomization;
  const seen = seenIn(world.files);
  const sources = new Map<string, PatchSource>();
  const entries = [
    stringsOf(root, "patchesStrategicMerge").map(({ node, text }) => fromString(node, text)),
    mapsOf(root, "patches").map((node) => fromMap(node, "patches")),
    mapsOf(root, "patchesJson6902").map((node) => fromMap(node, "patchesJson6902")),
  ].flat();
  ENTRIES.set(kustomization, entries);
  return entries;

  function fromMap(node: MapNode, field: PatchEntry["field"]): PatchEntry {
    const shape = shapeOf(node);
    const source = sourceOf(shape);
    const before = KEPT.get(node);
    // One whose file is the same is the same, with all that was made of it.
    if (before?.field === field && isSame(before.source, source)) return before;
    const { target, renames, spot } = shape;
    const entry: PatchEntry = { field, node, target, renames, spot, source };
    KEPT.set(node, entry);
    return entry;
  }

  function sourceOf({ path, patch, patchNode }: Shape): PatchSource {
    if (path !== "" && patch.trim() !== "") return { is: "unknown" };
    return path === "" ? inlineSource(patchNode, patch) : fileSource(path);
  }

  function inlineSource(node: Node | undefined, text: string): PatchSource {
    const scalar = scalarOf(node);
    return scalar && text.trim() !== ""
      ? { is: "inline", scalar, text, around: kustomization.parsed, seen }
      : { is: "unknown" };
  }

  function fileSource(text: string): PatchSource {
    const before = sources.get(text);
    if (before) return before;
    const source = readSource(text);
    sources.set(text, source);
    return source;
  }

  function readSource(text: string): PatchSource {
    if (isRemoteFile(text)) return { is: "unknown" };
    const from = { folder: kustomization.folder, files: world.files, settings: world.settings, visited: [] };
    const place = placeOf(text, "file", from);
    const parsed = place.is === "file" ? parsedFile(place.path, world.files) : undefined;
    return place.is === "file" && parsed ? { is: "file", path: place.path, parsed } : { is: "unknown" };
  }

  function fromString(node: Node, text: string): PatchEntry {
    const inline = readPatch(text);
    const source = inline.is === "merge" || text.includes("\n") ? inlineSource(node, text) : fileSource(text);
    const renames = { name: false, kind: false };
    return { field: "patchesStrategicMerge", node, target: undefined, renames, spot: spotIn(node), source };
  }
}

const ENTRIES = new WeakMap<Kustomization, readonly PatchEntry[]>();
const KEPT = new WeakMap<MapNode, PatchEntry>();

const isSame = (one: PatchSource, other: PatchSource): boolean =>
  one.is === "file" && other.is === "file" && one.parsed === other.parsed && one.path === other.path;

/** What an item says of its patch, whatever stands in files. */
interface Shape extends Pick<PatchEntry, "target" | "renames" | "spot"> {
  readonly path: string;
  readonly patch: string;
  readonly patchNode: Node | undefined;
}

const shapeOf = remember((node: MapNode): Shape => {
  const path = pairOf(node, "path");
  const patch = pairOf(node, "patch");
  const options = fieldOf(node, "options");
  return {
    target: mapOf(fieldOf(node, "target")),
    renames: { name: boolOf(options, "allowNameChange"), kind: boolOf(options, "allowKindChange") },
    spot: path ? spotOf(path) : patch ? spotOf(patch) : spotIn(node),
    path: stringOf(path?.value) ?? "",
    patch: stringOf(patch?.value) ?? "",
    patchNode: patch?.value,
  };
});

/** An entry with what kustomize makes of its text. */
export interface ReadPatch<Reading extends PatchReading = PatchReading> {
  readonly entry: PatchEntry;
  readonly reading: Reading;
}

/** Undefined where the text isn't at hand. The same for as long as the entry stays. */
export const readPatchEntry = remember((entry: PatchEntry): ReadPatch | undefined => {
  const { source } = entry;
  if (source.is === "unknown") return undefined;
  const reading = source.is === "file" ? patchIn(source.parsed) : inlinePatch(source.text, source.seen);
  return { entry, reading };
});

/** Inline texts stay the same from one version of a manifest to the next, so their readings are kept by text. */
function inlinePatch(text: string, seen: Map<string, PatchReading>): PatchReading {
  const known = seen.get(text);
  if (known) return known;
  const reading = readPatch(text);
  if (seen.size > MAX_SEEN) seen.clear();
  seen.set(text, reading);
  return reading;
}

const MAX_SEEN = 20_000;
const seenIn = remember((_: Files) => new Map<string, PatchReading>());

/** A span of the patch's own text as a span of the manifest; the entry's spot where the text is in another file. */
export function spanIn(entry: PatchEntry, inner: Span): Span {
  const { source, spot } = entry;
  if (source.is !== "inline") return [spot.start, spot.end];
  return spanInside(source.scalar, source.around.text, inner) ?? [spot.start, spot.end];
}
