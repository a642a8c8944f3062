// Keys that stand twice in one map. Most hosts keep the last and lose the first without a word; some documents are refused.

import type { Fix, Problem } from "../systems/problem.js";
import { withoutField } from "../systems/removal.js";
import type { Manifest } from "../systems/system.js";
import { columnOf } from "../text/columns.js";
import { lineAt } from "../text/lines.js";
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
    else if (node.kind !== "list") return;
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
          fixes: isNextItem ? asItem(manifest, map, pair) : oneOf(manifest, first, pair, line),
        });
      }
      seen.set(name, pair);
    }
  }
}

/** Either of the two may be the one that is meant; where they say the same, it doesn't matter which goes. */
function oneOf(manifest: Manifest, first: Pair, pair: Pair, line: number): Fix[] {
  const textOf = ({ start, end }: Pair) => manifest.parsed.source.slice(start, end);
  const removed = (one: Pair, title: string): Fix[] => {
    const edit = withoutField(manifest, one);
    return edit ? [{ title, edits: [edit] }] : [];
  };
  const own = removed(pair, "Remove this one");
  if (textOf(first) === textOf(pair)) return own.map((fix) => ({ ...fix, safe: true }));
  return [...removed(first, `Remove the one in line ${line}`), ...own];
}

/** The dash of the next item, in the column of the first one. */
function asItem(manifest: Manifest, map: MapNode, { start }: Pair): Fix[] {
  const { text } = manifest.parsed;
  const [line] = lineAt(text, start);
  const [, indent, dash] = /^( *)(- *)$/.exec(text.slice(lineAt(text, map.start)[0], map.start)) ?? [];
  if (indent === undefined || dash === undefined || text.slice(line, start).length !== columnOf(text, map.start))
    return [];
  return [{ title: 'Add "- "', edits: [{ span: [line, start], newText: `${indent}${dash}` }] }];
}
