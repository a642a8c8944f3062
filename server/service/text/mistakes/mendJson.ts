// What a line of JSON that the parser stumbles over was probably meant to be: likely mistakes first.

import type { Mend } from "./mend.js";

export function jsonMends(lines: readonly string[], at: number): Mend[] {
  const near = [at, at - 1].filter((line) => line >= 0);
  const of = (line: number, ways: readonly Spelling[]) => ways.map((mend) => ({ ...mend, line }));
  const opening = lines.slice(0, at).findLastIndex((line) => /:\s*$/.test(line));
  const first = lines.findIndex((line) => line.trim() !== "");
  const begun = near.includes(first) && /^\s*"[^"]*"\s*:/.test(lines[first] ?? "") ? [BEGUN(lines[first] ?? "")] : [];
  return [
    ...of(first, begun),
    ...near.flatMap((line) => of(line, spelling((lines[line] ?? "").trimEnd()))),
    ...(opening >= 0 && opening < at - 1 ? of(opening, opened((lines[opening] ?? "").trimEnd())) : []),
    ...near.flatMap((line) => of(line, brackets((lines[line] ?? "").trimEnd()))),
  ];
}

const BEGUN = (line: string): Spelling => ({
  text: `{${line.trimEnd()}`,
  message: 'the "{" that begins the object is missing before this line; add it',
  title: 'Add "{"',
  isSure: true,
});

/** A key whose value lacks the bracket it begins with. */
const opened = (line: string): Spelling[] => [{ text: `${line} [` }, { text: `${line} {` }];

/** A bracket that closes what another opened, or none at the end of a line. */
function brackets(line: string): Spelling[] {
  const swapped = /^(\s*)([}\]])(,?)$/.exec(line);
  if (swapped) return [{ text: `${swapped[1]}${swapped[2] === "]" ? "}" : "]"}${swapped[3]}` }];
  return /["\d\w}\]]$/.test(line) ? [{ text: `${line}},` }, { text: `${line}],` }, { text: `${line}]` }] : [];
}

interface Spelling {
  readonly text: string;
  readonly message?: string;
  readonly title?: string;
  readonly isSure?: boolean;
}

const MEMBER = /^(\s*)(["']?)([\w@./ -]+?)(["']?)(\s*:\s*)(.*)$/;

function spelling(line: string): Spelling[] {
  const found: Spelling[] = [];
  if (/^\s*(#|\/\/)/.test(line))
    found.push({ text: "", message: "comments are not JSON; the host refuses the file, remove this one" });
  if (/[\u201c-\u201f]/.test(line))
    found.push({
      text: line.replace(/[\u201c-\u201f]/g, '"'),
      message: 'typographic quotes are not JSON; write "',
      title: "Write straight quotes",
    });
  if (line.includes("'"))
    found.push({
      text: line.replace(/'/g, '"'),
      message: "single quotes are not JSON; keys and texts stand in double quotes",
      title: "Write double quotes",
    });
  const member = MEMBER.exec(line);
  if (member && member[2] !== member[4])
    found.push({
      text: `${member[1]}"${member[3]}"${member[5]}${member[6]}`,
      message: "this key lacks a quote; add it",
      title: "Add the quote",
    });
  const half = /^(\s*)"([^":]+):(\s*[[{]?.*)$/.exec(line);
  if (half)
    found.push({
      text: `${half[1]}"${half[2]}":${half[3]}`,
      message: "this key lacks a quote; add it",
      title: "Add the quote",
    });
  const apart = /^(\s*"[^"]*")\s+(["[{\w].*)$/.exec(line);
  if (apart)
    found.push({ text: `${apart[1]}: ${apart[2]}`, message: '":" is missing after this key', title: 'Add ":"' });
  const empty = /^(\s*"[^"]*"\s*:)$/.exec(line);
  if (empty) found.push({ text: `${empty[1]}{` }, { text: `${empty[1]}[` });
  const open = /^(.*:\s*)"([^"]*?)(,?)$/.exec(line);
  if (open)
    found.push({
      text: `${open[1]}"${open[2]}"${open[3]}`,
      message: "this text lacks its closing quote; add it",
      title: "Add the closing quote",
    });
  const begun = /^(.*:\s*)([^"\s[{][^"]*)"(,?)$/.exec(line);
  if (begun)
    found.push({
      text: `${begun[1]}"${begun[2]}"${begun[3]}`,
      message: "this text lacks its opening quote; add it",
      title: "Add the opening quote",
    });
  found.push(...within(line));
  if (!/[,{[]$/.test(line)) found.push({ text: `${line},`, title: 'Add ","' });
  if (/,,+$/.test(line)) found.push({ text: line.replace(/,+$/, ","), title: "Remove the comma" });
  return found;
}

/** Slips anywhere in a line, so that a value on one line is mended too. */
function within(line: string): Spelling[] {
  return WAYS.flatMap(([pattern, written, message, title]) => {
    const text = line.replace(pattern, written);
    return text === line ? [] : [title === undefined ? { text, message } : { text, message, title }];
  });
}

const KEY = 'a key stands in double quotes, with ":" behind it';
const TEXT = "a text stands in double quotes";

const WAYS: readonly (readonly [pattern: RegExp, written: string, message: string, title?: string])[] = [
  [/("[^"]*")\s*=(?=\s*["[{\w])/, "$1:", '":" stands between a key and its value, not "="', 'Write ":"'],
  [/(?<=[{,]\s*)("[^"]*")\s+(?=[[{"])/, "$1: ", '":" is missing after this key', 'Add ":"'],
  [/(?<=^\s*|[{,]\s*)([A-Za-z_][\w-]*)"?\s*:/, '"$1":', KEY],
  [/(?<=[{,]\s*)"([\w-]+):(?=\s*["[{])/, '"$1":', KEY],
  [/(?<=:\s*)"([^",]*)(?=,\s*"[^",:]+"\s*:)/, '"$1"', "this text lacks its closing quote; add it"],
  [/(?<=:\s*)"([^"}\]]*)(?=[}\]]+\s*,?\s*$)/, '"$1"', "this text lacks its closing quote; add it"],
  [/(?<=:\s*)(?!(?:true|false|null)\b)([A-Za-z_@./][^"{}[\],]*?)"?(?=\s*(?:[,}\]]|$))/, '"$1"', TEXT],
];
