// Ways to write the place of JSON that the parser stumbles over: comments out, commas in or out, quotes, brackets.

import { openBrackets } from "../brackets.js";
import type { Span, SyntaxProblem } from "../node.js";
import { jsonMends } from "./mendJson.js";
import type { Rewrite } from "./rewrite.js";

export function jsonRewrites(text: string, { span }: SyntaxProblem): readonly Rewrite[] {
  return [
    ...comments(text, span),
    ...commas(text, span),
    ...words(text, span),
    ...letters(text, span),
    ...ofLine(text, span),
    ...ends(text),
    ...everywhere(text),
  ];
}

const COMMENT = /^(?:\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|#[^\r\n]*)/;

/** With its line where it stands alone. */
function comments(text: string, [at]: Span): readonly Rewrite[] {
  const comment = COMMENT.exec(text.slice(at))?.[0];
  if (comment === undefined) return [];
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const before = text.slice(lineStart, at);
  const end = at + comment.length;
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(end))?.[0];
  const isAlone = before.trim() === "" && rest !== undefined;
  const span: Span = isAlone ? [lineStart, end + rest.length] : [lineStart + before.trimEnd().length, end];
  return [{ title: "Remove the comment", isCertain: true, edits: [{ span, newText: "" }] }];
}

function commas(text: string, [at]: Span): readonly Rewrite[] {
  const before = text.slice(0, at).trimEnd().length;
  const found: Rewrite[] = [];
  const remove = (from: number) =>
    found.push({ title: "Remove the comma", isCertain: true, edits: [{ span: [from, from + 1], newText: "" }] });
  if (text[before - 1] === ",") remove(before - 1);
  if (text[at] === ",") remove(at);
  for (const mark of /[\w"\]}]$/.test(text.slice(0, before)) ? [",", ":"] : [])
    found.push({ title: `Add "${mark}"`, isCertain: true, edits: [{ span: [before, before], newText: mark }] });
  return found;
}

const WORDS: Readonly<Record<string, string>> = { True: "true", False: "false", None: "null" };

function words(text: string, span: Span): readonly Rewrite[] {
  // Of `1.0.0` the parser has read a number already.
  const number = /\d[\d.]*$/.exec(text.slice(Math.max(0, span[0] - 40), span[0]))?.[0] ?? "";
  const start = span[0] - (text[span[0]] === "." ? number.length : 0);
  const word = /^[-\w./@$+]+/.exec(text.slice(start))?.[0];
  if (word === undefined) return [];
  const own: Span = [start, start + word.length];
  const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (known !== undefined)
    return [{ title: `Write ${known}`, isCertain: true, edits: [{ span: own, newText: known }] }];
  if (/^(-?(NaN|Infinity)|undefined|nil)$/.test(word))
    return [{ title: "Write null", edits: [{ span: own, newText: "null" }] }];
  const more = !/^[A-Za-z]/.test(word)
    ? ""
    : (/^(?: +[-\w./@$&+]+)+(?=,?[ \t]*\r?$)/m.exec(text.slice(own[1]))?.[0] ?? "");
  const whole: Span = [own[0], own[1] + more.length];
  return [
    { title: `Put ${word}${more} in quotes`, isCertain: true, edits: [{ span: whole, newText: `"${word}${more}"` }] },
  ];
}

/** A byte order mark, an escape that is none, a tab in a text. */
function letters(text: string, [at]: Span): readonly Rewrite[] {
  const found: Rewrite[] = [];
  if (text.startsWith("\ufeff") && at === 0)
    found.push({ title: "Remove the byte order mark", isCertain: true, edits: [{ span: [0, 1], newText: "" }] });
  for (const back of [at, at - 1])
    if (text[back] === "\\") found.push({ title: 'Write "\\\\"', edits: [{ span: [back, back], newText: "\\" }] });
  if (text[at] === "\t") found.push({ title: 'Write "\\t"', edits: [{ span: [at, at + 1], newText: "\\t" }] });
  return found;
}

/** The line as it may have been meant. */
function ofLine(text: string, [at]: Span): readonly Rewrite[] {
  const lines = text.split("\n");
  const index = text.slice(0, at).split("\n").length - 1;
  return jsonMends(lines, index).flatMap(({ line, text: wanted, title }) => {
    if (title === undefined) return [];
    const from = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
    const span: Span = [from, from + (lines[line] ?? "").trimEnd().length];
    return [{ title, isCertain: true, edits: [{ span, newText: wanted }] }];
  });
}

/** What is open at the end of the text closes there. */
function ends(text: string): readonly Rewrite[] {
  const brackets = openBrackets(text) ?? "";
  const to = text.trimEnd().length;
  return brackets === "" ? [] : [{ title: `Add "${brackets}"`, edits: [{ span: [to, to], newText: brackets }] }];
}

/** What is written alike all over the file is changed all over it. */
function everywhere(text: string): readonly Rewrite[] {
  const all = (title: string, pattern: RegExp): readonly Rewrite[] => {
    const edits = [...text.matchAll(pattern)].flatMap(({ index, 0: found, groups = {} }) => {
      const { word, rest = "" } = groups;
      const span: Span = [index, index + found.length - rest.length];
      return word === undefined ? [] : [{ span, newText: `"${word}"` }];
    });
    return edits.length > 1 ? [{ title, isCertain: true, edits }] : [];
  };
  return [
    ...all("Write double quotes", /"(?:[^"\\\n]|\\.)*"|'(?<word>[^'"\\\n]*)'/g),
    ...all(
      "Write straight quotes",
      /"(?:[^"\\\n]|\\.)*"|[\u201c-\u201f](?<word>[^"\\\n\u201c-\u201f]*)[\u201c-\u201f]/g,
    ),
    ...all("Put all keys in quotes", /"(?:[^"\\\n]|\\.)*"|(?<![\w$.-])(?<word>[A-Za-z_$][\w$-]*)(?<rest>\s*:)/g),
  ];
}
