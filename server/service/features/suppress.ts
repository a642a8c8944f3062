// `# plugsmith-disable-next-line <code>[, <code>]`: silences problems that begin in the next line. A comment that
// silences nothing is reported, so that none outlives its reason. JSON has no comments; `plugsmith.rules` serves there.

import type { Problem } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import type { Span } from "../text/node.js";

const COMMENT = /(^|[ \t])#[ \t]*plugsmith-disable-next-line\b([^\r\n]*)/gm;

interface Suppression {
  readonly line: number;
  readonly code: string;
  readonly span: Span;
}

export function applySuppressions(
  manifest: Manifest,
  problems: readonly Problem[],
  broken: readonly Span[],
): readonly Problem[] {
  const { parsed, system } = manifest;
  if (parsed.syntax === "json" || !parsed.text.includes("plugsmith-disable-next-line")) return problems;
  const suppressions = suppressionsOf(parsed.text, (offset) => parsed.document.positionAt(offset).line);
  const used = new Set<Suppression>();
  const kept = problems.filter((problem) => {
    const line = parsed.document.positionAt(problem.span[0]).line;
    const hit = suppressions.find((one) => one.line + 1 === line && (one.code === problem.code || one.code === "*"));
    if (hit) used.add(hit);
    return !hit;
  });
  if (broken.length > 0) return kept;
  const unused = suppressions
    .filter((one) => !used.has(one))
    .map(({ code, span }): Problem => {
      const message = `nothing in the next line reports ${code === "*" ? "anything" : `"${code}"`}; remove this comment`;
      const fixes = [{ title: "Remove the comment", edits: [{ span, newText: "" }], safe: true }];
      return { code: `${system.id}/unused-suppression`, severity: "hint", message, span, tags: ["unnecessary"], fixes };
    });
  return [...kept, ...unused];
}

function suppressionsOf(text: string, lineAt: (offset: number) => number): Suppression[] {
  return [...text.matchAll(COMMENT)].flatMap((match) => {
    const start = match.index + (match[1] ?? "").length;
    const span: Span = [start, match.index + match[0].length];
    const codes = (match[2] ?? "")
      .trim()
      .split(/[\s,]+/)
      .filter((code) => /^([a-z]+\/[a-z0-9-]+|\*)$/.test(code));
    const line = lineAt(start);
    return (codes.length > 0 ? codes : ["*"]).map((code) => ({ line, code, span }));
  });
}
