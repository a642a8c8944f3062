// Random edits of an open document, sent as an editor sends them, end in the same problems as opening the final text, and every
// request is answered alike on both.

import assert from "node:assert/strict";
import path from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { VERDICT, type VerdictReport } from "../../server/protocol.js";
import { fixtureCases } from "../harness/fixtures.js";
import { type RunningServer, startServer } from "./server.js";

/** Requests about a whole document, and about a place in it. */
const OF_DOCUMENT = ["documentSymbol", "foldingRange", "documentLink", "codeLens", "inlayHint", "codeAction"];
const OF_PLACE = ["completion", "hover", "definition", "references", "documentHighlight", "prepareRename"];
const SEQUENCES = 12;
const EDITS = 25;

describe("random edits", function () {
  this.timeout(60_000);
  let server: RunningServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.stop());

  const samples = ["guides", "editing"].flatMap((folder) => fixtureCases(folder).map(({ fixture }) => fixture));

  for (let seed = 1; seed <= SEQUENCES; seed++) {
    const random = numbers(seed);
    const sample = samples[Math.floor(random() * samples.length)]?.files[0];
    if (!sample) continue;
    const name = path.basename(sample.path);
    it(`sequence ${seed}, on a ${name}`, async () => {
      const uri = `file:///edited/${seed}/${name}`;
      let document = TextDocument.create(uri, "yaml", 1, sample.text);
      server.open(uri, sample.text, 1);
      for (let version = 2; version <= EDITS + 1; version++) {
        const edit = randomEdit(document.getText(), random, samples[version % samples.length]?.files[0]?.text ?? "");
        const range = { start: document.positionAt(edit.start), end: document.positionAt(edit.end) };
        server.change(uri, version, [{ range, text: edit.text }]);
        document = TextDocument.update(document, [{ range, text: edit.text }], version);
      }
      const end = document.positionAt(document.getText().length);
      server.change(uri, EDITS + 2, [{ range: { start: end, end }, text: "\n" }]);
      document = TextDocument.update(document, [{ range: { start: end, end }, text: "\n" }], EDITS + 2);
      const fresh = uri.replace("/edited/", "/fresh/");
      server.open(fresh, document.getText(), 1);
      const [edited, opened] = [await verdictOn(uri), await verdictOn(fresh)];
      assert.equal(edited.document, opened.document);
      if (edited.document === undefined) return;
      const found = [await server.diagnostics(uri, EDITS + 2), await server.diagnostics(fresh, 1)];
      const [after, anew] = found.map((one) => JSON.stringify(one).replaceAll("/fresh/", "/edited/"));
      assert.equal(after, anew);
      const places = [0, 0.3, 0.6, 1].map((part) => document.positionAt(Math.floor(document.getText().length * part)));
      for (const method of OF_DOCUMENT) assert.equal(await answer(method, uri), await answer(method, fresh), method);
      for (const method of OF_PLACE) {
        for (const position of places)
          assert.equal(await answer(method, uri, { position }), await answer(method, fresh, { position }), method);
      }
    });
  }

  /** What a request answers, with the two documents' names made one. */
  async function answer(method: string, uri: string, more: object = {}): Promise<string> {
    const range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
    const context = { diagnostics: [], includeDeclaration: true, triggerKind: 1 };
    const params = { textDocument: { uri }, range, context, ...more };
    const told: unknown = await server.connection.sendRequest(`textDocument/${method}`, params);
    return JSON.stringify(told).replaceAll("/fresh/", "/edited/");
  }

  async function verdictOn(uri: string): Promise<VerdictReport> {
    return server.connection.sendRequest<VerdictReport>(VERDICT, { uri });
  }
});

/** Numbers from 0 to 1, the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.abs(state) / 4294967296;
  };
}

function randomEdit(text: string, random: () => number, other: string): { start: number; end: number; text: string } {
  const start = Math.floor(random() * (text.length + 1));
  const end = Math.min(text.length, start + Math.floor(random() * 6));
  const piece = Math.floor(random() * Math.max(1, other.length - 8));
  const texts = ["x", "\n", "  ", ": ", "- ", '"', "", "", "# ", "{", "]", "😀", other.slice(piece, piece + 8)];
  return { start, end, text: texts[Math.floor(random() * texts.length)] ?? "" };
}
