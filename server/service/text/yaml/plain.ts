// Reads plain YAML, as nearly all manifests are written, some twenty times faster than the `yaml` package does: block maps and lists,
// one-line scalars without escapes, comments, `[]` and `{}`. What comes of it is exactly the tree that the package gives, a
// test compares the two; at anything else, a mistake above all, it gives up and the package reads.

import type { Node, Tree } from "../node.js";
import { type Origin, PlacedList, PlacedMap, PlacedPair, PlacedScalar } from "../placed.js";

/** The tree of a text that is one plain map or list; undefined where it is more than that. */
export function readPlain(text: string): Tree | undefined {
  const root = new PlainLines(text, 0, text.length, { at: 0 }).root();
  return root && { documents: [{ start: 0, end: text.length, root }], problems: [], hasAliases: false };
}

/** The one item of a list that stands in these whole lines, its dash at `indent`. */
export function readPlainItem(text: string, start: number, end: number, indent: number): PlainItem | undefined {
  const origin = { at: start };
  const node = new PlainLines(text, start, end, origin).item(indent);
  return node && { origin, node };
}

export interface PlainItem {
  readonly origin: Origin;
  readonly node: Node;
}

/** Deeper nesting is left to the package, which counts it. */
const DEEPEST = 50;

/** One reading: `at` goes through the text; each method answers what begins there, and undefined where that isn't plain. */
class PlainLines {
  /** The next character that is not yet read; between two nodes the first of a line. */
  private at: number;
  /** The column of `at` in a line that is yet to be read; -1 behind the last. */
  private column = -1;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly start: number,
    private readonly end: number,
    private readonly origin: Origin,
  ) {
    this.at = start;
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
    if (this.isRestEmpty() || this.isDash()) return undefined;
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
      const at = this.placed(this.at);
      const key = this.key();
      const value = key && this.value(column);
      if (!value) return undefined;
      end = value.end - this.origin.at;
      pairs.push(new PlacedPair(this.origin, at, end, key, value));
    }
    // A dash in the column of the keys has been read with the key before.
    if (this.column > column) return undefined;
    return new PlacedMap(this.origin, this.placed(from), end, false, pairs);
  }

  private key(): Node | undefined {
    const [quote, from] = [this.code(), this.at];
    const key = quote === QUOTE || quote === APOSTROPHE ? this.quoted(quote) : this.word();
    if (!key || this.code() !== COLON || this.at - from > LONGEST_KEY) return undefined;
    this.at++;
    return this.isBlank(this.code()) ? key : undefined;
  }

  private word(): Node | undefined {
    const from = this.at;
    if (!isWordStart(this.code())) return undefined;
    while (isWordPart(this.code())) this.at++;
    const word = this.text.slice(from, this.at);
    return new PlacedScalar(this.origin, this.placed(from), this.placed(this.at), shared(word), "plain");
  }

  /** What follows a key in this column. */
  private value(column: number): Node | undefined {
    this.skipSpaces();
    if (!this.isRestEmpty()) return this.inline();
    this.nextLine();
    return this.column > column || (this.column === column && this.isDash()) ? this.block() : undefined;
  }

  /** A value in one line, which ends there. */
  private inline(): Node | undefined {
    const first = this.code();
    const value =
      first === QUOTE || first === APOSTROPHE
        ? this.quoted(first)
        : first === OPEN_LIST || first === OPEN_MAP
          ? this.empty(first)
          : this.plain(first);
    if (!value || !this.isBlank(this.code())) return undefined;
    this.skipSpaces();
    if (!this.isRestEmpty()) return undefined;
    this.nextLine();
    return value;
  }

  private quoted(quote: number): Node | undefined {
    const from = this.at++;
    for (; this.at < this.end; this.at++) {
      const code = this.code();
      if (code === quote) break;
      if (isOdd(code) || code === BACKSLASH) return undefined;
    }
    if (this.at >= this.end) return undefined;
    // Two quotes are one, and stand for themselves.
    if (this.text.charCodeAt(++this.at) === quote) return undefined;
    const style = quote === QUOTE ? "double" : "single";
    return new PlacedScalar(
      this.origin,
      this.placed(from),
      this.placed(this.at),
      this.text.slice(from + 1, this.at - 1),
      style,
    );
  }

  private empty(open: number): Node | undefined {
    const from = this.at;
    if (this.text.charCodeAt(from + 1) !== open + 2 || from + 2 > this.end) return undefined;
    this.at += 2;
    const [start, end] = [this.placed(from), this.placed(this.at)];
    return open === OPEN_LIST
      ? new PlacedList(this.origin, start, end, true, [])
      : new PlacedMap(this.origin, start, end, true, []);
  }

  private plain(first: number): Node | undefined {
    const from = this.at;
    if (INDICATORS.has(first) && !(first === DASH && isWordStart(this.text.charCodeAt(from + 1)))) return undefined;
    let last = from;
    for (; this.at < this.end; this.at++) {
      const code = this.code();
      if (code === SPACE) continue;
      if (code === NEWLINE || (code === RETURN && this.isBreak())) break;
      if (code === HASH && last < this.at - 1) break;
      if (isOdd(code)) return undefined;
      if (code === COLON && this.isBlank(this.text.charCodeAt(this.at + 1))) return undefined;
      last = this.at;
    }
    this.at = last + 1;
    return this.scalar(from, this.at);
  }

  private scalar(from: number, to: number): Node {
    return new PlacedScalar(this.origin, this.placed(from), this.placed(to), this.text.slice(from, to), "plain");
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

  private code(): number {
    return this.at < this.end ? this.text.charCodeAt(this.at) : NEWLINE;
  }

  private placed(offset: number): number {
    return offset - this.start;
  }

  private skipSpaces(): void {
    while (this.code() === SPACE) this.at++;
  }

  private isDash(): boolean {
    return this.code() === DASH && this.isBlank(this.text.charCodeAt(this.at + 1));
  }

  /** Nothing but a comment is left of the line, or nothing; `at` stands behind spaces or at the beginning. */
  private isRestEmpty(): boolean {
    const code = this.code();
    return code === NEWLINE || code === HASH || (code === RETURN && this.isBreak());
  }

  /** Whether the carriage return here belongs to a line break. */
  private isBreak(): boolean {
    return this.text.charCodeAt(this.at + 1) === NEWLINE;
  }

  private isBlank(code: number): boolean {
    return code === SPACE || code === NEWLINE || code === RETURN || Number.isNaN(code);
  }
}

