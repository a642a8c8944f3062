// Lines that are none of YAML: statements of a template around others, fences of Markdown, and comments as other languages
// begin them. Without them the rest is often sound: what follows from them is left out, and lines that belong together are
// told once, at the first.

import { findChain } from "../chain.js";
import { FENCE } from "../fence.js";
import type { Span, SyntaxProblem, Tree } from "../node.js";
import { readText } from "../readText.js";

export interface WithoutForeign {
  /** With blanks for those lines, so that offsets stay as they are. */
  readonly text: string;
  readonly tree: Tree;
  readonly told: readonly SyntaxProblem[];
  readonly lines: readonly Span[];
}

const KINDS: readonly { readonly pattern: RegExp; readonly message: string; readonly each?: true }[] = [
  { pattern: /^[ \t]*```[^\r\n]*/gm, message: FENCE },
  {
    pattern: /^[ \t]*(?:\{\{-? *(?:if|else|end|range|with|template|include|define|block|\/\*)\b[^\r\n]*|\{%[^\r\n]*)/gm,
    message: "this line belongs to a template; the host reads the file as it stands, so write what the template gives",
  },
  { pattern: /^[ \t]*\/\/(?!\/)[^\r\n]*/gm, message: 'a comment begins with "#" in YAML, not with "//"', each: true },
];

/** Undefined where there are none, or where they aren't what the parser stumbles over. */
export function withoutForeign({
  text,
  tree,
}: {
  readonly text: string;
  readonly tree: Tree;
}): WithoutForeign | undefined {
  const told: SyntaxProblem[] = [];
  const lines: Span[] = [];
  let changed = text;
  for (const { pattern, message, each = false } of KINDS) {
    const found = [...text.matchAll(pattern)].flatMap(({ 0: line, index }) => {
      const start = index + line.length - line.trimStart().length;
      return isInBlock(tree, start) ? [] : [{ start, end: index + line.trimEnd().length }];
    });
    for (const { start, end } of each ? found : found.slice(0, 1)) told.push({ span: [start, end], message });
    for (const { start, end } of found) {
      lines.push([start, end]);
      changed = changed.slice(0, start) + " ".repeat(end - start) + changed.slice(end);
    }
  }
  if (lines.length === 0) return undefined;
  const after = readText(changed, "yaml").tree;
  return after.problems.length < tree.problems.length ? { text: changed, tree: after, told, lines } : undefined;
}

/** In the lines below a `|` anything may stand. */
const isInBlock = ({ documents }: Tree, at: number): boolean =>
  documents.some(({ root }) =>
    findChain(root, at).some(({ node }) => node?.kind === "scalar" && node.style === "block"),
  );
