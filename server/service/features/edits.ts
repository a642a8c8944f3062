// A fix as an LSP workspace edit: changes of the file at hand, of other files, and files that are made, moved or removed.

import type { DocumentUri, TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { CreateFile, DeleteFile, RenameFile } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import type { FileChange, Fix, TextChange } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { applied } from "../text/mistakes/rewrite.js";
import { type Parsed, parseText, rangeOf, writtenIn } from "../text/parsed.js";

export function workspaceEdit(manifest: Manifest, { edits, files = [] }: Pick<Fix, "edits" | "files">): WorkspaceEdit {
  const changes = textEdits(manifest, edits);
  if (files.length === 0) return { changes };
  const documents = Object.entries(changes).map(
    ([uri, edits]): TextDocumentEdit => ({ textDocument: { uri, version: null }, edits }),
  );
  return { documentChanges: [...documents, ...files.flatMap((file) => operations(manifest, file))] };
}

function textEdits(manifest: Manifest, changes: readonly TextChange[]): Record<DocumentUri, TextEdit[]> {
  const byFile: Record<DocumentUri, TextEdit[]> = {};
  for (const { path, span, newText, outer } of withoutLineBreaks(manifest.parsed, changes)) {
    const parsed = path === undefined ? manifest.parsed : fileAt(manifest, path);
    if (!parsed) continue;
    const edits = byFile[parsed.uri] ?? [];
    const around = outer && parsed.embedding;
    edits.push(
      around
        ? { range: around.outerRange(span), newText }
        : { range: rangeOf(parsed, span), newText: writtenIn(parsed, newText) },
    );
    byFile[parsed.uri] = edits;
  }
  return byFile;
}

/** Where the value's quoting has no line breaks and the changes do, the whole value with them in another quoting. */
function withoutLineBreaks({ path, source, embedding }: Parsed, changes: readonly TextChange[]): readonly TextChange[] {
  const own = changes.filter((one) => !one.outer && (one.path === undefined || one.path === path));
  const breaks = own.some(({ span, newText }) => /\n/.test(newText + source.slice(...span)));
  if (!embedding?.requoted || !breaks) return changes;
  const others = changes.filter((one) => !own.includes(one));
  return [...others, { ...embedding.requoted(applied(source.getText(), own)), outer: true }];
}

function fileAt({ workspace, parsed }: Manifest, path: string): Parsed | undefined {
  if (path === parsed.path) return parsed;
  const text = workspace.files.read(path);
  return text === undefined ? undefined : parseText(URI.file(path).toString(), text);
}

function operations(
  { parsed }: Manifest,
  change: FileChange,
): (CreateFile | RenameFile | DeleteFile | TextDocumentEdit)[] {
  if ("remove" in change) return [DeleteFile.create(uriOf(change.remove), { ignoreIfNotExists: true })];
  if ("rename" in change) return [RenameFile.create(uriOf(change.rename), uriOf(change.to), { overwrite: false })];
  const uri = uriOf(change.create);
  const start = { line: 0, character: 0 };
  const newText = change.text.replace(/\r?\n/g, parsed.eol);
  return [
    CreateFile.create(uri, { overwrite: false, ignoreIfExists: false }),
    { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText }] },
  ];
}

const uriOf = (path: string): DocumentUri => URI.file(path).toString();
