// What a broken text would be without its mistakes: one line after the other is written as it was probably meant, until the
// parser has nothing more to say. Each mended line is one mistake, and what followed from it is gone. Offsets stay as they
// are, so a mended line may lack a letter: nothing can be said about it, and nothing is ever written from it.

import type { Span, SyntaxProblem, Tree } from "../node.js";
import { readText } from "../readText.js";
import { withoutForeign } from "./foreign.js";
import { jsonMends } from "./mendJson.js";
import { outdented, TABS, yamlMends } from "./mendYaml.js";

export interface Mended {
  readonly text: string;
  /** The tree of the mended text, with one problem for each mended line and those that stayed. */
  readonly tree: Tree;
  /** The mended lines. */
  readonly lines: readonly Span[];
}

/** One line as it may have been meant. */
export interface Mend {
  readonly line: number;
  readonly text: string;
  /** Other lines that go along. */
  readonly also?: readonly Pick<Mend, "line" | "text">[];
  /** What is told at the line; without it the parser's own problem is. */
  readonly message?: string;
  /** What a fix that writes the line so is called; without it none does. */
  readonly title?: string;
  /** Whether a fix is one of several that may be meant. */
  readonly isGuess?: boolean;
  /** Whether it is told even where the parser has its own words for the line. */
  readonly isSure?: boolean;
}

const MOST_MENDS = 8;
/** A longer text isn't mended. */
export const LONGEST_MENDED = 12_000;
/** Each try reads the text anew: so many characters are read in all. */
const MOST_READ = 100_000;

/**
 * Undefined for what has no mistakes, or none that is understood. Where several ways silence the parser equally, the one is
 * taken whose tree has the fewest `faults`.
 */
export function mended(
  text: string,
  syntax: "yaml" | "json",
  first: Tree,
  faults: (tree: Tree) => number,
): Mended | undefined {
  const [problem, more] = first.problems;
  if (!problem || text.length > LONGEST_MENDED) return undefined;
  // Nothing follows from a mistake at the end, where most are being typed.
  const isAbove = problem.message.includes("belongs to the value above");
  // A whole item that has lost its list was there before the line above it that did so.
  const isItem = /^- [\w.-]+: \S/.test(text.slice(problem.span[0])) && /[ \n]/.test(text[problem.span[0] - 1] ?? "");
  if (!more && !isAbove && !isItem && !text.slice(problem.span[0]).trimEnd().includes("\n")) return undefined;
  let current = { text, tree: first };
  let tries = Math.floor(MOST_READ / text.length);
  const told: SyntaxProblem[] = [];
  const lines: Span[] = [];
  for (const without of syntax === "yaml" ? [withoutForeign, withoutTabs] : []) {
    const next = without(current);
    if (!next) continue;
    told.push(...next.told);
    lines.push(...next.lines);
    current = next;
    tries--;
  }
  for (let round = 0; round < MOST_MENDS && current.tree.problems.length > 0; round++) {
    const step = mendOne(current.text, syntax, current.tree, faults, tries);
    if (!step) break;
    tries -= step.tries;
    told.push(step.problem);
    lines.push(...step.spans);
    current = step;
  }
  if (lines.length === 0) return undefined;
  // A line that took two mends is one mistake.
  const seen = new Set<number>();
  const once = told.filter(({ span: [at] }) => {
    const start = text.lastIndexOf("\n", at - 1);
    return !seen.has(start) && seen.add(start).has(start);
  });
  const isMended = ({ span: [at] }: SyntaxProblem) => lines.some(([start, end]) => start <= at && at <= end);
  const others = current.tree.problems.filter((one) => !isMended(one));
  const problems = [...once, ...others].sort((a, b) => a.span[0] - b.span[0]);
  return { text: current.text, tree: { ...current.tree, problems }, lines };
}

interface Spaced {
  readonly text: string;
  readonly tree: Tree;
  readonly told: readonly SyntaxProblem[];
  readonly lines: readonly Span[];
}

/** Blocks that are indented by tabs throughout nest as well with a space for each tab; undefined where they don't. */
function withoutTabs({ text, tree }: { readonly text: string; readonly tree: Tree }): Spaced | undefined {
  const told: SyntaxProblem[] = [];
  const lines: Span[] = [];
  const changed = text.replace(/^ *\t[ \t]*(?=[^\s])([^\r\n]*)/gm, (line, rest: string, at: number) => {
    const blank = line.length - rest.length;
    told.push({ span: [at, at + blank], message: TABS });
    lines.push([at, at + line.length]);
    return " ".repeat(blank) + rest;
  });
  if (lines.length < 2 || !tree.problems.some(({ message }) => message === TABS)) return undefined;
  const after = readText(changed, "yaml").tree;
  const isIn = ({ span }: SyntaxProblem) => lines.some(([start, end]) => start <= span[0] && span[0] <= end);
  return after.problems.some(isIn) ? undefined : { text: changed, tree: after, told, lines };
}

