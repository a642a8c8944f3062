// Folding: every map and list of more than one line, runs of comment lines, and documents of a stream.

import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver-types";
import type { Manifest } from "../systems/system.js";
import { children, type Node } from "../text/node.js";

export function folding(manifest: Manifest): FoldingRange[] {
  const { parsed } = manifest;
  const line = (offset: number) => parsed.document.positionAt(offset).line;
  const ranges = new Map<number, FoldingRange>();
  for (const { root } of parsed.tree.documents) {
    if (root && root.kind !== "scalar" && root.kind !== "alias" && root.flow) add(root.start, root);
    if (root) visit(root);
  }
  return [...ranges.values(), ...comments(parsed.text)].sort((a, b) => a.startLine - b.startLine);

  function visit(node: Node): void {
    if (node.kind === "map") {
      for (const { key, value } of node.pairs) if (key && value) add(key.start, value);
    } else if (node.kind === "list") {
      for (const item of node.items) if (item && item.kind !== "scalar") add(item.start, item);
    }
    for (const child of children(node)) visit(child);
  }

  function add(start: number, node: Node): void {
    const startLine = line(start);
    const last = line(Math.max(start, node.end));
    const endLine =
      node.kind !== "scalar" && node.kind !== "alias" && node.flow
        ? last - 1
        : isAtLineStart(node.end)
          ? last - 1
          : last;
    if (endLine > startLine && !ranges.has(startLine)) ranges.set(startLine, { startLine, endLine });
  }

  function isAtLineStart(offset: number): boolean {
    return offset > 0 && parsed.text.charAt(offset - 1) === "\n";
  }
}

function comments(text: string): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  let start = -1;
  const lines = text.split("\n");
  for (let i = 0; i <= lines.length; i++) {
    const isComment = /^\s*#/.test(lines[i] ?? "");
    if (isComment && start < 0) start = i;
    if (isComment || start < 0) continue;
    if (i - 1 > start) ranges.push({ startLine: start, endLine: i - 1, kind: FoldingRangeKind.Comment });
    start = -1;
  }
  return ranges;
}
