// What listings of folders tell of the paths in them. Rules ask for many files that aren't there: where each class of a long
// list could be, in every folder above. Each of those would be a question of the disk.

import { basename, type DirectoryEntry, dirname, type Files, smallNames } from "../service/index.js";

export interface Absences {
  /** Whether it is certain that nothing has this path. */
  has(path: string): boolean;
  /** The disk was asked for it, and has no such thing. */
  found(path: string): void;
}

/** What is asked of the disk, and the listing of a folder where one is known already. */
interface Disk extends Pick<Files, "kind" | "list"> {
  known(folder: string): readonly DirectoryEntry[] | undefined;
}

/** After so many questions in vain a folder is listed, which costs more than one of them, and less than many. */
const IN_VAIN = 8;
/** What isn't there is often asked for in folders that aren't either: `src/my_plugin/__init__.py`. */
const LEVELS = 3;
const MAX_FOLDERS = 20_000;
/** Names that a disk finds under no other letters than those, be they small or capital. */
const ORDINARY = /^\.?[\w-]+(?:\.[\w-]+)*$/;

const NOBODY: readonly DirectoryEntry[] = [];

export function absences(ask: Disk): Absences {
  const inVain = new Map<string, number>();

  function listingOf(folder: string): readonly DirectoryEntry[] | undefined {
    const known = ask.known(folder);
    if (known || (inVain.get(folder) ?? 0) < IN_VAIN) return known;
    return ask.kind(folder) === "none" ? NOBODY : ask.list(folder);
  }

  return {
    has: (path) => {
      let at = path;
      for (let level = 0; level < LEVELS; level++) {
        const folder = dirname(at);
        const entries = listingOf(folder);
        const name = basename(at);
        if (entries && ORDINARY.test(name)) return !smallNames(entries).has(name.toLowerCase());
        at = folder;
      }
      return false;
    },
    found: (at) => {
      const folder = dirname(at);
      if (inVain.size >= MAX_FOLDERS) inVain.clear();
      inVain.set(folder, (inVain.get(folder) ?? 0) + 1);
    },
  };
}