interface Step {
  readonly text: string;
  readonly tree: Tree;
  readonly problem: SyntaxProblem;
  /** The mended lines. */
  readonly spans: readonly Span[];
  /** How often the text was read anew. */
  readonly tries: number;
}

/** The line whose change silences the parser most; of equal ones the first. */
function mendOne(
  text: string,
  syntax: "yaml" | "json",
  { problems }: Tree,
  faults: (tree: Tree) => number,
  most: number,
): Step | undefined {
  const problem = problems.find(
    ({ message }) => syntax === "json" || STRUCTURE.test(message) || BELOW_VALUE.test(message),
  );
  if (!problem) return undefined;
  const lines = text.split("\n");
  const at = lineOf(text, problem.span[0]);
  let best: (Omit<Step, "tries"> & { readonly faults: number }) | undefined;
  let tries = 0;
  const mends = BELOW_VALUE.test(problem.message) ? outdented : syntax === "yaml" ? yamlMends : jsonMends;
  for (const mend of mends(lines, at)) {
    const line = lines[mend.line] ?? "";
    const written = fitted(syntax === "json" ? narrowed(mend.text, line.trimEnd().length) : mend.text, line);
    if (written === undefined || written === line) continue;
    if (tries >= most) break;
    tries++;
    const also = (mend.also ?? []).map((one) => ({ ...one, former: lines[one.line] ?? "" }));
    const room = also.map(({ line, text, former }) => ({ line, text: fitted(text, former) ?? former }));
    const all = [{ line: mend.line, text: written }, ...room];
    const changed = withLines(lines, all);
    const { tree } = readText(changed, syntax);
    const left = tree.problems.length;
    const least = (best?.tree.problems ?? problems).length;
    if (left > least || (left === least && !best)) continue;
    // A line that has grown lacks a letter here, which isn't its fault.
    const isWhole = written.replace(/\s/g, "") === mend.text.replace(/\s/g, "");
    if (!isWhole) tries++;
    const whole = isWhole ? tree : readText(withLines(lines, [mend, ...(mend.also ?? [])]), syntax).tree;
    const count = faults(whole) + (mend.text === "" ? 2 : mend.line === at ? 0 : 1);
    if (best && left === least && count >= best.faults) continue;
    const span = spanOfLine(lines, mend.line);
    const isOwn = mend.message === undefined || (mend.line === at && !mend.isSure);
    const told = isOwn ? problem : { span: shown(span, line, mend.text), message: mend.message ?? problem.message };
    const spans = all.map((one) => spanOfLine(lines, one.line));
    best = { text: changed, tree, spans, problem: told, faults: count };
    if (left === 0 && count === 0) break;
  }
  return best && { ...best, tries };
}

function withLines(lines: readonly string[], changed: readonly Pick<Mend, "line" | "text">[]): string {
  const all = [...lines];
  for (const { line, text } of changed) all[line] = text;
  return all.join("\n");
}

/** Problems of YAML that others follow from; the others are told where they are. */
const STRUCTURE = /align it|tabs can.t stand|no value|indent|can't begin on the line|block scalars|second ": "/;
/** The value is complete, so that none of the lines around can be a part of it: only where it stands is to be asked. */
const BELOW_VALUE = /stands below a value/;

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split("\n").length - 1;

function spanOfLine(lines: readonly string[], index: number): Span {
  const start = lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
  return [start, start + (lines[index]?.length ?? 0)];
}

/** The line without its indentation, and without dashes that it keeps. */
function shown([start]: Span, line: string, wanted: string): Span {
  const [dashes = ""] = /^\s*(?:- +)+/.exec(line) ?? [];
  const isKept = dashes !== "" && wanted.startsWith(dashes);
  const before = isKept ? dashes.length : line.length - line.trimStart().length;
  return [start + before, start + line.trimEnd().length];
}

/** JSON without as many of its blanks as make it fit: first those before it, then those behind a colon or a comma. */
function narrowed(wanted: string, room: number): string {
  let text = wanted.trimEnd();
  while (text.length > room && text.startsWith(" ")) text = text.slice(1);
  while (text.length > room && /[:,{[] /.test(text)) text = text.replace(/([:,{[]) /, "$1");
  return text;
}

/** `wanted` in exactly the room of `line`: with blanks behind it, or without some letters of its value or key. */
function fitted(wanted: string, line: string): string | undefined {
  const end = line.endsWith("\r") ? "\r" : "";
  const room = line.length - end.length;
  const excess = wanted.length - room;
  if (excess <= 0) return wanted.padEnd(room) + end;
  const value = /\w{2,}$/.exec(wanted)?.[0] ?? "";
  if (value.length > excess) return wanted.slice(0, -excess) + end;
  const word = new RegExp(`\\w{${excess + 1},}`).exec(wanted);
  return word ? wanted.slice(0, word.index + 1) + wanted.slice(word.index + 1 + excess) + end : undefined;
}
