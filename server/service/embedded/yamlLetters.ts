// The letters of a YAML scalar with the places they are written at, in all five styles. What it reads is compared with
// the parser's own reading; where the two disagree there is no answer rather than a wrong place.

import type { ScalarNode } from "../text/node.js";
import { type Collector, collectLetters, type Letters } from "./letters.js";
import type { Quoting } from "./quoting.js";

export function yamlLetters(text: string, node: ScalarNode): Letters | undefined {
  const letters = collectLetters(node.style === "plain" || node.style === "block" ? node.start : node.start + 1);
  if (node.style === "block") blockLetters(text, node, letters);
  else flowLetters(text, node, letters);
  const found = letters.done();
  return found.text.trimEnd() === node.text.trimEnd() ? found : undefined;
}

/** How a text is written into the scalar. `wrap` goes first, for readers behind YAML. */
export function yamlQuoting(
  text: string,
  node: ScalarNode,
  eol: string,
  wrap = (letter: string): string => letter,
): Quoting {
  const letter = (one: string) => [...wrap(one)].map(LETTERS[node.style]).join("");
  if (node.style !== "block") return { letter, lineBreak: " ", ...(node.style === "plain" && { isPlain: true }) };
  const indent = blockLines(text, node)?.indent ?? "";
  return { letter, lineBreak: `${eol}${indent}` };
}

const LETTERS: Readonly<Record<ScalarNode["style"], (letter: string) => string>> = {
  plain: (letter) => letter,
  block: (letter) => letter,
  single: (letter) => (letter === "'" ? "''" : letter),
  double: (letter) => (letter === '"' || letter === "\\" ? `\\${letter}` : letter === "\t" ? "\\t" : letter),
};

function flowLetters(text: string, { start, end, style }: ScalarNode, letters: Collector): void {
  const quote = style === "single" ? "'" : style === "double" ? '"' : "";
  const isClosed = quote !== "" && end - start > 1 && text.charAt(end - 1) === quote;
  const last = isClosed ? end - 1 : end;
  let at = start + (quote === "" ? 0 : 1);
  while (at < last) {
    const fold = /\s/.test(text.charAt(at)) ? found(FOLD, text, at) : "";
    const escaped = style === "double" && text.charAt(at) === "\\" ? found(ESCAPE, text, at) : "";
    if (fold !== "") {
      const breaks = (fold.match(/\n/g) ?? []).length;
      letters.put(breaks === 1 ? " " : "\n".repeat(breaks - 1), at, at + fold.length);
      at += fold.length;
    } else if (escaped !== "") {
      letters.put(letterOf(escaped), at, at + escaped.length);
      at += escaped.length;
    } else if (quote === "'" && text.startsWith("''", at)) {
      letters.put("'", at, at + 2);
      at += 2;
    } else {
      letters.copy(text, at, at + 1);
      at++;
    }
  }
}

/** Line breaks of a scalar without indentation of its own, with the blanks around them. */
const FOLD = /[ \t]*(?:\r?\n[ \t]*)+/y;
const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ \t]*\r?\n[ \t]*|[^\r\n])/y;

/** What the pattern matches right at `at`, "" for nothing. */
function found(pattern: RegExp, text: string, at: number): string {
  const sticky = new RegExp(pattern);
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? "";
}

function letterOf(written: string): string {
  const rest = written.slice(1);
  if (/^[ \t]*\r?\n/.test(rest)) return "";
  const code = /^[xuU]([0-9a-fA-F]+)$/.exec(rest)?.[1];
  if (code !== undefined) {
    const point = Number.parseInt(code, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : "";
  }
  return NAMED[rest] ?? rest;
}

const NAMED: Readonly<Partial<Record<string, string>>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};

interface BlockLines {
  readonly indent: string;
  /** Content of each line, indentation left out. */
  readonly lines: readonly { readonly start: number; readonly end: number }[];
  readonly isFolded: boolean;
}

function blockLines(text: string, { start, end }: ScalarNode): BlockLines | undefined {
  const header = /^[|>][^\n]*\n/.exec(text.slice(start, end));
  if (!header) return undefined;
  const body = text.slice(start + header[0].length, end);
  const indent = /^(?:[ \t]*\r?\n)*([ ]+)\S/.exec(body)?.[1] ?? "";
  if (/^[|>][-+]?[1-9]/.test(header[0])) return undefined;
  const lines: { start: number; end: number }[] = [];
  let at = start + header[0].length;
  for (const line of body.split("\n")) {
    const content = line.replace(/\r$/, "");
    const skipped = Math.min(indent.length, /^ */.exec(content)?.[0].length ?? 0);
    lines.push({ start: at + skipped, end: at + content.length });
    at += line.length + 1;
  }
  return { indent, lines, isFolded: header[0].startsWith(">") };
}

function blockLetters(text: string, node: ScalarNode, letters: Collector): void {
  const block = blockLines(text, node);
  if (!block) return;
  const filled = block.lines.map((line, i) => ({ ...line, i })).filter((line) => line.end > line.start);
  for (const [n, line] of filled.entries()) {
    const before = filled[n - 1];
    if (before) {
      const breaks = line.i - before.i;
      const isKept = !block.isFolded || /[ \t]/.test(text.charAt(before.start) + text.charAt(line.start));
      letters.put(isKept ? "\n".repeat(breaks) : breaks === 1 ? " " : "\n".repeat(breaks - 1), before.end, line.start);
    }
    letters.copy(text, line.start, line.end);
  }
}
