// What a check finds: where, by which rule, in which words, and the edits that would mend it.

import type { Span } from "../text/node.js";

export type Severity = "error" | "warning" | "information" | "hint";

export interface Problem {
  /** `<system>/<what-is-wrong>`; stable, each has a row in a rule table and a documentation page. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly related?: readonly Related[];
  readonly tags?: readonly ("deprecated" | "unnecessary")[];
  readonly fixes?: readonly Fix[];
}

export interface Related {
  readonly message: string;
  /** In another file when `path` is given, else in the same document. */
  readonly path?: string;
  readonly span: Span;
}

/** One way to mend a problem. `safe` ones are certain and idempotent, and are applied by fix-all. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextChange[];
  /** Files to make, move or remove; such fixes are only offered to editors that can do it. */
  readonly files?: readonly FileChange[];
  readonly safe?: boolean;
}

/** Paths are absolute. A file is never overwritten. */
export type FileChange =
  | { readonly create: string; readonly text: string }
  | { readonly rename: string; readonly to: string }
  | { readonly remove: string };

export interface TextChange {
  /** Absolute path of another file, as it is on disk or in its editor; absent for the file at hand. */
  readonly path?: string;
  /** For a document inside another file: the span and the text are the outer file's, not those of the value. */
  readonly outer?: true;
  readonly span: Span;
  readonly newText: string;
}
