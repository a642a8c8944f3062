// Quoted words as shells, Dockerfiles and .env files read them: the letters inside the quotes, and how to write others
// there. A word of several parts in different quotes is not read, but for the shell's way to a single quote: '\''.

import type { Span } from "../text/node.js";
import type { EmbeddedValue } from "./embedding.js";
import { type Collector, collectLetters, type Letters } from "./letters.js";
import type { Quoting } from "./quoting.js";

export type WordDialect = "dotenv" | "shell" | "dockerfile";

export interface Word {
  readonly value: EmbeddedValue;
  /** Behind the closing quote, or where the text of an open one ends. */
  readonly end: number;
}

/** The word in quotes that begins at `at`; undefined when no quote stands there. An open one ends with its line. */
export function quotedWord(text: string, at: number, dialect: WordDialect): Word | undefined {
  const quote = text.charAt(at);
  if (quote !== "'" && quote !== '"') return undefined;
  const letters = collectLetters(at + 1);
  const inside = quote === "'" ? singleLetter : doubleLetter;
  let i = at + 1;
  while (i < text.length) {
    const escaped = quote === "'" && text.startsWith("'\\''", i) && dialect !== "dotenv";
    if (text.charAt(i) === quote && !escaped) return word(letters.done(), i + 1, quote, dialect);
    i = escaped ? put(letters, "'", i, i + 4) : inside(text, i, dialect, letters);
  }
  return openWord(text, at, quote, dialect);
}

/** A word without quotes, to the end of its line or to a comment behind a blank: only .env files have JSON so. */
export function bareWord(text: string, at: number): Word {
  const line = lineFrom(text, at)
    .replace(/\s#.*$/s, "")
    .trimEnd();
  const letters = collectLetters(at);
  letters.copy(text, at, at + line.length);
  return word(letters.done(), at + line.length, "", "dotenv");
}

/** A Dockerfile's word without quotes, in which a backslash keeps every letter: `{\\"a\\":1}`. One with quotes has none. */
export function escapedWord(text: string, at: number): Word | undefined {
  const written = /^(?:\\[\s\S]|[^\s\\"'])*/.exec(text.slice(at, at + 100_000))?.[0] ?? "";
  const end = at + written.length;
  if (/["']/.test(text.charAt(end))) return undefined;
  const letters = collectLetters(at);
  for (let i = at; i < end; ) {
    const joint = text.charAt(i) === "\\" ? continuation(text, i) : 0;
    if (joint > 0) i += joint;
    else if (text.charAt(i) === "\\") i = put(letters, text.charAt(i + 1), i, i + 2);
    else i = put(letters, text.charAt(i), i, i + 1);
  }
  const value = word(letters.done(), end, "", "dockerfile").value;
  const letter = (one: string) => (/[\s"'\\$]/.test(one) ? `\\${one}` : one);
  return { value: { ...value, quoting: { letter, lineBreak: "" } }, end };
}

function singleLetter(text: string, at: number, dialect: WordDialect, letters: Collector): number {
  if (dialect === "dotenv" && text.startsWith("\\'", at)) return put(letters, "'", at, at + 2);
  const joint = dialect === "dockerfile" ? continuation(text, at) : 0;
  if (joint > 0) return at + joint;
  return plainLetter(text, at, letters);
}

function doubleLetter(text: string, at: number, dialect: WordDialect, letters: Collector): number {
  if (text.charAt(at) !== "\\") return plainLetter(text, at, letters);
  const joint = dialect === "dotenv" ? 0 : continuation(text, at);
  if (joint > 0) return at + joint;
  const next = text.charAt(at + 1);
  const read = ESCAPES[dialect][next];
  return read === undefined ? plainLetter(text, at, letters) : put(letters, read, at, at + 2);
}

function plainLetter(text: string, at: number, letters: Collector): number {
  if (text.startsWith("\r\n", at)) return put(letters, "\n", at, at + 2);
  return put(letters, text.charAt(at), at, at + 1);
}

function put(letters: Collector, letter: string, start: number, end: number): number {
  letters.put(letter, start, end);
  return end;
}

/** Length of a backslash with the line break that it takes away, blanks between them (Dockerfile) included. */
function continuation(text: string, at: number): number {
  return /^\\[ \t]*\r?\n/.exec(text.slice(at, at + 40))?.[0].length ?? 0;
}

const ESCAPES: Readonly<Record<WordDialect, Readonly<Partial<Record<string, string>>>>> = {
  dotenv: { '"': '"', "\\": "\\", $: "$", n: "\n", r: "\r", t: "\t" },
  shell: { '"': '"', "\\": "\\", $: "$", "`": "`" },
  dockerfile: { '"': '"', "\\": "\\", $: "$" },
};

/** While someone types, the closing quote is missing; what follows on other lines isn't meant. */
function openWord(text: string, at: number, quote: string, dialect: WordDialect): Word {
  const line = lineFrom(text, at);
  const closed = quotedWord(`${line}${quote}`, 0, dialect);
  if (!closed) return bareWord(text, at + 1);
  const { letters } = closed.value;
  const moved = (offsets: readonly number[]) => offsets.map((one) => one + at);
  const value = {
    ...closed.value,
    letters: { ...letters, starts: moved(letters.starts), ends: moved(letters.ends), at: at + 1 },
  };
  return { value, end: at + line.length };
}

const lineFrom = (text: string, at: number): string => /^[^\r\n]*/.exec(text.slice(at))?.[0] ?? "";

function word(letters: Letters, end: number, quote: string, dialect: WordDialect): Word {
  return {
    value: {
      letters,
      quoting: quotingOf(quote, dialect, letters.text),
      later: quote === "'" ? [] : variablesIn(letters),
    },
    end,
  };
}

function quotingOf(quote: string, dialect: WordDialect, text: string): Quoting {
  const lineBreak = dialect === "dotenv" && quote !== "" && text.includes("\n") ? "\n" : " ";
  if (quote === "'") return { letter: (letter) => (letter === "'" ? "\\u0027" : letter), lineBreak };
  if (quote === "") return { letter: (letter) => BARE[letter] ?? letter, lineBreak };
  const special = dialect === "shell" ? /["\\$`]/ : /["\\$]/;
  return { letter: (letter) => (special.test(letter) ? `\\${letter}` : letter), lineBreak };
}

/** What would end a value without quotes, or be filled in, as JSON can write it otherwise. */
const BARE: Readonly<Partial<Record<string, string>>> = { "#": "\\u0023", $: "\\u0024" };

/** `$NAME`, `${NAME}`, `$(command)`, unless the dollar sign was escaped (it then takes two letters). */
export function variablesIn({ text, starts, ends }: Letters): readonly Span[] {
  return [...text.matchAll(/\$(?:\{[^}]*\}?|\([^)]*\)?|[A-Za-z_]\w*)/g)].flatMap((match): Span[] => {
    const isEscaped = (ends[match.index] ?? 0) - (starts[match.index] ?? 0) > 1;
    return isEscaped ? [] : [[match.index, match.index + match[0].length]];
  });
}
