// Ways to write the place of YAML that the parser stumbles over, beyond those that lines are mended by: tabs, quotes, brackets.

import { openBrackets } from "../brackets.js";
import type { SyntaxProblem } from "../node.js";
import type { Rewrite, TextEdit } from "./rewrite.js";

export function yamlRewrites(text: string, { span: [at] }: SyntaxProblem): readonly Rewrite[] {
  const line = lineAt(text, at);
  return [...tabs(text, line), ...quotes(line), ...part(line, at), ...escapes(line, at), ...others(text, line, at)];
}

interface Line {
  readonly start: number;
  /** Without its end. */
  readonly text: string;
  /** Behind the line end. */
  readonly next: number;
}

function lineAt(text: string, at: number): Line {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const feed = text.indexOf("\n", start);
  const next = feed < 0 ? text.length : feed + 1;
  return { start, text: text.slice(start, next).replace(/\r?\n$/, ""), next };
}

const TABBED = /^ *\t[ \t]*(?=\S)/;

/** All lines of the block at once: half a block in spaces is none. */
function tabs(text: string, line: Line): readonly Rewrite[] {
  if (!TABBED.test(line.text)) return [];
  const lines = [line];
  for (let one = line; one.start > 0; ) {
    one = lineAt(text, one.start - 1);
    if (!isOfBlock(one)) break;
    lines.unshift(one);
  }
  for (let one = line; one.next < text.length; ) {
    one = lineAt(text, one.next);
    if (!isOfBlock(one)) break;
    lines.push(one);
  }
  const title = "Indent with spaces instead of tabs";
  return [2, 4, 8].map((width) => ({ title, isCertain: true, edits: lines.flatMap((one) => spaces(one, width)) }));
}

const isOfBlock = ({ text }: Line): boolean => TABBED.test(text) || text.trim() === "";

function spaces({ start, text }: Line, width: number): readonly TextEdit[] {
  const blank = TABBED.exec(text)?.[0];
  if (blank === undefined) return [];
  return [{ span: [start, start + blank.length], newText: blank.replace(/\t/g, " ".repeat(width)) }];
}

