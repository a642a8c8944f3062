// Files and folders are about to be moved or renamed: the paths in manifests that lead to them, and the paths of manifests
// that move themselves, are rewritten in the same step.

import type { TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { documentsIn, isSameDocument, type Workspace } from "../../systems/facts.js";
import { SYSTEMS } from "../../systems/index.js";
import type { Mention } from "../../systems/mention.js";
import type { Manifest } from "../../systems/system.js";
import type { Span } from "../../text/node.js";
import { rangeOf, writtenIn } from "../../text/parsed.js";
import { dirname, isAbsolute, isInside, relativeTo, resolve } from "../../text/paths.js";
import { renderScalar } from "../../text/render.js";
import { mentionsOf } from "./mentions.js";

export interface FileMove {
  readonly from: string;
  readonly to: string;
}

/** Undefined when no manifest is concerned. `asking` may be a manifest that the workspace doesn't list. */
export function fileMoves(
  workspace: Workspace,
  moves: readonly FileMove[],
  asking?: Manifest,
): WorkspaceEdit | undefined {
  const changes: Record<string, TextEdit[]> = {};
  const others = SYSTEMS.flatMap(({ id }) => documentsIn(workspace, id));
  for (const manifest of asking ? [asking, ...others.filter((one) => !isSameDocument(one, asking))] : others) {
    const { uri } = manifest.parsed;
    const edits = editsIn(manifest, moves);
    if (edits.length > 0) changes[uri] = [...(changes[uri] ?? []), ...edits];
  }
  return Object.keys(changes).length > 0 ? { changes } : undefined;
}

function editsIn(manifest: Manifest, moves: readonly FileMove[]): TextEdit[] {
  const { parsed } = manifest;
  if (parsed.path === undefined) return [];
  const path = afterMoves(parsed.path, moves);
  return mentionsOf(manifest).flatMap((mention) => {
    const target = afterMoves(movedPath(mention), moves);
    // Where neither end moves, the path stays as it is written.
    if (path === parsed.path && target === movedPath(mention)) return [];
    const text = parsed.text.slice(...mention.span);
    const newText = mention.moved
      ? mention.moved(target, dirname(path))
      : relativePath(text, mention, target, dirname(path));
    const isSame = newText === undefined || newText === text || mention.takes?.(newText) === false;
    const written = isSame ? undefined : inQuotes(manifest, mention.span, newText);
    return written === undefined ? [] : [{ range: rangeOf(parsed, mention.span), newText: writtenIn(parsed, written) }];
  });
}

/** What moves: the file that is named, or what the mention leads to. */
const movedPath = ({ kind, name, target }: Mention): string => (kind === "file" ? name : (target?.path ?? name));

function relativePath(text: string, { kind, name }: Mention, target: string, folder: string): string | undefined {
  if (kind !== "file" || !isAbsolute(name)) return undefined;
  if (isAbsolute(text)) return text === name ? target : undefined;
  // Both ends move together.
  if (resolve(folder, text) === target) return text;
  const path = relativeTo(folder, target);
  const ending = text.endsWith("/") ? "/" : "";
  const beginning = text.startsWith("./") && !path.startsWith("../") ? "./" : "";
  return `${beginning}${path}${ending}`;
}

/** The text as it stands between the quotes that are there; undefined where a plain text would need some and can't have them. */
function inQuotes({ parsed, kind }: Manifest, [start, end]: Span, text: string): string | undefined {
  const before = parsed.text[start - 1] ?? "\n";
  const isJson = parsed.syntax === "json";
  const style = before === "'" && !isJson ? "single" : isJson || quoteOpens(parsed.text, start) ? "double" : "plain";
  const written = renderScalar(text, isJson ? "json" : "flow", kind.reading.dialect, style);
  if (style !== "plain") return written.slice(1, -1);
  const isWhole = /[\s[,]/.test(before) && /[\s,\]]/.test(parsed.text[end] ?? "\n");
  return written === text || isWhole ? written : undefined;
}

/** Whether the last quote of the line before `at` is an opening double one: a part of a text can be named. */
const quoteOpens = (text: string, at: number): boolean => {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return /(^|[\s[,{:-])"[^"]*$/.test(line);
};

function afterMoves(path: string, moves: readonly FileMove[]): string {
  const move = moves.find(({ from }) => isInside(path, from));
  return move ? `${move.to}${path.slice(move.from.length)}` : path;
}
