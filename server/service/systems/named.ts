// The named text of a scalar, without its quotes, and how another name is written there so that the host reads it back.

import { isClosed, type Node, type ScalarNode, type Span, spanOf } from "../text/node.js";
import { renderScalar } from "../text/render.js";
import type { Slices } from "../text/slices.js";
import type { Mention } from "./mention.js";
import type { Manifest } from "./system.js";

export interface NamedText extends Pick<Mention, "span" | "rename"> {
  /** The text stands there letter by letter: a part of it can be named by offsets. */
  readonly isVerbatim: boolean;
}

/**
 * `rename` is absent for aliases, maps, lists, nothing, texts of several lines and open quotes: there nothing can be written
 * with certainty.
 */
export function namedText({ parsed, kind }: Pick<Manifest, "parsed" | "kind">, node: Node): NamedText {
  const { source, syntax } = parsed;
  if (node.kind !== "scalar") return { span: spanOf(node), isVerbatim: false };
  if (node.style === "block") return inBlock(source, node);
  const { style } = node;
  if (style === "plain") {
    const isAll = node.text !== "" && source.slice(node.start, node.end) === node.text;
    // In flow style more texts need quotes; what is right there is right in block style too.
    const rename = (name: string) => renderScalar(name, syntax === "json" ? "json" : "flow", kind.reading.dialect);
    return isAll ? { span: spanOf(node), rename, isVerbatim: true } : { span: spanOf(node), isVerbatim: false };
  }
  const span: Span = isClosed(source, node) ? [node.start + 1, node.end - 1] : [node.start + 1, node.end];
  if (!isClosed(source, node)) return { span, isVerbatim: false };
  const rename = (name: string) =>
    renderScalar(name, syntax === "json" ? "json" : "flow", kind.reading.dialect, style).slice(1, -1);
  return { span, rename, isVerbatim: source.slice(...span) === node.text };
}

/** The one line below `>-` or `|-`, where nothing needs quotes. */
function inBlock(source: Slices, node: ScalarNode): NamedText {
  const written = source.slice(node.start, node.end).trimEnd();
  const end = node.start + written.length;
  if (node.text.trim() !== node.text || /[\r\n]/.test(node.text) || !written.endsWith(node.text))
    return { span: spanOf(node), isVerbatim: false };
  return { span: [end - node.text.length, end], rename: (name) => name, isVerbatim: true };
}
