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
  return [...certain, ...stray(lines, at), ...lost(lines, at), ...aligned, ...dashed, { line: at, text: "" }];
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
