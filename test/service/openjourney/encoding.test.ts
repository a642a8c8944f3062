// Bytes that kustomize can't read, and those that only look so.

import assert from "node:assert/strict";
import { NO_FILES } from "../../../server/service/index.js";
import { told as toldOf, withBytes } from "../../harness/told.js";

const told = (text: string, files = NO_FILES, uri = "file:///w/kustomization.yaml") => toldOf(uri, text, files);

describe("the encoding of a kustomization", () => {
  it("is told where bytes are no UTF-8", () => {
    const text = "# f\ufffdr alle\nresources: []\n";
    assert.deepEqual(told(text, withBytes(Buffer.from(text.replace("\ufffd", "ü"), "latin1"))), [
      "openjourney/yaml-syntax 3",
    ]);
    assert.deepEqual(told(text, withBytes(Buffer.from(text))), []);
    assert.deepEqual(told(text, withBytes(undefined)), []);
  });

  it("is doubted where every other letter is a null, and not for one that slipped in", () => {
    assert.deepEqual(told("# s\0hared by all\nresources: []\n", NO_FILES), ["openjourney/syntax 3"]);
    assert.deepEqual(told("r\0e\0s\0:\0 \0[\0]\0", NO_FILES), ["openjourney/syntax 0"]);
  });

  it("may be UTF-16, which other hosts refuse", () => {
    const files = withBytes(Uint8Array.of(0xff, 0xfe));
    assert.deepEqual(told("\ufeffresources: []\n", files), []);
    const manifest = '\ufeff{ "name": "a", "version": "1", "entrypoint": "a.html", "slot": "header" }';
    const [first] = told(manifest, files, "file:///w/installed/notes/manifest.json");
    assert.equal(first, "metaflow/syntax 0");
  });
});
