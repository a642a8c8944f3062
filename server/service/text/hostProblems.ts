// Syntax problems that a host can meet: one that reads only the first document of a stream never parses the others.

import type { SyntaxProblem, Tree } from "./node.js";

export function firstDocumentProblems({ documents, problems }: Tree): readonly SyntaxProblem[] {
  const next = documents[1];
  return next ? problems.filter(({ span }) => span[0] < next.start) : problems;
}
