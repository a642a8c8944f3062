// What rules may ask about the world outside the text. Every answer can be "unknown", and unknown never is a problem.

import { remember } from "../text/remember.js";
import type { Manifest } from "./system.js";

export type FileKind = "file" | "directory" | "none" | "unknown";

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: "file" | "directory" | "link" | "other";
}

/** The names of a listing in small letters, since a disk may find a name under other letters; made once for all who ask. */
export const smallNames = remember(
  (entries: readonly DirectoryEntry[]): ReadonlySet<string> => new Set(entries.map(({ name }) => name.toLowerCase())),
);

/** A cached, synchronous look at files. Paths are absolute, with "/" separators. */
export interface Files {
  /** "unknown" where nothing can be said: no disk behind the document, no permission. Links are followed. */
  kind(path: string): FileKind;
  /** Text of a file of ordinary size; undefined when absent, unreadable or too large. Open editors win over the disk. */
  read(path: string): string | undefined;
  /** Raw bytes, for archives such as wheels; undefined as with `read`. */
  bytes(path: string): Uint8Array | undefined;
  /** Sorted by name; undefined when the folder can't be listed. */
  list(path: string): readonly DirectoryEntry[] | undefined;
  /** Size in bytes and time of change in milliseconds since 1970. */
  stat(path: string): { readonly size: number; readonly modified: number } | undefined;
  /** Those that these are but for some texts. */
  readonly under?: Files;
  /** Where links lead; the path itself when it is no link, undefined when nothing is there. */
  real(path: string): string | undefined;
}

export const NO_FILES: Files = {
  kind: () => "unknown",
  read: () => undefined,
  bytes: () => undefined,
  list: () => undefined,
  stat: () => undefined,
  real: () => undefined,
};

/** What one connected host said it has loaded, and when (milliseconds since 1970). */
export interface HostSnapshot {
  readonly name: string;
  readonly system: string;
  readonly at: number;
  readonly plugins: readonly HostPlugin[];
}

export interface HostPlugin {
  readonly name: string;
  readonly state: string;
  readonly base?: string;
  readonly version?: string;
  /** It came with the host itself. */
  readonly builtIn?: boolean;
  /** Those of its menus there, each once: Iconify's `set:name`. */
  readonly icons?: readonly string[];
}

/** What a git remote said of its branches and tags when somebody asked it (milliseconds since 1970). */
export interface RemoteRefs {
  /** The address as the manifest writes it. */
  readonly repository: string;
  readonly at: number;
  /** The default branch. */
  readonly head?: string;
  /** Short names: "main", "v1.0.0". */
  readonly branches: readonly string[];
  readonly tags: readonly string[];
}

/** One recognised manifest of the workspace with what its system says about it; see `System.facts`. */
export interface ManifestFacts<Facts = unknown> {
  readonly path: string;
  readonly document: string;
  readonly facts: Facts;
}

export interface Workspace {
  readonly files: Files;
  /** Roots of the open workspace folders. */
  readonly roots: readonly string[];
  /** Facts of every known document of a system, the asking one included, sorted by path; a file can hold several. */
  manifests(system: string): readonly ManifestFacts[];
  /** A manifest of the workspace, read anew if need be; undefined when there is none at this path. */
  open(path: string): Manifest | undefined;
  /** Every document of ours in a file: the file itself if it is one, and those that stand inside it. */
  documents(path: string): readonly Manifest[];
  readonly hosts: readonly HostSnapshot[];
  /** Nothing changes while it is held: what is found in it can be kept by it. */
  readonly isStill?: true;
  /** Remotes that were asked in the last minutes; nobody asks one unless the user wants it. */
  readonly remotes?: readonly RemoteRefs[];
}

export const NO_WORKSPACE: Workspace = {
  files: NO_FILES,
  roots: [],
  manifests: () => [],
  open: () => undefined,
  documents: () => [],
  hosts: [],
};

/** Every known document of a system, read anew if need be. */
export function documentsIn(workspace: Workspace, system: string): readonly Manifest[] {
  const paths = new Set(workspace.manifests(system).map(({ path }) => path));
  return [...paths].flatMap((path) => workspace.documents(path)).filter((one) => one.system.id === system);
}

/** Whether two stand for the same document of the same file. */
export const isSameDocument = (one: Manifest, other: Manifest): boolean =>
  one.parsed.path === other.parsed.path && one.parsed.embedding?.span[0] === other.parsed.embedding?.span[0];
