// Problems that were found before an edit, at the places where the same text stands after it. What the edit touched itself
// is kept only as a whole: an offer to change it would no longer be right.

import type { Fix, Problem } from "../systems/problem.js";
import type { Change } from "../text/difference.js";
import type { Span } from "../text/node.js";

/** Undefined when the edit reaches over an end of what the problem marks. */
export function movedProblem(problem: Problem, change: Change): Problem | undefined {
  const span = stretched(problem.span, change);
  if (!span) return undefined;
  const { related, fixes, ...rest } = problem;
  return {
    ...rest,
    span,
    ...(related && {
      related: related.flatMap((one) => {
        const to = one.path === undefined ? stretched(one.span, change) : one.span;
        return to ? [{ ...one, span: to }] : [];
      }),
    }),
    ...(fixes && { fixes: fixes.flatMap((fix) => movedFix(fix, change) ?? []) }),
  };
}

function movedFix(fix: Fix, change: Change): Fix | undefined {
  const edits = fix.edits.map((edit) => {
    const span = edit.path === undefined ? moved(edit.span, change) : edit.span;
    return span && { ...edit, span };
  });
  return edits.every((edit) => edit !== undefined) ? { ...fix, edits } : undefined;
}

/** A span beside the edit. */
function moved([start, end]: Span, change: Change): Span | undefined {
  if (end <= change.start) return [start, end];
  const shift = change.newEnd - change.end;
  return start >= change.end ? [start + shift, end + shift] : undefined;
}

/** A span beside the edit or around it. */
function stretched(span: Span, change: Change): Span | undefined {
  const [start, end] = span;
  const isAround = start <= change.start && change.end <= end;
  return moved(span, change) ?? (isAround ? [start, end + change.newEnd - change.end] : undefined);
}
