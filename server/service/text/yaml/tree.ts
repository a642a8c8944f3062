// Reads YAML text into the common tree with the `yaml` package. Every syntax problem of every document is kept;
// broken text still gives the tree of what could be understood. Scalars stay unresolved (failsafe schema).

import { isTooDeep, TOO_DEEP } from "../depth.js";
import type { DocumentNode, Span, SyntaxProblem, Tree } from "../node.js";
import { converter, rootOf } from "./nodes.js";
import { withFeeds } from "./returns.js";
import { readSource } from "./source.js";

/** At `dashes` a "-" in braces is a plain value. */
export function readYaml(text: string, dashes: ReadonlySet<number> = NONE): Tree {
  if (isTooDeep(text)) return refused([0, 1]);
  try {
    return readWhole(withFeeds(text), dashes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refused([0, Math.min(1, text.length)]);
  }
}

const refused = (span: Span): Tree => ({
  documents: [],
  problems: [{ span, message: TOO_DEEP }],
  hasAliases: false,
});

const NONE: ReadonlySet<number> = new Set();

function readWhole(text: string, dashes: ReadonlySet<number>): Tree {
  // The package would take it for the dash of a list; a letter in its place stands for itself.
  const shown = dashes.size === 0 ? text : text.replace(/-/g, (dash, at: number) => (dashes.has(at) ? "_" : dash));
  const source = readSource(shown);
  const problems: SyntaxProblem[] = [...source.problems];
  let hasAliases = false;
  const documents = source.documents.map((document, _, all): DocumentNode => {
    const convert = converter(source.text, dashes);
    const [start, end] = document.range;
    const root = rootOf(document, convert);
    problems.push(...convert.problems);
    hasAliases ||= convert.hasTies;
    return all.length === 1 ? { start: 0, end: text.length, root } : { start, end, root };
  });
  return { documents, problems, hasAliases };
}
