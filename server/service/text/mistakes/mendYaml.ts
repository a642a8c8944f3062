// What a line of YAML that the parser stumbles over, or the line above it, was probably meant to be: likely mistakes first.

import type { Mend } from "./mend.js";

export function yamlMends(lines: readonly string[], at: number): Mend[] {
  const before = [above(lines, at), above(lines, above(lines, at)), outside(lines, at)];
  const near = [...new Set([at, ...before])].filter((line) => line >= 0);
  const certain = near.flatMap((line) => spelling(lines[line] ?? "").map((mend) => ({ ...mend, line })));
  const aligned = near.flatMap((line) =>
    columns(lines, line).map((column) => ({ line, ...indented(lines, line, column) })),
  );
  const dashed = near.flatMap((line) =>
    items(lines[line] ?? "").map((text) => ({
      line,
      text,
      message: DASH,
      title: 'Add "- "',
      isGuess: true,
      isSure: true,
    })),
  );
  return [
    ...certain,
    ...deep(lines, at),
    ...outdented(lines, at),
    ...stray(lines, at),
    ...lost(lines, at),
    ...aligned,
    ...dashed,
    { line: at, text: "" },
  ];
}

/**
 * An item that stands within another one of its kind, told by the key that both begin with: it belongs beside that, with all
 * that stands below it.
 *
 *     - class: a.One
 *       - class: a.Two    <- in the column of the first dash
 *         parameters: {}
 */
function deep(lines: readonly string[], at: number): Mend[] {
  const line = /^ *- /.test(lines[at] ?? "") ? at : headOf(lines, at);
  const own = indentOf(lines[line] ?? "");
  const key = firstKey(lines[line]);
  const column = key === undefined ? -1 : columnOfTwin(lines, line, key);
  if (column < 0) return [];
  const moved = (text: string) => " ".repeat(indentOf(text) - own + column) + text.trim();
  const also = blockBelow(lines, line).map((one) => ({ line: one, text: moved(lines[one] ?? "") }));
  return [{ line, text: moved(lines[line] ?? ""), also, message: ALIGN, title: "Align this item", isSure: true }];
}

/**
 * What belongs to an item but stands at the margin of its list, found only where another item follows:
 *
 *     - class: a.One
 *     parameters:         <- two blanks further in, with what is below
 *       log: true
 *     - class: a.Two
 */
