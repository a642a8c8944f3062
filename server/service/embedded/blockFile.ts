// A YAML file that stands in another YAML file as a literal block, such as a key of a ConfigMap: its letters line by line, with
// the empty lines behind it, on which one may go on writing. In quotes or folded no file is written, and none is looked for.

import type { ScalarNode } from "../text/node.js";
import type { Parsed } from "../text/parsed.js";
import type { EmbeddedValue } from "./embedding.js";
import { collectLetters } from "./letters.js";

/**
 * ```yaml
 * data:
 *   plugins.yaml: |
 *     plugins: []
 * ```
 */
export function blockFile({ text, eol }: Parsed, node: ScalarNode, file: string): EmbeddedValue | undefined {
  const header = /^\|[-+]?[ \t]*(?:#[^\n]*)?\r?\n/.exec(text.slice(node.start, node.end))?.[0];
  if (node.style !== "block" || header === undefined) return undefined;
  const from = node.start + header.length;
  const indent = /^(?:[ \t]*\r?\n)*( +)\S/.exec(text.slice(from, node.end))?.[1]?.length;
  if (indent === undefined) return undefined;
  const letters = collectLetters(from);
  let at = from;
  for (const [n, line] of text.slice(from, endOf(text, node.end)).split("\n").entries()) {
    const content = line.replace(/\r$/, "");
    const start = at + Math.min(indent, /^ */.exec(content)?.[0].length ?? 0);
    if (n > 0) letters.put("\n", at - (text.charAt(at - 2) === "\r" ? 2 : 1), start);
    letters.copy(text, start, at + content.length);
    at += line.length + 1;
  }
  const found = letters.done();
  if (found.text.trimEnd() !== node.text.trimEnd()) return undefined;
  const quoting = { letter: (letter: string) => letter, lineBreak: `${eol}${" ".repeat(indent)}` };
  return { letters: found, quoting, later: templatesIn(found.text), begins: node.start, file, column: indent };
}

/** Behind the empty lines that follow, without the line break before whatever comes next. */
function endOf(text: string, end: number): number {
  const empty = /^(?:[ \t]*\r?\n)*(?:[ \t]*$)?/.exec(text.slice(end))?.[0] ?? "";
  const last = end + empty.length;
  return last === text.length ? last : last - (/\r?\n$/.exec(text.slice(0, last))?.[0].length ?? 0);
}

const templatesIn = (text: string): EmbeddedValue["later"] =>
  [...text.matchAll(/\{\{[\s\S]*?\}\}/g)].map(({ index, 0: found }) => [index, index + found.length]);
