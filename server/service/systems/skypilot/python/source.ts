// What people want to read of a class, as it stands in its file: where its name is, its docstring, and the parameters of its
// constructor with annotations and defaults, which the scanner leaves out.

import type { Span } from "../../../text/node.js";
import { endOfString, type LogicalLine, logicalLines } from "./lines.js";
import type { PythonClass } from "./scan.js";
import { tokens } from "./tokens.js";

export interface ClassSource {
  /** Without the colon: `class AuditPlugin(BasePlugin)`. */
  readonly head: string;
  readonly docstring: string | undefined;
  /** `def __init__(self, path: str)`, on one line; undefined when the class itself has none. */
  readonly constructor: string | undefined;
  readonly parameters: readonly ParameterSource[];
}

export interface ParameterSource {
  readonly name: string;
  readonly annotation?: string;
  readonly standard?: string;
  /** Offset of the name in the file. */
  readonly start?: number;
}

/** Where the name stands in its class statement. */
export function nameSpan(source: string, { name, start }: PythonClass): Span {
  const at = source.indexOf(name, start + "class".length);
  return at < 0 ? [start, start] : [at, at + name.length];
}

export function classSource(source: string, { start }: PythonClass): ClassSource | undefined {
  const { lines } = logicalLines(source);
  const at = lines.findIndex((line) => line.start === start);
  const head = lines[at];
  if (!head) return undefined;
  const body = bodyOf(lines, at);
  const first = body[0];
  const init = body.find(({ text, indent }) => indent === first?.indent && /^def\s+__init__\s*\(/.test(text));
  const open = init ? source.indexOf("(", init.start) : -1;
  const inside = open < 0 ? undefined : source.slice(open + 1, closing(source, open));
  return {
    head: oneLine(source.slice(start, headEnd(source, start))),
    docstring: first?.text === '""' ? docstringAt(source, first.start) : undefined,
    constructor: inside === undefined ? undefined : `def __init__(${oneLine(inside)})`,
    parameters: inside === undefined ? [] : parametersOf(inside, open + 1),
  };
}

function bodyOf(lines: readonly LogicalLine[], at: number): readonly LogicalLine[] {
  const indent = lines[at]?.indent ?? 0;
  const end = lines.findIndex((line, i) => i > at && line.indent <= indent);
  return lines.slice(at + 1, end < 0 ? undefined : end);
}

function headEnd(source: string, start: number): number {
  const [, name = ""] = /^(class\s+[^\s(:]+\s*)/.exec(source.slice(start, start + 300)) ?? [];
  const at = start + name.length;
  return source.charAt(at) === "(" ? closing(source, at) + 1 : at;
}

function docstringAt(source: string, start: number): string | undefined {
  const { at, isOpen } = endOfString(source, start);
  if (isOpen) return undefined;
  const text = source.slice(start, at).replace(/^("""|'''|"|')([\s\S]*)\1$/, "$2");
  const lines = text.split(/\r?\n/);
  const indents = lines.slice(1).flatMap((line) => (line.trim() === "" ? [] : [line.length - line.trimStart().length]));
  const least = Math.min(...indents, 100);
  return lines
    .map((line, i) => (i === 0 ? line.trim() : line.slice(least).trimEnd()))
    .join("\n")
    .trim()
    .slice(0, 2000);
}

/** `start`: where the text stands in the file. */
function parametersOf(inside: string, start: number): readonly ParameterSource[] {
  let from = start;
  return cut(inside, ",").flatMap((part) => {
    const at = from;
    from += part.length + 1;
    return parameterOf(part).map((one) => ({ ...one, start: at + nameIn(part, one.name) }));
  });
}

/** Behind comments, which may hold the name too. */
function nameIn(part: string, name: string): number {
  for (const { at, to, kind } of tokens(part))
    if (kind !== "comment" && part.slice(at, to).trim() !== "") return Math.max(0, part.indexOf(name, at));
  return 0;
}

function parameterOf(part: string): ParameterSource[] {
  const text = oneLine(part);
  const [head = "", name = ""] = /^\*{0,2}\s*([\p{L}_][\p{L}\p{N}_]*)/u.exec(text) ?? [];
  if (name === "") return [];
  const [left = "", ...right] = cut(text.slice(head.length), "=");
  const annotation = left.trim().replace(/^:\s*/, "").trim();
  const standard = right.join("=").trim();
  return [{ name, ...(annotation !== "" && { annotation }), ...(standard !== "" && { standard }) }];
}

/** Without comments and line breaks. */
function oneLine(text: string): string {
  let out = "";
  for (const { at, to, kind } of tokens(text)) if (kind !== "comment") out += text.slice(at, to);
  return out.replace(/\s+/g, " ").replace(/,? $/, "").replace(/\( /g, "(").trim();
}

/** Cuts at a separator outside of brackets, strings and comments. */
function cut(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { at, kind } of tokens(text)) {
    const char = text.charAt(at);
    if (kind !== "char") continue;
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    else if (char === separator && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** The bracket that ends what `open` begins; the end of the text when there is none. */
function closing(source: string, open: number): number {
  let depth = 0;
  for (const { at, kind } of tokens(source, open)) {
    if (kind !== "char") continue;
    if ("([{".includes(source.charAt(at))) depth++;
    else if (")]}".includes(source.charAt(at)) && --depth === 0) return at;
  }
  return source.length;
}
