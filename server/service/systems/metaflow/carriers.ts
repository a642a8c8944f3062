// What a file of another kind can hold: the variable PLUGINS, and the file that the service reads in its place.

import type { EmbeddedValue } from "../../embedded/embedding.js";
import { valuesOfFile, valuesOfVariable } from "../../embedded/variables.js";
import type { Garbled, Parsed } from "../../text/parsed.js";
import type { Files } from "../facts.js";

export const PLUGINS_FILE = "config.plugins.json";

export function pluginsIn(outer: Parsed, files?: Files): readonly EmbeddedValue[] {
  return [...valuesOfVariable(outer, "PLUGINS", files).map(asJson), ...valuesOfFile(outer, PLUGINS_FILE)];
}

/** The path of a file or a plugin's name in the place of JSON: told once, as a whole. */
function asJson(value: EmbeddedValue): EmbeddedValue {
  const text = value.letters.text.trim();
  return value.garbled || value.later.length > 0 || !isBare(text) ? value : { ...value, garbled: noJson(text) };
}

function noJson(text: string): Garbled {
  const isPath = /^(?:~|\.{0,2}\/|file:|[A-Za-z]:[\\/])|\.jsonc?$/.test(text);
  const name = /^[\w.-]+/.exec(text)?.[0] ?? "run-notes";
  return {
    said: isPath ? "PLUGINS is JSON text, and no file is read that it names" : "PLUGINS is JSON text, and this is none",
    isRefused: false,
    isOtherSyntax: true,
    next: isPath
      ? `write the object itself, or call the file ${PLUGINS_FILE} and name its folder in JSON_CONFIG_ROOT`
      : `write an object such as {"${name}": {}}`,
    edits: [],
  };
}

/** One line, neither an object, a list nor a text, nor a word that JSON knows. */
const isBare = (text: string): boolean =>
  text !== "" && !/^[[{"'`$<]|^(?:true|false|null|NaN|-?Infinity|-?\d[\d.eE+-]*)$|[\n{}]/.test(text);
