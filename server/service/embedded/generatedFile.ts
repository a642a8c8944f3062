// A file that a kustomization puts into a ConfigMap under the name that its host reads: as a whole it is that file.

import type { Files } from "../systems/facts.js";
import type { Parsed } from "../text/parsed.js";
import { basename } from "../text/paths.js";
import type { EmbeddedValue } from "./embedding.js";
import { collectLetters } from "./letters.js";
import { isGeneratedAs } from "./readByKustomize.js";

export function generatedFile(outer: Parsed, name: string, files: Files): readonly EmbeddedValue[] {
  const { path, eol } = outer;
  if (path === undefined || basename(path) === name || !isGeneratedAs(path, name, files)) return [];
  const { text } = outer;
  const letters = collectLetters(0);
  letters.copy(text, 0, text.length);
  const quoting = { letter: (letter: string) => letter, lineBreak: eol };
  return [{ letters: letters.done(), quoting, later: [], file: name }];
}