export function outdented(lines: readonly string[], line: number): Mend[] {
  // The parser minds the item, and a reader is told of what stands before it.
  const at = /^ *- /.test(lines[line] ?? "") ? line : lines.findIndex((one, i) => i > line && /^ *- /.test(one));
  const key = firstKey(lines[at]);
  const own = indentOf(lines[at] ?? "");
  if (key === undefined) return [];
  let first = -1;
  for (let line = above(lines, at); line >= 0; line = above(lines, line)) {
    const indent = indentOf(lines[line] ?? "");
    if (indent === own && firstKey(lines[line]) === key) break;
    if (indent <= own && !/^ *["']?[\w.-]+["']?:( |$)/.test((lines[line] ?? "").trimEnd())) return [];
    if (indent <= own) first = line;
    if (line === 0) return [];
  }
  if (first < 0) return [];
  const shift = own + 2 - indentOf(lines[first] ?? "");
  const moved = (line: number) => ({ line, text: " ".repeat(shift) + (lines[line] ?? "").trimEnd() });
  const range = lines.slice(first, at).flatMap((text, i) => (text.trim() === "" ? [] : moved(first + i)));
  const [head, ...also] = range;
  return head ? [{ ...head, also, message: ALIGN, title: "Align these lines", isSure: true }] : [];
}

const firstKey = (line: string | undefined): string | undefined =>
  /^ *- (["']?[\w.-]+["']?):( |$)/.exec((line ?? "").trimEnd())?.[1];

/** Where the nearest item around begins that has the same key; -1 where there is none. */
function columnOfTwin(lines: readonly string[], from: number, key: string): number {
  let bound = indentOf(lines[from] ?? "");
  for (let line = above(lines, from); line >= 0 && bound > 0; line = above(lines, line)) {
    const indent = indentOf(lines[line] ?? "");
    if (indent >= bound) continue;
    if (keysOf(lines, line, from).includes(key)) return indent;
    bound = indent;
  }
  return -1;
}

/** The keys of an item, as far as they stand above a line. */
function keysOf(lines: readonly string[], head: number, to: number): string[] {
  const first = firstKey(lines[head]);
  if (first === undefined) return [];
  const column = " ".repeat(indentOf(lines[head] ?? "") + 2);
  const others = lines.slice(head + 1, to).filter((line) => line.startsWith(column));
  return [
    first,
    ...others.flatMap((line) => /^(["']?[\w.-]+["']?):( |$)/.exec(line.slice(column.length).trimEnd())?.[1] ?? []),
  ];
}

/** Lines that go where an item goes: what is deeper, and the items behind it in its column. */
function blockBelow(lines: readonly string[], from: number): number[] {
  const own = indentOf(lines[from] ?? "");
  const found: number[] = [];
  for (let line = from + 1; line < lines.length; line++) {
    const text = (lines[line] ?? "").trimEnd();
    if (text === "") continue;
    if (indentOf(text) < own || (indentOf(text) === own && !/^ *(- |-$|#)/.test(text))) break;
    found.push(line);
  }
  return found;
}

/**
 * A dash too many at the head of a block, which is found only where the block goes on as what it was before:
 *
 *     - resources:      <- no item
 *     - a.yaml
 *     namePrefix: a-    <- the parser minds this
 */
function stray(lines: readonly string[], at: number): Mend[] {
  const isItem = /^ *-( |$)/.test(lines[at] ?? "");
  const line = isItem ? at : headOf(lines, at);
  const head = /^( *)- ((?:- )?["']?[\w.-]+["']?:(?: .*)?)$/.exec((lines[line] ?? "").trimEnd());
  if (!head) return [];
  const [, indent = "", rest = ""] = head;
  // Beside the item that it stands in it would be a second key of one name.
  const key = firstKey(lines[line]);
  const outer = outside(lines, line);
  if (key !== undefined && firstKey(lines[outer]) === key && indentOf(lines[outer] ?? "") + 2 === indent.length)
    return [];
  return [{ line, text: indent + rest, message: STRAY, title: 'Remove "- "', isSure: true }];
}

/** The same the other way round: the first item lacks its dash, or stands too far in, and the second one is minded. */
function lost(lines: readonly string[], at: number): Mend[] {
  const own = indentOf(lines[at] ?? "");
  if (!/^ *- /.test(lines[at] ?? "")) return [];
  const line = headOf(lines, at);
  const head = lines[line] ?? "";
  if (indentOf(head) !== own + 2) return [];
  const text = head.trim();
  const indent = " ".repeat(own);
  return text.startsWith("- ")
    ? [{ line, text: indent + text, message: ALIGN, title: "Align this line", isSure: true }]
    : [{ line, text: `${indent}- ${text}`, message: DASH, title: 'Add "- "', isSure: true }];
}

/** The first line of the block that a line is a part of, or goes on behind. */
function headOf(lines: readonly string[], at: number): number {
  const own = indentOf(lines[at] ?? "");
  const isItem = /^ *-( |$)/.test(lines[at] ?? "");
  let head = -1;
  for (let line = above(lines, at); line >= 0; line = above(lines, line)) {
    const text = lines[line] ?? "";
    const indent = indentOf(text);
    // A key may stand in the column of the list below it, and an item of two dashes begins where its second one is.
    if (/^ *- - /.test(text) && indent + 2 === own) return line;
    if (indent < own || (isItem && indent === own && !/^ *-/.test(text))) break;
    head = line;
  }
  return head;
}

const STRAY = '"- " begins an item of a list, which this is none of; remove it';

const DASH = 'an item of a list begins with "- "; add it';
const ALIGN = "this line is indented like none of those around it that it could belong to; align it";
export const TABS = "tabs can't indent YAML; use spaces";

/** The nearest line above with something on it; -1 where there is none. */
function above(lines: readonly string[], at: number): number {
  for (let line = at - 1; line >= 0; line--) if (/^\s*[^\s#]/.test(lines[line] ?? "")) return line;
  return -1;
}

/** The nearest line above that is indented less, or as far as the dash before it. */
function outside(lines: readonly string[], at: number): number {
  const own = indentOf(lines[at] ?? "");
  for (let line = above(lines, at); line >= 0; line = above(lines, line))
    if (indentOf(lines[line] ?? "") <= Math.max(0, own - 1) || /^\s*-/.test(lines[line] ?? "")) return line;
  return -1;
}

const indentOf = (line: string): number => /^ */.exec(line)?.[0].length ?? 0;

function below(lines: readonly string[], at: number): number {
  for (let line = at + 1; line < lines.length; line++) if (/^\s*[^\s#]/.test(lines[line] ?? "")) return line;
  return -1;
}

interface Spelling {
  readonly text: string;
  readonly message?: string;
  readonly title?: string;
  readonly isSure?: boolean;
}

function spelling(whole: string): Spelling[] {
  const line = whole.trimEnd();
  const found: Spelling[] = [];
  if (/[\u00a0\u3000]/.test(line))
    found.push({
      text: line.replace(/[\u00a0\u3000]/g, " "),
      message: "there is a non-breaking space in this line; write an ordinary one",
      title: "Write an ordinary space",
      isSure: true,
    });
  if (/^\s*(?:- +)*[\w.-]+\s*\uff1a/.test(line))
    found.push({
      text: line.replace(/\uff1a ?/, ": ").trimEnd(),
      message: "there is a full-width colon in this line; write an ordinary one",
      title: 'Write ":"',
      isSure: true,
    });
  if (/^\s*\/\//.test(line))
    found.push({
      text: line.replace("//", "# "),
      message: 'a comment begins with "#" in YAML, not with "//"',
      title: 'Begin the comment with "#"',
      isSure: true,
    });
  const dash = /^(\s*)-([^\s-].*)$/.exec(line);
  if (dash)
    found.push({
      text: `${dash[1]}- ${dash[2]}`,
      message: 'an item of a list has a blank after its "-"',
      title: 'Add a blank after "-"',
      isSure: true,
    });
  const glued = /^(\s*(?:- +)*[\w.-]+):([^\s:/].*|\/[^\s/].*)$/.exec(line);
  if (glued)
    found.push({
      text: `${glued[1]}: ${glued[2]}`,
      message: 'a value has a blank after the ":" of its key',
      title: 'Add a blank after ":"',
      isSure: true,
    });
  const second = /^(\s*(?:- +)*[\w.-]+: +)([^\s"'[{#&*|>][^"#]*?: .*)$/.exec(line);
  if (second) found.push({ text: `${second[1]}${(second[2] ?? "").replace(/: /g, ":_")}` });
  const apart = /^(\s*(?:- +)*)([A-Za-z][\w.-]*) +([^\s:#].*)$/.exec(line);
  if (apart)
    found.push({
      text: `${apart[1]}${apart[2]}: ${apart[3]}`,
      message: `"${apart[2]}" lacks its ":"; add it`,
      title: `Add ":" after "${apart[2]}"`,
      isSure: true,
    });
  const other = /^(\s*(?:- +)*[A-Za-z][\w.-]*) *([;=])(?: +(.*))?$/.exec(line);
  if (other)
    found.push({
      text: `${other[1]}:${other[3] === undefined ? "" : ` ${other[3]}`}`,
      message: `a key ends in ":" in YAML, not in "${other[2]}"`,
      title: 'Write ":"',
      isSure: true,
    });
  if (/^\s*(?:- +)*[A-Za-z][\w.-]*$/.test(line))
    found.push({ text: `${line}:`, message: 'this key has no value; add ":" after it', title: 'Add ":"' });
  return found;
}

/** The columns in which the lines around have something, the nearest first. */
function columns(lines: readonly string[], at: number): number[] {
  // Any other line would only become a part of the text above it.
  if (!/^\s*(- |-$|["']?[\w@./-]+["']?:( |$))/.test((lines[at] ?? "").trimEnd())) return [];
  const found = [below(lines, at), above(lines, at), above(lines, above(lines, at))].flatMap((line) => {
    const text = lines[line];
    if (text === undefined) return [];
    const own = /^ */.exec(text)?.[0].length ?? 0;
    return [own, own + (/^ *((?:- +)+)/.exec(text)?.[1]?.length ?? 2), own - 2];
  });
  return [...new Set(found)].filter((column) => column >= 0);
}

function indented(lines: readonly string[], at: number, column: number): Spelling {
  const line = lines[at] ?? "";
  const message = /^ *\t/.test(line) ? { message: TABS } : { message: ALIGN, title: "Align this line" };
  return { text: " ".repeat(column) + line.trim(), ...message };
}

function items(line: string): string[] {
  const [indent = ""] = /^ */.exec(line) ?? [];
  const text = line.trim();
  if (text.startsWith("-")) return [];
  return [`${indent}- ${text}`, ...(indent.length >= 2 ? [`${indent.slice(2)}- ${text}`] : [])];
}
