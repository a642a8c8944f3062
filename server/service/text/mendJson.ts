// What a line of JSON that the parser stumbles over was probably meant to be: likely mistakes first.

import type { Mend } from "./mend.js";

export function jsonMends(lines: readonly string[], at: number): Mend[] {
  return [at, at - 1]
    .filter((line) => line >= 0)
    .flatMap((line) => spelling((lines[line] ?? "").trimEnd()).map((mend) => ({ ...mend, line })));
}

interface Spelling {
  readonly text: string;
  readonly message?: string;
  readonly title?: string;
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
  if (!/[,{[]$/.test(line)) found.push({ text: `${line},`, title: 'Add ","' });
  if (/,,+$/.test(line)) found.push({ text: line.replace(/,+$/, ","), title: "Remove the comma" });
  return found;
}
