// "Change to "x"" for each word that may be meant in place of what stands somewhere, in the quotes that stand there.

import type { Fix } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import type { Span } from "../text/node.js";

export const changesTo = (manifest: Manifest, span: Span, words: readonly string[]): readonly Fix[] =>
  words.map((word) => ({ title: `Change to "${word}"`, edits: [{ span, newText: requote(manifest, span, word) }] }));

function requote({ parsed }: Manifest, [start, end]: Span, text: string): string {
  const first = parsed.source.slice(start, Math.min(start + 1, end));
  if (first === '"') return JSON.stringify(text);
  return first === "'" ? `'${text.replace(/'/g, "''")}'` : text;
}
