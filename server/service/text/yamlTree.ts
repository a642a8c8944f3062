// Reads YAML text into the common tree with the `yaml` package. Every syntax problem of every document is kept;
// broken text still gives the tree of what could be understood. Scalars stay unresolved (failsafe schema).

import { isTooDeep, TOO_DEEP } from "./depth.js";
import type { DocumentNode, SyntaxProblem, Tree } from "./node.js";
import { converter, rootOf } from "./yamlNodes.js";
import { readSource } from "./yamlSource.js";

export function readYaml(text: string): Tree {
  if (isTooDeep(text)) return { documents: [], problems: [{ span: [0, 1], message: TOO_DEEP }] };
  try {
    return readWhole(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { documents: [], problems: [{ span: [0, Math.min(1, text.length)], message: TOO_DEEP }] };
  }
}

function readWhole(text: string): Tree {
  const source = readSource(text);
  const problems: SyntaxProblem[] = [...source.problems];
  const documents = source.documents.map((document, _, all): DocumentNode => {
    const convert = converter(source.text);
    const [start, end] = document.range;
    const root = rootOf(document, convert);
    problems.push(...convert.problems);
    return all.length === 1 ? { start: 0, end: text.length, root } : { start, end, root };
  });
  return { documents, problems };
}
