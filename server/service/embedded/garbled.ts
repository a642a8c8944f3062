// Values that stand in their file without the quotes they need: what the author means can be read, but no host gets it. Each
// is given with what its reader makes of it, and with the edits that put the quotes right.

import type { Span } from "../text/node.js";
import type { Garbled } from "../text/parsed.js";
import type { EmbeddedValue } from "./embedding.js";
import { collectLetters } from "./letters.js";
import type { Quoting } from "./quoting.js";

/** The value as it is written from `start` to `end`, which its reader takes for something else. */
export const garbledValue = (text: string, span: Span, garbled: Garbled): EmbeddedValue => ({
  ...valueAsWritten(text, span),
  garbled,
});

/** The value as it is written from `start` to `end`, without any quoting. */
export function valueAsWritten(text: string, [start, end]: Span): EmbeddedValue {
  const letters = collectLetters(start);
  let at = start;
  for (const match of text.slice(start, end).matchAll(/\\[ \t]*\r?\n|\r\n/g)) {
    const found = start + match.index;
    letters.copy(text, at, found);
    at = found + match[0].length;
    letters.put(match[0].startsWith("\\") ? " " : "\n", found, at);
  }
  letters.copy(text, at, end);
  return { letters: letters.done(), quoting: AS_IT_IS, later: [] };
}

const AS_IT_IS: Quoting = { letter: (letter) => letter, lineBreak: " " };

/** Longer values are no mistake of quoting that anybody has to be told. */
const LONGEST = 100_000;

/** Where the JSON object that begins at `at` ends; undefined where none does, or it never ends. */
export function objectEnd(text: string, at: number): number | undefined {
  if (text.charAt(at) !== "{") return undefined;
  let depth = 0;
  let isText = false;
  for (let i = at; i < Math.min(text.length, at + LONGEST); i++) {
    const letter = text.charAt(i);
    if (letter === "\\") i++;
    else if (letter === '"') isText = !isText;
    else if (isText && letter === "\n") return undefined;
    else if (!isText && (letter === "{" || letter === "[")) depth++;
    else if (!isText && (letter === "}" || letter === "]") && --depth === 0) return i + 1;
  }
  return undefined;
}

/** Single quotes around `start` to `end`; those inside, which JSON has in texts alone, as `inner` writes them. */
export function singleQuoted(text: string, [start, end]: Span, inner: string): Garbled["edits"] {
  return [
    { span: [start, start], newText: "'" },
    ...singleQuotesIn(text, [start, end], inner),
    { span: [end, end], newText: "'" },
  ];
}

/** Those inside alone. */
export function singleQuotesIn(text: string, [start, end]: Span, inner: string): Garbled["edits"] {
  return [...text.slice(start, end).matchAll(/'/g)].map(({ index }) => ({
    span: [start + index, start + index + 1],
    newText: inner,
  }));
}

/** `"{"a": 1}"` with the opening quote at `at`: the quote before `a` ends the text already. */
export function brokenInDouble(text: string, at: number, inner: string): EmbeddedValue | undefined {
  if (text.charAt(at) !== '"') return undefined;
  const start = at + 1 + (/^[ \t]*/.exec(text.slice(at + 1, at + 40))?.[0].length ?? 0);
  const end = objectEnd(text, start);
  if (end === undefined || text.charAt(end) !== '"' || !/^\{\s*"/.test(text.slice(start, start + 80))) return undefined;
  return garbledValue(text, [start, end], {
    said: "the next double quote in it ends the text already",
    isRefused: false,
    next: "put the value in single quotes",
    edits: [
      { span: [at, at + 1], newText: "'" },
      ...singleQuotesIn(text, [start, end], inner),
      { span: [end, end + 1], newText: "'" },
    ],
  });
}
