// Aliases without an anchor before them, which no host's reader takes, and the quotes that make texts of them.

import { type AliasNode, eachNode, type Node, spanOf } from "../text/node.js";
import type { Fix } from "./problem.js";
import type { Manifest } from "./system.js";

export function unknownAliases({ root, parsed }: Manifest): readonly AliasNode[] {
  const found: AliasNode[] = [];
  if (root && parsed.syntax === "yaml") eachNode(root, (node) => isUnknown(node) && found.push(node));
  return found;

  function isUnknown(node: Node): node is AliasNode {
    if (node.kind !== "alias" || node.target) return false;
    // A list that holds itself is odd, but readers build it.
    return !parsed.text.slice(0, node.start).split(/\s/).includes(`&${node.name}`);
  }
}

/** `*.log` is a glob; a plain name is an anchor that was forgotten. */
export function quotesFor(alias: AliasNode): readonly Fix[] {
  if (/^[\w-]+$/.test(alias.name)) return [];
  return [{ title: `Put *${alias.name} in quotes`, edits: [{ span: spanOf(alias), newText: `"*${alias.name}"` }] }];
}