/** The same words are keys thousands of times: one text serves all. */
function shared(word: string): string {
  const known = WORDS.get(word);
  if (known !== undefined) return known;
  if (WORDS.size < MOST_WORDS) WORDS.set(word, word);
  return word;
}

const WORDS = new Map<string, string>();
const MOST_WORDS = 1000;

/** Longer keys are a mistake. */
const LONGEST_KEY = 500;

const [NEWLINE, RETURN, SPACE, QUOTE, HASH, DOLLAR, APOSTROPHE] = [0x0a, 0x0d, 0x20, 0x22, 0x23, 0x24, 0x27];
const [DASH, DOT, SLASH, COLON, UNDERSCORE, BACKSLASH] = [0x2d, 0x2e, 0x2f, 0x3a, 0x5f, 0x5c];
const [OPEN_LIST, OPEN_MAP, DELETE, BOM] = [0x5b, 0x7b, 0x7f, 0xfeff];

/** No plain scalar begins with them, or not any. */
const INDICATORS = new Set([..."-?:,[]{}#&*!|>'\"%@`"].map((letter) => letter.charCodeAt(0)));

/** What ends a line, and what nobody writes into one. */
const isOdd = (code: number): boolean => code < SPACE || code === DELETE || code === BOM;

const isWordStart = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x30 && code <= 0x39) ||
  code === UNDERSCORE;

const isWordPart = (code: number): boolean =>
  isWordStart(code) || code === DASH || code === DOT || code === SLASH || code === DOLLAR;
