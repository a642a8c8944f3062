// The errors of the YAML parser in words that say what to do, at the text that is to be changed. One mistake often makes the
// parser stumble several times; what follows from the first is left out.

import type { YAMLParseError } from "yaml";
import { FENCE } from "../fence.js";
import type { Span, SyntaxProblem } from "../node.js";

export function syntaxProblems(errors: readonly YAMLParseError[], text: string): SyntaxProblem[] {
  const kept: SyntaxProblem[] = [];
  const own = errors.filter((error) => !isOfLineBelow(error, text));
  const sorted = own.map((error) => syntaxProblem(error, text)).sort((a, b) => a.span[0] - b.span[0]);
  for (const problem of sorted) if (!follows(kept.at(-1), problem, text)) kept.push(problem);
  return kept;
}

/** A deeper line continues the value above it: the ": " there is no second one of this line, and `runOn` tells it. */
function isOfLineBelow({ message, pos: [start] }: YAMLParseError, text: string): boolean {
  return message.startsWith("Nested mappings") && !/:([ \t]|$)/.test(text.slice(start, lineEnd(text, start)));
}

/** Whether a problem comes from the one before: it touches that, or stands in the lines below a list on its key's line. */
function follows(before: SyntaxProblem | undefined, { span: [start], message }: SyntaxProblem, text: string): boolean {
  if (!before) return false;
  if (start <= before.span[1] || text.slice(before.span[1], start) === "\r") return true;
  if (isOfSameText(before, message, text.slice(before.span[1], start))) return true;
  // The document ended there, and every word of the rest is told as a surprise.
  const isEnd = before.message === BEFORE_DOCUMENT || CLOSES.test(before.message) || STREAM.test(before.message);
  if (STREAM.test(message) && isEnd) return true;
  // A bracket that is missing or too many leaves those around it without theirs.
  if (CLOSES.test(message) && CLOSES.test(before.message)) return true;
  if (before.message === KEY_IN_TEXT && STREAM.test(message)) return true;
  if (before.message !== SEQUENCE_ON_LINE) return false;
  const column = indentAt(text, before.span[0]);
  const between = text.slice(lineEnd(text, before.span[0]), lineEnd(text, start));
  return between.split("\n").every((line) => line.trim() === "" || indentOf(line) > column);
}

