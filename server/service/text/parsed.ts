// An immutable snapshot of one version of one file: its text, positions and, built once when first asked for, its tree.

import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Position, Range } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import type { LineAndAbove } from "./lines.js";
import type { Span, Tree } from "./node.js";
import type { Reading } from "./parts.js";
import { readOn, readOnce, readText } from "./readText.js";
import { Snapshot } from "./snapshot.js";

export type Syntax = "yaml" | "json";

export interface Parsed {
  readonly uri: string;
  /** File-system path with "/" separators; absent for documents that are on no disk. */
  readonly path: string | undefined;
  readonly version: number;
  readonly syntax: Syntax;
  /** All of the text. What runs at each key and needs a part of it asks `source`, which puts nothing together. */
  readonly text: string;
  /** The text by itself: of a value in another file's quoting, the value. */
  readonly source: Snapshot;
  /** Where its offsets are in the file. */
  readonly document: TextDocument;
  /** Line end of the file: that of its first line, "\n" where there is only one. */
  readonly eol: "\n" | "\r\n";
  readonly tree: Tree;
  /** For a value that stands in another file's quoting: `text` is the value, `document` has the outer file's positions. */
  readonly embedding?: Embedding;
}

export interface Embedding {
  /** The whole value in the outer file. */
  readonly span: Span;
  /** Parts of `text` that are filled in later, so nothing can be said about them. */
  readonly later: readonly Span[];
  /** Set where no reader gets `text`, since the outer file is written wrongly around it. */
  readonly garbled?: Garbled;
  /** Name of the file that the value becomes on its host, such as a key of a ConfigMap; absent for variables. */
  readonly file?: string;
  /** Of a block, the indentation of its lines in the outer file. */
  readonly column?: number;
  /** The outer file's line on which the value begins, and the one above, which may hold a comment about it. */
  readonly beginning: LineAndAbove;
  /** The outer file's text. */
  readonly outerText: string;
  range(span: Span): Range;
  /** The same of offsets in the outer file. */
  outerRange(span: Span): Range;
  /** Text in the outer file's quoting. */
  write(text: string): string;
  /** The same for LSP snippet syntax. */
  writeSnippet(snippet: string): string;
  /** The whole with another text in it; set where `write` can't write line breaks and none can be taken away. */
  readonly requoted?: (text: string) => Requoted;
}

/** A value written anew in its outer file, where its span counts. */
export interface Requoted {
  readonly span: Span;
  readonly newText: string;
}

/** How the outer file spoils a value, and the edits there that let it arrive as it is meant. */
export interface Garbled {
  /** A clause: "Docker takes the quotes out of a value that stands in none". */
  readonly said: string;
  /** Whether the outer file's reader refuses it, or hands on another text. */
  readonly isRefused: boolean;
  /** Set where what is meant stands there in the outer file's own syntax, so JSON can't be written into it. */
  readonly isOtherSyntax?: true;
  /** What to do, as imperative. */
  readonly next: string;
  /** The part of the value that does it, the whole when absent. */
  readonly span?: Span;
  /** Their spans count in the outer file. */
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
}

export function parse(
  document: TextDocument,
  syntax: Syntax = syntaxOf(document),
  embedding: Embedding | undefined = undefined,
): Parsed {
  let tree: Tree | undefined;
  const parsed = snapshot(document, syntax, embedding, () => {
    tree ??= readOnce(parsed.text, syntax);
    return tree;
  });
  return parsed;
}

/** One file from version to version: what an edit leaves as it was isn't read again. */
export interface Versions {
  /** The snapshot of the newest version. A former one reads its text anew for whoever still asks for its tree. */
  parse(document: Snapshot): Parsed;
}

export function versions(): Versions {
  let newest: Snapshot | undefined;
  let last: { readonly of: Snapshot; readonly reading: Reading } | undefined;
  return {
    parse: (document) => {
      newest = document;
      const syntax = syntaxOf(document);
      return snapshot(document, syntax, undefined, () => {
        if (document === last?.of) return last.reading.tree;
        if (document !== newest) return readText(document.getText(), syntax).tree;
        const before = last;
        last = undefined;
        const reading = before
          ? readOn(before.reading, document, document.changeSince(before.of), syntax)
          : readText(document.getText(), syntax);
        last = { of: document, reading };
        return reading.tree;
      });
    },
  };
}

