// Places where nothing can be completed without breaking the text: inside the name of an anchor or alias, in a flow collection
// at a column where its content can't stand, and anywhere while a merge conflict isn't settled.

import type { Manifest } from "../../systems/system.js";
import { findChain } from "../../text/chain.js";

const CONFLICT = "<".repeat(7);

export function isClosed({ parsed, root, kind }: Manifest, offset: number): boolean {
  const { text, syntax } = parsed;
  if (syntax === "json") return false;
  // Nobody reads what stands behind the end of the one document that is read.
  if (kind.readsFirstDocumentOnly && /^\.\.\.(?:\s|$)/m.test(text.slice(0, offset))) return true;
  if (text.includes(CONFLICT) && /^<{7}( |\r?$)/m.test(text)) return true;
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/(^|[\s,[{:-])[*&][^\s,[\]{}]*$/.test(before)) return true;
  if (before.trim() !== "") return false;
  const flow = findChain(root, offset).find(({ node }) => node.kind !== "scalar" && node.kind !== "alias" && node.flow);
  if (!flow || flow.role === "root" || flow.node.start >= lineStart) return false;
  // What stands in it lies further right than the line that it begins in.
  const opening = text.slice(text.lastIndexOf("\n", flow.node.start) + 1, flow.node.start);
  return before.length <= (/^[ -]*/.exec(opening)?.[0].length ?? 0);
}
