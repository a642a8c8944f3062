// Open documents: an immutable snapshot per version, parsed at most once, recognised at most once per state of the world.

import { type TextDocumentContentChangeEvent, TextDocuments } from "vscode-languageserver/node";
import { type Parsed, type Recognition, recognise, Snapshot, type Versions, versions } from "../service/index.js";
import type { LiveWorkspace, Overlay } from "../workspace/index.js";

export interface OpenDocuments {
  readonly manager: TextDocuments<Snapshot>;
  /** The newest version of an open document with its verdict; undefined when it isn't open. */
  get(uri: string): OpenDocument | undefined;
  all(): readonly OpenDocument[];
  /** For whoever reads files: an open one needn't be parsed again. */
  overlayOf(document: Snapshot): Overlay;
  /** Settings or neighbouring files changed: verdicts are asked for anew, of these documents or of all. */
  forget(uris?: readonly string[]): void;
}

export interface OpenDocument {
  readonly parsed: Parsed;
  readonly recognition: Recognition;
}

export function createDocuments(workspace: LiveWorkspace): OpenDocuments {
  const manager = new TextDocuments<Snapshot>({ create, update });
  const files = new Map<string, Versions>();
  manager.onDidClose(({ document }) => void files.delete(document.uri));
  const parsed = new WeakMap<Snapshot, Parsed>();
  let recognised = new WeakMap<Snapshot, Recognition>();

  function parse(document: Snapshot): Parsed {
    const known = parsed.get(document);
    if (known) return known;
    const file = files.get(document.uri) ?? versions();
    files.set(document.uri, file);
    const fresh = file.parse(document);
    parsed.set(document, fresh);
    return fresh;
  }

  function open(document: Snapshot): OpenDocument {
    const snapshot = parse(document);
    let recognition = recognised.get(document);
    if (!recognition) {
      recognition = workspace.readers.reading(document.uri, () => recognise(snapshot, workspace, workspace.settings));
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
    overlayOf: (document) => ({ getText: () => document.getText(), parsed: () => parse(document) }),
    forget: (uris) => {
      if (!uris) {
        recognised = new WeakMap();
        workspace.readers.forget();
      }
      for (const uri of uris ?? []) {
        const document = manager.get(uri);
        if (document) recognised.delete(document);
      }
    },
  };
}

const create = (uri: string, languageId: string, version: number, text: string): Snapshot =>
  new Snapshot(uri, languageId, version, text);

/** A fresh snapshot instead of a change in place: who still holds the former version keeps its text. */
const update = (document: Snapshot, changes: TextDocumentContentChangeEvent[], version: number): Snapshot =>
  document.after(changes, version);
