// YAML that can be read, but not as it was meant: `key:value` and `key = value` are texts, `-key: value` is a key, `{{ x }}` is a map
// and typographic quotes are letters.

import type { Span } from "../node.js";
import type { Rewrite } from "./rewrite.js";

/** Other ways to write the line of a problem. */
export function misreadings(text: string, [start]: Span): readonly Rewrite[] {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const line = /^[^\r\n]*/.exec(text.slice(from))?.[0] ?? "";
  return WAYS.flatMap(({ title, pattern, write }) => {
    const found = pattern.exec(line);
    if (!found) return [];
    const at = from + found.index;
    return [{ title, edits: [{ span: [at, at + found[0].length], newText: write(found) }] }];
  });
}

interface Way {
  readonly title: string;
  readonly pattern: RegExp;
  readonly write: (found: RegExpExecArray) => string;
}

const WAYS: readonly Way[] = [
  { title: 'Begin the comment with "#"', pattern: /(?<=^\s*)\/\/ ?/, write: () => "# " },
  {
    title: 'Add a blank after "-"',
    pattern: /(?<=^\s*)-(?=[A-Za-z"'])/,
    write: () => "- ",
  },
  {
    title: 'Add a blank after ":"',
    pattern: /(?<=^\s*(?:- +)*[A-Za-z_][\w.-]*):(?=[^\s:/])/,
    write: () => ": ",
  },
  {
    title: 'Write ":"',
    pattern: /(?<=^\s*(?:- +)*[A-Za-z_][\w.-]*) *[=\uff1a] *(?=\S)/,
    write: () => ": ",
  },
  {
    title: 'Add ":"',
    pattern: /(?<=^\s*(?:- +)*[A-Za-z_][\w.-]*) +(?=[^\s:=#])/,
    write: () => ": ",
  },
  {
    title: "Put the template in quotes",
    pattern: /(?<=[:-]\s+)\{\{.*\}\}/,
    write: ([template]) => (template.includes('"') ? `'${template.replace(/'/g, "''")}'` : `"${template}"`),
  },
  {
    title: "Write straight quotes",
    pattern: /(?<=[:-]\s+)[\u2018-\u201f]([^"\\\u2018-\u201f]*)[\u2018-\u201f](?=\s*(?:#.*)?$)/,
    write: ([, word = ""]) => `"${word}"`,
  },
];
