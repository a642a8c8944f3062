// `# plugsmith-disable-next-line <code>[, <code>]`: silences problems that begin in the next line. A comment that
// silences nothing is reported, so that none outlives its reason. JSON has no comments; `plugsmith.rules` serves there, and
// for a JSON value in another file, or in a block of this one, a comment above the line where the value begins, about all of it.

import type { Fix, Problem, TextChange } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { findChain } from "../text/chain.js";
import type { LineAndAbove } from "../text/lines.js";
import type { Span } from "../text/node.js";
import type { Embedding } from "../text/parsed.js";

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
  if (parsed.embedding && parsed.syntax === "json") return aboveValue(manifest, parsed.embedding, problems, broken);
  if (parsed.syntax === "json" || parsed.source.count("plugsmith-disable-next-line") === 0) return problems;
  const comments = commentsOf(manifest);
  const used = new Set<string>();
  const kept = problems.filter((problem) => {
    const { line } = parsed.source.positionAt(silencedAt(manifest, problem));
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

/** Where the line is that a comment about a problem stands above: its own, or that on which a block of JSON begins. */
export function silencedAt({ root, parsed }: Manifest, { span: [at] }: Pick<Problem, "span">): number {
  if (parsed.syntax === "json") return at;
  const node = findChain(root, at).at(-1)?.node;
  const isJson = node?.kind === "scalar" && node.style === "block" && /^\s*[[{]/.test(node.text);
  return isJson ? node.start : at;
}

/** The one comment about a value that can hold none. */
function aboveValue(
  manifest: Manifest,
  embedding: Embedding,
  problems: readonly Problem[],
  broken: readonly Span[],
): readonly Problem[] {
  const comment = commentOf(embedding);
  if (!comment) return problems;
  const { codes } = comment;
  const kept = problems.filter(({ code }) => !codes.includes(code) && !codes.includes("*"));
  if (broken.length > 0) return kept;
  const idle = codes.filter((one) => !problems.some(({ code }) => one === "*" || code === one));
  const fixes = [removal(embedding.outerText, comment, idle, { outer: true })];
  const unused = idle.map((code): Problem => {
    const named = code === "*" ? "anything" : `"${code}"`;
    const message = `nothing in this value reports ${named}; remove the comment above it, or this code from it`;
    return { code: `${manifest.system.id}/unused-suppression`, severity: "hint", message, span: [0, 1], fixes };
  });
  return [...kept, ...unused];
}

function unusedProblem(manifest: Manifest, comment: Comment, code: string, idle: readonly string[]): Problem {
  const message = `nothing in the next line reports ${code === "*" ? "anything" : `"${code}"`}; remove ${idle.length === comment.codes.length ? "this comment" : "it here"}`;
  const fixes = [removal(manifest.parsed.text, comment, idle)];
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
function removal(
  text: string,
  { span: [start, end], codes }: Omit<Comment, "line">,
  idle: readonly string[],
  where: Pick<TextChange, "outer"> = {},
): Fix {
  const left = codes.filter((code) => !idle.includes(code));
  if (left.length > 0) {
    const newText = `# plugsmith-disable-next-line ${left.join(", ")}`;
    const edits = [{ span: [start, end] as const, newText, ...where }];
    return { title: "Remove what is unused from the comment", edits, safe: true };
  }
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const before = text.slice(lineStart, start);
  const lineEnd = /^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  const isAlone = before.trim() === "";
  const span: Span = isAlone ? [lineStart, end + lineEnd] : [lineStart + before.trimEnd().length, end];
  return { title: "Remove the comment", edits: [{ span, newText: "", ...where }], safe: true };
}

function commentsOf({ parsed, root }: Manifest): Comment[] {
  return [...parsed.text.matchAll(COMMENT)].flatMap((match) => {
    const start = match.index + (match[1] ?? "").length;
    const node = findChain(root, start).at(-1)?.node;
    // In a block scalar stands a patch as YAML of its own, which may hold comments.
    if (node?.kind === "scalar" && node.style !== "block" && node.start < start && start < node.end) return [];
    const { line } = parsed.source.positionAt(start);
    return [{ line, span: [start, match.index + match[0].length], codes: codesIn(match[2] ?? "") }];
  });
}

/** Those named behind the words of a comment, "*" where there are none. */
function codesIn(rest: string): readonly string[] {
  const codes = rest
    .trim()
    .split(/[\s,]+/)
    .filter((code) => /^([a-z]+\/[a-z0-9-]+|\*)$/.test(code));
  return codes.length > 0 ? codes : ["*"];
}

function commentOf({ beginning: { above }, outerText }: Embedding): Omit<Comment, "line"> | undefined {
  const line = above && outerText.slice(...above);
  const comment = line === undefined ? null : WHOLE_LINE.exec(line);
  if (!above || !comment) return undefined;
  return { span: [above[0] + comment[0].search(/#/), above[1]], codes: codesIn(comment[1] ?? "") };
}

const WHOLE_LINE = /^[ \t]*#[ \t]*plugsmith-disable-next-line\b(.*)$/;

/**
 * The comment that silences `code` in a line, as an edit of `text`: a line of its own above it, or one more code in the comment
 * that stands there, since a second comment would part it from its line.
 */
export function commentAbove(
  text: string,
  { line: [start], above }: LineAndAbove,
  code: string,
): { readonly span: Span; readonly newText: string } {
  const comment = above && WHOLE_LINE.exec(text.slice(...above));
  if (above && comment && !codesIn(comment[1] ?? "").includes("*")) {
    const end = above[0] + text.slice(...above).trimEnd().length;
    return { span: [end, end], newText: `, ${code}` };
  }
  const indent = /^[ \t]*/.exec(text.slice(start, start + 400))?.[0] ?? "";
  const eol = /^[^\n]*\r\n/.test(text) ? "\r\n" : "\n";
  return { span: [start, start], newText: `${indent}# plugsmith-disable-next-line ${code}${eol}` };
}
