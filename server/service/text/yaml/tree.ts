// Reads YAML text into the common tree with the `yaml` package. Every syntax problem of every document is kept;
// broken text still gives the tree of what could be understood. Scalars stay unresolved (failsafe schema).

import { isTooDeep, TOO_DEEP } from "../depth.js";
import type { DocumentNode, Span, SyntaxProblem, Tree } from "../node.js";
import { converter, rootOf } from "./nodes.js";
import { readSource } from "./source.js";

export function readYaml(text: string): Tree {
  if (isTooDeep(text)) return refused([0, 1]);
  try {
    return readWhole(text);
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

function readWhole(text: string): Tree {
  const source = readSource(text);
  const problems: SyntaxProblem[] = [...source.problems];
  let hasAliases = false;
  const documents = source.documents.map((document, _, all): DocumentNode => {
    const convert = converter(source.text);
    const [start, end] = document.range;
    const root = rootOf(document, convert);
    problems.push(...convert.problems);
    hasAliases ||= convert.hasTies;
    return all.length === 1 ? { start: 0, end: text.length, root } : { start, end, root };
  });
  return { documents, problems, hasAliases };
}
