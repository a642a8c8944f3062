// Cuts Python text into logical lines: comments gone, strings reduced to "", brackets and backslashes joined. Tolerant:
// it never fails, and says when the brackets didn't add up so that callers can doubt what they miss.

export interface LogicalLine {
  readonly indent: number;
  readonly text: string;
  /** Offset of the first character that is not blank. */
  readonly start: number;
}

export interface LogicalLines {
  readonly lines: readonly LogicalLine[];
  /** Brackets or quotes stayed open: parts of the file were not understood. */
  readonly isBroken: boolean;
}

const TAB = 8;
const FRESH_START = /^(class|def|async|import|from|@)/;

export function logicalLines(source: string): LogicalLines {
  const lines: LogicalLine[] = [];
  let isBroken = false;
  let depth = 0;
  let buffer = "";
  let start = -1;
  let indent = 0;
  let at = source.startsWith("\ufeff") ? 1 : 0;
  let isLineStart = true;

  while (at < source.length) {
    const char = source.charAt(at);
    if (isLineStart) {
      const from = at;
      at = skipBlanks(source, at);
      isLineStart = false;
      if (depth > 0 && at === from && FRESH_START.test(source.slice(at, at + 7))) {
        // Nobody indents an argument by nothing and calls it "class": a bracket above was never closed.
        isBroken = true;
        depth = 0;
        flush();
      }
      if (start < 0) indent = width(source.slice(from, at));
      continue;
    }
    if (char === "#") {
      at = endOfLine(source, at);
    } else if (char === '"' || char === "'") {
      if (start < 0) start = at;
      const end = endOfString(source, at);
      if (end.isOpen) isBroken = true;
      buffer += '""';
      at = end.at;
    } else if (char === "\n") {
      at++;
      isLineStart = true;
      if (depth === 0) flush();
      else buffer += " ";
    } else if (char === "\\" && /^\\\r?\n/.test(source.slice(at, at + 3))) {
      at = source.indexOf("\n", at) + 1;
      buffer += " ";
    } else {
      if (start < 0 && char !== "\r") start = at;
      if ("([{".includes(char)) depth++;
      if (")]}".includes(char)) depth = Math.max(0, depth - 1);
      buffer += char;
      at++;
    }
  }
  if (depth > 0) isBroken = true;
  flush();
  return { lines, isBroken };

  function flush(): void {
    const text = buffer.trim();
    if (text !== "" && start >= 0) lines.push({ indent, text, start });
    buffer = "";
    start = -1;
  }
}

function skipBlanks(source: string, from: number): number {
  let at = from;
  while (source.charAt(at) === " " || source.charAt(at) === "\t" || source.charAt(at) === "\f") at++;
  return at;
}

function width(blanks: string): number {
  let columns = 0;
  for (const blank of blanks) columns += blank === "\t" ? TAB - (columns % TAB) : 1;
  return columns;
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}

/** Behind the string that begins at `from`; `isOpen` when it has no end. */
export function endOfString(source: string, from: number): { readonly at: number; readonly isOpen: boolean } {
  const quote = source.charAt(from);
  const isTriple = source.startsWith(quote.repeat(3), from);
  const close = isTriple ? quote.repeat(3) : quote;
  let at = from + close.length;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === "\\") at += source.startsWith("\r\n", at + 1) ? 3 : 2;
    else if (source.startsWith(close, at)) return { at: at + close.length, isOpen: false };
    else if (char === "\n" && !isTriple) return { at, isOpen: true };
    else at++;
  }
  return { at: source.length, isOpen: true };
}
