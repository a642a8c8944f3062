// Aliases without an anchor before them, which no host's reader takes, and the quotes that make texts of them.

import { type AliasNode, children, spanOf } from "../text/node.js";
import type { Fix } from "./problem.js";
import type { Manifest } from "./system.js";

export function unknownAliases({ root, parsed }: Manifest): readonly AliasNode[] {
  const found: AliasNode[] = [];
  const open = root && parsed.syntax === "yaml" ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const child of children(node)) open.push(child);
    if (node.kind !== "alias" || node.target) continue;
    // A list that holds itself is odd, but readers build it.
    if (!parsed.text.slice(0, node.start).split(/\s/).includes(`&${node.name}`)) found.push(node);
  }
  return found;
}

/** `*.log` is a glob; a plain name is an anchor that was forgotten. */
export function quotesFor(alias: AliasNode): readonly Fix[] {
  if (/^[\w-]+$/.test(alias.name)) return [];
  return [{ title: `Put *${alias.name} in quotes`, edits: [{ span: spanOf(alias), newText: `"*${alias.name}"` }] }];
}
