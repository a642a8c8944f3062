// Places where nothing can be completed without breaking the text: inside the name of an anchor or alias, in a flow collection
// at a column where its content can't stand, and anywhere while a merge conflict isn't settled.

import type { Manifest } from "../../systems/system.js";
import { findChain } from "../../text/chain.js";
import { begins } from "../../text/go/document.js";
import { lineStartIn } from "../../text/slices.js";

const CONFLICT = "<".repeat(7);

export function isClosed({ parsed, root, kind }: Manifest, offset: number): boolean {
  const { source, syntax } = parsed;
  if (syntax === "json") return false;
  // Nobody reads what stands behind the end of the one document that is read.
  const isOne = kind.readsFirstDocumentOnly && begins(source, "...");
  if (isOne && /^\.\.\.(?:\s|$)/m.test(source.slice(0, offset))) return true;
  if (source.count(CONFLICT) > 0 && /^<{7}( |\r?$)/m.test(source.getText())) return true;
  const lineStart = lineStartIn(source, offset);
  const before = source.slice(lineStart, offset);
  if (/(^|[\s,[{:-])[*&][^\s,[\]{}]*$/.test(before)) return true;
  if (before.trim() !== "") return false;
  const flow = findChain(root, offset).find(({ node }) => node.kind !== "scalar" && node.kind !== "alias" && node.flow);
  if (!flow || flow.role === "root" || flow.node.start >= lineStart) return false;
  // What stands in it lies further right than the line that it begins in.
  const opening = source.slice(lineStartIn(source, flow.node.start), flow.node.start);
  return before.length <= (/^[ -]*/.exec(opening)?.[0].length ?? 0);
}
