// What a file of another kind can hold: the variable PLUGINS, and the file that the service reads in its place.

import type { EmbeddedValue } from "../../embedded/embedding.js";
import { valuesOfFile, valuesOfVariable } from "../../embedded/variables.js";
import type { Parsed } from "../../text/parsed.js";

export const PLUGINS_FILE = "config.plugins.json";

export function pluginsIn(outer: Parsed): readonly EmbeddedValue[] {
  return [...valuesOfVariable(outer, "PLUGINS"), ...valuesOfFile(outer, PLUGINS_FILE)];
}
