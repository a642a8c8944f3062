// The tokens of YAML as libyaml and its ports to Go and Python find them: more lenient than the specification about the
// indentation of braces and quoted texts, stricter about tabs. Only what decides whether a text is taken is kept.

import type { Span } from "../node.js";
import { blank, blankz, cannotBegin, isBreak, isMarker, type Scanned, type SimpleKey, type Token } from "./letters.js";
import { anchorEnd, blockScalarEnd, directiveEnd, plainEnd, quotedEnd, Refused, tagEnd } from "./scalars.js";

const LONGEST_KEY = 1024;

export class Tokens {
  /** What a stricter reader stumbles over and this one doesn't: line ends in braces and quotes, comments without a blank. */
  readonly lenient: Span[] = [];
  /** Plain values of one dash in braces, which stricter readers take for a list. */
  readonly dashes: number[] = [];
  private at = 0;
  private line = 0;
  private lineStart = 0;
  private indent = -1;
  private readonly indents: number[] = [];
  private flow = 0;
  private allowed = true;
  private keys: (SimpleKey | undefined)[] = [undefined];
  private queue: Scanned[] = [];
  private taken = 0;
  private ended = false;

  constructor(private readonly text: string) {
    if (text.startsWith("\uFEFF")) this.at = this.lineStart = 1;
  }

  peek(): Scanned {
    while (!this.ended && this.needsMore()) this.fetch();
    return this.queue[0] ?? { token: "stream-end", start: this.text.length };
  }

  skip(): void {
    this.peek();
    if (this.queue.shift()) this.taken++;
  }

  private get column(): number {
    return this.at - this.lineStart;
  }

  private needsMore(): boolean {
    if (this.queue.length === 0) return true;
    this.dropStale();
    return this.keys.some((key) => key?.number === this.taken);
  }

  private dropStale(): void {
    this.keys.forEach((key, at) => {
      if (!key || (key.line === this.line && key.at + LONGEST_KEY >= this.at)) return;
      if (key.required) throw new Refused(key.at, 'this key has no value; add ":" after it');
      this.keys[at] = undefined;
    });
  }

  private push(token: Token, start = this.at): void {
    this.queue.push({ token, start });
  }

  private saveKey(): void {
    if (!this.allowed) return;
    const required = this.flow === 0 && this.indent === this.column;
    this.removeKey();
    const number = this.taken + this.queue.length;
    this.keys[this.keys.length - 1] = { number, at: this.at, line: this.line, column: this.column, required };
  }

  private removeKey(): void {
    const key = this.keys.at(-1);
    if (key?.required) throw new Refused(key.at, 'this key has no value; add ":" after it');
    this.keys[this.keys.length - 1] = undefined;
  }

