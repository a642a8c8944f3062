// Puts a field into a map of a manifest: below its last one in block style, behind it in brackets, in the map's own layout.

import { columnOf } from "../text/columns.js";
import type { MapNode } from "../text/node.js";
import { renderScalar, type Scalar } from "../text/render.js";
import type { Fix, TextChange } from "./problem.js";
import type { Manifest } from "./system.js";

/** "Add "name: value"" as a fix; none where there is no place for it. */
export function addField(manifest: Manifest, map: MapNode | undefined, name: string, value: Scalar): Fix[] {
  const edit = map && withField(manifest, map, name, value);
  return edit ? [{ title: `Add "${name}: ${String(value)}"`, edits: [edit] }] : [];
}

export function withField(manifest: Manifest, map: MapNode, name: string, value: Scalar): TextChange | undefined {
  const { parsed, kind } = manifest;
  const form = parsed.syntax === "json" ? "json" : map.flow ? "flow" : "block";
  const last = map.pairs.at(-1);
  // Beside keys in quotes, as JSON in a YAML file has them, everything gets some.
  const style = last?.key?.kind === "scalar" && last.key.style === "double" ? "double" : "plain";
  const write = (one: Scalar) => renderScalar(one, form, kind.reading.dialect, style);
  return withPair(manifest, map, `${write(name)}: ${write(value)}`);
}

/** The same for a pair on one line that is written already. */
export function withPair({ parsed }: Manifest, map: MapNode, pair: string): TextChange | undefined {
  const { text, eol } = parsed;
  const last = map.pairs.at(-1);
  if (map.flow || parsed.syntax === "json") {
    if (!/[}]/.test(text.charAt(map.end - 1))) return undefined;
    if (!last) return { span: [map.start + 1, map.end - 1], newText: pair };
    const gap = text.slice(text.slice(0, last.start).trimEnd().length, last.start);
    return { span: [last.end, last.end], newText: `,${gap === "" ? " " : gap}${pair}` };
  }
  if (!last) return undefined;
  const feed = text.indexOf("\n", Math.max(last.start, last.end - 1));
  const end = feed < 0 ? text.length : feed + 1;
  const line = `${" ".repeat(columnOf(text, map.start))}${pair}`;
  return { span: [end, end], newText: feed < 0 ? `${eol}${line}` : `${line}${eol}` };
}
