// Rename at a path: the file or folder that it names gets another name, or another place, and every path in a manifest that
// leads there is rewritten in the same step. Nothing is overwritten, and what lies in the manifest's folder stays in it.

import type { TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { RenameFile } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import type { Mention } from "../../systems/mention.js";
import type { Manifest } from "../../systems/system.js";
import type { Span } from "../../text/node.js";
import { rangeOf } from "../../text/parsed.js";
import { basename, dirname, isAbsolute, isInside, relativeTo, resolve } from "../../text/paths.js";
import { fileMoves } from "./fileMoves.js";

/** The part of a mention's text that names the file. */
export interface PathPart {
  readonly span: Span;
  readonly text: string;
  /** Folder that it counts from; undefined for absolute paths. */
  readonly base: string | undefined;
}

/** `./index.html?x=1` names `index.html`; undefined where nothing is there, or the text doesn't spell its path. */
export function pathPart({ parsed, folder, workspace }: Manifest, mention: Mention): PathPart | undefined {
  const { span } = mention;
  const name = pathOf(mention);
  if (name === undefined || !isAbsolute(name) || !["file", "directory"].includes(workspace.files.kind(name)))
    return undefined;
  const text = parsed.text.slice(...span);
  if (text === name) return { span, text, base: undefined };
  const way = folder === undefined ? "" : relativeTo(folder, name);
  const at = /^\.+$/.test(way) ? -1 : text.indexOf(way);
  if (way !== "" && at >= 0 && (at === 0 || text[at - 1] === "/"))
    return { span: [span[0] + at, span[0] + at + way.length], text: way, base: folder };
  if (folder !== undefined && resolve(folder, text) === name) return { span, text, base: folder };
  return name.endsWith(`/${text}`) ? { span, text, base: name.slice(0, -text.length - 1) } : undefined;
}

/** What is renamed: the named file, or the folder that the text stands for. */
const pathOf = ({ kind, name, folder }: Mention): string | undefined => folder ?? (kind === "file" ? name : undefined);

export function renameFile(
  manifest: Manifest,
  mention: Mention,
  part: PathPart,
  newName: string,
): { readonly edit: WorkspaceEdit } | { readonly refused: string } {
  const name = pathOf(mention) ?? mention.name;
  const refused = refusal(manifest, name, part, newName);
  if (refused !== undefined) return { refused };
  const to = resolve(part.base ?? "/", newName);
  if (to === name) return { edit: { documentChanges: [] } };
  const changes = fileMoves(manifest.workspace, [{ from: name, to }], manifest)?.changes ?? {};
  const own = changes[manifest.parsed.uri] ?? [];
  const { start } = rangeOf(manifest.parsed, mention.span);
  const isWritten = own.some(
    ({ range }) => range.start.line === start.line && range.start.character === start.character,
  );
  if (!isWritten)
    return { refused: `"${newName}" can't be written here as it is; rename the file and change the path by hand` };
  const documents = Object.entries(changes).map(
    ([uri, edits]): TextDocumentEdit => ({ textDocument: { uri, version: null }, edits }),
  );
  const uriOf = (path: string) => URI.file(path).toString();
  const file = RenameFile.create(uriOf(name), uriOf(to), { overwrite: false });
  return { edit: { documentChanges: [...documents, file] } };
}

/** Why the file can't be called so: one clause with the next step. */
function refusal(
  { folder, workspace, system }: Manifest,
  name: string,
  { base }: PathPart,
  newName: string,
): string | undefined {
  if (newName.trim() === "" || /^\.{1,2}$/.test(basename(newName)))
    return "the name is empty; write the new path of the file";
  if (/[\\\0]/.test(newName) || newName !== newName.trim())
    return `"${newName}" is no path; write it with "/" and without blanks around`;
  if (isAbsolute(newName) !== (base === undefined))
    return base === undefined
      ? "write the whole path, as it stands here"
      : `write the path from ${base}, not from the root`;
  const own = system.refuseName?.("file", newName);
  if (own !== undefined) return own;
  const to = resolve(base ?? "/", newName);
  if (to === name) return undefined;
  const home = [folder, ...workspace.roots].find((one) => one !== undefined && name !== one && isInside(name, one));
  if (home !== undefined && (to === home || !isInside(to, home)))
    return `"${newName}" leaves ${home}; choose a place in it`;
  if (isInside(to, name)) return `"${newName}" lies in the folder itself; choose a place outside of it`;
  if (workspace.files.kind(to) !== "none") return `"${newName}" exists already; choose another name`;
  return workspace.files.kind(dirname(to)) === "file" ? `"${dirname(newName)}" is a file; choose a folder` : undefined;
}
