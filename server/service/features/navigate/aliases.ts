// Aliases of YAML and the texts that they stand for: what is written anew at an anchor changes at each of its aliases.

import { deref, eachNode, type Span, spanOf } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import { remember } from "../../text/remember.js";

export interface AliasAt {
  readonly span: Span;
  /** The anchored scalar, quotes included. */
  readonly of: Span;
}

/** Those that stand for a scalar. */
export const aliasesIn = remember(({ tree }: Parsed): readonly AliasAt[] => {
  if (!tree.hasAliases) return [];
  const found: AliasAt[] = [];
  for (const { root } of tree.documents)
    if (root)
      eachNode(root, (node) => {
        const target = node.kind === "alias" ? deref(node) : undefined;
        if (target?.kind === "scalar") found.push({ span: spanOf(node), of: spanOf(target) });
      });
  return found;
});

export const isWithin = ([start, end]: Span, [from, to]: Span): boolean => from <= start && end <= to;
