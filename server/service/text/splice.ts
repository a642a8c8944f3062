// A text in which one stretch was replaced, not put together before someone reads all of it: of a burst of changes only the last
// text is made, and while someone types in one place of a text of a megabyte not even that.

import { type Change, difference } from "./difference.js";
import type { Slices } from "./slices.js";

/** A text of which parts can be read without putting it together; offsets of a part are within the text. */
export interface Stretches extends Slices {
  /** All of it, put together at the first call. */
  getText(): string;
}

interface Known {
  /** How often words stand there. */
  readonly counts: Map<string, number>;
  /** Whether one of some letters does. */
  readonly letters: Map<RegExp, boolean>;
}

/** A longer stretch, as between edits at both ends of a text, costs each further edit more than putting all together once. */
const LONGEST = 20_000;

export class Splice {
  private whole: string | undefined;

  constructor(
    private readonly base: string,
    private readonly start = 0,
    private readonly end = start,
    private readonly added = "",
    /** What is known of `base`, as far as somebody asked. */
    private readonly known: Known = { counts: new Map(), letters: new Map() },
  ) {
    if (start === end && added === "") this.whole = base;
  }

  get length(): number {
    return this.base.length + this.growth;
  }

  private get growth(): number {
    return this.added.length - (this.end - this.start);
  }

  getText(): string {
    this.whole ??= this.base.slice(0, this.start) + this.added + this.base.slice(this.end);
    return this.whole;
  }

  /** The UTF-16 unit at an offset; NaN outside. */
  codeAt(offset: number): number {
    const { base, start, end, added } = this;
    if (offset < start) return base.charCodeAt(offset);
    const within = offset - start;
    return within < added.length ? added.charCodeAt(within) : base.charCodeAt(end + within - added.length);
  }

  slice(from: number, to: number): string {
    const { base, start, end, added } = this;
    const until = start + added.length;
    return (
      base.slice(from, Math.min(to, start)) +
      added.slice(Math.max(0, from - start), Math.max(0, to - start)) +
      (to > until ? base.slice(end + Math.max(from, until) - until, end + to - until) : "")
    );
  }

  /** How often a word stands in the text, overlapping ones too. After an edit only what it replaced is looked at. */
  count(word: string): number {
    const { base, start, end } = this;
    const { counts } = this.known;
    const before = counts.get(word) ?? occurrences(base, word);
    counts.set(word, before);
    if (this.whole === base) return before;
    const from = Math.max(0, start - word.length + 1);
    const to = Math.min(base.length, end + word.length - 1);
    return before - occurrences(base.slice(from, to), word) + occurrences(this.slice(from, to + this.growth), word);
  }

  /** Whether one of some letters stands in the text. Once a text has none, only what is written into it is looked at. */
  has(letters: RegExp): boolean {
    const had = this.known.letters.get(letters) ?? letters.test(this.base);
    this.known.letters.set(letters, had);
    return had ? this.whole === this.base || letters.test(this.getText()) : letters.test(this.added);
  }

  /** The text after another change. Changes before anyone read the text in between become one. */
  after(start: number, end: number, added: string): Splice {
    if (this.whole !== undefined || this.added.length > LONGEST)
      return new Splice(this.getText(), start, end, added, this.knownOfAll());
    const until = this.start + this.added.length;
    const [from, to] = [Math.min(start, this.start), Math.max(end, until)];
    const together = this.slice(from, start) + added + this.slice(end, to);
    return new Splice(this.base, from, this.end + to - until, together, this.known);
  }

  private knownOfAll(): Known {
    const { counts, letters } = this.known;
    return {
      counts: new Map([...counts.keys()].map((word) => [word, this.count(word)])),
      letters: new Map([...letters.keys()].map((one) => [one, this.has(one)])),
    };
  }

  /** What differs from a former text. */
  since(former: Splice): Change {
    const { base, start, end } = this;
    if (former.base !== base && former.whole !== base) return difference(former.getText(), this.getText());
    const before = former.whole === base ? new Splice(base, start) : former;
    const [from, to] = [Math.min(start, before.start), Math.max(end, before.end)];
    const within = difference(before.slice(from, to + before.growth), this.slice(from, to + this.growth));
    const isSame = within.end - within.start + within.newEnd - within.start === 0;
    // Nothing changed: that is nowhere, and so behind everything, as of two whole texts.
    const shift = isSame ? this.length - within.start : from;
    return { start: shift + within.start, end: shift + within.end, newEnd: shift + within.newEnd };
  }
}

function occurrences(text: string, word: string): number {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) count++;
  return count;
}
