// `${PLUGINS:-{"a": {}}}` and `${PLUGINS-…}`: the value wherever the variable isn't set is what stands behind the sign.

import type { EmbeddedValue } from "./embedding.js";
import { objectEnd } from "./garbled.js";
import { type Letters, partOfLetters } from "./letters.js";

/** The default that the whole text is, where that is an object; else the letters as they are. */
export function defaultOf(letters: Letters): Letters {
  const { text, starts, ends } = letters;
  const [whole = "", sign = ""] = /^\s*(\$\{[A-Za-z_]\w*:?-)[\s\S]*\}\s*$/.exec(text) ?? [];
  const at = text.indexOf("$");
  const isEscaped = (ends[at] ?? 0) - (starts[at] ?? 0) > 1;
  const last = text.trimEnd().length - 1;
  const from = at + sign.length;
  if (whole === "" || isEscaped || (objectEnd(text, from) !== last && !isListTo(text, from, last))) return letters;
  return partOfLetters(letters, [from, last]);
}

/** A list of texts: no reader loses its way in it. */
const isListTo = (text: string, from: number, to: number): boolean => /^\[[^[\]{}]*\]$/.test(text.slice(from, to));

/** The same of a value, with `later` as what is filled in within the default. */
export function withDefault(value: EmbeddedValue, later: (letters: Letters) => EmbeddedValue["later"]): EmbeddedValue {
  const letters = value.garbled ? value.letters : defaultOf(value.letters);
  return letters === value.letters ? value : { ...value, letters, later: later(letters) };
}
