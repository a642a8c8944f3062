// One line of the completion list before it becomes an LSP item: what is inserted where, and how it ranks.

import type { MissingSign } from "../../text/caret/caret.js";
import type { Span } from "../../text/node.js";

export interface Offer {
  readonly label: string;
  readonly kind: "field" | "value" | "enum" | "snippet" | "file" | "folder" | "reference";
  /** Text in LSP snippet syntax. */
  readonly insert: string;
  readonly replace: Span;
  readonly detail?: string;
  /** Shown faintly behind the label, for offers whose label alone doesn't tell them apart. */
  readonly aside?: string;
  readonly documentation?: string;
  /** Rank within the list; lower comes first. */
  readonly rank: number;
  readonly deprecated?: boolean;
  /** A sign set before, at a place of its own. */
  readonly missing?: MissingSign;
  /** More can be completed right behind, for instance in a folder. */
  readonly continues?: boolean;
}
