// What stands within one line of plain YAML: keys, scalars without escapes, lists and maps in brackets. What is allowed there is less
// than YAML allows; at anything else the reading gives up.

import type { Node, ScalarNode } from "../node.js";
import { type Origin, PlacedList, PlacedMap, PlacedPair, PlacedScalar } from "../placed.js";

/** Deeper nesting is left to the package, which counts it. */
export const DEEPEST = 50;

/** `at` goes through the text; each method answers what begins there, and undefined where that isn't plain. */
export class PlainLine {
  /** The next character that is not yet read; between two nodes the first of a line. */
  protected at: number;
  protected depth = 0;

  constructor(
    protected readonly text: string,
    protected readonly start: number,
    protected readonly end: number,
    protected readonly origin: Origin,
  ) {
    this.at = start;
  }

  protected key(): Node | undefined {
    const from = this.at;
    const key = this.isQuote() ? this.quoted(this.code()) : this.word();
    if (!key || this.code() !== COLON || this.at - from > LONGEST_KEY) return undefined;
    this.at++;
    return this.isBlank(this.code()) ? key : undefined;
  }

  /** A value that a key or a dash has in its line. */
  protected whole(): Node | undefined {
    const first = this.code();
    if (this.isQuote()) return this.quoted(first);
    return first === OPEN_LIST || first === OPEN_MAP ? this.brackets(first) : this.plain(first);
  }

  protected isQuote(): boolean {
    const code = this.code();
    return code === QUOTE || code === APOSTROPHE;
  }

  protected word(): ScalarNode | undefined {
    const from = this.at;
    if (!isWordStart(this.code())) return undefined;
    while (isWordPart(this.code())) this.at++;
    const word = this.text.slice(from, this.at);
    return new PlacedScalar(this.origin, this.placed(from), this.placed(this.at), shared(word), "plain");
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

  /** A list or a map in brackets, which end in the same line. */
  private brackets(open: number): Node | undefined {
    if (++this.depth > DEEPEST) return undefined;
    const from = this.at++;
    const isList = open === OPEN_LIST;
    const items: Node[] = [];
    const pairs: PlacedPair[] = [];
    const close = open + 2;
    this.skipSpaces();
    for (let isFirst = true; this.code() !== close; isFirst = false) {
      if (!isFirst && !this.comma()) return undefined;
      const item = isList ? this.member() : undefined;
      const pair = isList ? undefined : this.pair();
      if (item) items.push(item);
      else if (pair) pairs.push(pair);
      else return undefined;
      this.skipSpaces();
    }
    this.at++;
    this.depth--;
    const [start, end] = [this.placed(from), this.placed(this.at)];
    return isList
      ? new PlacedList(this.origin, start, end, true, items)
      : new PlacedMap(this.origin, start, end, true, pairs);
  }

  private comma(): boolean {
    if (this.code() !== COMMA) return false;
    this.at++;
    this.skipSpaces();
    return true;
  }

  private pair(): PlacedPair | undefined {
    const at = this.placed(this.at);
    const key = this.key();
    if (!key) return undefined;
    this.skipSpaces();
    const value = this.member();
    return value && new PlacedPair(this.origin, at, value.end - this.origin.at, key, value);
  }

  /** A value between brackets: what ends it is a comma or a bracket. */
  private member(): Node | undefined {
    const first = this.code();
    if (this.isQuote()) return this.quoted(first);
    if (first === OPEN_LIST || first === OPEN_MAP) return this.brackets(first);
    const from = this.at;
    if (!isWordStart(first) && first !== SLASH && first !== DOT) return undefined;
    let last = from;
    for (let code = first; code !== COMMA && code !== CLOSE_LIST && code !== CLOSE_MAP; code = this.code()) {
      if (!isMemberPart(code) || (code === COLON && !isWordPart(this.text.charCodeAt(this.at + 1)))) return undefined;
      if (code !== SPACE) last = this.at;
      this.at++;
    }
    return this.scalar(from, last + 1);
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

  protected scalar(from: number, to: number): Node {
    return new PlacedScalar(this.origin, this.placed(from), this.placed(to), this.text.slice(from, to), "plain");
  }

  protected code(): number {
    return this.at < this.end ? this.text.charCodeAt(this.at) : NEWLINE;
  }

  protected placed(offset: number): number {
    return offset - this.start;
  }

  protected skipSpaces(): void {
    while (this.code() === SPACE) this.at++;
  }

  /** Nothing but a comment is left of the line, or nothing; `at` stands behind spaces or at the beginning. */
  protected isRestEmpty(): boolean {
    const code = this.code();
    return code === NEWLINE || code === HASH || (code === RETURN && this.isBreak());
  }

  /** Whether the carriage return here belongs to a line break. */
  private isBreak(): boolean {
    return this.text.charCodeAt(this.at + 1) === NEWLINE;
  }

  protected isBlank(code: number): boolean {
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
export const LONGEST_KEY = 500;

export const [DASH, SPACE] = [0x2d, 0x20];
const [NEWLINE, RETURN, QUOTE, HASH, DOLLAR, APOSTROPHE] = [0x0a, 0x0d, 0x22, 0x23, 0x24, 0x27];
const [DOT, SLASH, COLON, UNDERSCORE, BACKSLASH] = [0x2e, 0x2f, 0x3a, 0x5f, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP, COMMA, AT, DELETE, BOM] = [
  0x5b, 0x5d, 0x7b, 0x7d, 0x2c, 0x40, 0x7f, 0xfeff,
];

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

/** Of what may stand in a plain value between brackets, what people write. */
const isMemberPart = (code: number): boolean => isWordPart(code) || code === SPACE || code === COLON || code === AT;
