// Edits of JSON objects that keep the layout in use: one line stays one line, and what is spread over lines stays so with its
// own indentation.

import type { MapNode, Pair } from "../../text/node.js";
import type { TextChange } from "../problem.js";

/** How what is put into an object is laid out. */
export interface Layout {
  /** Indentation of the object's own keys; undefined when they stand on one line. */
  readonly indent: string | undefined;
  readonly step: string;
}

const ONE_LINE: Layout = { indent: undefined, step: "" };

export function layoutOf(text: string, map: MapNode): Layout {
  const first = map.pairs[0];
  const gap = first === undefined ? text.slice(map.start + 1, map.end - 1) : text.slice(map.start + 1, first.start);
  if (!gap.includes("\n")) return ONE_LINE;
  const outer = /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", map.start) + 1))?.[0] ?? "";
  const indent = first === undefined ? `${outer}  ` : (gap.split("\n").at(-1) ?? "");
  return { indent, step: indent.startsWith(outer) && indent.length > outer.length ? indent.slice(outer.length) : "  " };
}

/** A value as it stands behind a key of an object of this layout. */
export function renderJson(value: unknown, { indent, step }: Layout = ONE_LINE): string {
  if (indent === undefined) return spaced(value);
  const lines = JSON.stringify(value, undefined, step).split("\n");
  return lines.map((line, index) => (index === 0 ? line : `${indent}${line}`)).join("\n");
}

/** Further pairs behind the object's last one. */
export function addPairs(
  text: string,
  map: MapNode,
  added: readonly (readonly [key: string, value: unknown])[],
): TextChange {
  const layout = layoutOf(text, map);
  const pairs = added.map(([key, value]) => `${JSON.stringify(key)}: ${renderJson(value, layout)}`);
  const between = layout.indent === undefined ? " " : `\n${layout.indent}`;
  const last = map.pairs.at(-1);
  if (last !== undefined) return { span: [last.end, last.end], newText: `,${between}${pairs.join(`,${between}`)}` };
  if (layout.indent === undefined) return { span: [map.start + 1, map.end - 1], newText: pairs.join(", ") };
  const outer = layout.indent.slice(0, layout.indent.length - layout.step.length);
  return { span: [map.start + 1, map.end - 1], newText: `${between}${pairs.join(`,${between}`)}\n${outer}` };
}

/** A pair with its comma: with the one behind it, or for the last pair with the one before. */
export function removePair(map: MapNode, pair: Pair): TextChange {
  const at = map.pairs.indexOf(pair);
  const next = map.pairs[at + 1];
  const before = map.pairs[at - 1];
  if (next !== undefined) return { span: [pair.start, next.start], newText: "" };
  if (before !== undefined) return { span: [before.end, pair.end], newText: "" };
  return { span: [map.start + 1, map.end - 1], newText: "" };
}

/** JSON on one line with a blank after each colon and comma, as people write it. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const pairs = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${spaced(one)}`);
  return `{${pairs.join(", ")}}`;
}
