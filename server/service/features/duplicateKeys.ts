// Keys that stand twice in one map. Most hosts keep the last and lose the first without a word; some documents are refused.

import type { Problem } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { children, keyText, type MapNode, type Node, type Pair, spanOf } from "../text/node.js";
import { isMergeKey } from "../text/reading.js";

/** In all maps, or in the root alone, or in those below it. */
export function duplicateKeys(manifest: Manifest, where: "all" | "root" | "below" = "all"): Problem[] {
  const { system, root, kind } = manifest;
  const rule = system.rules.find(({ code }) => code === `${system.id}/duplicate-key`);
  const problems: Problem[] = [];
  if (root?.kind === "map" && where !== "below") inMap(root, false);
  if (root && where !== "root") for (const child of children(root)) visit(child, root.kind === "list");
  return problems;

  function visit(node: Node, isItem: boolean): void {
    if (node.kind === "map") inMap(node, isItem && !node.flow);
    for (const child of children(node)) visit(child, node.kind === "list");
  }

  function inMap(map: MapNode, isItem: boolean): void {
    if (map.pairs.length < 2) return;
    const seen = new Map<string, Pair>();
    let isNextItem = false;
    for (const pair of map.pairs) {
      const text = keyText(pair);
      if (text === undefined || (kind.reading.dialect !== "json" && isMergeKey(pair))) continue;
      const name = kind.reading.anyCase ? text.toLowerCase() : text;
      const first = seen.get(name);
      if (first?.key && pair.key && !isNextItem) {
        // Where the first key of an item begins again, the dash of the next item is missing, and all that follows is its.
        isNextItem = isItem && first === map.pairs[0] && !kind.refusesDuplicateKeys;
        const line = manifest.parsed.document.positionAt(first.start).line + 1;
        problems.push({
          code: `${system.id}/duplicate-key`,
          severity: kind.refusesDuplicateKeys ? "error" : (rule?.severity ?? "warning"),
          message: `"${text}" stands twice in this map; ${
            kind.refusesDuplicateKeys
              ? `the host refuses the document, remove this one or the one in line ${line}`
              : `the host keeps this one and loses the one in line ${line}${isNextItem ? ', or is "- " missing before it?' : ""}`
          }`,
          span: spanOf(pair.key),
          related: [{ message: `"${keyText(first)}" stands here first`, span: spanOf(first.key) }],
        });
      }
      seen.set(name, pair);
    }
  }
}
