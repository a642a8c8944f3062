// A text document that never changes: an edit makes another one, which knows where its lines begin from the former one.
// Positions are read and told as `vscode-languageserver-textdocument` does.

import type { TextDocument, TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import type { Position, Range } from "vscode-languageserver-types";
import type { Change } from "./difference.js";
import { editedStarts, firstAfter, type LineStarts, lineStartsOf, startAt } from "./lineStarts.js";
import { Splice, type Stretches } from "./splice.js";

export class Snapshot implements TextDocument, Stretches {
  private readonly splice: Splice;
  private starts: LineStarts | undefined;

  constructor(
    readonly uri: string,
    readonly languageId: string,
    readonly version: number,
    text: string | Splice,
    starts?: LineStarts,
  ) {
    this.splice = typeof text === "string" ? new Splice(text) : text;
    this.starts = starts;
  }

  get lineCount(): number {
    return this.lines().starts.length;
  }

  getText(range?: Range): string {
    return range ? this.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.splice.getText();
  }

  /** What stands between two offsets. After edits, putting a long text together costs more than all else that a key costs. */
  slice(start: number, end: number): string {
    return this.splice.slice(start, end);
  }

  get length(): number {
    return this.splice.length;
  }

  /** How often a word stands in the text. */
  count(word: string): number {
    return this.splice.count(word);
  }

  /** Whether one of some letters, a class of a regular expression, stands in the text. */
  has(letters: RegExp): boolean {
    return this.splice.has(letters);
  }

  /** What differs from a former version. */
  changeSince(former: Snapshot): Change {
    return this.splice.since(former.splice);
  }

  /** The line break behind the first line that ends with a line feed. */
  get eol(): "\n" | "\r\n" {
    let start = startAt(this.lines(), 1);
    for (let line = 2; start !== undefined && this.splice.codeAt(start - 1) !== 0x0a; line++)
      start = startAt(this.lines(), line);
    return start !== undefined && this.splice.codeAt(start - 2) === 0x0d ? "\r\n" : "\n";
  }

  positionAt(offset: number): Position {
    const within = Math.max(Math.min(offset, this.splice.length), 0);
    const line = firstAfter(this.lines(), within) - 1;
    const start = startAt(this.lines(), line) ?? 0;
    return { line, character: this.beforeBreak(within, start) - start };
  }

  offsetAt({ line, character }: Position): number {
    const starts = this.lines();
    const start = startAt(starts, line);
    if (line < 0) return 0;
    if (start === undefined) return this.splice.length;
    if (character <= 0) return start;
    return this.beforeBreak(Math.min(start + character, startAt(starts, line + 1) ?? this.splice.length), start);
  }

  getLineRange(line: number): Range {
    const start = { line: Math.max(0, Math.min(line, this.lineCount - 1)), character: 0 };
    const end = line < 0 ? start : { line: start.line, character: Number.MAX_SAFE_INTEGER };
    return { start, end: this.positionAt(this.offsetAt(end)) };
  }

  getEOLCharacters(line: number): string {
    if (line < 0 || line >= this.lineCount) return "";
    const end = this.offsetAt({ line, character: Number.MAX_SAFE_INTEGER });
    return this.getText().slice(end, startAt(this.lines(), line + 1) ?? this.splice.length);
  }

  /** The document after changes, each of which counts from the one before. */
  after(changes: readonly TextDocumentContentChangeEvent[], version: number): Snapshot {
    return changes.reduce<Snapshot>(
      (document, change) => document.changed(change, version),
      new Snapshot(this.uri, this.languageId, version, this.splice, this.starts),
    );
  }

  private changed(change: TextDocumentContentChangeEvent, version: number): Snapshot {
    if (!("range" in change) || !change.range) return new Snapshot(this.uri, this.languageId, version, change.text);
    const [one, other] = [this.offsetAt(change.range.start), this.offsetAt(change.range.end)];
    const [start, end] = [Math.min(one, other), Math.max(one, other)];
    const splice = this.splice.after(start, end, change.text);
    const starts = editedStarts(this.lines(), [start, end], change.text, (at) => splice.codeAt(at));
    return new Snapshot(this.uri, this.languageId, version, splice, starts);
  }

  private lines(): LineStarts {
    this.starts ??= lineStartsOf(this.getText());
    return this.starts;
  }

  private beforeBreak(offset: number, lineStart: number): number {
    let at = offset;
    while (at > lineStart && isBreak(this.splice.codeAt(at - 1))) at--;
    return at;
  }
}

const isBreak = (code: number): boolean => code === 0x0a || code === 0x0d;
