// A text that is read in parts: each item of its long lists by itself, so that an edit costs the reading of one item however
// long the file is. What comes of it is exactly the tree of the whole text; where that can't be promised, nothing comes.
// A reading is used once: reading on from it moves its nodes to where they stand in the new text.

import type { Change } from "./difference.js";
import type { SyntaxProblem, Tree } from "./node.js";
import type { Origin } from "./placed.js";
import type { Stretches } from "./splice.js";

export interface Reading {
  readonly tree: Tree;
  /** The tree of the text after a change; undefined where the whole has to be read again. Ends this reading. */
  after?(text: Stretches, change: Change): Reading | undefined;
}

/** A problem that moves with the part in which it is; `from` and `to` count from its origin. */
export interface PlacedProblem {
  readonly origin: Origin;
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

export const problemsNow = (problems: readonly PlacedProblem[]): SyntaxProblem[] =>
  problems.map(({ origin, from, to, message }) => ({ span: [origin.at + from, origin.at + to], message }));

/** The last of `count` ascending starts that is not after `offset`; -1 when all are. */
export function lastAt(count: number, startOf: (index: number) => number, offset: number): number {
  let [low, high] = [-1, count];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (startOf(middle) <= offset) low = middle;
    else high = middle;
  }
  return low;
}
