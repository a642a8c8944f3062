// What a system shows between and behind the lines of a manifest: few, short, and each only where it is known.

import type { Span } from "../text/node.js";

/** What each of them is about, by which users switch them. */
export const LENS_KINDS = ["hosts", "dependencies", "defaultNames"] as const;
export const HINT_KINDS = ["order", "entry", "paths"] as const;

/** A line of text above the place. */
export interface Lens {
  readonly kind: (typeof LENS_KINDS)[number];
  readonly span: Span;
  readonly title: string;
}

/** A word or two behind the offset. */
export interface Hint {
  readonly kind: (typeof HINT_KINDS)[number];
  readonly at: number;
  readonly text: string;
  readonly tooltip?: string;
}
