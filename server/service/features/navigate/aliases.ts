// Aliases of YAML and the texts that they stand for: what is written anew at an anchor changes at each of its aliases.

import { children, deref, type Node, type Span, spanOf } from "../../text/node.js";
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
  const open: Node[] = tree.documents.flatMap(({ root }) => root ?? []);
  for (let node = open.pop(); node; node = open.pop()) {
    const target = node.kind === "alias" ? deref(node) : undefined;
    if (target?.kind === "scalar") found.push({ span: spanOf(node), of: spanOf(target) });
    for (const child of children(node)) open.push(child);
  }
  return found;
});

export const isWithin = ([start, end]: Span, [from, to]: Span): boolean => from <= start && end <= to;
