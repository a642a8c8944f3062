// Where a manifest names things, and which of these places are the definition: the one source for definition, references,
// highlights, rename and workspace symbols.

import type { Span } from "../text/node.js";

export interface Mention {
  /** What is named, for people: "plugin", "class", "file", "object". Two mentions are of one thing when `kind` and `name` agree. */
  readonly kind: string;
  /** The thing's identity within its system; for files the absolute path. */
  readonly name: string;
  /** The named text, without quotes. */
  readonly span: Span;
  readonly role: "definition" | "reference";
  /** Where the thing is when no manifest defines it: a file, and the place in it. */
  readonly target?: { readonly path: string; readonly span?: Span };
  /** The text to write here when the thing is called `newName`; absent where a rename can't be certain. */
  readonly rename?: (newName: string) => string;
  /** Why it can't be renamed, however it shall be called: one clause with the next step; undefined when it can. */
  readonly fixed?: () => string | undefined;
  /** The same for one new name. */
  readonly refuses?: (newName: string) => string | undefined;
  /** All files around it that may name it, also such as are no manifests but used by some. */
  readonly alsoIn?: () => readonly string[];
  /** Files in which a rename to that name may change what is named: it is refused unless all of it is what it was before. */
  readonly checkedIn?: (newName: string) => readonly string[];
  /** What is read at `span`, where escapes write it otherwise. */
  readonly shown?: string;
  /** The part of `span` that a rename writes anew, where the text says more than the name. */
  readonly named?: Span;
  /** Where files that are no manifests name the thing, for a rename; or why that can't be told: one clause with the next step. */
  readonly elsewhere?: (newName: string) => readonly Elsewhere[] | { readonly refused: string };
  /**
   * What is to be written here once the file `name`, or the plugin's folder, has moved to `path` and the manifest's folder
   * is `folder`; undefined: nothing new. Absent: files are written relative to the manifest's folder.
   */
  readonly moved?: (path: string, folder: string) => string | undefined;
  /** Whether a path can stand here, where not every one can. */
  readonly takes?: (path: string) => boolean;
  /** The folder that the text names, where it stands for something in it: renaming here renames that folder. */
  readonly folder?: string;
  /** The thing bears another text here, which stays when the thing is renamed. */
  readonly isCalledOtherwise?: true;
}

/** A place in a file that names the thing by its name alone. */
export interface Elsewhere {
  readonly path: string;
  readonly text: string;
  readonly span: Span;
}
