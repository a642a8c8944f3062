// What would make broken text readable, as edits: likely ways to write the place of a problem, each tried on the text itself.
// Only what leaves the parser with less to say is offered, the best first. Whoever asks has a moment: nothing here is for typing.

import { difference } from "../difference.js";
import type { Span, SyntaxProblem, Tree } from "../node.js";
import { readText } from "../readText.js";
import { yamlMends } from "./mendYaml.js";
import { jsonRewrites } from "./rewriteJson.js";
import { yamlRewrites } from "./rewriteYaml.js";

export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** One way to write a place. */
export interface Rewrite {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** There is no other reading of the text. */
  readonly isCertain?: boolean;
}

/** So many characters are read in all. */
const MOST_READ = 400_000;
const MOST_OFFERED = 3;

/** `faults` counts what else is wrong with a tree, to tell equal ways apart. */
export function rewrites(
  text: string,
  syntax: "yaml" | "json",
  problem: SyntaxProblem,
  faults: (tree: Tree) => number,
): readonly Rewrite[] {
  const before = readText(text, syntax).tree;
  const seen = new Set([text]);
  let left = MOST_READ;
  const tried = candidates(text, syntax, problem).flatMap((rewrite, order) => {
    const after = applied(text, rewrite.edits);
    if (seen.has(after) || left < text.length) return [];
    seen.add(after);
    left -= text.length;
    const { tree } = readText(after, syntax);
    return tree.problems.length < before.problems.length
      ? [{ rewrite, order, problems: tree.problems.length, faults: faults(tree) }]
      : [];
  });
  tried.sort(
    (a, b) =>
      Number(b.rewrite.isCertain === true) - Number(a.rewrite.isCertain === true) ||
      a.problems - b.problems ||
      a.faults - b.faults ||
      a.order - b.order,
  );
  const titles = new Set<string>();
  // What leaves more behind than the best way is no way that anybody means.
  return tried
    .filter(({ rewrite: { title, isCertain }, problems, faults }) => {
      const isBest =
        isCertain === tried[0]?.rewrite.isCertain &&
        problems <= (tried[0]?.problems ?? 0) &&
        faults <= (tried[0]?.faults ?? 0) + 1;
      return isBest && !titles.has(title) && titles.add(title);
    })
    .slice(0, MOST_OFFERED)
    .map(({ rewrite: { isCertain = false, ...rest } }, at) => ({ ...rest, isCertain: isCertain && at === 0 }));
}

function candidates(text: string, syntax: "yaml" | "json", problem: SyntaxProblem): readonly Rewrite[] {
  return syntax === "json" ? jsonRewrites(text, problem) : [...yamlRewrites(text, problem), ...ofLines(text, problem)];
}

/** The lines around as they may have been meant. */
function ofLines(text: string, { span: [start] }: SyntaxProblem): readonly Rewrite[] {
  const lines = text.split("\n");
  const at = text.slice(0, start).split("\n").length - 1;
  return yamlMends(lines, at).flatMap((mend) => {
    const { title, isSure = false, isGuess = false } = mend;
    if (title === undefined || (isGuess && mend.line !== at)) return [];
    const edits = [mend, ...(mend.also ?? [])].map(({ line, text: wanted }) => {
      const before = (lines[line] ?? "").trimEnd();
      const from = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
      return lineEdit(before, wanted.trimEnd(), from);
    });
    return [{ title, edits, isCertain: isSure && !isGuess }];
  });
}

/** The least edit from one line to the other. */
function lineEdit(before: string, after: string, at: number): TextEdit {
  const { start, end, newEnd } = difference(before, after);
  return { span: [at + start, at + end], newText: after.slice(start, newEnd) };
}

export function applied(text: string, edits: readonly TextEdit[]): string {
  let after = text;
  for (const { span, newText } of edits.toSorted((a, b) => b.span[0] - a.span[0]))
    after = after.slice(0, span[0]) + newText + after.slice(span[1]);
  return after;
}
