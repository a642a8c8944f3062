// Rename: every mention of a thing, in all manifests of the workspace and where its system finds it elsewhere, in one edit; at a
// path the file itself. Refused with a reason where a place can't be rewritten with certainty.

import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Range, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import type { Elsewhere, Mention } from "../../systems/mention.js";
import { fromRoot } from "../../systems/shownPath.js";
import type { Manifest } from "../../systems/system.js";
import { fileDocument, rangeOf, writtenIn } from "../../text/parsed.js";
import { allMentions, mentionAt } from "./mentions.js";
import { pathPart, renameFile } from "./renameFile.js";

export interface RenamePlace {
  readonly range: Range;
  readonly placeholder: string;
}

/** The text that would be renamed; undefined where nothing can be. */
export function prepareRename(manifest: Manifest, offset: number): RenamePlace | undefined {
  const mention = renamedAt(manifest, offset);
  const span = mention?.rename ? (mention.named ?? mention.span) : mention && pathPart(manifest, mention)?.span;
  return span && { range: rangeOf(manifest.parsed, span), placeholder: manifest.parsed.text.slice(...span) };
}

export interface RenameOptions {
  /** The editor can rename files in an edit. */
  readonly filesAllowed?: boolean;
}

export type Renamed = { readonly edit: WorkspaceEdit } | { readonly refused: string };

export function rename(manifest: Manifest, offset: number, newName: string, options: RenameOptions = {}): Renamed {
  const mention = renamedAt(manifest, offset);
  const part = mention && !mention.rename ? pathPart(manifest, mention) : undefined;
  if (mention && part) {
    if (options.filesAllowed) return renameFile(manifest, mention, part, newName);
    return { refused: `this editor can't rename files in an edit; rename ${mention.name} in its list of files` };
  }
  if (!mention?.rename) return { refused: "nothing here can be renamed" };
  const refused = manifest.system.refuseName?.(mention.kind, newName) ?? taken(manifest, mention, newName);
  if (refused !== undefined) return { refused };
  const elsewhere = mention.elsewhere?.(newName) ?? [];
  if ("refused" in elsewhere) return elsewhere;
  const changes = editsElsewhere(elsewhere, newName);
  for (const found of allMentions(manifest, mention)) {
    const { rename, span, named = span, isCalledOtherwise } = found.mention;
    if (isCalledOtherwise) continue;
    if (!rename)
      return {
        refused: `${placeOf(found.manifest)} names it in a way that can't be rewritten; change it by hand`,
      };
    const edits = changes[found.manifest.parsed.uri] ?? [];
    edits.push({
      range: rangeOf(found.manifest.parsed, named),
      newText: writtenIn(found.manifest.parsed, rename(newName)),
    });
    changes[found.manifest.parsed.uri] = edits;
  }
  return { edit: { changes } };
}

/** Beside the name, in a text that says more than it, nothing is renamed. */
function renamedAt(manifest: Manifest, offset: number): Mention | undefined {
  const mention = mentionAt(manifest, offset);
  const [start, end] = mention?.named ?? mention?.span ?? [0, 0];
  return start <= offset && offset <= end ? mention : undefined;
}

function editsElsewhere(places: readonly Elsewhere[], newText: string): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  const documents = new Map<string, TextDocument>();
  for (const { path, text, span } of places) {
    const uri = URI.file(path).toString();
    const document = documents.get(path) ?? fileDocument(uri, text);
    documents.set(path, document);
    const range = { start: document.positionAt(span[0]), end: document.positionAt(span[1]) };
    changes[uri] = [...(changes[uri] ?? []), { range, newText }];
  }
  return changes;
}

/** Two things of one name can't be told apart afterwards, so that not even the way back would be certain. */
function taken(manifest: Manifest, { kind, name }: Mention, newName: string): string | undefined {
  if (newName === name) return undefined;
  const other = allMentions(manifest, { kind, name: newName }).find((found) => found.mention.role === "definition");
  if (!other) return undefined;
  return `"${newName}" is taken by ${placeOf(other.manifest)}`;
}

const placeOf = (manifest: Manifest): string => fromRoot(manifest.parsed.path ?? manifest.parsed.uri, manifest);
