// Rename: every mention of a thing, in all manifests of the workspace, in one edit; at a path the file itself. Refused with
// a reason where a place can't be rewritten with certainty.

import type { Range, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import type { Mention } from "../../systems/mention.js";
import type { Manifest } from "../../systems/system.js";
import { rangeOf, writtenIn } from "../../text/parsed.js";
import { allMentions, mentionAt } from "./mentions.js";
import { pathPart, renameFile } from "./renameFile.js";

export interface RenamePlace {
  readonly range: Range;
  readonly placeholder: string;
}

/** The text that would be renamed; undefined where nothing can be. */
export function prepareRename(manifest: Manifest, offset: number): RenamePlace | undefined {
  const mention = mentionAt(manifest, offset);
  const span = mention?.rename ? mention.span : mention && pathPart(manifest, mention)?.span;
  return span && { range: rangeOf(manifest.parsed, span), placeholder: manifest.parsed.text.slice(...span) };
}

export interface RenameOptions {
  /** The editor can rename files in an edit. */
  readonly filesAllowed?: boolean;
}

export type Renamed = { readonly edit: WorkspaceEdit } | { readonly refused: string };

export function rename(manifest: Manifest, offset: number, newName: string, options: RenameOptions = {}): Renamed {
  const mention = mentionAt(manifest, offset);
  const part = mention && !mention.rename ? pathPart(manifest, mention) : undefined;
  if (mention && part) {
    if (options.filesAllowed) return renameFile(manifest, mention, part, newName);
    return { refused: `this editor can't rename files in an edit; rename ${mention.name} in its list of files` };
  }
  if (!mention?.rename) return { refused: "nothing here can be renamed" };
  const refused = manifest.system.refuseName?.(mention.kind, newName) ?? taken(manifest, mention, newName);
  if (refused !== undefined) return { refused };
  const changes: Record<string, TextEdit[]> = {};
  for (const found of allMentions(manifest, mention)) {
    const { rename, span, isCalledOtherwise } = found.mention;
    if (isCalledOtherwise) continue;
    if (!rename)
      return {
        refused: `${found.manifest.parsed.path ?? found.manifest.parsed.uri} names it in a way that can't be rewritten; change it by hand`,
      };
    const edits = changes[found.manifest.parsed.uri] ?? [];
    edits.push({
      range: rangeOf(found.manifest.parsed, span),
      newText: writtenIn(found.manifest.parsed, rename(newName)),
    });
    changes[found.manifest.parsed.uri] = edits;
  }
  return { edit: { changes } };
}

/** Two things of one name can't be told apart afterwards, so that not even the way back would be certain. */
function taken(manifest: Manifest, { kind, name }: Mention, newName: string): string | undefined {
  if (newName === name) return undefined;
  const other = allMentions(manifest, { kind, name: newName }).find((found) => found.mention.role === "definition");
  if (!other) return undefined;
  const { path, uri } = other.manifest.parsed;
  return `"${newName}" is taken by ${path ?? uri}`;
}
