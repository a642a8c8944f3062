// Variables set in lines: .env files, shell scripts and Dockerfiles. Each finder gives the values of one variable.

import type { EmbeddedValue } from "./embedding.js";
import { bareWord, quotedWord, type Word } from "./words.js";

/** `NAME='…'`, `NAME="…"`, `NAME=…`, with or without `export`. */
export function dotEnvValues(text: string, name: string): readonly EmbeddedValue[] {
  return assigned(text, name, (at) => quotedWord(text, at, "dotenv") ?? bareWord(text, at));
}

/** `export NAME='…'` or `NAME="…"` at the beginning of a line. Without quotes a shell takes JSON apart. */
export function shellValues(text: string, name: string): readonly EmbeddedValue[] {
  return assigned(text, name, (at) => ended(text, quotedWord(text, at, "shell")));
}

function assigned(text: string, name: string, read: (at: number) => Word | undefined): readonly EmbeddedValue[] {
  const found: EmbeddedValue[] = [];
  const line = /^[ \t]*(?:(?:export|declare -x|set -x)[ \t]+)?([A-Za-z_][\w.]*)=[ \t]*/gm;
  for (let match = line.exec(text); match; match = line.exec(text)) {
    const at = match.index + match[0].length;
    const word = read(at);
    if (word && match[1] === name) found.push(word.value);
    // Lines inside a quoted value of another variable are no assignments.
    if (word && word.end > line.lastIndex) line.lastIndex = word.end;
  }
  return found;
}

/** `ENV NAME='…' OTHER=…` and the old `ENV NAME '…'`. Outside of quotes a Dockerfile takes those of JSON away. */
export function dockerfileValues(text: string, name: string): readonly EmbeddedValue[] {
  if (/^#\s*escape\s*=\s*`/im.test(text.slice(0, 400))) return [];
  return [...text.matchAll(/^[ \t]*ENV[ \t]+/gim)].flatMap((match) => {
    const start = match.index + match[0].length;
    const old = new RegExp(`^${name}[ \\t]+(?=['"])`).exec(text.slice(start, start + 400));
    if (old) return ended(text, quotedWord(text, start + old[0].length, "dockerfile"))?.value ?? [];
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
      const whole = ended(text, word);
      if (whole) found.push(whole.value);
    }
    key.lastIndex = word
      ? word.end
      : at + (/^(?:\\[\s\S]|[^\s\\])*/.exec(text.slice(at, at + 100_000))?.[0].length ?? 0);
  }
  return found;
}

/** The word, if nothing is glued to its end. */
function ended(text: string, word: Word | undefined): Word | undefined {
  return word && /^(?:[\s;&|)#]|\\|$)/.test(text.slice(word.end, word.end + 1)) ? word : undefined;
}
