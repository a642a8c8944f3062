// A JSON value, or a YAML file, inside another file as a document of its own: its text is the value, its positions are those of the outer
// file, and what is to be written into it is put into the outer file's quoting. So every feature works on it unawares.

import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Position, Range } from "vscode-languageserver-types";
import { lineAndAbove } from "../text/lines.js";
import type { Span } from "../text/node.js";
import { type Embedding, type Garbled, type Parsed, parse, type Requoted, type Syntax } from "../text/parsed.js";
import { innerOffset, type Letters, outerSpan } from "./letters.js";
import { type Quoting, quoted, quotedSnippet } from "./quoting.js";

/** A value found in another file. */
export interface EmbeddedValue {
  readonly letters: Letters;
  readonly quoting: Quoting;
  /** Parts of the value that another program fills in later, such as `${TOKEN}`. */
  readonly later: readonly Span[];
  /** Set where the outer file's reader makes something else of what is written; `letters` are then what is meant. */
  readonly garbled?: Garbled;
  /** Where the value begins, a YAML block's sign included; at its first letter when absent. */
  readonly begins?: number;
  /** Name of the file that the value becomes, where it is no variable. */
  readonly file?: string;
  /**
   * The whole with another text in it, in another quoting, where this one can't have any line break added or taken away; its
   * span counts in the outer file.
   */
  readonly requoted?: (text: string) => Requoted;
  /** Of a block, how far its lines are indented in the outer file: left of that nothing belongs to it. */
  readonly column?: number;
}

export function parseEmbedded(
  outer: Parsed,
  { letters, quoting, later, garbled, file, column, requoted, begins = letters.at }: EmbeddedValue,
): Parsed {
  const outerRange = ([start, end]: Span): Range => ({
    start: outer.document.positionAt(start),
    end: outer.document.positionAt(end),
  });
  const embedding: Embedding = {
    span: outerSpan(letters, [0, letters.text.length]),
    later,
    beginning: lineAndAbove(outer.text, begins),
    outerText: outer.text,
    range: (span) => outerRange(outerSpan(letters, span)),
    outerRange,
    write: (text) => quoted(text, quoting),
    writeSnippet: (snippet) => quotedSnippet(snippet, quoting),
    ...(garbled && { garbled }),
    ...(file !== undefined && { file }),
    ...(column !== undefined && { column }),
    ...(requoted && { requoted }),
  };
  const syntax = file !== undefined && /\.ya?ml$/.test(file) ? "yaml" : "json";
  return parse(documentOf(outer, letters, syntax), syntax, embedding);
}

/** Whether the caret stands in the value, its ends included. One that stands there in another syntax can't be worked on. */
export function isInEmbedded({ embedding }: Parsed, outer: TextDocument, position: Position): boolean {
  if (!embedding || embedding.garbled?.isOtherSyntax || position.character < (embedding.column ?? 0)) return false;
  const offset = outer.offsetAt(position);
  return embedding.span[0] <= offset && offset <= embedding.span[1];
}

function documentOf({ document }: Parsed, letters: Letters, languageId: Syntax): TextDocument {
  return {
    uri: document.uri,
    languageId,
    version: document.version,
    get lineCount() {
      return document.lineCount;
    },
    getText: () => letters.text,
    positionAt: (offset) => document.positionAt(outerSpan(letters, [offset, offset])[0]),
    getLineRange: (line) => document.getLineRange(line),
    getEOLCharacters: (line) => document.getEOLCharacters(line),
    offsetAt: (position) => innerOffset(letters, document.offsetAt(position)),
  };
}
