// Files and folders are about to be moved or renamed: the paths in manifests that lead to them, and the paths of manifests
// that move themselves, are rewritten in the same step.

import type { TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import type { Workspace } from "../../systems/facts.js";
import { SYSTEMS } from "../../systems/index.js";
import type { Mention } from "../../systems/mention.js";
import type { Manifest } from "../../systems/system.js";
import { rangeOf } from "../../text/parsed.js";
import { dirname, isAbsolute, isInside, relativeTo } from "../../text/paths.js";
import { mentionsOf } from "./mentions.js";

export interface FileMove {
  readonly from: string;
  readonly to: string;
}

/** Undefined when no manifest is concerned. */
export function fileMoves(workspace: Workspace, moves: readonly FileMove[]): WorkspaceEdit | undefined {
  const changes: Record<string, TextEdit[]> = {};
  for (const { id } of SYSTEMS) {
    for (const { path } of workspace.manifests(id)) {
      const manifest = workspace.open(path);
      const edits = manifest ? editsIn(manifest, moves) : [];
      if (manifest && edits.length > 0) changes[manifest.parsed.uri] = edits;
    }
  }
  return Object.keys(changes).length > 0 ? { changes } : undefined;
}

function editsIn(manifest: Manifest, moves: readonly FileMove[]): TextEdit[] {
  const { parsed } = manifest;
  if (parsed.path === undefined) return [];
  const path = moved(parsed.path, moves);
  const folder = dirname(path);
  return mentionsOf(manifest).flatMap((mention) => {
    // Where neither end moves, the path stays as it is written.
    if (path === parsed.path && moved(mention.name, moves) === mention.name) return [];
    const newText = rewritten(parsed.text.slice(...mention.span), mention, folder, moves);
    return newText === undefined ? [] : [{ range: rangeOf(parsed, mention.span), newText }];
  });
}

function rewritten(
  text: string,
  { kind, name }: Mention,
  folder: string,
  moves: readonly FileMove[],
): string | undefined {
  if (kind !== "file" || !isAbsolute(name)) return undefined;
  const target = moved(name, moves);
  if (isAbsolute(text)) return text === name && target !== name ? target : undefined;
  const path = relativeTo(folder, target);
  const ending = text.endsWith("/") ? "/" : "";
  const beginning = text.startsWith("./") && !path.startsWith("../") ? "./" : "";
  const after = `${beginning}${path}${ending}`;
  return after === text ? undefined : after;
}

function moved(path: string, moves: readonly FileMove[]): string {
  const move = moves.find(({ from }) => isInside(path, from));
  return move ? `${move.to}${path.slice(move.from.length)}` : path;
}
