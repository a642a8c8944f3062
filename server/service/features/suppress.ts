// `# plugsmith-disable-next-line <code>[, <code>]`: silences problems that begin in the next line. A comment that
// silences nothing is reported, so that none outlives its reason. JSON has no comments; `plugsmith.rules` serves there.

import type { Fix, Problem } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { findChain } from "../text/chain.js";
import type { Span } from "../text/node.js";

const COMMENT = /(^|[ \t])#[ \t]*plugsmith-disable-next-line\b([^\r\n]*)/gm;

interface Comment {
  readonly line: number;
  readonly span: Span;
  /** "*" where the comment names none. */
  readonly codes: readonly string[];
}

export function applySuppressions(
  manifest: Manifest,
  problems: readonly Problem[],
  broken: readonly Span[],
): readonly Problem[] {
  const { parsed } = manifest;
  if (parsed.syntax === "json" || !parsed.text.includes("plugsmith-disable-next-line")) return problems;
  const comments = commentsOf(manifest);
  const used = new Set<string>();
  const kept = problems.filter((problem) => {
    const line = parsed.document.positionAt(problem.span[0]).line;
    const above = comments.find((one) => one.line + 1 === line);
    const code = above?.codes.find((one) => one === problem.code || one === "*");
    if (code !== undefined) used.add(`${line} ${code}`);
    return code === undefined;
  });
  if (broken.length > 0) return kept;
  const isUnused = (comment: Comment, code: string) => !used.has(`${comment.line + 1} ${code}`);
  const unused = comments.flatMap((comment) => {
    const idle = comment.codes.filter((code) => isUnused(comment, code));
    return idle.map((code) => unusedProblem(manifest, comment, code, idle));
  });
  return [...kept, ...unused];
}

function unusedProblem(manifest: Manifest, comment: Comment, code: string, idle: readonly string[]): Problem {
  const message = `nothing in the next line reports ${code === "*" ? "anything" : `"${code}"`}; remove ${idle.length === comment.codes.length ? "this comment" : "it here"}`;
  const fixes = [removal(manifest, comment, idle)];
  const { span } = comment;
  return {
    code: `${manifest.system.id}/unused-suppression`,
    severity: "hint",
    message,
    span,
    tags: ["unnecessary"],
    fixes,
  };
}

/** Takes away the codes that silence nothing, and with the last of them the comment, and with that its line. */
function removal({ parsed }: Manifest, { span: [start, end], codes }: Comment, idle: readonly string[]): Fix {
  const left = codes.filter((code) => !idle.includes(code));
  if (left.length > 0) {
    const newText = `# plugsmith-disable-next-line ${left.join(", ")}`;
    return { title: "Remove what is unused from the comment", edits: [{ span: [start, end], newText }], safe: true };
  }
  const lineStart = parsed.text.lastIndexOf("\n", start - 1) + 1;
  const before = parsed.text.slice(lineStart, start);
  const lineEnd = /^\r?\n/.exec(parsed.text.slice(end, end + 2))?.[0].length ?? 0;
  const isAlone = before.trim() === "";
  const span: Span = isAlone ? [lineStart, end + lineEnd] : [lineStart + before.trimEnd().length, end];
  return { title: "Remove the comment", edits: [{ span, newText: "" }], safe: true };
}

function commentsOf({ parsed, root }: Manifest): Comment[] {
  return [...parsed.text.matchAll(COMMENT)].flatMap((match) => {
    const start = match.index + (match[1] ?? "").length;
    const node = findChain(root, start).at(-1)?.node;
    // In a block scalar stands a patch as YAML of its own, which may hold comments.
    if (node?.kind === "scalar" && node.style !== "block" && node.start < start && start < node.end) return [];
    const codes = (match[2] ?? "")
      .trim()
      .split(/[\s,]+/)
      .filter((code) => /^([a-z]+\/[a-z0-9-]+|\*)$/.test(code));
    const line = parsed.document.positionAt(start).line;
    return [{ line, span: [start, match.index + match[0].length], codes: codes.length > 0 ? codes : ["*"] }];
  });
}
