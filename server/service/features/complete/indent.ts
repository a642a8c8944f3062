// Snippet bodies are written with two blanks a level and indented dashes; here they take over the habits of the file.

import type { Habits } from "../../text/columns.js";

/** The body with the file's steps. What stands in a block scalar keeps its own indentation, moved as a whole. */
export function reindented(body: readonly string[], { step, dash }: Habits): string[] {
  const levels: { readonly from: number; readonly to: number; readonly opensText: boolean }[] = [];
  return body.map((line) => {
    if (line.trim() === "" || line.trim() === "$0") return line;
    const from = indentOf(line).length;
    const content = line.slice(from);
    const isItem = content.startsWith("- ");
    while ((levels.at(-1)?.from ?? -1) > from) levels.pop();
    const level = levels.at(-1);
    const text = levels.findLast(({ opensText }) => opensText);
    const to = !level
      ? from
      : text && text !== level
        ? level.to + from - level.from
        : level.from === from
          ? level.to
          : level.to + (isItem && !level.opensText ? dash : step);
    const opensText = /[|>][-+]?$/.test(content);
    if (level?.from !== from) levels.push({ from, to, opensText: opensText && !isItem });
    if (isItem) levels.push({ from: from + 2, to: to + 2, opensText });
    else if (level?.from === from && level.opensText !== opensText) levels.splice(-1, 1, { from, to, opensText });
    return " ".repeat(to) + content;
  });
}

/** Blanks that begin the line of an offset. */
export function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return indentOf(text.slice(lineStart, offset));
}

/** JSON lines are indented as the line that they are inserted into, with its own kind of step. */
export function jsonBody(body: readonly string[], base: string): string[] {
  const step = base.startsWith("\t") ? "\t" : base.length > 0 && base.length % 4 === 0 ? "    " : "  ";
  return body.map((line, i) => {
    const levels = indentOf(line).length / 2;
    return (i === 0 ? "" : base) + step.repeat(levels) + line.trimStart();
  });
}

const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? "";
