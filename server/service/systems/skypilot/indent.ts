// Lines of a block that go further in.

import type { Pair } from "../../text/node.js";
import type { TextChange } from "../problem.js";
import type { Manifest } from "../system.js";

/** Blanks before each line of pairs that follow each other, but for the first line. */
export function indentedLines({ parsed: { text } }: Manifest, pairs: readonly Pair[], width: number): TextChange[] {
  const [first] = pairs;
  const last = pairs.at(-1);
  if (!first || !last) return [];
  const inside = text.slice(first.start, last.end).trimEnd();
  return [...inside.matchAll(/\n(?=[^\r\n])/g)].map(({ index }) => {
    const at = first.start + index + 1;
    return { span: [at, at], newText: " ".repeat(width) };
  });
}
