// Edits of JSON text for the fixes of Metaflow UI's rules: a key added after the last one in the map's own layout, a
// place inside a string.

import { type MapNode, type Node, type Span, spanOf } from "../../text/node.js";
import type { TextChange } from "../problem.js";
import type { Manifest } from "../system.js";

/** `"key": value` after the map's last pair, with the same blanks before it. `json` is the value's text. */
export function addKey({ parsed }: Manifest, map: MapNode, key: string, json: string): TextChange {
  const pair = `${JSON.stringify(key)}: ${json}`;
  const last = map.pairs.at(-1);
  if (!last) return { span: [map.start + 1, map.start + 1], newText: pair };
  const before = parsed.text.slice(0, last.start);
  const blank = before.slice(before.trimEnd().length);
  return { span: [last.end, last.end], newText: `,${blank === "" ? " " : blank}${pair}` };
}

/** Part of a string's content; the whole string where escapes shift the columns. */
export function partOf({ parsed }: Manifest, node: Node, from: number, to: number): Span {
  if (node.kind !== "scalar" || parsed.text.slice(node.start + 1, node.end - 1) !== node.text) return spanOf(node);
  return [node.start + 1 + from, node.start + 1 + to];
}

/** Whether the text has syntax problems: then nothing is said about what is missing. */
export const isBroken = ({ parsed }: Manifest): boolean => parsed.tree.problems.length > 0;
