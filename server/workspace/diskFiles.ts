// The service's `Files` over the real disk: synchronous, cached for moments, with the texts of open editors on top.
// It watches nothing; `invalidate` tells it of a change at once, and what nobody told is seen when an answer has aged.

import fs from "node:fs";
import { posix } from "node:path";
import {
  basename,
  type DirectoryEntry,
  dirname,
  type FileKind,
  type Files,
  type Parsed,
  remember,
} from "../service/index.js";
import { absences } from "./absences.js";
import { decoded } from "./decoded.js";

export interface DiskFiles extends Files {
  /** What an open editor has, asked for its text when someone reads it; undefined once it is closed. */
  setOverlay(path: string, editor: Overlay | undefined): void;
  overlay(path: string): Overlay | undefined;
  /** Whoever walks read that folder just now; what isn't there is asked of the disk no more. */
  listed(path: string, entries: readonly fs.Dirent[]): void;
  /** Something was created, changed or deleted there. */
  invalidate(path: string): void;
}

export interface Overlay {
  getText(): string;
  /** The same parsed, by whoever has it open. */
  parsed?(): Parsed;
}

export interface DiskOptions {
  /** Milliseconds for which an answer holds. Files that nobody watches (outside the workspace) change too. */
  readonly maxAge?: number;
  readonly now?: () => number;
  /** Hears of each path whose content somebody asks for. */
  readonly onRead?: (path: string) => void;
}

const { join } = posix;

const MAX_TEXT = 8 * 1024 * 1024;
const MAX_BYTES = 128 * 1024 * 1024;
/** Characters of kept texts; beyond it all are forgotten, which costs one more reading each. */
const MAX_KEPT = 32 * 1024 * 1024;

export function diskFiles({ maxAge = 1000, now = Date.now, onRead }: DiskOptions = {}): DiskFiles {
  const overlays = new Map<string, Overlay>();
  const texts = keptTexts();
  const listings = aged(maxAge, now, listing);
  const absent = absences({ kind: (path) => looks.get(path).kind, list: listings.get, known: listings.known });
  const looks = aged(maxAge, now, (path) => {
    const found = look(path);
    if (found.kind === "none") absent.found(path);
    return found;
  });
  const lookAt = (path: string): Look => looks.known(path) ?? (absent.has(path) ? NOTHING : looks.get(path));
  /** What a listing that is known anyhow tells of a path. */
  const listedKind = (path: string): DirectoryEntry["kind"] | undefined => {
    const entries = listings.known(dirname(path));
    return entries && kindsOf(entries).get(basename(path));
  };
  const targets = aged(maxAge, now, (path): string | undefined => {
    const kind = listedKind(path);
    // What is no link lies where its folder lies.
    const folder = kind === "file" || kind === "directory" ? targets.get(dirname(path)) : undefined;
    return folder === undefined ? target(path) : join(folder, basename(path));
  });
  return {
    kind: (path) => (overlays.has(path) ? "file" : lookAt(path).kind),
    read: (path) => {
      onRead?.(path);
      return overlays.get(path)?.getText() ?? texts.get(path, lookAt(path));
    },
    bytes: (path) => {
      onRead?.(path);
      const overlay = overlays.get(path);
      if (overlay !== undefined) return new TextEncoder().encode(overlay.getText());
      const { kind, size } = lookAt(path);
      return kind === "file" && size <= MAX_BYTES ? attempt(() => fs.readFileSync(path)) : undefined;
    },
    list: (path) => listings.get(path),
    stat: (path) => {
      const { kind, size, modified } = lookAt(path);
      return kind === "file" || kind === "directory" ? { size, modified } : undefined;
    },
    real: (path) => targets.get(path),
    setOverlay: (path, editor) => void (editor ? overlays.set(path, editor) : overlays.delete(path)),
    overlay: (path) => overlays.get(path),
    listed: (path, entries) => listings.set(path, sorted(entries)),
    invalidate: (path) => {
      // A folder can take any number of answers along; all are cheap to ask again.
      for (const cache of [looks, listings, targets]) cache.clear();
      texts.forget(path);
    },
  };
}

