// Where broken text makes it doubtful what a value is, so that a schema had better say nothing of it.

import type { Manifest } from "../systems/system.js";
import type { Node } from "../text/node.js";
import type { Place } from "./place.js";

/** Whether a value is made of others; what broken text makes of it may not be what was meant. */
export const isBranch = (node: Node | undefined): boolean => node?.kind === "map" || node?.kind === "list";

/** A problem of the syntax in the value or right beside it, or in an indented line right below. */
export function isBroken({ parsed }: Manifest, node: Node | undefined): boolean {
  if (!node) return false;
  const isBelow = (start: number) => start > node.end && /^[ \t]*\r?\n[ \t]+$/.test(parsed.text.slice(node.end, start));
  return parsed.tree.problems.some(
    ({ span: [start, end] }) => node.start <= end && (start <= node.end + 1 || isBelow(start)),
  );
}

/** `1.0` of `1.0.0` without quotes: the value goes on where JSON ends it, and that is told as broken syntax. */
export function isCutOff({ parsed }: Manifest, { node }: Place): boolean {
  if (parsed.syntax !== "json" || node?.kind !== "scalar") return false;
  return parsed.tree.problems.some(({ span: [start] }) => start === node.end);
}

/** Whether a key seems to have no value because what stands below it can't be read. */
export function isBrokenOff({ parsed }: Manifest, { node, pair }: Place): boolean {
  const end = pair?.key?.end;
  if (end === undefined || (node && node.end > node.start)) return false;
  return parsed.tree.problems.some(
    ({ span: [start] }) => start > end && /^["']?[ \t]*:\s*(?:#[^\n]*\n\s*)*$/.test(parsed.source.slice(end, start)),
  );
}
