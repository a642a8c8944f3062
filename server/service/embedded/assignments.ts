// Variables set in lines: .env files, shell scripts and Dockerfiles. Each finder gives the values of one variable.

import type { Span } from "../text/node.js";
import { withDefault } from "./defaults.js";
import type { EmbeddedValue } from "./embedding.js";
import { brokenInDouble, garbledValue, objectEnd, singleQuoted, valueAsWritten } from "./garbled.js";
import { partOfLetters } from "./letters.js";
import { bareWord, escapedWord, quotedWord, variablesIn, type Word } from "./words.js";

/** `NAME='…'`, `NAME="…"`, `NAME=…`, with or without `export`. */
export function dotEnvValues(text: string, name: string): readonly EmbeddedValue[] {
  const found: EmbeddedValue[] = [];
  const line = /^[ \t]*(?:(?:export|declare -x|set -x)[ \t]+)?([A-Za-z_][\w.]*)[ \t]*[=:][ \t]*/gm;
  for (let match = line.exec(text); match; match = line.exec(text)) {
    const at = match.index + match[0].length;
    const word = quotedWord(text, at, "dotenv") ?? bareWord(text, at);
    const isOurs = match[1] === name;
    const value = isOurs
      ? (brokenInDouble(text, at, INNER) ?? onLines(text, at, word) ?? filled(text, at, word))
      : word.value;
    if (isOurs) found.push(value);
    // Lines inside a quoted value of another variable are no assignments.
    const end = value.garbled ? (value.letters.ends.at(-1) ?? word.end) : word.end;
    if (end > line.lastIndex) line.lastIndex = end;
  }
  return found;
}

/** Single quotes keep a dollar sign. */
const filled = (text: string, at: number, { value }: Word): EmbeddedValue =>
  text.charAt(at) === "'" ? value : withDefault(value, variablesIn);

/** How JSON writes a single quote that would end its text. */
const INNER = "\\u0027";

/** An object without quotes on several lines: the reader takes its first line. */
function onLines(text: string, at: number, { end }: Word): EmbeddedValue | undefined {
  const last = objectEnd(text, at);
  if (last === undefined || last <= end || !text.slice(end, last).includes("\n")) return undefined;
  return garbledValue(text, [at, last], {
    said: "a value without quotes ends with its line",
    isRefused: false,
    next: "put it in single quotes, or on one line",
    edits: singleQuoted(text, [at, last], INNER),
  });
}

/**
 * `NAME='…'` and `NAME="…"` wherever a word begins: behind `export`, before a command, behind `-e`; and the whole as one word,
 * `-e 'NAME=…'`. What stands there without quotes is told only where it surely is an assignment: in a here document it isn't.
 */
