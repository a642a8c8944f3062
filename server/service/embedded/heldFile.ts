// A YAML file that stands in another YAML or JSON file, such as a key of a ConfigMap: its letters with their places, and how others are
// written there. In a literal block and in double quotes any text can be written; where line breaks can't, the whole is put
// anew, in another quoting.

import type { ScalarNode } from "../text/node.js";
import type { Parsed } from "../text/parsed.js";
import { readText } from "../text/readText.js";
import type { EmbeddedValue } from "./embedding.js";
import { collectLetters, type Letters } from "./letters.js";
import { yamlLetters } from "./yamlLetters.js";

/**
 * ```yaml
 * data:
 *   plugins.yaml: |
 *     plugins: []
 * ```
 */
export function heldFile(outer: Parsed, node: ScalarNode, file: string): EmbeddedValue | undefined {
  const held =
    node.style === "block" ? inBlock(outer, node) : node.style === "plain" ? undefined : inQuotes(outer, node);
  return held && { ...held, later: templatesIn(held.letters.text), begins: node.start, file };
}

type Held = Omit<EmbeddedValue, "later">;

function inBlock(outer: Parsed, node: ScalarNode): Held | undefined {
  const { text, eol } = outer;
  const header = /^[|>][-+\d]*[ \t]*(?:#[^\n]*)?\r?\n/.exec(text.slice(node.start, node.end))?.[0];
  if (header === undefined) return undefined;
  const from = node.start + header.length;
  const written = FIRST.exec(text.slice(from, node.end))?.[1];
  // A number in the header leaves blanks to the text.
  const left = /^.\D?\d/.test(header) ? (FIRST.exec(node.text)?.[1]?.length ?? 0) : 0;
  const indent = (written?.length ?? 0) - left;
  if (indent < 1) return undefined;
  const letters = lineByLine(text, from, endOf(text, node.end), indent);
  const blank = " ".repeat(indent);
  const lineBreak = `${eol}${blank}`;
  const quoting = { letter: (letter: string) => letter, lineBreak };
  if (header.startsWith("|"))
    return letters.text.trimEnd() === node.text.trimEnd() ? { letters, quoting, column: indent } : undefined;
  const joined = yamlLetters(text, node);
  if (!joined) return undefined;
  if (saysTheSame(joined.text, letters.text))
    return {
      letters: joined,
      // An empty line more is none to YAML, and without it a break may become a blank.
      quoting: { ...quoting, lineBreak: `${eol}${lineBreak}` },
      requoted: (inner) => ({
        span: [node.start, joined.ends.at(-1) ?? node.end],
        newText: `|${header.slice(1)}${inner
          .trimEnd()
          .split(/\r?\n/)
          .map((line) => line && blank + line)
          .join(eol)}`,
      }),
      column: indent,
    };
  return { letters, quoting, column: indent, garbled: folded(node, letters) };
}

/** The blanks of the first line that has more. */
const FIRST = /^(?:[ \t]*\r?\n)*( *)\S/;

/** Letters of the lines from `from` to `end`, their indentation left out, the empty ones behind them kept. */
function lineByLine(text: string, from: number, end: number, indent: number): Letters {
  const letters = collectLetters(from);
  let at = from;
  for (const [n, line] of text.slice(from, end).split("\n").entries()) {
    const content = line.replace(/\r$/, "");
    const start = at + Math.min(indent, /^ */.exec(content)?.[0].length ?? 0);
    if (n > 0) letters.put("\n", at - (text.charAt(at - 2) === "\r" ? 2 : 1), start);
    letters.copy(text, start, at + content.length);
    at += line.length + 1;
  }
  return letters.done();
}

/** Behind the empty lines that follow, without the line break before whatever comes next. */
function endOf(text: string, end: number): number {
  const empty = /^(?:[ \t]*\r?\n)*(?:[ \t]*$)?/.exec(text.slice(end))?.[0] ?? "";
  const last = end + empty.length;
  return last === text.length ? last : last - (/\r?\n$/.exec(text.slice(0, last))?.[0].length ?? 0);
}

/** Whether joining its lines left the file readable, with all of its fields. */
function saysTheSame(joined: string, written: string): boolean {
  const [one, other] = [joined, written].map((text) => readText(text, "yaml").tree);
  if (!one || !other || one.problems.length > other.problems.length) return false;
  const [root, meant] = [one.documents[0]?.root, other.documents[0]?.root];
  if (root?.kind !== meant?.kind || one.documents.length !== other.documents.length) return false;
  return root?.kind !== "map" || meant?.kind !== "map" || root.pairs.length === meant.pairs.length;
}

const folded = ({ start }: ScalarNode, { text }: Letters): NonNullable<EmbeddedValue["garbled"]> => ({
  said: '">" joins lines with a blank',
  isRefused: false,
  next: 'write "|"',
  span: [0, /\n|$/.exec(text)?.index ?? 0],
  edits: [{ span: [start, start + 1], newText: "|" }],
});

function inQuotes(outer: Parsed, node: ScalarNode): Held | undefined {
  const letters = yamlLetters(outer.text, node);
  if (!letters) return undefined;
  if (node.style === "double") return { letters, quoting: DOUBLE };
  const quoting = { letter: (letter: string) => (letter === "'" ? "''" : letter), lineBreak: " " };
  const requoted = (inner: string) => ({
    span: [node.start, node.end] as const,
    newText: `"${[...inner.replace(/\r\n/g, "\n")].map(DOUBLE.letter).join("")}"`,
  });
  return { letters, quoting, requoted };
}

const DOUBLE = {
  letter: (letter: string): string => ESCAPED[letter] ?? letter,
  lineBreak: "\n",
};

const ESCAPED: Readonly<Partial<Record<string, string>>> = { '"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n" };

const templatesIn = (text: string): EmbeddedValue["later"] =>
  [...text.matchAll(/\{\{[\s\S]*?\}\}/g)].map(({ index, 0: found }) => [index, index + found.length]);
