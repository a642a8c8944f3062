// Typing in a long file: the edited entry is judged at once, what is known of the others moves along, and what looks across
// entries comes when typing rests.

import assert from "node:assert/strict";
import type { Diagnostic } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type RunningServer, startServer } from "./server.js";

const URI = "file:///long/plugins.yaml";
const COUNT = 400;
const entry = (i: number) => `- class: audit_${i}.plugin.Audit\n  parameters:\n    retries: ${i}\n`;
const TEXT = `plugins:\n${Array.from({ length: COUNT }, (_, i) => entry(i)).join("")}- class: audit_7.plugin.Audit\n`;

const lineOf = (found: readonly Diagnostic[], code: string) =>
  found.flatMap((one) => (one.code === code ? [one.range.start.line] : []));

describe("typing in a long file", function () {
  this.timeout(30_000);
  let server: RunningServer;
  before(async () => {
    server = await startServer();
    server.open(URI, TEXT, 1);
    await server.diagnostics(URI, 1);
  });
  after(() => server.stop());

  it("tells a mistake in the entry at once, and what is known of other entries at its new place", async () => {
    const last = 1 + COUNT * 3;
    assert.deepEqual(lineOf(await server.diagnostics(URI, 1), "skypilot/class-twice"), [last]);
    const at = { line: 2, character: 0 };
    server.change(URI, 2, [{ range: { start: at, end: at }, text: "  parametres: {}\n" }]);
    const found = await server.diagnostics(URI, 2);
    assert.deepEqual(lineOf(found, "skypilot/unknown-field"), [2]);
    assert.deepEqual(lineOf(found, "skypilot/class-twice"), [last + 1]);
    server.change(URI, 3, [{ range: { start: at, end: { line: 3, character: 0 } }, text: "" }]);
    const mended = await server.diagnostics(URI, 3);
    assert.deepEqual(lineOf(mended, "skypilot/unknown-field"), []);
    assert.deepEqual(lineOf(mended, "skypilot/class-twice"), [last]);
  });

  it("tells what two entries have in common when typing rests", async () => {
    const [start, end] = [9, 16].map((character) => ({ line: 1, character }));
    assert.ok(start && end);
    server.change(URI, 4, [{ range: { start, end }, text: "audit_8" }]);
    const found = await server.until("the second pair of classes", () => {
      const newest = server.published.filter(({ uri, version }) => uri === URI && version === 4).at(-1);
      const lines = newest && lineOf(newest.diagnostics, "skypilot/class-twice");
      return lines?.length === 2 ? lines : undefined;
    });
    assert.deepEqual(found, [1 + 8 * 3, 1 + COUNT * 3]);
  });

  it("judges what was typed at once as a whole, not key by key", async () => {
    const uri = "file:///typed/plugins.yaml";
    server.open(uri, TEXT, 1);
    await server.diagnostics(uri, 1);
    const before = server.published.length;
    const typed = 80;
    for (let key = 0; key < typed; key++) {
      const at = { line: 2, character: 2 + key };
      server.change(uri, key + 2, [{ range: { start: at, end: at }, text: "x" }]);
    }
    const found = await server.diagnostics(uri, typed + 1);
    assert.deepEqual(lineOf(found, "skypilot/unknown-field"), [2]);
    const reports = server.published.slice(before).filter((one) => one.uri === uri);
    assert.ok(reports.length < typed / 4, `${reports.length} reports of ${typed} keys`);
  });

  it("ends, after a burst of edits in many places, with the problems of the whole text", async () => {
    const document = TextDocument.create("file:///burst/plugins.yaml", "yaml", 1, TEXT);
    const { uri } = document;
    server.open(uri, TEXT, 1);
    for (let i = 0; i < 60; i++) {
      const at = { line: 3 + ((i * 37) % COUNT) * 3, character: 4 };
      const text = i % 3 === 0 ? "x" : i % 3 === 1 ? "a: b\n    " : "- ";
      const change = { range: { start: at, end: at }, text };
      TextDocument.update(document, [change], document.version + 1);
      server.change(uri, document.version, [change]);
    }
    const fresh = "file:///fresh/plugins.yaml";
    server.open(fresh, document.getText(), 1);
    const anew = await server.diagnostics(fresh, 1);
    assert.ok(anew.length > 10);
    await server.until("the problems of the whole text", () => {
      const last = server.published.filter((one) => one.uri === uri).at(-1);
      const found = JSON.stringify(last?.diagnostics).replaceAll(uri, fresh);
      return last?.version === document.version && found === JSON.stringify(anew) ? last : undefined;
    });
  });
});
