// Which entries the emulated page is given: those of PLUGINS values that are about the plugin's folder.

import assert from "node:assert/strict";
import { readFixture } from "../../harness/fixture.js";
import { openFixture } from "../../harness/workspace.js";

const MANIFEST = '{"name": "a", "version": "1", "entrypoint": "i.html", "slot": "header"}';

function entries(files: Readonly<Record<string, string>>) {
  const text = Object.entries(files).map(([name, content]) => `>>> ${name}\n${content}`);
  const { manifest } = openFixture(readFixture(["title", ...text].join("\n")));
  return manifest?.system.preview?.(manifest)?.entries ?? [];
}

describe("the preview of a Metaflow UI plugin", () => {
  it("has the entry that loads it, with its parameters", () => {
    const config = '{"a": {"parameters": {"n": 1}, "ref": "origin/main"}, "b": {}}';
    assert.deepEqual(entries({ "a/manifest.json": MANIFEST, "config.plugins.json": config }), [
      {
        identifier: "a",
        repository: null,
        ref: "origin/main",
        parameters: { n: 1 },
        folder: "/workspace/a",
        from: "/workspace/config.plugins.json",
      },
    ]);
  });
  it("has an empty entry where none loads it", () => {
    const [entry] = entries({ "a/manifest.json": MANIFEST });
    assert.deepEqual([entry?.identifier, entry?.parameters, entry?.from], ["a", {}, undefined]);
  });
  it("has a repository's address, and the folder of an item of paths", () => {
    const config = '{"box": {"repository": "https://git.example.org/box.git", "paths": ["a"]}}';
    const [entry] = entries({ "box/a/manifest.json": MANIFEST, "config.plugins.json": config });
    assert.deepEqual([entry?.identifier, entry?.repository], ["box", "https://git.example.org/box.git"]);
  });
  it("of a PLUGINS value has every plugin of the workspace that it loads", () => {
    const found = entries({
      "config.plugins.json": '{"a": {}, "b": "https://git.example.org/b.git", "auth": {"user": "x"}}',
      "a/manifest.json": MANIFEST,
      "b/manifest.json": MANIFEST.replace('"a"', '"b"'),
    });
    assert.deepEqual(
      found.map(({ identifier, folder }) => [identifier, folder]),
      [
        ["a", "/workspace/a"],
        ["b", "/workspace/b"],
      ],
    );
  });
});
