// A text document that never changes: an edit makes another one, which knows where its lines begin from the former one.
// Positions are read and told as `vscode-languageserver-textdocument` does.

import type { TextDocument, TextDocumentContentChangeEvent } from "vscode-languageserver-textdocument";
import type { Position, Range } from "vscode-languageserver-types";
import { editedStarts, firstAfter, type LineStarts, lineStartsOf } from "./lineStarts.js";

export class Snapshot implements TextDocument {
  private starts: LineStarts | undefined;

  constructor(
    readonly uri: string,
    readonly languageId: string,
    readonly version: number,
    private readonly text: string,
    starts?: LineStarts,
  ) {
    this.starts = starts;
  }

  get lineCount(): number {
    return this.lines().length;
  }

  getText(range?: Range): string {
    return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text;
  }

  positionAt(offset: number): Position {
    const within = Math.max(Math.min(offset, this.text.length), 0);
    const line = firstAfter(this.lines(), within) - 1;
    const start = this.lines()[line] ?? 0;
    return { line, character: this.beforeBreak(within, start) - start };
  }

  offsetAt({ line, character }: Position): number {
    const starts = this.lines();
    if (line >= starts.length) return this.text.length;
    if (line < 0) return 0;
    const start = starts[line] ?? 0;
    if (character <= 0) return start;
    return this.beforeBreak(Math.min(start + character, starts[line + 1] ?? this.text.length), start);
  }

  getLineRange(line: number): Range {
    const start = { line: Math.max(0, Math.min(line, this.lineCount - 1)), character: 0 };
    const end = line < 0 ? start : { line: start.line, character: Number.MAX_SAFE_INTEGER };
    return { start, end: this.positionAt(this.offsetAt(end)) };
  }

  getEOLCharacters(line: number): string {
    if (line < 0 || line >= this.lineCount) return "";
    const end = this.offsetAt({ line, character: Number.MAX_SAFE_INTEGER });
    return this.text.slice(end, this.lines()[line + 1] ?? this.text.length);
  }

  /** The document after changes, each of which counts from the one before. */
  after(changes: readonly TextDocumentContentChangeEvent[], version: number): Snapshot {
    return changes.reduce<Snapshot>(
      (document, change) => document.changed(change, version),
      new Snapshot(this.uri, this.languageId, version, this.text, this.starts),
    );
  }

  private changed(change: TextDocumentContentChangeEvent, version: number): Snapshot {
    if (!("range" in change) || !change.range) return new Snapshot(this.uri, this.languageId, version, change.text);
    const [one, other] = [this.offsetAt(change.range.start), this.offsetAt(change.range.end)];
    const [start, end] = [Math.min(one, other), Math.max(one, other)];
    const text = this.text.slice(0, start) + change.text + this.text.slice(end);
    const starts = editedStarts(this.lines(), [start, end], change.text, text);
    return new Snapshot(this.uri, this.languageId, version, text, starts);
  }

  private lines(): LineStarts {
    this.starts ??= lineStartsOf(this.text);
    return this.starts;
  }

  private beforeBreak(offset: number, lineStart: number): number {
    let at = offset;
    while (at > lineStart && /[\r\n]/.test(this.text.charAt(at - 1))) at--;
    return at;
  }
}
