// Which problems broken text explains: those on top of it. The rest of the file is judged as ever, so that a half-typed
// line mutes nobody else. What a map lacks while it holds broken text is left out where schemas are applied.

import type { Problem } from "../systems/problem.js";
import type { Span } from "../text/node.js";

export function isExplained({ span: [start, end] }: Problem, broken: readonly Span[]): boolean {
  return broken.some(([from, to]) => start < to && from < end);
}
