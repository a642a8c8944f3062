// Merge conflicts that git left in a file: the markers and their side are blanked before parsing, so that the tree is that
// of our side, with one problem for each conflict instead of a cascade. Offsets stay as they are.

import type { SyntaxProblem, Tree } from "../node.js";

const CONFLICT =
  /^<{7}(?: [^\n]*)?\n(?:(?!<{7}|>{7})[^\n]*\n)*?={7}\r?\n(?:(?!<{7}|>{7})[^\n]*\n)*?>{7}(?: [^\n]*)?$/gm;

/** Reads `text` with its conflicts taken out; without any, simply reads it. */
export function readWithoutConflicts(text: string, read: (text: string) => Tree): Tree {
  if (!mayConflict(text)) return read(text);
  const problems: SyntaxProblem[] = [];
  const clean = text.replace(CONFLICT, (conflict, at: number) => {
    const firstLine = conflict.indexOf("\n");
    problems.push({ span: [at, at + conflict.slice(0, firstLine).trimEnd().length], message: MESSAGE });
    const separator = conflict.search(/^(={7}\r?$|\|{7})/m);
    return `${blank(conflict.slice(0, firstLine))}${conflict.slice(firstLine, separator)}${blank(conflict.slice(separator))}`;
  });
  const tree = read(clean);
  return { ...tree, problems: [...problems, ...tree.problems] };
}

export const mayConflict = (text: string): boolean => text.includes("<<<<<<<") && text.includes(">>>>>>>");

const MESSAGE =
  "a merge conflict is not settled; choose a side and remove the markers (until then the first side is checked)";

const blank = (text: string): string => text.replace(/[^\r\n]/g, " ");
