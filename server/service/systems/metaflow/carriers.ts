// What a file of another kind can hold: the variable PLUGINS, and the file that the service reads in its place.

import type { EmbeddedValue } from "../../embedded/embedding.js";
import { valuesOfFile, valuesOfVariable } from "../../embedded/variables.js";
import type { Parsed } from "../../text/parsed.js";
import type { Files } from "../facts.js";

export const PLUGINS_FILE = "config.plugins.json";

export function pluginsIn(outer: Parsed, files?: Files): readonly EmbeddedValue[] {
  return [...valuesOfVariable(outer, "PLUGINS", files), ...valuesOfFile(outer, PLUGINS_FILE)];
}
