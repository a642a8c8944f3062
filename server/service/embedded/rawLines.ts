// Variables in lines that are read letter by letter, `NAME=value` and no quoting: kustomize's env files, .properties files.

import type { Span } from "../text/node.js";
import type { Garbled } from "../text/parsed.js";
import type { EmbeddedValue } from "./embedding.js";
import { objectEnd, valueAsWritten } from "./garbled.js";
import { quotedWord } from "./words.js";

export function rawValues(text: string, name: string): readonly EmbeddedValue[] {
  const line = new RegExp(`^[ \\t]*${name}=([^\\r\\n]*)`, "gm");
  return [...text.matchAll(line)].map((match) => {
    const end = match.index + match[0].length;
    const at = end - (match[1]?.length ?? 0);
    return inQuotes(text, at) ?? onLines(text, at, end) ?? valueAsWritten(text, [at, end]);
  });
}

/** `NAME='{"a": 1}'`: where every letter counts, the quotes are two more. */
function inQuotes(text: string, at: number): EmbeddedValue | undefined {
  const word = quotedWord(text, at, "dotenv");
  if (!word || !/^\s*\{/.test(word.value.letters.text)) return undefined;
  const said = "every letter of a line belongs to the value here, quotes too";
  return spoilt(word.value, [at, word.end], said, "write it without quotes, on one line");
}

function onLines(text: string, at: number, lineEnd: number): EmbeddedValue | undefined {
  const end = objectEnd(text, at);
  if (end === undefined || end <= lineEnd) return undefined;
  return spoilt(valueAsWritten(text, [at, end]), [at, end], "a value ends with its line", "put it on one line");
}

function spoilt(value: EmbeddedValue, span: Span, said: string, next: string): EmbeddedValue {
  const newText = value.letters.text.trim().replace(/\s*\n\s*/g, " ");
  const garbled: Garbled = { said, isRefused: false, next, edits: [{ span, newText }] };
  return { ...value, later: [], garbled };
}
