// Rename: every mention of a thing, in all manifests of the workspace and where its system finds it elsewhere, in one edit; at a
// path the file itself. Refused with a reason where a place can't be rewritten with certainty.

import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Range, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import type { Elsewhere, Mention } from "../../systems/mention.js";
import { fromRoot } from "../../systems/shownPath.js";
import type { Manifest } from "../../systems/system.js";
import type { Span } from "../../text/node.js";
import { fileDocument, rangeOf, writtenIn } from "../../text/parsed.js";
import { aliasesIn, isWithin } from "./aliases.js";
import { allMentions, type Found, mentionAt, mentionsOf } from "./mentions.js";
import { pathPart, renameFile } from "./renameFile.js";
import { otherMeaning } from "./sameMeaning.js";

export interface RenamePlace {
  readonly range: Range;
  readonly placeholder: string;
}

export interface Refused {
  /** One clause with the next step. */
  readonly refused: string;
}

/** The text that would be renamed, or why it can't be, whatever the new name; undefined where nothing is named. */
export function prepareRename(manifest: Manifest, offset: number): RenamePlace | Refused | undefined {
  const mention = renamedAt(manifest, offset);
  if (!mention) return undefined;
  const place = (span: Span) => ({
    range: rangeOf(manifest.parsed, span),
    placeholder: manifest.parsed.text.slice(...span),
  });
  const part = mention.rename ? undefined : pathPart(manifest, mention);
  if (part) return place(part.span);
  const cause = mention.fixed?.();
  if (cause !== undefined) return { refused: cause };
  const all = isNamed(mention) ? allMentions(manifest, mention) : [];
  if (!all.some(isWritable)) return undefined;
  const stuck = unwritable(all);
  if (stuck !== undefined) return { refused: stuck };
  const { shown } = mention;
  return { ...place(mention.named ?? mention.span), ...(shown !== undefined && { placeholder: shown }) };
}

export interface RenameOptions {
  /** The editor can rename files in an edit. */
  readonly filesAllowed?: boolean;
}

export type Renamed = { readonly edit: WorkspaceEdit } | Refused;

export function rename(manifest: Manifest, offset: number, newName: string, options: RenameOptions = {}): Renamed {
  const mention = renamedAt(manifest, offset);
  const part = mention && !mention.rename ? pathPart(manifest, mention) : undefined;
  if (mention && part) {
    if (options.filesAllowed) return renameFile(manifest, mention, part, newName);
    return { refused: `this editor can't rename files in an edit; rename ${mention.name} in its list of files` };
  }
  const cause = mention?.fixed?.();
  if (cause !== undefined) return { refused: cause };
  const all = mention && isNamed(mention) ? allMentions(manifest, mention) : [];
  if (!mention || !all.some(isWritable)) return { refused: "nothing here can be renamed" };
  const refused =
    mention.refuses?.(newName) ??
    manifest.system.refuseName?.(mention.kind, newName) ??
    taken(manifest, mention, newName);
  if (refused !== undefined) return { refused };
  const elsewhere = mention.elsewhere?.(newName) ?? [];
  if ("refused" in elsewhere) return elsewhere;
  const stuck = unwritable(all);
  if (stuck !== undefined) return { refused: stuck };
  const changes = editsElsewhere(manifest, elsewhere, newName);
  for (const { manifest: home, mention: one } of all) {
    const { rename, span, named = span } = one;
    if (!rename || !isNamed(one)) continue;
    const edit = { range: rangeOf(home.parsed, named), newText: writtenIn(home.parsed, rename(newName)) };
    changes[home.parsed.uri] = [...(changes[home.parsed.uri] ?? []), edit];
  }
  const checked = mention.checkedIn?.(newName);
  const other = checked && otherMeaning(manifest, mention, checked, changes);
  return other ? { refused: other } : { edit: { changes } };
}

const isWritable = ({ mention }: Found): boolean => mention.rename !== undefined && isNamed(mention);

/** What bears another text keeps it. */
const isNamed = ({ isCalledOtherwise }: Mention): boolean => !isCalledOtherwise;

/** The first place that can't be written anew, or that would change something else along. */
function unwritable(all: readonly Found[]): string | undefined {
  for (const { manifest, mention } of all) {
    if (!isNamed(mention)) continue;
    const { span, rename } = mention;
    const own = all.filter((one) => one.manifest === manifest).map((one) => one.mention.span);
    const aliases = manifest.kind.isForeign ? [] : aliasesIn(manifest.parsed);
    const at = (offset: number) => `${placeOf(manifest)}:${rangeOf(manifest.parsed, [offset, offset]).start.line + 1}`;
    // An alias follows its anchor.
    const alias = aliases.find((one) => one.span[0] === span[0] && one.span[1] === span[1]);
    if (alias && own.some((one) => isWithin(one, alias.of))) continue;
    const double = mentionsOf(manifest).find(
      (one) => one.name !== mention.name && one.span[0] === span[0] && one.rename && isNamed(one),
    );
    if (double) return `${at(span[0])} names ${mention.name} and ${double.name} by one text; change it by hand`;
    if (/\{\{|\$\{/.test(manifest.parsed.text.slice(...span)))
      return `${at(span[0])} is filled in by a template; change the name where it comes from`;
    if (!rename) return `${at(span[0])} names it in a way that can't be rewritten; change it by hand`;
    const other = aliases.find((one) => isWithin(span, one.of) && !own.some((mine) => isWithin(mine, one.span)));
    if (other)
      return `${at(other.span[0])} takes the text over as ${manifest.parsed.text.slice(...other.span)} and would change with it; write it out there first`;
  }
  return undefined;
}

/** Beside the name, in a text that says more than it, nothing is renamed. */
function renamedAt(manifest: Manifest, offset: number): Mention | undefined {
  const mention = mentionAt(manifest, offset);
  const [start, end] = mention?.named ?? mention?.span ?? [0, 0];
  return start <= offset && offset <= end ? mention : undefined;
}

function editsElsewhere(
  { parsed }: Manifest,
  places: readonly Elsewhere[],
  newText: string,
): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  const documents = new Map<string, TextDocument>();
  for (const { path, text, span } of places) {
    const uri = path === parsed.path ? parsed.uri : URI.file(path).toString();
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
