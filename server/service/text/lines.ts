// A line of a text and the one above it, as spans without their line breaks.

import type { Span } from "./node.js";

export interface LineAndAbove {
  readonly line: Span;
  /** Absent for the first line. */
  readonly above: Span | undefined;
}

export function lineAndAbove(text: string, at: number): LineAndAbove {
  const line = lineAt(text, at);
  return { line, above: line[0] === 0 ? undefined : lineAt(text, line[0] - 1) };
}

/** The line that an offset is in. */
export function lineAt(text: string, at: number): Span {
  const start = at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  const last = end < 0 ? text.length : end;
  return [start, last > start && text.charAt(last - 1) === "\r" ? last - 1 : last];
}