/** Each backslash of one text, and each star of a schedule without quotes. */
function isOfSameText(before: SyntaxProblem, message: string, between: string): boolean {
  if (/^invalid escape/.test(before.message)) return /^invalid escape/.test(message) && !/[\n"]/.test(between);
  return before.message === STARS && / at node end$/.test(message) && !between.includes("\n");
}

function syntaxProblem({ code, message, pos }: YAMLParseError, text: string): SyntaxProblem {
  const span = clamp(pos, text.length);
  const fence = /^```[^\r\n]*/.exec(text.slice(span[0]));
  if (fence)
    return {
      span: [span[0], span[0] + fence[0].length],
      message: FENCE,
    };
  if (code === "MULTILINE_IMPLICIT_KEY" && text.slice(...span).includes("\n")) return runOn(span, text);
  if (code === "MULTILINE_IMPLICIT_KEY" && /^- ?/.test(text.slice(...span)) && isLineStart(span[0], text))
    return { span: visible([span[0], lineEnd(text, span[0])], text), message: BEHIND_COMPLETE };
  if (code === "BLOCK_IN_FLOW") {
    const [head = "", key = ""] = /^[^,[\]{}\r\n"']*[ \t](?=[\w.-]+:[ \t])([\w.-]+)/.exec(text.slice(span[0])) ?? [];
    const end = span[0] + head.length;
    if (key) return { span: [end - key.length, end], message: COMMA_BEFORE_KEY };
  }
  if (code === "BLOCK_AS_IMPLICIT_KEY" && message.startsWith("Nested mappings")) {
    const value = [span[0], lineEnd(text, span[0])] as const;
    return { span: visible(value, text), message: SECOND_COLON };
  }
  const closing = /^Flow (?:map|sequence) .*end with a (.)$/.exec(message)?.[1];
  if (closing) return unclosed(closing, span, text);
  if (/^Unexpected flow-(map|seq)-end token/.test(message)) {
    const item = variableAt(span[0], text);
    if (item) return { span: item, message: KEY_IN_TEXT };
    return { span, message: `"${text.slice(span[0], span[0] + 1)}" closes nothing; remove it` };
  }
  if (MISALIGNED.test(message))
    return { span: visible(pastComments(span, text), text), message: misaligned(span[0], text) };
  if (message === "Unexpected block-seq-ind on same line with key")
    return { span: [span[0], lineEnd(text, span[0])], message: SEQUENCE_ON_LINE };
  if (/ at node end$/.test(message) && isLineStart(span[0], text))
    return {
      span: visible([lineStartOf(text, span[0]), span[1]], text),
      message: BEFORE_DOCUMENT,
    };
  if (message === "Alias cannot be an empty string")
    return { span: [span[0], span[0] + wordsAt(span[0], text)], message: STARS };
  const template = message === BEHIND_VALUE ? templateBefore(span, text) : undefined;
  if (template) return { span: template, message: "YAML reads a value that begins with {{ as a map; put it in quotes" };
  const words = MESSAGES[message] ?? HINTS[code] ?? message.charAt(0).toLowerCase() + message.slice(1);
  return { span, message: words };
}

/** At the end of the file it is behind what was written last, however many lines follow. */
function unclosed(closing: string, span: Span, text: string): SyntaxProblem {
  const end = text.trimEnd().length;
  return span[0] >= end
    ? { span: [end, end], message: `"${closing}" is missing at the end` }
    : { span, message: `"${closing}" is missing before this place` };
}

export const KEY_ALONE = 'this key has no value; add ":" after it';
const BEHIND_COMPLETE = "this item stands below a value that is complete already; take that value out, or this line";
const COMMA_BEFORE_KEY = '"," is missing before this key';
const SECOND_COLON = 'a second ": " on this line; put the value in quotes or on a line of its own';
const STARS = 'a value that begins with "*" stands for an anchor; put it in quotes';

/** Length of the words from there to the end of the value. */
const wordsAt = (at: number, text: string): number =>
  (/^[^,\]}#\r\n]*/.exec(text.slice(at))?.[0] ?? "").trimEnd().length;

const STREAM = / in YAML stream/;
const CLOSES = /^"[\]}]" (is missing|closes nothing)/;

const BEFORE_DOCUMENT = "this line is indented less than the first one, where the document begins; align it";
const SEQUENCE_ON_LINE =
  'a list can\'t begin on the line of its key; put it on the next line, behind "|-" where the key takes a text';

const BEHIND_VALUE = "Unexpected scalar at node end";

/** `{{ x }}/more`: the whole of the value on its line, of which the parser only minds what stands behind. */
function templateBefore([start]: Span, text: string): Span | undefined {
  const line = text.slice(lineStartOf(text, start), lineEnd(text, start));
  const at = line.search(/(?<=[:-][ \t]+)\{\{.*\}\}/);
  if (at < 0 || at >= start - lineStartOf(text, start)) return undefined;
  const from = lineStartOf(text, start) + at;
  return [
    from,
    from +
      line
        .slice(at)
        .replace(/\s+#.*$/, "")
        .trimEnd().length,
  ];
}

const HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "tabs can't indent YAML; use spaces",
  BAD_SCALAR_START: "this character can't begin a plain value; put the value in quotes",
  BLOCK_AS_IMPLICIT_KEY: SECOND_COLON,
  MULTILINE_IMPLICIT_KEY: KEY_ALONE,
};

const MESSAGES: Readonly<Record<string, string>> = {
  "Implicit map keys need to be followed by map values": KEY_ALONE,
  "Missing , between flow map items": COMMA_BEFORE_KEY,
  "Missing , between flow sequence items": '"," is missing before this item',
  [BEHIND_VALUE]: "this stands behind a value that is complete; put the whole value in quotes",
};

const MISALIGNED =
  /^A block sequence may not be used as an implicit map key$|without - indicator$|^All (mapping|sequence) items must start at the same column$/;

/** A comment may stand in any column, the line below it is what the parser minds. */
function pastComments([start, end]: Span, text: string): Span {
  const comments = /^(?:[ \t]*(?:#[^\n]*)?\n)+/.exec(text.slice(start))?.[0].length ?? 0;
  return start + comments < text.length ? [start + comments, Math.max(end, start + comments)] : [start, end];
}

/** What is indented like nothing above it, and why it may be so. */
function misaligned(at: number, text: string): string {
  const above = text.slice(0, text.lastIndexOf("\n", at) + 1).trimEnd();
  return /: *[|>][-+\d]*$/.test(above)
    ? "a text below its key must be indented further than the key"
    : "this line is indented like none of those above that it could belong to; align it";
}

/** The text of a line of which only the indentation is marked. */
function visible([start, end]: Span, text: string): Span {
  const stop = lineEnd(text, start);
  const from = start + (/^[ \t]*/.exec(text.slice(start, stop))?.[0].length ?? 0);
  const trimmed = from + text.slice(from, stop).trimEnd().length;
  return trimmed > from ? [from, trimmed] : [start, end];
}

/** Lines that run into the key of another: a word that wants to be a key, or an entry whose next line is indented too far. */
function runOn([start, end]: Span, text: string): SyntaxProblem {
  const last = text.lastIndexOf("\n", end - 1);
  const before = text.slice(start, last).trimEnd();
  const isValue = /:[ \t]+$/.test(text.slice(lineStartOf(text, start), start));
  if ((!isValue && !/[./]/.test(before)) || before.includes("\n"))
    return { span: [start, start + before.length], message: KEY_ALONE };
  const from = last + 1 + (/^[ \t]*/.exec(text.slice(last + 1, end))?.[0].length ?? 0);
  return { span: [from, end], message: "this key is indented so far that it belongs to the value above; align it" };
}

function clamp([start, end]: readonly [number, number], length: number): Span {
  const from = Math.min(start, length);
  return [from, Math.max(from, Math.min(end, length))];
}

/** Up to the line break, without a carriage return. */
function lineEnd(text: string, at: number): number {
  const stop = /\r?\n|$/.exec(text.slice(at));
  return at + (stop?.index ?? 0);
}

const lineStartOf = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;
const isLineStart = (at: number, text: string): boolean => text.slice(lineStartOf(text, at), at).trim() === "";

const indentAt = (text: string, at: number): number => indentOf(text.slice(text.lastIndexOf("\n", at - 1) + 1, at));
const indentOf = (line: string): number => /^ */.exec(line)?.[0].length ?? 0;

const KEY_IN_TEXT = 'the ": " in this text makes a key of what is before it; put all of it in quotes';

/** The item around an offset that sets a variable: `- PLUGINS={"a": {}}`. */
function variableAt(offset: number, text: string): Span | undefined {
  const start = lineStartOf(text, offset);
  const [, dash = "", item] =
    /^(\s*- +)([A-Za-z_]\w*=[^\r\n]*?: [^\r\n]*?)(?:\s+#.*)?$/.exec(
      text.slice(start, lineEnd(text, offset)).trimEnd(),
    ) ?? [];
  return item === undefined ? undefined : [start + dash.length, start + dash.length + item.length];
}
