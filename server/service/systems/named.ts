// The named text of a scalar, without its quotes, and how another name is written there so that the host reads it back.

import { isClosed, type Node, type Span, spanOf } from "../text/node.js";
import { renderScalar } from "../text/render.js";
import type { Mention } from "./mention.js";
import type { Manifest } from "./system.js";

/** `rename` is absent for aliases, escapes, block texts and open quotes: nothing can be written there with certainty. */
export function namedText({ parsed, kind }: Manifest, node: Node): Pick<Mention, "span" | "rename"> {
  const { text, syntax } = parsed;
  if (node.kind !== "scalar" || node.style === "block") return { span: spanOf(node) };
  const { style } = node;
  if (style === "plain") {
    const isAll = text.slice(node.start, node.end) === node.text;
    // In flow style more texts need quotes; what is right there is right in block style too.
    const rename = (name: string) => renderScalar(name, syntax === "json" ? "json" : "flow", kind.reading.dialect);
    return isAll ? { span: spanOf(node), rename } : { span: spanOf(node) };
  }
  const span: Span = isClosed(text, node) ? [node.start + 1, node.end - 1] : [node.start + 1, node.end];
  if (!isClosed(text, node) || text.slice(...span) !== node.text) return { span };
  const rename = (name: string) =>
    renderScalar(name, syntax === "json" ? "json" : "flow", kind.reading.dialect, style).slice(1, -1);
  return { span, rename };
}
