// A text inside an inline patch or plugin, as the file around it holds it, and how another name is written there.

import type { Node, ScalarNode } from "../../../text/node.js";
import type { Parsed } from "../../../text/parsed.js";
import { type NamedText, namedText } from "../../named.js";
import type { Manifest } from "../../system.js";
import { spanInside } from "../model/inline.js";

/** Undefined where the place can't be told. */
export function inlineText(
  { parsed, kind }: Manifest,
  scalar: ScalarNode,
  inner: Parsed,
  node: Node,
): NamedText | undefined {
  const named = namedText({ parsed: inner, kind }, node);
  const span = spanInside(scalar, parsed.text, named.span);
  if (!span) return undefined;
  const { rename, isVerbatim } = named;
  const isSame = parsed.text.slice(...span) === inner.text.slice(...named.span);
  if (!isSame || !rename) return { span, isVerbatim: false };
  // A name that needs quotes of its own can't stand between others.
  return { span, isVerbatim, ...((scalar.style === "block" || isVerbatim) && { rename }) };
}