  private roll(column: number, number: number | undefined, token: "block-map" | "block-sequence", start: number): void {
    if (this.flow > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    if (number === undefined) this.push(token, start);
    else this.queue.splice(number - this.taken, 0, { token, start });
  }

  private unroll(column: number): void {
    if (this.flow > 0) return;
    while (this.indent > column) {
      this.push("block-end");
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private fetch(): void {
    this.toNextToken();
    this.dropStale();
    this.unroll(this.column);
    const { text, at } = this;
    const letter = text[at];
    const next = text[at + 1];
    if (letter === undefined) this.end();
    else if (this.column === 0 && letter === "%") this.marker("directive", directiveEnd(text, at) - at);
    else if (this.column === 0 && isMarker("---", text, at)) this.marker("document-start", 3);
    else if (this.column === 0 && isMarker("...", text, at)) this.marker("document-end", 3);
    else if (letter === "[" || letter === "{") this.open(letter);
    else if (letter === "]" || letter === "}") this.close(letter);
    else if (letter === ",") this.comma();
    else if (letter === "-" && blankz(next)) this.entry();
    else if (letter === "?" && (this.flow > 0 || blankz(next))) this.complexKey();
    else if (letter === ":" && (this.flow > 0 || blankz(next))) this.value();
    else if (letter === "*") this.scalar("alias", anchorEnd(text, at));
    else if (letter === "&") this.scalar("anchor", anchorEnd(text, at));
    else if (letter === "!") this.scalar("tag", tagEnd(text, at));
    else if ((letter === "|" || letter === ">") && this.flow === 0) this.block();
    else if (letter === "'" || letter === '"') this.quoted();
    else if (this.mayBegin(letter, next)) this.plain();
    else throw new Refused(at, cannotBegin(letter));
  }

  private mayBegin(letter: string, next: string | undefined): boolean {
    if (letter === "-") return !blank(next);
    if (letter === "?" || letter === ":") return this.flow === 0 && !blankz(next);
    return !/[,[\]{}#&*!|>'"%@`\s]/.test(letter);
  }

  private toNextToken(): void {
    const { text } = this;
    for (;;) {
      let letter = text[this.at];
      while (letter === " " || (letter === "\t" && (this.flow > 0 || !this.allowed))) letter = text[++this.at];
      if (letter === "#") {
        const from = this.at;
        while (text[this.at] !== undefined && !isBreak(text[this.at])) this.at++;
        if (this.flow > 0 || !blankz(text[from - 1])) this.lenient.push([from, this.at]);
      }
      if (!isBreak(text[this.at])) return;
      const from = this.at;
      this.newline();
      if (this.flow > 0) this.lenient.push([from, this.at]);
      if (this.flow === 0) this.allowed = true;
    }
  }

  private newline(): void {
    this.at += this.text[this.at] === "\r" && this.text[this.at + 1] === "\n" ? 2 : 1;
    this.line++;
    this.lineStart = this.at;
  }

  /** Goes on to an offset, over line ends. */
  private goTo(end: number): void {
    while (this.at < end) {
      if (isBreak(this.text[this.at])) this.newline();
      else this.at++;
    }
  }

  private one(token: Token): void {
    this.push(token);
    this.at++;
  }

  private end(): void {
    this.unroll(-1);
    this.removeKey();
    this.allowed = false;
    this.push("stream-end");
    this.ended = true;
  }

  private marker(token: Token, length: number): void {
    this.unroll(-1);
    this.removeKey();
    this.allowed = false;
    this.push(token);
    this.at += length;
  }

  private comma(): void {
    this.removeKey();
    this.allowed = true;
    this.one(",");
  }

  private open(letter: "[" | "{"): void {
    this.saveKey();
    this.keys.push(undefined);
    this.flow++;
    this.allowed = true;
    this.one(letter);
  }

  private close(letter: "]" | "}"): void {
    this.removeKey();
    if (this.flow > 0) {
      this.flow--;
      this.keys.pop();
    }
    this.allowed = false;
    this.one(letter);
  }

  private entry(): void {
    if (this.flow === 0) {
      if (!this.allowed) throw new Refused(this.at, "a list can't begin here; put it on a line of its own");
      this.roll(this.column, undefined, "block-sequence", this.at);
    }
    this.removeKey();
    this.allowed = true;
    this.one("-");
  }

  private complexKey(): void {
    if (this.flow === 0) {
      if (!this.allowed) throw new Refused(this.at, 'a key can\'t begin here with "?"; put it in quotes');
      this.roll(this.column, undefined, "block-map", this.at);
    }
    this.removeKey();
    this.allowed = this.flow === 0;
    this.one("key");
  }

  private value(): void {
    this.dropStale();
    const key = this.keys.at(-1);
    if (key) {
      this.queue.splice(key.number - this.taken, 0, { token: "key", start: key.at });
      this.roll(key.column, key.number, "block-map", key.at);
      this.keys[this.keys.length - 1] = undefined;
      this.allowed = false;
    } else {
      if (this.flow === 0) {
        if (!this.allowed)
          throw new Refused(this.at, 'a second ": " on this line; put the value in quotes or on a line of its own');
        this.roll(this.column, undefined, "block-map", this.at);
      }
      this.allowed = this.flow === 0;
    }
    this.one("value");
  }

  /** Something that may be a key, up to an offset. */
  private scalar(token: Token, end: number): void {
    this.saveKey();
    this.allowed = false;
    this.push(token);
    this.goTo(end);
  }

  private block(): void {
    this.removeKey();
    this.allowed = true;
    this.push("scalar");
    this.goTo(blockScalarEnd(this.text, this.at, this.indent));
  }

  private quoted(): void {
    const start = this.at;
    this.scalar("scalar", quotedEnd(this.text, start));
    for (let at = start; at < this.at; at++) if (isBreak(this.text[at])) this.lenient.push([at, at + 1]);
  }

  private plain(): void {
    const end = plainEnd(this.text, this.at, { lineStart: this.lineStart, indent: this.indent, isFlow: this.flow > 0 });
    if (this.flow > 0 && this.text[this.at] === "-" && /[,\]}]/.test(this.text[this.at + 1] ?? ""))
      this.dashes.push(this.at);
    this.scalar("scalar", end.at);
    if (this.flow > 0) this.lenient.push(...end.breaks);
    if (end.isOnNewLine) this.allowed = true;
  }
}
