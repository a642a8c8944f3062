// What a system shows between and behind the lines of a manifest: few, short, and each only where it is known.

import type { Span } from "../text/node.js";

/** A line of text above the place. */
export interface Lens {
  readonly span: Span;
  readonly title: string;
}

/** A word or two behind the offset. */
export interface Hint {
  readonly at: number;
  readonly text: string;
  readonly tooltip?: string;
}
