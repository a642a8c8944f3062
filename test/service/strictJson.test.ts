// JSON is flagged exactly when `JSON.parse` refuses it: proven over many small mutations of right documents.

import assert from "node:assert/strict";
import { parseText } from "../../server/service/index.js";

const SEEDS = [
  '{\n  "name": "demo",\n  "version": "1.0.0",\n  "entrypoint": "index.html",\n  "visible": true, "height": -4.5e3\n}\n',
  '{"demo": {"parameters": {"a": [1, 2, {"b": null}], "text": "a\\nb\\u00e9"}}, "notes": {}}',
  "[]",
  '"text"',
];
const BITS = [
  '"',
  "'",
  ",",
  ":",
  "{",
  "}",
  "[",
  "]",
  "//",
  "/* */",
  "/*",
  "0",
  "00",
  "-",
  ".",
  "e",
  "NaN",
  "Infinity",
  "true",
  "nul",
  "\\",
  "\\x",
  "\\u12",
  "\n",
  "\t",
  " ",
  "\u00a0",
  "\ufeff",
  "\u0000",
  "😀",
  "\ud800",
  "undefined",
  "#",
  "+1",
  "1.",
  ".5",
  "01",
];

const isFlagged = (text: string): boolean =>
  parseText("file:///workspace/manifest.json", text).tree.problems.length > 0;

function isRefused(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

describe("strict JSON", () => {
  for (const [i, seed] of SEEDS.entries()) {
    it(`every single mutation of document ${i + 1}`, () => {
      for (const text of mutations(seed)) assert.equal(isFlagged(text), isRefused(text), JSON.stringify(text));
    }).timeout(30_000);
  }

  it("tells all mistakes, not the first", () => {
    const text = '{\n  // one\n  "a": nope,\n  // two\n  "b": \'x\',\n  "c": 01,\n}';
    const lines = parseText("file:///workspace/manifest.json", text).tree.problems.map(
      ({ span }) => text.slice(0, span[0]).split("\n").length,
    );
    assert.deepEqual([...new Set(lines)], [2, 3, 4, 5, 6]);
  });

  it("a value that is still to come leaves the next field alone", () => {
    const text = '{\n  "slot":\n  "entrypoint": "index.html"\n}';
    const { root } = parseText("file:///workspace/manifest.json", text).tree.documents[0] ?? {};
    assert.ok(root?.kind === "map");
    assert.deepEqual(
      root.pairs.map(({ value }) => value?.kind === "scalar" && value.text),
      [false, "index.html"],
    );
  });
});

function* mutations(seed: string): Iterable<string> {
  for (let at = 0; at <= seed.length; at++) {
    yield seed.slice(0, at);
    yield seed.slice(0, at) + seed.slice(at + 1);
    for (const bit of BITS) {
      yield seed.slice(0, at) + bit + seed.slice(at);
      if (at % 3 === 0) yield seed.slice(0, at) + bit + seed.slice(at + 1);
    }
  }
}
