// Bytes that kustomize can't read, and those that only look so.

import assert from "node:assert/strict";
import {
  createDiagnose,
  DEFAULT_SETTINGS,
  type Files,
  NO_FILES,
  NO_WORKSPACE,
  parseText,
  recognise,
} from "../../../server/service/index.js";

const diagnose = createDiagnose();

describe("the encoding of a kustomization", () => {
  it("is told where bytes are no UTF-8", () => {
    const text = "# f\ufffdr alle\nresources: []\n";
    const bytes = (found: Uint8Array | undefined): Files => ({ ...NO_FILES, bytes: () => found });
    assert.deepEqual(told(text, bytes(Buffer.from(text.replace("\ufffd", "ü"), "latin1"))), [
      "openjourney/yaml-syntax 3",
    ]);
    assert.deepEqual(told(text, bytes(Buffer.from(text))), []);
    assert.deepEqual(told(text, bytes(undefined)), []);
  });

  it("is doubted where every other letter is a null, and not for one that slipped in", () => {
    assert.deepEqual(told("# s\0hared by all\nresources: []\n", NO_FILES), ["openjourney/syntax 3"]);
    assert.deepEqual(told("r\0e\0s\0:\0 \0[\0]\0", NO_FILES), ["openjourney/syntax 0"]);
  });

  it("may be UTF-16, which other hosts refuse", () => {
    const files: Files = { ...NO_FILES, bytes: () => Uint8Array.of(0xff, 0xfe) };
    assert.deepEqual(told("\ufeffresources: []\n", files), []);
    const manifest = '\ufeff{ "name": "a", "version": "1", "entrypoint": "a.html", "slot": "header" }';
    const [first] = told(manifest, files, "file:///w/installed/notes/manifest.json");
    assert.equal(first, "metaflow/syntax 0");
  });
});

function told(text: string, files: Files, uri = "file:///w/kustomization.yaml"): string[] {
  const { manifest } = recognise(parseText(uri, text), { ...NO_WORKSPACE, files }, DEFAULT_SETTINGS);
  assert.ok(manifest);
  return diagnose(manifest).map(({ code, span }) => `${code} ${span[0]}`);
}