interface Look {
  readonly kind: FileKind;
  readonly size: number;
  readonly modified: number;
}

const NOTHING: Look = { kind: "none", size: 0, modified: 0 };

function look(path: string): Look {
  try {
    // Most look-ups are for what isn't there; making an error for each would cost more than asking.
    const stat = fs.statSync(path, { throwIfNoEntry: false });
    if (!stat) return NOTHING;
    const kind = stat.isFile() ? "file" : stat.isDirectory() ? "directory" : "unknown";
    return { kind, size: stat.size, modified: stat.mtimeMs };
  } catch (error) {
    return { kind: isAbsence(error) ? "none" : "unknown", size: 0, modified: 0 };
  }
}

/** ELOOP and names that no disk can hold: nothing can ever be there. EACCES and the like: nobody knows. */
const ABSENT = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"]);

const isAbsence = (error: unknown): boolean => error instanceof Error && "code" in error && ABSENT.has(`${error.code}`);

function listing(path: string): readonly DirectoryEntry[] | undefined {
  const entries = attempt(() => fs.readdirSync(path, { withFileTypes: true }));
  return entries && sorted(entries);
}

const kindsOf = remember(
  (entries: readonly DirectoryEntry[]) => new Map(entries.map(({ name, kind }) => [name, kind] as const)),
);

const sorted = (entries: readonly fs.Dirent[]): readonly DirectoryEntry[] =>
  entries
    .map((entry): DirectoryEntry => ({ name: entry.name, kind: kindOf(entry) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

function kindOf(entry: fs.Dirent): DirectoryEntry["kind"] {
  if (entry.isSymbolicLink()) return "link";
  if (entry.isDirectory()) return "directory";
  return entry.isFile() ? "file" : "other";
}

/** One question of the system instead of one for each folder above; that of Windows changes letters and drives besides. */
const realPath = process.platform === "win32" ? fs.realpathSync : fs.realpathSync.native;
const target = (path: string): string | undefined => attempt(() => slashed(realPath(path)));

/** A path of this machine with the separators that the service uses. */
export const slashed = (path: string): string => (process.platform === "win32" ? path.replace(/\\/g, "/") : path);

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Answers of `ask` by path, each kept for `maxAge`. */
function aged<T>(maxAge: number, now: () => number, ask: (path: string) => T) {
  const kept = new Map<string, { readonly answer: T; readonly until: number }>();
  const fresh = (path: string) => {
    const found = kept.get(path);
    // The clock isn't asked where there is no end.
    return found && (found.until === Number.POSITIVE_INFINITY || found.until > now()) ? found : undefined;
  };
  const set = (path: string, answer: T) => {
    if (kept.size > 20_000) kept.clear();
    kept.set(path, { answer, until: now() + maxAge });
  };
  return {
    /** Undefined where nothing is kept. */
    known: (path: string): T | undefined => fresh(path)?.answer,
    get: (path: string): T => {
      const found = fresh(path);
      if (found) return found.answer;
      const answer = ask(path);
      set(path, answer);
      return answer;
    },
    set,
    clear: () => kept.clear(),
  };
}

/** Texts are read again only when size or time of the file differ. */
function keptTexts() {
  const kept = new Map<string, { readonly text: string; readonly look: Look }>();
  let characters = 0;
  return {
    get: (path: string, look: Look): string | undefined => {
      if (look.kind !== "file" || look.size > MAX_TEXT) return undefined;
      const found = kept.get(path);
      if (found && found.look.size === look.size && found.look.modified === look.modified) return found.text;
      const text = attempt(() => decoded(fs.readFileSync(path)));
      if (text === undefined) return undefined;
      characters += text.length;
      if (characters > MAX_KEPT) {
        kept.clear();
        characters = text.length;
      }
      kept.set(path, { text, look });
      return text;
    },
    forget: (path: string) => void kept.delete(path),
  };
}
