// Definition, references and highlights, from the systems' mentions; a path without a mention leads to its file.

import { type DocumentHighlight, DocumentHighlightKind, type Location } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import type { Mention } from "../../systems/mention.js";
import type { Manifest } from "../../systems/system.js";
import type { Span } from "../../text/node.js";
import { parseText, rangeOf } from "../../text/parsed.js";
import { isInside } from "../../text/paths.js";
import { links } from "../links.js";
import { allMentions, type Found, leadingTo, mentionsAt, mentionsOf } from "./mentions.js";

export function definition(manifest: Manifest, offset: number): Location[] {
  const mentions = mentionsAt(manifest, offset);
  const found = distinct(mentions.flatMap((mention) => definitionOf(manifest, mention)));
  return found.length > 0 ? found : linkAt(manifest, offset);
}

function definitionOf(manifest: Manifest, mention: Mention): Location[] {
  if (mention.target) return [targetLocation(manifest, mention.target)];
  const defined = allMentions(manifest, mention).filter((found) => found.mention.role === "definition");
  if (defined.length > 0) return defined.map(locationOf);
  return mention.kind === "file" ? targetsIn(manifest, mention.name) : [];
}

/** What a folder is named for: all that the same manifest names in it. */
function targetsIn(manifest: Manifest, folder: string): Location[] {
  return mentionsOf(manifest).flatMap(({ target }) =>
    target && target.path !== folder && isInside(target.path, folder) ? [targetLocation(manifest, target)] : [],
  );
}

/** Where nothing is named, of the file itself. */
export function references(manifest: Manifest, offset: number, withDeclaration: boolean): Location[] {
  const mentions = mentionsAt(manifest, offset);
  if (mentions.length === 0) return leadingTo(manifest).map(locationOf);
  const found = mentions.flatMap((mention) => allMentions(manifest, mention));
  const places = found.filter(({ mention: { role } }) => withDeclaration || role === "reference").map(locationOf);
  // What is declared in a file that is no manifest, as a class in its module.
  const declared = mentions.flatMap(({ target }) => (withDeclaration && target?.span ? [target] : []));
  return distinct([...places, ...declared.map((target) => targetLocation(manifest, target))]);
}

/** By where they begin. */
const distinct = (places: readonly Location[]): Location[] =>
  [...new Map(places.toReversed().map((one) => [placeKey(one), one])).values()].reverse();

const placeKey = ({ uri, range: { start } }: Location): string => `${uri} ${start.line} ${start.character}`;

export function highlights(manifest: Manifest, offset: number): DocumentHighlight[] {
  const mentions = mentionsAt(manifest, offset);
  const found = mentionsOf(manifest).filter(({ kind, name }) =>
    mentions.some((one) => one.kind === kind && one.name === name),
  );
  const spans = new Map(found.map((one) => [one.span.join(), one]));
  return [...spans.values()].map(({ span, role }) => ({
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
