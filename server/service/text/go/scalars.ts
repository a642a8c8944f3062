// Quoted texts, block texts and tags as libyaml and its ports read them: where each ends, and what they refuse in it.

import type { Span } from "../node.js";
import { blankz, isBreak, isMarker } from "./letters.js";

/** Thrown where the text is refused. */
export class Refused extends Error {
  constructor(
    /** Offset of the character that it stumbles over. */
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

const ESCAPED = /^(?:[0abt\tnvfre "'\\/N_LP]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|\r?\n)/;

/** The offset behind the closing quote. */
export function quotedEnd(text: string, start: number): number {
  const quote = text[start];
  let at = start + 1;
  for (; at < text.length; at++) {
    const letter = text[at];
    if (letter === "\n" && /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(at + 1, at + 5))) break;
    if (letter === "\\" && quote === '"') {
      const escaped = ESCAPED.exec(text.slice(at + 1, at + 11));
      if (!escaped)
        throw new Refused(at, 'this "\\" begins no escape that YAML knows; write it twice, or use single quotes');
      at += escaped[0].length;
    } else if (letter === quote) {
      if (quote !== "'" || text[at + 1] !== "'") return at + 1;
      at++;
    }
  }
  throw new Refused(start, "this text has no closing quote; add it at the end");
}

/** The offset behind the last line of a block text; `indent` is that of the block around it, -1 at the top. */
export function blockScalarEnd(text: string, start: number, indent: number): number {
  const header = /^[|>](?:[-+]?([1-9])?|([1-9])[-+]?)(?=[ \t#\r\n]|$)[ \t]*(?:#[^\r\n]*)?(?=\r?\n|$)/.exec(
    text.slice(start, start + 1000),
  );
  if (!header) throw new Refused(start, "a text can't begin behind this sign; put it on the next line");
  const given = header[1] ?? header[2];
  let own = given === undefined ? 0 : Math.max(indent, 0) + Number(given);
  let at = nextLine(text, start + header[0].length);
  let deepest = 0;
  // Empty lines may be indented further than the text itself, which libyaml then takes for its indentation.
  for (;;) {
    let column = 0;
    while ((own === 0 || column < own) && text[at + column] === " ") column++;
    deepest = Math.max(deepest, column);
    const letter = text[at + column];
    if ((own === 0 || column < own) && letter === "\t")
      throw new Refused(at + column, "tabs can't indent YAML; use spaces");
    if (letter !== "\n" && letter !== "\r") break;
    at = nextLine(text, at + column);
  }
  if (own === 0) own = Math.max(deepest, indent + 1, 1);
  while (at < text.length) {
    const spaces = /^ */.exec(text.slice(at, at + own))?.[0].length ?? 0;
    const letter = text[at + spaces];
    if (spaces < own && letter === "\t") throw new Refused(at + spaces, "tabs can't indent YAML; use spaces");
    if (spaces < own && letter !== "\n" && letter !== "\r") return at + spaces === text.length ? text.length : at;
    at = nextLine(text, at + spaces);
  }
  return text.length;
}

function nextLine(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return found < 0 ? text.length : found + 1;
}

export interface PlainEnd {
  readonly at: number;
  /** Whether nothing of it stands on the line that it ends in. */
  readonly isOnNewLine: boolean;
  readonly breaks: readonly Span[];
}

/** Where a plain value ends, blanks and line ends behind it included; `indent` is that of the block around it. */
export function plainEnd(
  text: string,
  start: number,
  around: { readonly lineStart: number; readonly indent: number; readonly isFlow: boolean },
): PlainEnd {
  const { indent, isFlow } = around;
  const breaks: Span[] = [];
  let { lineStart } = around;
  let isOnNewLine = false;
  let at = start;
  for (;;) {
    if (at === lineStart && (isMarker("---", text, at) || isMarker("...", text, at))) break;
    if (text[at] === "#") break;
    const begin = at;
    while (!blankz(text[at]) && !endsPlain(text, at, isFlow)) at++;
    if (at > begin) isOnNewLine = false;
    if (text[at] === undefined || !blankz(text[at])) break;
    for (; text[at] !== undefined && blankz(text[at]); at++) {
      if (isBreak(text[at])) {
        breaks.push([at, at + 1]);
        lineStart = at + 1;
        isOnNewLine = true;
      } else if (isOnNewLine && at - lineStart <= indent && text[at] === "\t")
        throw new Refused(at, "tabs can't indent YAML; use spaces");
    }
    if (!isFlow && at - lineStart <= indent) break;
  }
  return { at, isOnNewLine, breaks };
}

function endsPlain(text: string, at: number, isFlow: boolean): boolean {
  const letter = text[at] ?? "";
  return (letter === ":" && blankz(text[at + 1])) || (isFlow && ",?[]{}".includes(letter));
}

/** The offset behind a directive, as `%YAML 1.1`. */
export function directiveEnd(text: string, start: number): number {
  const line = /^%[\w-]+(?=[ \t\r\n]|$)[^\r\n]*/.exec(text.slice(start, start + 1000));
  if (!line) throw new Refused(start, 'a line that begins with "%" is a directive for YAML; put the value in quotes');
  return start + line[0].length;
}

/** The offset behind an anchor or alias. */
export function anchorEnd(text: string, start: number): number {
  const end = start + 1 + (/^[\w-]*/.exec(text.slice(start + 1))?.[0].length ?? 0);
  if (end === start + 1 || !/^[\s?:,\]}%@`]?$/.test(text[end] ?? ""))
    throw new Refused(start, `a value that begins with "${text[start]}" is a reference for YAML; put it in quotes`);
  return end;
}

/** The offset behind a tag. */
export function tagEnd(text: string, start: number): number {
  const tag = /^!(?:<[\w;/?:@&=+$,.!~*'()[\]%-]+>|[\w-]*!?[\w;/?:@&=+$.!~*'()%-]*)/.exec(
    text.slice(start, start + 1000),
  );
  const end = start + (tag?.[0].length ?? 1);
  if (end < text.length && !/[\s,]/.test(text[end] ?? ""))
    throw new Refused(end, 'a value that begins with "!" is a tag for YAML; put the value in quotes');
  return end;
}
