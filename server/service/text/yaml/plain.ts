// Reads plain YAML, as nearly all manifests are written, some twenty times faster than the `yaml` package does: block maps and lists,
// what stands in one line (`plainLine.ts`), comments, and what everybody's typing goes through: a word that wants to be a key, a
// key and a dash with nothing behind. What comes of it is exactly the tree that the package gives, with the same problems, a
// test compares the two; at anything else, any other mistake above all, it gives up and the package reads.

import type { Node, Span, SyntaxProblem, Tree } from "../node.js";
import type { PlacedProblem } from "../parts.js";
import { Origin, PlacedList, PlacedMap, PlacedPair } from "../placed.js";
import { DASH, DEEPEST, LONGEST_KEY, PlainLine, SPACE } from "./plainLine.js";
import { KEY_ALONE } from "./problems.js";

/** The tree of a text that is one plain map or list; undefined where it is more than that. */
export function readPlain(text: string): Tree | undefined {
  const lines = new PlainLines(text, 0, text.length, new Origin(0));
  const root = lines.root();
  const problems = lines.keysAlone.map((span): SyntaxProblem => ({ span, message: KEY_ALONE }));
  return root && { documents: [{ start: 0, end: text.length, root }], problems, hasAliases: false };
}

/** The one item of a list that stands in these whole lines, its dash at `indent`. */
export function readPlainItem(text: string, start: number, end: number, indent: number): PlainItem | undefined {
  const origin = new Origin(start);
  const lines = new PlainLines(text, start, end, origin);
  const node = lines.item(indent);
  if (lines.keysAlone.length === 0) return node && { origin, node, problems: NONE };
  const problems = lines.keysAlone.map(([from, to]): PlacedProblem => ({ origin, from, to, message: KEY_ALONE }));
  return node && { origin, node, problems };
}

/** One list for the thousands of items that have none. */
const NONE: readonly PlacedProblem[] = [];

export interface PlainItem {
  readonly origin: Origin;
  readonly node: Node;
  readonly problems: readonly PlacedProblem[];
}

/** One reading: each method answers what begins at `at`, and undefined where that isn't plain. */
class PlainLines extends PlainLine {
  /** The column of `at` in a line that is yet to be read; -1 behind the last. */
  private column = -1;
  /** Words that want to be keys, from the origin on. */
  readonly keysAlone: Span[] = [];

  constructor(text: string, start: number, end: number, origin: Origin) {
    super(text, start, end, origin);
    this.nextLine();
  }

  root(): Node | undefined {
    const node = this.column === 0 ? this.block() : undefined;
    return this.column < 0 ? node : undefined;
  }

  item(indent: number): Node | undefined {
    const node = this.column === indent && this.isDash() ? this.itemAt(indent) : undefined;
    return this.column < 0 ? node : undefined;
  }

  private block(): Node | undefined {
    if (++this.depth > DEEPEST) return undefined;
    const node = this.isDash() ? this.list() : this.map();
    this.depth--;
    return node;
  }

  private list(): Node | undefined {
    const { column, at: from } = this;
    const items: Node[] = [];
    while (this.column === column && this.isDash()) {
      const item = this.itemAt(column);
      if (!item) return undefined;
      items.push(item);
    }
    const last = items[items.length - 1];
    if (!last || this.column > column) return undefined;
    return new PlacedList(this.origin, this.placed(from), last.end - this.origin.at, false, items);
  }

  private itemAt(column: number): Node | undefined {
    const dash = this.at++;
    this.skipSpaces();
    if (this.isRestEmpty()) return this.nothing(column);
    if (this.isDash()) return undefined;
    this.column = column + this.at - dash;
    const from = this.at;
    const isMap = this.key() !== undefined;
    this.at = from;
    const item = isMap ? this.block() : this.inline();
    return this.column > column ? undefined : item;
  }

  private map(): Node | undefined {
    const { column, at: from } = this;
    const pairs: PlacedPair[] = [];
    let end = from;
    while (this.column === column) {
      const [start, at] = [this.at, this.placed(this.at)];
      const key = this.key();
      const value = key && this.value(column);
      const alone = key || pairs.length === 0 ? undefined : this.keyAlone(start, column);
      const last = value ?? alone;
      if (!last) return undefined;
      end = last.end - this.origin.at;
      pairs.push(new PlacedPair(this.origin, at, end, key ?? alone, value));
    }
    // A dash in the column of the keys has been read with the key before.
    if (this.column > column) return undefined;
    return new PlacedMap(this.origin, this.placed(from), end, false, pairs);
  }

  /** What follows a key in this column. */
  private value(column: number): Node | undefined {
    this.skipSpaces();
    if (!this.isRestEmpty()) return this.inline();
    const empty = this.at;
    this.nextLine();
    return this.column > column || (this.column === column && this.isDash()) ? this.block() : this.scalar(empty, empty);
  }

  /** Behind a dash in this column. */
  private nothing(column: number): Node | undefined {
    const empty = this.at;
    this.nextLine();
    return this.column > column ? undefined : this.scalar(empty, empty);
  }

  /**
   * A line that is one word, below a pair: a key that is being typed. With a dot or a slash it may be a path, whose problem depends
   * on the lines below.
   */
  private keyAlone(start: number, column: number): Node | undefined {
    this.at = start;
    const word = this.word();
    if (!word || !this.isBlank(this.code()) || /[./]/.test(word.text)) return undefined;
    this.skipSpaces();
    if (!this.isRestEmpty()) return undefined;
    this.nextLine();
    // The word and a key right below are one text over two lines to the package, of which a quote is a letter.
    if (this.column === column && (this.isQuote() || this.at - start > LONGEST_KEY)) return undefined;
    this.keysAlone.push([word.start - this.origin.at, word.end - this.origin.at]);
    return word;
  }

  /** A value in one line, which ends there. */
  private inline(): Node | undefined {
    const value = this.whole();
    if (!value || !this.isBlank(this.code())) return undefined;
    this.skipSpaces();
    if (!this.isRestEmpty()) return undefined;
    this.nextLine();
    return value;
  }

  private nextLine(): void {
    const { text, end } = this;
    let at = this.at;
    // The rest of a line that was read is blank or a comment.
    if (at > this.start) at = this.lineEnd(at);
    while (at < end) {
      const start = at;
      while (text.charCodeAt(at) === SPACE) at++;
      this.at = at;
      if (at < end && !this.isRestEmpty()) {
        this.column = at - start;
        return;
      }
      at = this.lineEnd(at);
    }
    this.at = end;
    this.column = -1;
  }

  private lineEnd(at: number): number {
    const feed = this.text.indexOf("\n", at);
    return feed < 0 || feed >= this.end ? this.end : feed + 1;
  }

  private isDash(): boolean {
    return this.code() === DASH && this.isBlank(this.text.charCodeAt(this.at + 1));
  }
}
