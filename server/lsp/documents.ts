// Open documents: an immutable snapshot per version, parsed at most once, recognised at most once per state of the world.

import { type TextDocumentContentChangeEvent, TextDocuments } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Parsed, parse, type Recognition, recognise } from "../service/index.js";
import type { LiveWorkspace } from "../workspace/index.js";

export interface OpenDocuments {
  readonly manager: TextDocuments<TextDocument>;
  /** The newest version of an open document with its verdict; undefined when it isn't open. */
  get(uri: string): OpenDocument | undefined;
  all(): readonly OpenDocument[];
  /** Settings or neighbouring files changed: verdicts are asked for anew. */
  forget(): void;
}

export interface OpenDocument {
  readonly parsed: Parsed;
  readonly recognition: Recognition;
}

export function createDocuments(workspace: LiveWorkspace): OpenDocuments {
  const manager = new TextDocuments<TextDocument>({ create: TextDocument.create, update });
  const parsed = new WeakMap<TextDocument, Parsed>();
  let recognised = new WeakMap<TextDocument, Recognition>();

  function open(document: TextDocument): OpenDocument {
    let snapshot = parsed.get(document);
    if (!snapshot) {
      snapshot = parse(document);
      parsed.set(document, snapshot);
    }
    let recognition = recognised.get(document);
    if (!recognition) {
      recognition = recognise(snapshot, workspace, workspace.settings);
      recognised.set(document, recognition);
    }
    return { parsed: snapshot, recognition };
  }

  return {
    manager,
    get: (uri) => {
      const document = manager.get(uri);
      return document && open(document);
    },
    all: () => manager.all().map(open),
    forget: () => {
      recognised = new WeakMap();
    },
  };
}

/** A fresh snapshot instead of a change in place: who still holds the former version keeps its text. */
function update(document: TextDocument, changes: TextDocumentContentChangeEvent[], version: number): TextDocument {
  const copy = TextDocument.create(document.uri, document.languageId, document.version, document.getText());
  return TextDocument.update(copy, changes, version);
}
