// Which problems broken text explains: those on top of it. The rest of the file is judged as ever, so that a half-typed
// line mutes nobody else. What a map lacks while it holds broken text is left out where schemas are applied.

import type { Problem } from "../systems/problem.js";
import type { Span } from "../text/node.js";

/** In place of a value that is filled in later nothing can be said, nor can it be written anew. */
export function withoutUnknown(problems: readonly Problem[], later: readonly Span[]): readonly Problem[] {
  if (later.length === 0) return problems;
  const isTouched = ([start, end]: Span) => later.some(([from, to]) => start < to && from < end);
  return problems
    .filter((problem) => !isExplained(problem, later))
    .map((problem) => ({
      ...problem,
      ...(problem.fixes && { fixes: problem.fixes.filter(({ edits }) => !edits.some(({ span }) => isTouched(span))) }),
    }));
}

export function isExplained({ span: [start, end] }: Problem, broken: readonly Span[]): boolean {
  return broken.some(([from, to]) => start < to && from < end);
}
