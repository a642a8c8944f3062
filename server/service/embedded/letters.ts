// The text of a value that stands in another file's quoting, letter by letter with the place that each came from. This is
// the map of offsets between the two; it knows no file format.

import type { Span } from "../text/node.js";

export interface Letters {
  /** The value as its reader sees it. */
  readonly text: string;
  /** For every letter (UTF-16 unit) of `text` where its writing begins and ends in the outer text. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Where the outer text has the value, for a value of no letters. */
  readonly at: number;
}

export interface Collector {
  /** `text` is written as the outer text from `start` to `end`; for a plain letter these are its own. */
  put(text: string, start: number, end: number): void;
  /** Outer text from `start` to `end` that stands for itself. */
  copy(outer: string, start: number, end: number): void;
  done(): Letters;
}

export function collectLetters(at: number): Collector {
  const parts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  return {
    put(text, start, end) {
      parts.push(text);
      for (let i = 0; i < text.length; i++) {
        starts.push(start);
        ends.push(end);
      }
    },
    copy(outer, start, end) {
      parts.push(outer.slice(start, end));
      for (let i = start; i < end; i++) {
        starts.push(i);
        ends.push(i + 1);
      }
    },
    done: () => ({ text: parts.join(""), starts, ends, at }),
  };
}

/** The letters from `start` to `end` alone. */
export function partOfLetters({ text, starts, ends, at }: Letters, [start, end]: Span): Letters {
  return {
    text: text.slice(start, end),
    starts: starts.slice(start, end),
    ends: ends.slice(start, end),
    at: starts[start] ?? ends[start - 1] ?? at,
  };
}

/** A second reader behind the first: what `pattern` finds in the value becomes `text`, written where it was found. */
export function rewriteLetters(letters: Letters, pattern: RegExp, rewrite: (found: string) => string): Letters {
  const { text, starts, ends, at } = letters;
  const changed = collectLetters(at);
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    keep(last, match.index);
    last = match.index + match[0].length;
    changed.put(rewrite(match[0]), starts[match.index] ?? at, ends[last - 1] ?? at);
  }
  keep(last, text.length);
  return changed.done();

  function keep(from: number, to: number): void {
    for (let i = from; i < to; i++) changed.put(text.charAt(i), starts[i] ?? at, ends[i] ?? at);
  }
}

/** A span of the value as a span of the outer text. An empty one touches what stands before it. */
export function outerSpan({ starts, ends, at }: Letters, [start, end]: Span): Span {
  if (start < end) return [starts[start] ?? ends.at(-1) ?? at, ends[Math.min(end, ends.length) - 1] ?? at];
  const point = start === 0 ? (starts[0] ?? at) : (ends[Math.min(start, ends.length) - 1] ?? at);
  return [point, point];
}

/** The offset in the value of an outer offset: the first letter that isn't written wholly before it. */
export function innerOffset({ ends }: Letters, outer: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) <= outer) low = middle + 1;
    else high = middle;
  }
  return low;
}
