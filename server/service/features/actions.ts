// Quick fixes: what a problem itself offers, a suppression comment, and one fix-all of the certain ones.

import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from "vscode-languageserver-types";
import type { Fix, Problem, TextChange } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { findChain } from "../text/chain.js";
import { lineAndAbove } from "../text/lines.js";
import { type Embedding, type Parsed, rangeOf } from "../text/parsed.js";
import type { DiagnoseHooks } from "./diagnose.js";
import { workspaceEdit } from "./edits.js";
import { commentAbove, silencedAt } from "./suppress.js";
import type { SyntaxFixer } from "./syntaxFixes.js";

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.plugsmith`;

export interface ActionRequest extends DiagnoseHooks {
  readonly range: Range;
  /** Diagnostics of ours in the range, as the client holds them. */
  readonly diagnostics: readonly Diagnostic[];
  readonly only?: readonly string[];
  /** The editor can create, rename and delete files in an edit. */
  readonly filesAllowed?: boolean;
  /** Commands that the editor has. */
  readonly commands?: readonly string[];
}

/** So many problems without fixes of their own are looked into at once; the rest when they are asked about. */
const MOST_MENDED = 30;

export function actions(
  manifest: Manifest,
  problems: readonly Problem[],
  request: ActionRequest,
  fixer: SyntaxFixer,
): CodeAction[] {
  let left = MOST_MENDED;
  const withFixes: SyntaxFixer = (one, problem) =>
    problem.fixes?.length || left-- <= 0 ? problem : fixer(one, problem);
  const wants = (kind: string) =>
    !request.only || request.only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const found: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    for (const problem of problems) {
      const diagnostic = request.diagnostics.find((one) => isAbout(manifest, one, problem));
      if (!diagnostic) continue;
      const fixes = (withFixes(manifest, problem).fixes ?? []).filter(({ files }) => !files || request.filesAllowed);
      found.push(...fixes.map((fix) => quickFix(manifest, fix, diagnostic, fixes.length === 1)));
      if (takesComment(manifest, problem)) found.push(suppression(manifest, problem, diagnostic));
    }
  }
  if (!request.only) found.push(...offered(manifest, request));
  if (request.only?.some((one) => FIX_ALL === one || FIX_ALL.startsWith(`${one}.`)))
    found.push(
      ...fixAll(
        manifest,
        problems.map((problem) => withFixes(manifest, problem)),
      ),
    );
  return found;
}

function offered(manifest: Manifest, { range, commands = [] }: ActionRequest): CodeAction[] {
  if (commands.length === 0) return [];
  const { document } = manifest.parsed;
  const offers = manifest.system.offers?.(manifest, [document.offsetAt(range.start), document.offsetAt(range.end)]);
  return (offers ?? [])
    .filter(({ command }) => commands.includes(command))
    .map(({ title, command, arguments: given }) => ({ title, command: { title, command, arguments: [...given] } }));
}

function quickFix(manifest: Manifest, fix: Fix, diagnostic: Diagnostic, isPreferred: boolean): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred,
    edit: workspaceEdit(manifest, fix),
  };
}

/** What holds the comments about a value that can hold none. */
const carrierOf = ({ embedding, syntax }: Parsed): Embedding | undefined => (syntax === "json" ? embedding : undefined);

/** A comment can stand above, and helps: not inside a plain text over lines, nor about broken text or another comment. */
function takesComment(manifest: Manifest, { code, span }: Problem): boolean {
  const { parsed, root, system } = manifest;
  const embedding = carrierOf(parsed);
  // A comment would end the command that goes on over the end of the line above.
  if (embedding?.beginning.above && /\\\s*$/.test(embedding.outerText.slice(...embedding.beginning.above)))
    return false;
  if (embedding) return code !== `${system.id}/syntax` && !/\.json$/.test(parsed.path ?? parsed.uri);
  if (parsed.syntax === "json" || [`${system.id}/syntax`, `${system.id}/unused-suppression`].includes(code))
    return false;
  const start = parsed.text.lastIndexOf("\n", silencedAt(manifest, { span }) - 1) + 1;
  const node = findChain(root, start).at(-1)?.node;
  return !(node?.kind === "scalar" && node.style === "plain" && node.start < start);
}

function suppression(manifest: Manifest, { code, span }: Problem, diagnostic: Diagnostic): CodeAction {
  const { parsed } = manifest;
  const embedding = carrierOf(parsed);
  const at = silencedAt(manifest, { span });
  const place = embedding?.beginning ?? lineAndAbove(parsed.text, at);
  const comment = commentAbove(embedding?.outerText ?? parsed.text, place, code);
  const edit = workspaceEdit(manifest, { edits: [embedding ? { ...comment, outer: true } : comment] });
  const where = embedding || at !== span[0] ? "this value" : "this line";
  return { title: `Disable ${code} for ${where}`, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit };
}

/** All certain fixes whose edits don't touch each other, in one edit. */
function fixAll(manifest: Manifest, problems: readonly Problem[]): CodeAction[] {
  const edits: TextChange[] = [];
  for (const { fixes } of problems) {
    const fix = fixes?.find(
      ({ safe, edits, files }) => safe && !files && edits.every(({ path }) => path === undefined),
    );
    if (
      fix &&
      !fix.edits.some((one) => edits.some((other) => one.span[0] <= other.span[1] && other.span[0] <= one.span[1]))
    )
      edits.push(...fix.edits);
  }
  return edits.length > 0
    ? [{ title: "Fix all certain Plugsmith problems", kind: FIX_ALL, edit: workspaceEdit(manifest, { edits }) }]
    : [];
}

function isAbout(manifest: Manifest, { code, range }: Diagnostic, problem: Problem): boolean {
  if (code !== problem.code) return false;
  const own = rangeOf(manifest.parsed, problem.span);
  return (
    own.start.line === range.start.line &&
    own.start.character === range.start.character &&
    own.end.line === range.end.line &&
    own.end.character === range.end.character
  );
}
