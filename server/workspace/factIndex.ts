// What every known manifest tells the others, by path. Equal facts change nothing, so that typing in one file disturbs
// nobody else; listeners hear of real changes only. It reads no file.

import { isDeepStrictEqual } from "node:util";
import type { ManifestFacts, PluginDescription } from "../service/index.js";

export interface KnownManifest extends ManifestFacts {
  readonly system: string;
  /** The plugin that the manifest describes, when it has a name. */
  readonly plugin?: PluginDescription;
  /** What else of ours stands inside the file. */
  readonly inside?: readonly KnownManifest[];
}

export interface FactIndex {
  /** Grows by one with every real change. */
  readonly revision: number;
  /**
   * Sorted by path, with what stands inside of others; the very same list until something changes, so that what is computed from
   * it can be kept by it.
   */
  manifests(system: string): readonly KnownManifest[];
  /** All systems, sorted by path. */
  all(): readonly KnownManifest[];
  get(path: string): KnownManifest | undefined;
  /** Answers whether anything changed. */
  put(manifest: KnownManifest): boolean;
  remove(path: string): boolean;
  /** Calls `listener` with the systems whose facts changed; the answer ends it. */
  onChange(listener: (systems: ReadonlySet<string>) => void): () => void;
}

const systemsOf = (known: KnownManifest | undefined): readonly string[] =>
  known ? [known.system, ...(known.inside ?? []).map(({ system }) => system)] : [];

export function factIndex(): FactIndex {
  const known = new Map<string, KnownManifest>();
  const listeners = new Set<(systems: ReadonlySet<string>) => void>();
  let sorted: readonly KnownManifest[] | undefined;
  let bySystem = new Map<string, readonly KnownManifest[]>();
  let revision = 0;
  const all = () => {
    sorted ??= [...known.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    return sorted;
  };
  const changed = (...systems: readonly string[]): true => {
    revision++;
    sorted = undefined;
    bySystem = new Map();
    for (const listener of [...listeners]) listener(new Set(systems));
    return true;
  };
  return {
    get revision() {
      return revision;
    },
    all,
    manifests: (system) => {
      const found =
        bySystem.get(system) ??
        all()
          .flatMap((one) => (one.inside ? [one, ...one.inside] : [one]))
          .filter((one) => one.system === system);
      bySystem.set(system, found);
      return found;
    },
    get: (path) => known.get(path),
    put: (manifest) => {
      const former = known.get(manifest.path);
      if (isDeepStrictEqual(former, manifest)) return false;
      known.set(manifest.path, manifest);
      return changed(...systemsOf(former), ...systemsOf(manifest));
    },
    remove: (path) => {
      const former = known.get(path);
      if (former === undefined) return false;
      known.delete(path);
      return changed(...systemsOf(former));
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