export function shellValues(text: string, name: string): readonly EmbeddedValue[] {
  const set = new RegExp(`(?<=^|[\\s;&|(])(["']?)${name}=`, "gm");
  return [...text.matchAll(set)].flatMap((match): readonly EmbeddedValue[] => {
    const before = text.slice(text.lastIndexOf("\n", match.index - 1) + 1, match.index);
    if (/(^|\s)#/.test(before)) return [];
    const at = match.index + match[0].length;
    if (match[1]) return wholeWord(text, match.index, name);
    const word = ended(text, quotedWord(text, at, "shell"));
    if (word && !isOpening(word)) return [word.value];
    const broken = brokenInDouble(text, at, INNER);
    if (broken) return [broken];
    const end = SURE.test(before) ? objectEnd(text, at) : undefined;
    if (end !== undefined) return [unquoted(text, [at, end], "the shell")];
    const plain = word?.value ?? (SURE.test(before) ? plainWord(text, at) : undefined);
    return plain ? [plain] : [];
  });
}

const SURE = /(^|[\s;&|(])(export|declare -x|typeset -x|-e|--env)[ \t]+$/;

function wholeWord(text: string, at: number, name: string): readonly EmbeddedValue[] {
  const word = ended(text, quotedWord(text, at, "shell"));
  if (!word) return [];
  const { letters, quoting, later } = word.value;
  const skip = name.length + 1;
  const inner = later.map(([start, end]): [number, number] => [start - skip, end - skip]);
  return [{ letters: partOfLetters(letters, [skip, letters.text.length]), quoting, later: inner }];
}

/** `"{"` and nothing more: the quote of the first key has ended the word. */
const isOpening = ({ value }: Word): boolean => /^\s*\{\s*$/.test(value.letters.text);

function unquoted(text: string, span: Span, reader: string): EmbeddedValue {
  return garbledValue(text, span, {
    said: `${reader} takes the quotes out of a value that stands in none`,
    isRefused: false,
    next: "put it in single quotes",
    edits: singleQuoted(text, span, INNER),
  });
}

/** `ENV NAME='…' OTHER=…` and the old `ENV NAME '…'`. Outside of quotes a Dockerfile takes those of JSON away. */
export function dockerfileValues(text: string, name: string): readonly EmbeddedValue[] {
  if (/^#\s*escape\s*=\s*`/im.test(text.slice(0, 400))) return [];
  return [...text.matchAll(/^[ \t]*ENV[ \t]+/gim)].flatMap((match) => {
    const start = match.index + match[0].length;
    const old = new RegExp(`^${name}[ \\t]+(?=[^\\s=])`).exec(text.slice(start, start + 400));
    if (old) return dockerfileValue(text, start + old[0].length) ?? [];
    return pairs(text, start, name);
  });
}

function pairs(text: string, start: number, name: string): readonly EmbeddedValue[] {
  const found: EmbeddedValue[] = [];
  const key = /(?:[ \t]|\\[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*)*([A-Za-z_]\w*)=/y;
  key.lastIndex = start;
  for (let match = key.exec(text); match; match = key.exec(text)) {
    const at = key.lastIndex;
    const word = quotedWord(text, at, "dockerfile");
    if (match[1] === name) {
      const value = dockerfileValue(text, at);
      if (value) found.push(value);
      const end = value?.garbled && value.letters.ends.at(-1);
      if (end !== undefined) {
        key.lastIndex = end + (text.charAt(end) === '"' ? 1 : 0);
        continue;
      }
    }
    key.lastIndex = word
      ? word.end
      : at + (/^(?:\\[\s\S]|[^\s\\])*/.exec(text.slice(at, at + 100_000))?.[0].length ?? 0);
  }
  return found;
}

function dockerfileValue(text: string, at: number): EmbeddedValue | undefined {
  const word = ended(text, quotedWord(text, at, "dockerfile"));
  if (word && !isOpening(word)) return filled(text, at, word);
  const sign = /^\$\{[A-Za-z_]\w*:?-/.exec(text.slice(at, at + 200))?.[0];
  const inside = sign === undefined ? undefined : quotedWord(text, at + sign.length, "dockerfile");
  if (inside && text.charAt(inside.end) === "}" && !isOpening(inside)) return inside.value;
  const escaped = /^\{\s*\\"/.test(text.slice(at, at + 80)) ? escapedWord(text, at) : undefined;
  if (escaped) return escaped.value;
  const broken = brokenInDouble(text, at, INNER);
  const end = objectEnd(text, at);
  return broken ?? (end === undefined ? (word?.value ?? plainWord(text, at)) : unquoted(text, [at, end], "Docker"));
}

/** A word without quotes in which every letter is itself, such as a path. */
function plainWord(text: string, at: number): EmbeddedValue | undefined {
  const word = /^[^\s"'`\\$;&|<>(){}[\]]+(?=[\s;]|$)/.exec(text.slice(at, at + 1000))?.[0];
  return word === undefined ? undefined : valueAsWritten(text, [at, at + word.length]);
}

/** The word, if nothing is glued to its end. */
function ended(text: string, word: Word | undefined): Word | undefined {
  return word && /^(?:[\s;&|)#]|\\|$)/.test(text.slice(word.end, word.end + 1)) ? word : undefined;
}
