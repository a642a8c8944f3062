// What no Python reads, as far as brackets, quotes, colons and indentation show it for certain. Where the text could be of a newer
// Python than is known here, nothing is said.

import type { LogicalLine } from "./lines.js";
import { type Token, tokens } from "./tokens.js";

export interface PythonSyntaxError {
  /** One clause: `"(" is never closed`. */
  readonly why: string;
  /** Offset of the place in its file. */
  readonly start: number;
}

export function syntaxErrorIn(source: string, lines: readonly LogicalLine[]): PythonSyntaxError | undefined {
  // An f-string may hold quotes of its own kind since Python 3.12, and then its end isn't known.
  const all = [...tokens(source)];
  if (all.some((token) => isSplitFormat(source, token))) return undefined;
  return brackets(source, all) ?? colons(lines) ?? indents(source, lines);
}

function isSplitFormat(source: string, { kind, at, to }: Token): boolean {
  if (
    kind !== "string" ||
    !/(?<![\p{L}\p{N}_])(?:[fFtT][rR]?|[rR][fFtT])$/u.test(source.slice(Math.max(0, at - 3), at))
  )
    return false;
  const braces = source.slice(at, to).replace(/\{\{|\}\}/g, "");
  return braces.split("{").length !== braces.split("}").length;
}

const PARTNER: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
/** Words that begin a statement and stand in no expression. */
const STATEMENT =
  /^(class|def|import|return|raise|try|while|pass|break|continue|del|global|nonlocal|assert)(?=[\s:(]|$)/;

function brackets(source: string, all: readonly Token[]): PythonSyntaxError | undefined {
  const open: { readonly char: string; readonly at: number }[] = [];
  for (const { kind, at, to } of all) {
    const char = source.charAt(at);
    const last = open.at(-1);
    if (kind === "string" && !isEnded(source.slice(at, to)))
      return { why: `the text ${quoteOf(source, at)} is never ended`, start: at };
    if (kind !== "char") continue;
    if ("([{".includes(char)) open.push({ char, at });
    else if (PARTNER[char] !== undefined) {
      if (last?.char !== PARTNER[char])
        return { why: last ? `"${char}" stands where "${last.char}" is open` : `"${char}" closes nothing`, start: at };
      open.pop();
    } else if (last && isLineStart(source, at) && STATEMENT.test(source.slice(at, at + 10)))
      return { why: `"${last.char}" is never closed`, start: last.at };
  }
  const [first] = open;
  return first && { why: `"${first.char}" is never closed`, start: first.at };
}

const quoteOf = (source: string, at: number): string => /^("""|'''|"|')/.exec(source.slice(at, at + 3))?.[0] ?? "";

const isEnded = (text: string): boolean => {
  const quote = quoteOf(text, 0);
  return text.length >= 2 * quote.length && text.endsWith(quote);
};

const isLineStart = (source: string, at: number): boolean =>
  source.slice(source.lastIndexOf("\n", at - 1) + 1, at).trim() === "";

const HEAD = /^(?:async\s+)?(class|def|if|elif|else|for|while|try|except|finally|with)(?![\p{L}\p{N}_])/u;

function colons(lines: readonly LogicalLine[]): PythonSyntaxError | undefined {
  for (const { text, start } of lines) {
    const [, word] = HEAD.exec(text) ?? [];
    if (word !== undefined && !hasColon(text)) return { why: `"${word}" lacks its colon`, start };
  }
  return undefined;
}

/** One outside of brackets. */
function hasColon(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if ("([{".includes(char)) depth++;
    else if (PARTNER[char] !== undefined) depth--;
    else if (char === ":" && depth === 0 && text[at + 1] !== "=") return true;
  }
  return false;
}

function indents(source: string, lines: readonly LogicalLine[]): PythonSyntaxError | undefined {
  // How wide a tab is beside blanks is for Python to judge.
  if (source.includes("\f") || (/^\t/m.test(source) && /^ /m.test(source))) return undefined;
  const levels = [0];
  for (const [index, { indent, start }] of lines.entries()) {
    const before = lines[index - 1];
    const opens = before?.text.endsWith(":") === true;
    const level = levels.at(-1) ?? 0;
    if (opens && indent <= level) return { why: "nothing is indented below it", start: before.start };
    if (indent > level) {
      if (!opens) return { why: "the line is indented below nothing", start };
      levels.push(indent);
    }
    while (indent < (levels.at(-1) ?? 0)) levels.pop();
    if (indent !== levels.at(-1)) return { why: "the line is indented like none above it", start };
  }
  const last = lines.at(-1);
  return last?.text.endsWith(":") ? { why: "nothing is indented below it", start: last.start } : undefined;
}
