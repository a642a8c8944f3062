// A text in which one stretch was replaced, not put together before someone reads it: of a burst of changes only the last text
// is made, however long it is.

import { type Change, difference } from "./difference.js";

export class Splice {
  private whole: string | undefined;

  constructor(
    private readonly base: string,
    private readonly start = 0,
    private readonly end = start,
    private readonly added = "",
  ) {
    if (start === end && added === "") this.whole = base;
  }

  get length(): number {
    return this.base.length - (this.end - this.start) + this.added.length;
  }

  text(): string {
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

  /** The text after another change. Changes before anyone read the text in between become one. */
  after(start: number, end: number, added: string): Splice {
    if (this.whole !== undefined) return new Splice(this.whole, start, end, added);
    const until = this.start + this.added.length;
    const [from, to] = [Math.min(start, this.start), Math.max(end, until)];
    const together = this.slice(from, start) + added + this.slice(end, to);
    return new Splice(this.base, from, this.end + to - until, together);
  }

  /** What changed since another text was whole; undefined when this one wasn't made of that. */
  since(before: string): Change | undefined {
    if (before !== this.base) return undefined;
    const { start, added } = this;
    const within = difference(before.slice(start, this.end), added);
    return { start: start + within.start, end: start + within.end, newEnd: start + within.newEnd };
  }

  private slice(from: number, to: number): string {
    const { base, start, end, added } = this;
    const until = start + added.length;
    return (
      base.slice(from, Math.min(to, start)) +
      added.slice(Math.max(0, from - start), Math.max(0, to - start)) +
      (to > until ? base.slice(end + Math.max(from, until) - until, end + to - until) : "")
    );
  }
}
