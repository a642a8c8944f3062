// Definition, references and highlights, from the systems' mentions; a path without a mention leads to its file.

import { type DocumentHighlight, DocumentHighlightKind, type Location } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import type { Manifest } from "../../systems/system.js";
import type { Span } from "../../text/node.js";
import { parseText, rangeOf } from "../../text/parsed.js";
import { isInside } from "../../text/paths.js";
import { links } from "../links.js";
import { allMentions, type Found, mentionAt, mentionsOf } from "./mentions.js";

export function definition(manifest: Manifest, offset: number): Location[] {
  const mention = mentionAt(manifest, offset);
  if (mention?.target) return [targetLocation(manifest, mention.target)];
  const defined = mention ? allMentions(manifest, mention).filter((found) => found.mention.role === "definition") : [];
  if (defined.length > 0) return defined.map(locationOf);
  const within = mention?.kind === "file" ? targetsIn(manifest, mention.name) : [];
  return within.length > 0 ? within : linkAt(manifest, offset);
}

/** What a folder is named for: all that the same manifest names in it. */
function targetsIn(manifest: Manifest, folder: string): Location[] {
  return mentionsOf(manifest).flatMap(({ target }) =>
    target && target.path !== folder && isInside(target.path, folder) ? [targetLocation(manifest, target)] : [],
  );
}

export function references(manifest: Manifest, offset: number, withDeclaration: boolean): Location[] {
  const mention = mentionAt(manifest, offset);
  if (!mention) return [];
  const found = allMentions(manifest, mention)
    .filter(({ mention: { role } }) => withDeclaration || role === "reference")
    .map(locationOf);
  // What is declared in a file that is no manifest, as a class in its module.
  const declared = withDeclaration && mention.target?.span ? [targetLocation(manifest, mention.target)] : [];
  return [...found, ...declared.filter((one) => !found.some((other) => isSamePlace(one, other)))];
}

const isSamePlace = (one: Location, other: Location): boolean =>
  one.uri === other.uri &&
  one.range.start.line === other.range.start.line &&
  one.range.start.character === other.range.start.character;

export function highlights(manifest: Manifest, offset: number): DocumentHighlight[] {
  const mention = mentionAt(manifest, offset);
  if (!mention) return [];
  return mentionsOf(manifest)
    .filter(({ kind, name }) => kind === mention.kind && name === mention.name)
    .map(({ span, role }) => ({
      range: rangeOf(manifest.parsed, span),
      kind: role === "definition" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}

function locationOf({ manifest, mention }: Found): Location {
  return { uri: manifest.parsed.uri, range: rangeOf(manifest.parsed, mention.span) };
}

function targetLocation(
  { workspace }: Manifest,
  { path, span }: { readonly path: string; readonly span?: Span },
): Location {
  const uri = URI.file(path).toString();
  const text = span && workspace.files.read(path);
  const range = span && text !== undefined ? rangeOf(parseText(uri, text), span) : TOP;
  return { uri, range };
}

function linkAt(manifest: Manifest, offset: number): Location[] {
  const { line, character } = manifest.parsed.document.positionAt(offset);
  return links(manifest).flatMap(({ range, target }) => {
    const isHere = range.start.line === line && range.start.character <= character && character <= range.end.character;
    return isHere && target?.startsWith("file:") ? [{ uri: target, range: TOP }] : [];
  });
}

const TOP = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
