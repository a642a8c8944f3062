// Where the lists of a YAML text that stand at its root or right under a key of its root begin and end, and where their
// items do, found by indentation alone. Anything unusual in a line is left to the reading of the whole.

/** One list: the offset of its first dash's line, the end of its last item's lines, and the lines in which items begin. */
export interface Lines {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  readonly items: readonly number[];
}

/** The lists of a text, in their order; undefined where lines are unusual. */
export function listsIn(text: string): readonly Lines[] | undefined {
  const lists: Lines[] = [];
  let offset = 0;
  let isAfterKey = true;
  while (offset < text.length) {
    const line = lineAt(text, offset);
    if (line.isOdd) return undefined;
    if (line.isDash && isAfterKey) {
      const list = listAt(text, offset, line.indent);
      if (!list) return undefined;
      lists.push(list);
      offset = list.end;
      isAfterKey = false;
      continue;
    }
    if (!line.isEmpty) isAfterKey = line.indent === 0 && KEY.test(text.slice(offset, line.end));
    offset = line.end;
  }
  return lists;
}

/** A key of the root with nothing behind it but a comment. */
const KEY = /^[A-Za-z_$][\w.$/-]*:[ \t]*(?:#.*)?\r?\n?$/;

/** The list whose first dash stands in the line at `start`; up to the first line that isn't its own. */
export function listAt(text: string, start: number, indent: number): Lines | undefined {
  const items: number[] = [];
  let offset = start;
  while (offset < text.length) {
    const line = lineAt(text, offset);
    if (line.isOdd) return undefined;
    if (line.isDash && line.indent === indent) items.push(offset);
    else if (!line.isEmpty && line.indent <= indent) {
      // Less than the list's indentation and yet no line of the root: whatever it is, it isn't simple.
      if (line.indent > 0) return undefined;
      break;
    }
    offset = line.end;
  }
  return { start, end: Math.min(offset, text.length), indent, items };
}

interface Line {
  /** Behind the line break. */
  readonly end: number;
  readonly indent: number;
  /** Blank, or a comment alone. */
  readonly isEmpty: boolean;
  readonly isDash: boolean;
  /** A tab before the text, a document mark or a directive, a merge conflict, a lone carriage return. */
  readonly isOdd: boolean;
}

function lineAt(text: string, start: number): Line {
  const feed = text.indexOf("\n", start);
  const end = feed < 0 ? text.length : feed + 1;
  let at = start;
  while (text.charCodeAt(at) === SPACE) at++;
  const first = at < end ? text.charCodeAt(at) : NEWLINE;
  const next = at + 1 < end ? text.charCodeAt(at + 1) : NEWLINE;
  const isEnd = first === NEWLINE || (first === RETURN && next === NEWLINE);
  const isDash = first === DASH && (next === SPACE || next === NEWLINE || next === RETURN);
  const isTab = first === TAB || (first === DASH && next === TAB);
  const isOdd = isTab || (first === RETURN && !isEnd) || (at === start && ODD.has(first) && isMark(text, start, first));
  return { end, indent: at - start, isEmpty: isEnd || first === HASH, isDash, isOdd };
}

function isMark(text: string, start: number, first: number): boolean {
  if (first === PERCENT || first === BOM) return true;
  const mark = text.slice(start, start + 3);
  return mark === "---" || mark === "..." || mark === "<<<" || mark === ">>>" || mark === "===";
}

const [TAB, NEWLINE, RETURN, SPACE, HASH, PERCENT, DASH] = [0x09, 0x0a, 0x0d, 0x20, 0x23, 0x25, 0x2d];
const [DOT, LESS, EQUALS, MORE, BOM] = [0x2e, 0x3c, 0x3d, 0x3e, 0xfeff];
const ODD = new Set([PERCENT, DASH, DOT, LESS, EQUALS, MORE, BOM]);
