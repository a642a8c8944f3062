// Columns and the indentation habits of a file.

import { children, type Node } from "./node.js";
import { lineStartIn, type Slices } from "./slices.js";

/** Column (0-based, UTF-16 units) of an offset in its line. A byte order mark doesn't count. */
export function columnOf(text: Slices, offset: number): number {
  const lineStart = lineStartIn(text, offset);
  return offset - lineStart - (lineStart === 0 && text.slice(0, 1) === "\ufeff" ? 1 : 0);
}

export interface Habits {
  /** Blanks that one level of nesting adds. */
  readonly step: number;
  /** Blanks before the dash of a list, counted from the key above it: 0 or `step`. */
  readonly dash: number;
}

/** So many nodes tell how a file is written. */
const ENOUGH = 200;

/** What the file does already; two blanks and an indented dash where it shows nothing. */
export function habitsOf(text: Slices, root: Node | undefined): Habits {
  let step: number | undefined;
  let dash: number | undefined;
  const queue: Node[] = root ? [root] : [];
  for (let i = 0; i < queue.length && i < ENOUGH && (step === undefined || dash === undefined); i++) {
    const node = queue[i];
    if (!node) break;
    if (node.kind === "map" && !node.flow) {
      for (const { key, value } of node.pairs) {
        if (!key || !value || value.kind === "scalar" || value.kind === "alias" || value.flow) continue;
        const deeper = columnOf(text, value.start) - columnOf(text, key.start);
        if (value.kind === "map" && deeper > 0) step ??= deeper;
        if (value.kind === "list" && deeper >= 0) dash ??= deeper;
      }
    }
    for (const child of children(node)) {
      if (queue.length >= ENOUGH) break;
      queue.push(child);
    }
  }
  return { step: step ?? (dash || 2), dash: dash ?? step ?? 2 };
}
