// A document that never changes counts as the library's document does, after any edits.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { Snapshot } from "../../../server/service/text/snapshot.js";
import { randomFrom } from "../../harness/random.js";

describe("a snapshot of a document", () => {
  it("has the text and the positions of the library's document, and stays as it was", () => {
    const random = randomFrom(3);
    const pick = (count: number) => Math.floor(random() * count);
    for (let round = 0; round < 40; round++) {
      let text = ["", "a", "one\ntwo\n", "one\r\ntwo\r\n\r\n", "a\rb\n"][pick(5)] ?? "";
      let snapshot = new Snapshot("file:///a.yaml", "yaml", 0, text);
      for (let version = 1; version < 25; version++) {
        const library = TextDocument.create("file:///a.yaml", "yaml", version, text);
        const place = () => ({ line: pick(library.lineCount + 2) - 1, character: pick(8) - 1 });
        const [start, end] = [library.offsetAt(place()), library.offsetAt(place())].sort((a, b) => a - b);
        const range = { start: library.positionAt(start ?? 0), end: library.positionAt(end ?? 0) };
        const added = ["", "x", "\n", "\r\n", "\r", "long line\nand more", "é"][pick(7)] ?? "";
        const change = pick(12) === 0 ? { text: `${added}whole` } : { range, text: added };
        const before = snapshot;
        snapshot = snapshot.after([change], version);
        TextDocument.update(library, [change], version);
        assert.equal(before.getText(), text);
        text = library.getText();
        assert.equal(snapshot.getText(), text);
        assert.equal(snapshot.lineCount, library.lineCount, JSON.stringify([before.getText(), change]));
        assert.equal(snapshot.version, version);
        for (let offset = -1; offset <= text.length + 1; offset++)
          assert.deepEqual(snapshot.positionAt(offset), library.positionAt(offset));
        for (let line = -1; line <= library.lineCount; line++) {
          assert.deepEqual(snapshot.getLineRange(line), library.getLineRange(line));
          assert.equal(snapshot.getEOLCharacters(line), library.getEOLCharacters(line));
          for (let character = -1; character < 20; character++)
            assert.equal(snapshot.offsetAt({ line, character }), library.offsetAt({ line, character }));
        }
        assert.equal(snapshot.getText(range), library.getText(range));
      }
    }
  });

  it("takes several changes, each counted from the one before", () => {
    const before = new Snapshot("file:///a.yaml", "yaml", 1, "ab\n");
    const at = (character: number) => ({ start: { line: 0, character }, end: { line: 0, character } });
    const after = before.after(
      [
        { range: at(0), text: "\n" },
        { range: at(0), text: "x" },
      ],
      2,
    );
    assert.equal(after.getText(), "x\nab\n");
    assert.equal(after.version, 2);
  });

  it("has the text and the positions after changes that nobody read in between, and tells what changed in all", () => {
    const random = randomFrom(5);
    const pick = (count: number) => Math.floor(random() * count);
    for (let round = 0; round < 400; round++) {
      const before = "one: 1\r\ntwo: 2\nthree\r\n- four\n".repeat(1 + pick(3));
      const library = TextDocument.create("file:///a.yaml", "yaml", 0, before);
      let snapshot = new Snapshot("file:///a.yaml", "yaml", 0, before);
      const formers = [snapshot];
      for (let version = 1; version < 2 + pick(8); version++) {
        const place = () => ({ line: pick(library.lineCount), character: pick(8) });
        const [start, end] = [place(), pick(2) === 0 ? place() : undefined];
        const [one, other] = [library.offsetAt(start), library.offsetAt(end ?? start)].sort((a, b) => a - b);
        const range = { start: library.positionAt(one ?? 0), end: library.positionAt(other ?? 0) };
        const change = { range, text: ["", "x", "yz", "\n", "\r\n", "\r"][pick(6)] ?? "" };
        snapshot = snapshot.after([change], version);
        formers.push(snapshot);
        TextDocument.update(library, [change], version);
        if (pick(4) === 0) snapshot.getText();
        for (const letters of [/[xé]/, /\r/]) assert.equal(snapshot.has(letters), letters.test(library.getText()));
        for (const word of ["\r\n", "x", "\n\n"]) assert.equal(snapshot.count(word), countIn(library.getText(), word));
      }
      const text = library.getText();
      assert.equal(snapshot.eol, /^[^\n]*\r\n/.test(text) ? "\r\n" : "\n");
      const [from, to] = [pick(text.length + 1), pick(text.length + 1)].sort((a, b) => a - b);
      assert.equal(snapshot.slice(from ?? 0, to ?? 0), text.slice(from, to));
      for (let offset = 0; offset <= text.length; offset++)
        assert.deepEqual(snapshot.positionAt(offset), library.positionAt(offset));
      assert.equal(snapshot.getText(), text);
      for (const former of formers) {
        const { start, end, newEnd } = snapshot.changeSince(former);
        const was = former.getText();
        assert.equal(was.slice(0, start) + text.slice(start, newEnd) + was.slice(end), text);
      }
    }
  });
});

/** However they overlap. */
const countIn = (text: string, word: string): number =>
  Array.from(text).filter((_, at) => text.startsWith(word, at)).length;
