// Which problems broken text explains: those on top of it. The rest of the file is judged as ever, so that a half-typed
// line mutes nobody else. What a map lacks while it holds broken text is left out where schemas are applied.

import type { Problem } from "../systems/problem.js";
import type { Rule } from "../systems/system.js";
import type { Span, SyntaxProblem } from "../text/node.js";
import { remember } from "../text/remember.js";
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
 * What a syntax problem throws doubt on, at least a letter. At the beginning of a line, where the indentation went wrong (a tab,
 * a key out of its column), it is the whole line: whose field that is nobody knows.
 */
export function doubtful(text: Snapshot, { span: [start, end], message }: SyntaxProblem): Span {
  const [lineStart] = lineAround(text, start);
  // What broke off was being written; what a value is followed by belongs to it.
  if (start === end) return [Math.max(lineStart, start - 1), end];
  if (message.startsWith("this stands behind a value"))
    return [lineStart + text.slice(lineStart, start).trimEnd().length - 1, end];
  if (text.slice(lineStart, end).trim() !== "" || end <= lineStart) return [start, end];
  return [start, Math.max(end, lineAround(text, end)[1])];
}

function lineAround(text: Snapshot, offset: number): Span {
  const { start, end } = text.getLineRange(text.positionAt(offset).line);
  return [text.offsetAt(start), text.offsetAt(end)];
}

export function isExplained({ span: [start, end] }: Problem, broken: readonly Span[]): boolean {
  return broken.some(([from, to]) => start < to && from < Math.max(end, start + 1));
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
export function aliasesOnce(problems: readonly Problem[], text: Stretches): readonly Problem[] {
  const unknown = problems.filter(
    ({ code, span }) =>
      code.endsWith("/unknown-alias") || (code.endsWith("/yaml-syntax") && text.slice(span[0], span[0] + 1) === "*"),
  );
  if (unknown.length === 0) return problems;
  const isThere = ({ span }: Problem) => unknown.some((one) => one.span[0] === span[0] && one.span[1] === span[1]);
  return problems.filter((problem) => unknown.includes(problem) || !isThere(problem));
}

/** Of two rules that speak of one place only the one that knows more. */
export function withoutOutdone(problems: readonly Problem[], rules: readonly Rule[]): readonly Problem[] {
  const outdoing = outdoingOf(rules);
  const outdone = problems.flatMap(({ code, span }) => {
    const others = outdoing.find((rule) => rule.code === code)?.outdoes;
    return others ? [{ others, span }] : [];
  });
  if (outdone.length === 0) return problems;
  return problems.filter(
    ({ code, span: [start, end] }) =>
      !outdone.some(({ others, span }) => others.includes(code) && span[0] === start && span[1] === end),
  );
}

const outdoingOf = remember((rules: readonly Rule[]) => rules.filter(({ outdoes }) => outdoes));

/** A template without quotes and an unknown tag are told as what they are, not as a value of a wrong type as well. */
export function wrongTypesOnce(problems: readonly Problem[], text: Stretches): readonly Problem[] {
  const isType = ({ code }: Problem) => code.endsWith("/wrong-type");
  const isTag = ({ code }: Problem) => code.endsWith("/custom-tag");
  const told = problems.filter((one) => !isType(one) && (isTag(one) || /^\{\{.*\}\}$/.test(text.slice(...one.span))));
  if (told.length === 0) return problems;
  const isNear = (end: number, start: number) => end < start && start - end < 100;
  const isKeyOf = ([, end]: Span, [start]: Span) =>
    isNear(end, start) && /^["']?[ \t]*:[ \t]+$/.test(text.slice(end, start));
  const isThere = ([start]: Span, [from, to]: Span) =>
    start === from || (isNear(to, start) && text.slice(to, start).trim() === "");
  return problems.filter(
    (one) =>
      told.includes(one) ||
      !told.some(
        (other) => isKeyOf(one.span, other.span) || ((isType(one) || isTag(other)) && isThere(one.span, other.span)),
      ),
  );
}

/** A key that stands twice in a map that should be none: a list that lost its dashes. */
export function keysOfWrongMapsLeftOut(problems: readonly Problem[]): readonly Problem[] {
  const isKey = ({ code }: Problem) => code.endsWith("/duplicate-key");
  if (!problems.some(isKey)) return problems;
  const wrong = problems.filter(({ code }) => code.endsWith("/wrong-type")).map(({ span }) => span);
  const isWithin = ([start, end]: Span) => wrong.some(([from, to]) => from <= start && end <= to);
  return problems.filter((one) => !isKey(one) || !isWithin(one.span));
}
