// Short ways into a Buntime manifest for this folder's rules: top-level fields, where to point when a key is missing,
// and edits that keep quotes, indentation and line ends.

import type { Span } from "../../text/node.js";
import { type Node, type Pair, spanOf } from "../../text/node.js";
import type { Fix, TextChange } from "../problem.js";
import { asMap, asString, field } from "../read.js";
import type { Manifest } from "../system.js";

export const topField = (manifest: Manifest, name: string): Pair | undefined => field(manifest.root, name, manifest);

export const topText = (manifest: Manifest, name: string): string | undefined =>
  asString(topField(manifest, name)?.value, manifest);

/** For what the manifest lacks: its first key. */
export function headOf(manifest: Manifest): Span {
  const key = asMap(manifest.root)?.pairs[0]?.key;
  return key ? spanOf(key) : [0, Math.min(1, manifest.parsed.text.length)];
}

/** The edit that adds `name: value` on a line of its own below the pair; undefined in flow style. */
export function addBelow(manifest: Manifest, pair: Pair, name: string, value: string): TextChange | undefined {
  const { text, eol, document } = manifest.parsed;
  if (asMap(manifest.root)?.flow !== false) return undefined;
  const newline = text.indexOf("\n", Math.max(pair.start, pair.end - 1));
  const end = newline < 0 ? text.length : text.charAt(newline - 1) === "\r" ? newline - 1 : newline;
  const indent = " ".repeat(document.positionAt(pair.start).character);
  return { span: [end, end], newText: `${eol}${indent}${name}: ${value}` };
}

/** One more item behind an item of a list, as it stands there; none where the list isn't plain. */
export function addItem({ parsed }: Manifest, node: Node, written: string): Fix[] {
  const { text, eol } = parsed;
  const start = text.lastIndexOf("\n", node.start - 1) + 1;
  const before = text.slice(start, node.start);
  const feed = text.indexOf("\n", node.end);
  const end = feed < 0 ? text.length : feed - Number(text.charAt(feed - 1) === "\r");
  const [at, newText] = /^[ \t]*-[ \t]+$/.test(before)
    ? [end, `${eol}${before}${written}`]
    : [node.end, /[[,]\s*$/.test(before) ? `, ${written}` : ""];
  return newText === "" ? [] : [{ title: `Add ${written}`, edits: [{ span: [at, at], newText }] }];
}

/** The edit that takes an item away, of a block list with its line; undefined where that isn't plain. */
export function removeLine({ parsed }: Manifest, node: Node): TextChange | undefined {
  const { text } = parsed;
  const start = text.lastIndexOf("\n", node.start - 1) + 1;
  const newline = text.indexOf("\n", node.end);
  const end = newline < 0 ? text.length : newline + 1;
  const before = text.slice(start, node.start);
  const after = text.slice(node.end, end).trim();
  const isWhole = /^[ \t]*-[ \t]+$/.test(before) && (after === "" || after.startsWith("#"));
  return isWhole ? { span: [start, end], newText: "" } : fromBrackets(text, node);
}

/** The same in `[a, b]` on one line, with the comma behind it, or else before it. */
function fromBrackets(text: string, { start, end }: Node): TextChange | undefined {
  const before = /(?:[[]|(,))[ \t]*$/.exec(text.slice(0, start));
  const after = /^[ \t]*(?:(,)[ \t]*|\])/.exec(text.slice(end));
  if (!before || !after) return undefined;
  if (after[1] !== undefined) return { span: [start, end + after[0].length], newText: "" };
  return { span: [before[1] === undefined ? start : before.index, end], newText: "" };
}