const VALUE = /^(\s*(?:- +)*(?:(?:[^\s:"'#{}[\]-][^:#]*?|"[^"]*"|'[^']*')\s*:\s+|(?<=- +)))([^\s#].*?)(\s+#.*|\s*)$/;

/** An item that sets a variable is one text, whatever stands in it: `- PLUGINS={"a": {}}`. */
const VARIABLE = /^(\s*- +)([A-Za-z_][\w.-]*=.*?)(\s+#.*|\s*)$/;

/** The value of the line in quotes, or with the one that it lacks. */
function quotes({ start, text }: Line): readonly Rewrite[] {
  const [, dash, variable] = VARIABLE.exec(text) ?? [];
  if (dash !== undefined && variable !== undefined) {
    const span = [start + dash.length, start + dash.length + variable.length] as const;
    return [{ title: "Put the value in quotes", isCertain: true, edits: [{ span, newText: quoted(variable) }] }];
  }
  const [, head, value] = VALUE.exec(text) ?? [];
  if (head === undefined || value === undefined || /^([&*!|>]|- )/.test(value)) return [];
  const from = start + head.length;
  const to = from + value.length;
  const quote = /^["']/.exec(value)?.[0];
  const rest = value.slice(1);
  if (quote !== undefined && !rest.includes(quote))
    return [{ title: "Add the closing quote", isCertain: true, edits: [{ span: [to, to], newText: quote }] }];
  if (/^(?:"[^"]*"|'[^']*')$/.test(value)) return [];
  if (/^(?:\[|\{(?!\{))/.test(value)) return [];
  // Quotes inside of quotes of the same kind: those outside are the ones that are meant to be there.
  const isWithin = quote !== undefined && value.length > 1 && value.endsWith(quote);
  const newText = quoted(isWithin ? value.slice(1, -1) : value);
  return [{ title: "Put the value in quotes", isCertain: quote === undefined, edits: [{ span: [from, to], newText }] }];
}

const quoted = (value: string): string => (/["\\]/.test(value) ? `'${value.replace(/'/g, "''")}'` : `"${value}"`);

/** One part of a list or map in brackets. */
function part({ start, text }: Line, at: number): readonly Rewrite[] {
  const word = /^[@`%][^\s,[\]{}#]*/.exec(text.slice(at - start))?.[0];
  if (word === undefined) return [];
  const span = [at, at + word.length] as const;
  return [{ title: `Put ${word} in quotes`, isCertain: true, edits: [{ span, newText: quoted(word) }] }];
}

/** In double quotes a backslash begins an escape, in single ones it is a letter. */
function escapes({ start, text }: Line, at: number): readonly Rewrite[] {
  for (const found of text.matchAll(/"[^"]*"/g)) {
    const span = [start + found.index, start + found.index + found[0].length] as const;
    if (at < span[0] || at >= span[1] || !found[0].includes("\\")) continue;
    const newText = `'${found[0].slice(1, -1).replace(/'/g, "''")}'`;
    return [{ title: "Write single quotes", isCertain: true, edits: [{ span, newText }] }];
  }
  return [];
}

function others(text: string, line: Line, at: number): readonly Rewrite[] {
  const found: Rewrite[] = [];
  if (/^\s*```/.test(line.text)) found.push(withoutFences(text));
  if (text[at] === "," && line.text.trimEnd().length === at - line.start + 1)
    found.push({ title: "Remove the comma", isCertain: true, edits: [{ span: [at, at + 1], newText: "" }] });
  const before = text.slice(0, at).trimEnd();
  const empty = /^ *- /.test(line.text) ? /: *(\[ *\]|\{ *\}|~|null)$/.exec(before) : null;
  if (empty)
    found.push({
      title: `Remove ${empty[1]} above`,
      isCertain: true,
      edits: [{ span: [empty.index + 1, before.length], newText: "" }],
    });
  if (/["'\]}\w]$/.test(before))
    found.push({ title: 'Add ","', edits: [{ span: [before.length, before.length], newText: "," }] });
  const below = /^(\s*)((?:- +)*[\w.-]+:) +(- .*)$/.exec(line.text);
  if (below) {
    const [, indent = "", key = "", item = ""] = below;
    const from = line.start + indent.length + key.length;
    const deep = " ".repeat(indent.length + (/^(?:- +)*/.exec(key)?.[0].length ?? 0) + 2);
    const edits = [{ span: [from, line.start + line.text.length - item.length] as const, newText: `\n${deep}` }];
    found.push({ title: "Put the list below its key", edits });
  }
  return [...found, ...closing(text, at)];
}

/** A fence and the one that closes it. */
function withoutFences(text: string): Rewrite {
  const edits = [...text.matchAll(/^[ \t]*```[^\n]*(?:\n|$)/gm)].map(({ 0: fence, index }) => ({
    span: [index, index + fence.length] as const,
    newText: "",
  }));
  return { title: edits.length === 1 ? "Remove this line" : "Remove these lines", isCertain: true, edits };
}

const MOST_LINES = 40;

/** The brackets that are open before the place, closed at the end of what stands in them. */
function closing(text: string, at: number): readonly Rewrite[] {
  const missing = text[at] === "]" ? "}" : text[at] === "}" ? "]" : undefined;
  if (missing) return [{ title: `Add "${missing}"`, edits: [{ span: [at, at], newText: missing }] }];
  const to = text.slice(0, at).trimEnd().length;
  let from = to;
  for (let count = 0; count < MOST_LINES && from > 0; count++) {
    from = text.lastIndexOf("\n", from - 2) + 1;
    const brackets = openBrackets(text.slice(from, to).replace(/(^|\s)#.*/g, ""));
    if (brackets === undefined) return [];
    if (brackets !== "") return [{ title: `Add "${brackets}"`, edits: [{ span: [to, to], newText: brackets }] }];
  }
  return [];
}
