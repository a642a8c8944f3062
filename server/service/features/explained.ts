// Which problems broken text explains: those on top of it. The rest of the file is judged as ever, so that a half-typed
// line mutes nobody else. What a map lacks while it holds broken text is left out where schemas are applied.

import type { Problem } from "../systems/problem.js";
import type { Span } from "../text/node.js";
import type { Snapshot } from "../text/snapshot.js";
import type { Stretches } from "../text/splice.js";

/** In place of a value that is filled in later nothing can be said, nor can it be written anew. */
export function withoutUnknown(problems: readonly Problem[], later: readonly Span[]): readonly Problem[] {
  if (later.length === 0) return problems;
  return problems.filter((problem) => !isExplained(problem, later)).map((problem) => withoutFixesIn(problem, later));
}

/** Without the fixes that would write into one of these places. */
export function withoutFixesIn(problem: Problem, places: readonly Span[]): Problem {
  if (!problem.fixes || places.length === 0) return problem;
  const isTouched = ([start, end]: Span) => places.some(([from, to]) => start < to && from < end);
  return {
    ...problem,
    fixes: problem.fixes.filter(({ edits }) => !edits.some(({ span, outer }) => !outer && isTouched(span))),
  };
}

/**
 * What a syntax problem throws doubt on. At the beginning of a line, where the indentation went wrong (a tab, a key out of its
 * column), it is the whole line: whose field that is nobody knows.
 */
export function doubtful(text: Snapshot, [start, end]: Span): Span {
  const [lineStart] = lineAround(text, start);
  if (text.slice(lineStart, end).trim() !== "" || end <= lineStart) return [start, end];
  return [start, Math.max(end, lineAround(text, end)[1])];
}

function lineAround(text: Snapshot, offset: number): Span {
  const { start, end } = text.getLineRange(text.positionAt(offset).line);
  return [text.offsetAt(start), text.offsetAt(end)];
}

export function isExplained({ span: [start, end] }: Problem, broken: readonly Span[]): boolean {
  return broken.some(([from, to]) => start < to && from < end);
}

/** Lines below each other that are indented by tabs are one mistake. */
export function tabsTogether(syntax: readonly Problem[], written: Stretches): readonly Problem[] {
  return syntax.filter(({ message, span }, at) => {
    const before = syntax[at - 1];
    if (before?.message !== message || !message.includes("tabs")) return true;
    const text = written.getText();
    const between = text.slice(text.lastIndexOf("\n", before.span[0]) + 1, text.lastIndexOf("\n", span[0]) + 1);
    return !/^(?:(?: *\t[^\n]*|[ \t\r]*)\n)*$/.test(between);
  });
}

/** What an alias without an anchor stands for nobody knows. */
export function aliasesOnce(problems: readonly Problem[]): readonly Problem[] {
  const unknown = problems.filter(({ code }) => code.endsWith("/unknown-alias"));
  if (unknown.length === 0) return problems;
  const isThere = ({ span }: Problem) => unknown.some((one) => one.span[0] === span[0] && one.span[1] === span[1]);
  return problems.filter((problem) => unknown.includes(problem) || !isThere(problem));
}

/** A template without quotes is told where it stands, not once more at its key as a value of a wrong type. */
export function templatesOnce(problems: readonly Problem[], text: Stretches): readonly Problem[] {
  const templates = problems.map(({ span }) => span).filter((span) => /^\{\{.*\}\}$/.test(text.slice(...span)));
  const isKeyOf = ([, end]: Span, [start]: Span) => end < start && /^["']?[ \t]*:[ \t]+$/.test(text.slice(end, start));
  return problems.filter(({ span }) => !templates.some((template) => isKeyOf(span, template)));
}
