// Lines of a block that go further in.

import type { Pair, Span } from "./node.js";

interface Indentation {
  readonly span: Span;
  readonly newText: string;
}

/** Blanks before each line of pairs that follow each other, but for the first line. */
export function indentedLines(text: string, pairs: readonly Pair[], width: number): readonly Indentation[] {
  const [first] = pairs;
  const last = pairs.at(-1);
  if (!first || !last) return [];
  const inside = text.slice(first.start, last.end).trimEnd();
  return [...inside.matchAll(/\n(?=[^\r\n])/g)].map(({ index }) => {
    const at = first.start + index + 1;
    return { span: [at, at], newText: " ".repeat(width) };
  });
}
