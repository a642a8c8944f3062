// The lines of block lists, for fixes that move entries: an entry moves with its whole line, comments and quotes kept.

import type { Pair, Span } from "../../../text/node.js";
import type { TextChange } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { itemsIn } from "../model/reading.js";

export interface Lines {
  readonly text: string;
  readonly indent: string;
  /** The field with its key, in whole lines. */
  readonly whole: Span;
}

/** The lines of a block list below its key; undefined for flow lists, anchors and values on the key's line. */
export function itemLines({ parsed: { text } }: Manifest, { key, value }: Pair): Lines | undefined {
  if (!key || value?.kind !== "list" || value.flow || value.items.length === 0) return undefined;
  const start = lineStart(text, key.start);
  const first = lineEnd(text, key.end);
  if (text.slice(start, key.start).trim() !== "" || value.start < first) return undefined;
  const stop = lineEnd(text, value.end - 1);
  const body = text.slice(first, stop);
  const indent = /^[ ]*(?=-)/m.exec(body)?.[0] ?? "";
  if (/[&*]/.test(body) && /(^|[\s[{,])[&*]\w/m.test(body)) return undefined;
  return { text: body, indent, whole: [start, stop] };
}

export interface EndOfItems {
  readonly offset: number;
  readonly indent: string;
}

/** Where another entry of a block list goes. */
export function endOfItems({ parsed: { text } }: Manifest, { value }: Pair): EndOfItems | undefined {
  const last = itemsIn(value)?.at(-1);
  if (value?.kind !== "list" || value.flow || !last) return undefined;
  const line = text.slice(lineStart(text, value.start), value.start);
  if (line.trim() !== "") return undefined;
  return { offset: lineEnd(text, Math.max(last.start, last.end - 1)), indent: line };
}

/** Whole lines put in at the beginning of a line. */
export function insertAt({ parsed: { text, eol } }: Manifest, offset: number, body: string): TextChange {
  const before = offset > 0 && text[offset - 1] !== "\n" ? eol : "";
  const after = body.endsWith("\n") ? "" : eol;
  return { span: [offset, offset], newText: before + body + after };
}

export function reindented(body: string, from: string, to: string): string {
  if (from === to) return body;
  return body
    .split("\n")
    .map((line) => (line.startsWith(from) && line.trim() !== "" ? to + line.slice(from.length) : line))
    .join("\n");
}

export const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;

export function lineEnd(text: string, at: number): number {
  const stop = text.indexOf("\n", at);
  return stop < 0 ? text.length : stop + 1;
}
