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
  readonly safe?: boolean;
}

export interface TextChange {
  readonly span: Span;
  readonly newText: string;
}
