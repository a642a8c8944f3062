// Where a place inside an inline text (a literal block or a simple quoted value) stands in the file around it.

import type { ScalarNode, Span } from "../../../text/node.js";

/** The span in the file for a span of the scalar's text; undefined where the two can't be matched line by line. */
export function spanInside(node: ScalarNode, source: string, [start, end]: Span): Span | undefined {
  const whole = source.slice(node.start, node.end);
  if (node.style === "plain" && whole === node.text) return [node.start + start, node.start + end];
  if (node.style !== "block") {
    return whole.slice(1, -1) === node.text ? [node.start + 1 + start, node.start + 1 + end] : undefined;
  }
  if (!whole.startsWith("|")) return undefined;
  const from = offsetOf(node, source, start);
  const to = offsetOf(node, source, Math.max(start, end - 1));
  return from === undefined || to === undefined ? undefined : [from, Math.max(to + 1, from + 1)];
}

function offsetOf(node: ScalarNode, source: string, inner: number): number | undefined {
  const before = node.text.slice(0, inner);
  const line = before.split("\n").length - 1;
  const column = inner - (before.lastIndexOf("\n") + 1);
  let at = source.indexOf("\n", node.start) + 1;
  for (let i = 0; i < line && at > 0; i++) at = source.indexOf("\n", at) + 1;
  if (at <= 0) return undefined;
  const stop = source.indexOf("\n", at);
  const raw = source.slice(at, stop < 0 ? source.length : stop).replace(/\r$/, "");
  const content = node.text.split("\n")[line] ?? "";
  return raw.endsWith(content) ? at + raw.length - content.length + column : undefined;
}
