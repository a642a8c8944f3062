// An immutable snapshot of one version of one file: its text, positions and, built once when first asked for, its tree.

import { TextDocument } from "vscode-languageserver-textdocument";
import type { Range } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import { readWithoutConflicts } from "./conflicts.js";
import { readJson } from "./jsonTree.js";
import type { Span, Tree } from "./node.js";
import { readYaml } from "./yamlTree.js";

export type Syntax = "yaml" | "json";

export interface Parsed {
  readonly uri: string;
  /** File-system path with "/" separators; absent for documents that are on no disk. */
  readonly path: string | undefined;
  readonly version: number;
  readonly syntax: Syntax;
  readonly text: string;
  readonly document: TextDocument;
  /** Line end of the file: that of its first line, "\n" where there is only one line. */
  readonly eol: "\n" | "\r\n";
  readonly tree: Tree;
}

export function parse(document: TextDocument, syntax: Syntax = syntaxOf(document)): Parsed {
  const text = document.getText();
  let tree: Tree | undefined;
  return {
    uri: document.uri,
    path: pathOf(document.uri),
    version: document.version,
    syntax,
    text,
    document,
    eol: /^[^\n]*\r\n/.test(text) ? "\r\n" : "\n",
    get tree() {
      tree ??= readWithoutConflicts(text, syntax === "json" ? readJson : readYaml);
      return tree;
    },
  };
}

/** For callers that hold text instead of an editor's document (terminal, tests). */
export function parseText(uri: string, text: string, version = 0): Parsed {
  const languageId = /\.json$/i.test(uri) ? "json" : "yaml";
  return parse(TextDocument.create(uri, languageId, version, text));
}

export function rangeOf({ document }: Parsed, [start, end]: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

function syntaxOf({ uri, languageId }: TextDocument): Syntax {
  return languageId === "json" || languageId === "jsonc" || /\.json$/i.test(uri) ? "json" : "yaml";
}

function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === "file" ? parsed.fsPath.replace(/\\/g, "/") : undefined;
}