function snapshot(document: TextDocument, syntax: Syntax, embedding: Embedding | undefined, tree: () => Tree): Parsed {
  const { uri, languageId, version } = document;
  const source = document instanceof Snapshot ? document : new Snapshot(uri, languageId, version, document.getText());
  return {
    uri,
    path: pathOf(uri),
    version,
    syntax,
    source,
    document,
    get text() {
      return source.getText();
    },
    get eol() {
      return source.eol;
    },
    get tree() {
      return tree();
    },
    ...(embedding && { embedding }),
  };
}

/** The same file with another text, at the same places. */
export function rewritten(parsed: Parsed, text: string, tree: Tree): Parsed {
  const { uri, version, source } = parsed;
  return { ...parsed, text, tree, source: new Snapshot(uri, source.languageId, version, text) };
}

/** New text as it is written into the file: with its line ends, and inside another file in the quoting of the place. */
export function writtenIn({ eol, embedding }: Parsed, text: string): string {
  return embedding ? embedding.write(text) : text.replace(/\r?\n/g, eol);
}

/** The same for LSP snippet syntax. */
export function snippetIn({ eol, embedding }: Parsed, snippet: string): string {
  return embedding ? embedding.writeSnippet(snippet) : snippet.replace(/\n/g, eol);
}

/** For callers that hold text instead of an editor's document (terminal, tests). */
export function parseText(uri: string, text: string, version = 0): Parsed {
  return parse(fileDocument(uri, text, version));
}

const MARK = "\ufeff";

/**
 * A file as read from the disk, with the positions of editors: these don't count the byte order mark before its first line.
 * In JSON the mark itself is a mistake, which has a place.
 */
export function fileDocument(uri: string, text: string, version = 0): TextDocument {
  const isJson = /\.json$/i.test(uri);
  const file = new Snapshot(uri, isJson ? "json" : "yaml", version, text);
  if (isJson || !text.startsWith(MARK)) return file;
  const moved = ({ line, character }: Position, by: number) =>
    line === 0 ? { line, character: Math.max(0, character + by) } : { line, character };
  const offsetAt = (position: Position) => file.offsetAt(moved(position, MARK.length));
  const positionAt = (offset: number) => moved(file.positionAt(offset), -MARK.length);
  return {
    uri,
    languageId: file.languageId,
    version,
    lineCount: file.lineCount,
    getText: (range) => (range ? file.slice(offsetAt(range.start), offsetAt(range.end)) : text),
    positionAt,
    offsetAt,
    getLineRange: (line) => {
      const { start, end } = file.getLineRange(line);
      return { start: moved(start, -MARK.length), end: moved(end, -MARK.length) };
    },
    getEOLCharacters: (line) => file.getEOLCharacters(line),
  };
}

export function rangeOf({ document, embedding }: Parsed, [start, end]: Span): Range {
  return embedding?.range([start, end]) ?? { start: document.positionAt(start), end: document.positionAt(end) };
}

function syntaxOf({ uri, languageId }: TextDocument): Syntax {
  return languageId === "json" || languageId === "jsonc" || /\.json$/i.test(uri) ? "json" : "yaml";
}

/** File-system path of a "file:" URI, with "/" separators; undefined for every other scheme. */
export function pathOf(uri: string): string | undefined {
  const known = paths.get(uri);
  if (known !== undefined) return known;
  const parsed = URI.parse(uri);
  if (parsed.scheme !== "file") return undefined;
  const path = parsed.fsPath.replace(/\\/g, "/");
  if (paths.size === MOST_PATHS) paths.clear();
  paths.set(uri, path);
  return path;
}

/** Open files are asked for theirs several times at each key. */
const paths = new Map<string, string>();
const MOST_PATHS = 100;
