// What a broken text looks like without the commonest slips of the keyboard, line by line. It serves to see whose file it is,
// which is often told by the very line that is broken; nothing is told or written from it.

import { type Parsed, rewritten } from "../parsed.js";
import { readText } from "../readText.js";

/** A longer text stays as it is. */
const MAX_LENGTH = 12_000;

/** Undefined where there is nothing to straighten; `tree` is that of the new text. */
export function straightened(parsed: Parsed): Parsed | undefined {
  const { syntax, tree } = parsed;
  const isBroken = tree.problems.length > 0;
  if (parsed.source.length > MAX_LENGTH) return undefined;
  const { text } = parsed;
  if (!isBroken && !ODD.test(text)) return undefined;
  const written = syntax === "json" ? json(text) : yaml(text, isBroken);
  return written === text ? undefined : rewritten(parsed, written, readText(written, syntax).tree);
}

/** Letters that look like those of YAML and are none. */
const ODD = /[\u00a0\u3000\uff1a\u201c-\u201f]/;

function yaml(text: string, isBroken: boolean): string {
  const typed = text
    .replace(/[\u00a0\u3000]/g, " ")
    .replace(/\uff1a ?/g, ": ")
    .replace(/[\u201c-\u201f]/g, '"');
  if (!isBroken) return typed;
  const spaced = typed
    .replace(/^[ \t]*\t[ \t]*/gm, (blank) => blank.replace(/\t/g, "  "))
    .replace(/^( *)-(?=[A-Za-z"'])/gm, "$1- ")
    .replace(/^( *(?:- +)*[A-Za-z][\w.-]*) *[:;=] *(?=[^\s:;=/])/gm, "$1: ")
    .replace(/^( *(?:- +)*[A-Za-z][\w-]*) +(?=[^\s:#|>-])/gm, "$1: ")
    .replace(
      /^( *(?:- +)*[A-Za-z][\w.-]*: +)([A-Za-z][^#\n"']*: .*)$/gm,
      (_, key, value) => key + JSON.stringify(value),
    );
  return aligned(spaced.split("\n")).join("\n");
}

/** A key that stands deeper than a complete one above it belongs beside that. */
function aligned(lines: readonly string[]): readonly string[] {
  let own = -1;
  return lines.map((line) => {
    const [, indent = "", value] = /^( *)[\w"'][^:]*:(?: +([^\s#|>&].*))?\s*$/.exec(line) ?? [];
    if (!/^ *[\w"'][^:]*:(\s|$)/.test(line)) {
      if (/^ *[^\s#]/.test(line)) own = -1;
      return line;
    }
    const column = own >= 0 && indent.length > own && indent.length < own + 3 ? own : indent.length;
    own = value === undefined ? -1 : column;
    return " ".repeat(column) + line.trimStart();
  });
}

function json(text: string): string {
  const lines = text
    .replace(/^\ufeff/, "")
    .replace(/[\u2018\u2019\u201c-\u201f']/g, '"')
    .replace(/("(?:[^"\\\n]|\\.)*")[ \t]*=/g, "$1:")
    .replace(/("(?:[^"\\\n]|\\.)*")[ \t]+(?=["[{])/g, "$1: ")
    .replace(/^([ \t]*)"?([A-Za-z_][\w ./-]*?)"?[ \t]*[:=]/gm, '$1"$2":')
    .replace(/:[ \t]*"?([^\s"[\]{},][^"[\]{},\n]*)"?[ \t]*(?=,?[ \t]*\r?$|[ \t]*[,}])/gm, (whole, value: string) =>
      /^(true|false|null|-?\d+(\.\d+)?)$/.test(value) ? whole : `: ${JSON.stringify(value)}`,
    );
  const opened = lines.replace(
    /:([ \t]*\r?\n[ \t]*"[^"\n]*"[ \t]*)(?=(:?))/g,
    (_, next: string, colon: string) => `:${colon ? "{" : "["}${next}`,
  );
  return paired(/^\s*"/.test(opened) ? `{${opened}` : opened);
}

/** With each bracket closed by its own kind. */
function paired(text: string): string {
  const open: string[] = [];
  return text.replace(/"(?:[^"\\\n]|\\.)*"|[[\]{}]/g, (token) => {
    if (token === "{" || token === "[") open.push(token === "{" ? "}" : "]");
    return token === "}" || token === "]" ? (open.pop() ?? token) : token;
  });
}
