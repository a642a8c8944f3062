// What the system tells beyond problems: facts, descriptions, a row for every code; and that no text brings it down.

import assert from "node:assert/strict";
import fs from "node:fs";
import { describe as group } from "mocha";
import {
  createDiagnose,
  DEFAULT_SETTINGS,
  type Files,
  NO_FILES,
  NO_WORKSPACE,
  parseText,
  recognise,
  SYSTEMS,
} from "../../../server/service/index.js";
import { fixtureCases } from "../../harness/fixtures.js";
import { memoryFiles } from "../../harness/memoryFiles.js";
import { fromRoot } from "../../harness/root.js";
import { openFixture } from "../../harness/workspace.js";

const metaflow = SYSTEMS.find(({ id }) => id === "metaflow");
const diagnose = createDiagnose();
const MANIFEST = '{ "name": "Notes", "version": "1.2.0", "entrypoint": "index.html", "slot": "header" }';

group("metaflow: system", () => {
  it("describes a plugin by its manifest", () => {
    const manifest = opened("/w/notes/manifest.json", MANIFEST);
    assert.deepEqual(metaflow?.describe?.(manifest), {
      system: "metaflow",
      name: "Notes",
      version: "1.2.0",
      root: "/w/notes",
      manifest: "/w/notes/manifest.json",
      detail: "header",
    });
  });

  it("describes nothing without a name, nor a PLUGINS value", () => {
    assert.equal(metaflow?.describe?.(opened("/w/x/manifest.json", '{ "slot": "header" }')), undefined);
    assert.equal(metaflow?.describe?.(opened("/w/config.plugins.json", '{ "x": {} }')), undefined);
  });

  it("tells plain facts of both documents", () => {
    const plain = (path: string, text: string) => JSON.parse(JSON.stringify(metaflow?.facts?.(opened(path, text))));
    assert.deepEqual(plain("/w/notes/manifest.json", MANIFEST), {
      kind: "manifest",
      name: "Notes",
      span: [10, 17],
      version: "1.2.0",
      slot: "header",
      folder: "/w/notes",
    });
    const text = '{ "auth": {}, "x": { "paths": ["a", 5], "parameters": { "sandbox": "allow-forms" } }, "y": null }';
    assert.deepEqual(plain("/w/config.plugins.json", text), {
      kind: "plugins",
      isVariable: false,
      isOdd: true,
      entries: [{ identifier: "x", isLocal: true, paths: ["a"], sandbox: "allow-forms" }],
    });
  });

  it("refuses bytes that aren't UTF-8, and takes a replacement character that is there", () => {
    const text = MANIFEST.replace("Notes", "N\ufffdtes");
    const broken = { ...NO_FILES, bytes: () => Uint8Array.of(0x7b, 0x4e, 0xf6) } satisfies Files;
    const sound = { ...NO_FILES, bytes: () => new TextEncoder().encode(text) } satisfies Files;
    const codes = (files: Files) => diagnose(opened("/w/notes/manifest.json", text, files)).map(({ code }) => code);
    assert.deepEqual(codes(broken), ["metaflow/not-utf8"]);
    assert.deepEqual(codes(sound), []);
    assert.deepEqual(codes(NO_FILES), []);
  });

  it("leads to the place in the page that a problem is about", () => {
    const page = "<h1>x</h1>\n<script>localStorage.clear();</script>";
    const files = memoryFiles(new Map([["/w/notes/index.html", page]]));
    const found = diagnose(opened("/w/notes/manifest.json", MANIFEST, files)).find(
      ({ code }) => code === "metaflow/storage-blocked",
    );
    const [there] = found?.related ?? [];
    assert.equal(there?.path, "/w/notes/index.html");
    assert.equal(page.slice(...(there?.span ?? [0, 0])), "localStorage");
  });

  it("tells a compressed twin that is older than its file", () => {
    const page =
      '<script>parent.postMessage({ type: "PluginRegisterEvent", name, version: { api: "1.2.0" } }, "*")</script>';
    const codes = (modified: number) => {
      const contents = new Map([
        ["/w/notes/index.html", { text: page, modified: 2 }],
        ["/w/notes/index.html.gz", { text: "x", modified }],
      ]);
      return diagnose(opened("/w/notes/manifest.json", MANIFEST, memoryFiles(contents))).map(({ code }) => code);
    };
    assert.deepEqual(codes(1), ["metaflow/stale-gzip"]);
    assert.deepEqual(codes(2), []);
    assert.ok(
      !diagnose(opened("/w/notes/manifest.json", MANIFEST, NO_FILES)).some(
        ({ code }) => code === "metaflow/stale-gzip",
      ),
    );
  });

  it("has a row for every code of its schemas, and no code twice", () => {
    const codes = metaflow?.rules.map(({ code }) => code) ?? [];
    assert.equal(new Set(codes).size, codes.length);
    for (const file of ["metaflow-manifest", "metaflow-plugins"]) {
      const schema = fs.readFileSync(fromRoot("schemas", `${file}.schema.json`), "utf8");
      for (const [, code = ""] of schema.matchAll(/"code": "([^"]+)"/g)) assert.ok(codes.includes(code), code);
    }
  });

  it("survives every prefix of every fixture and values of every kind in every place", function () {
    this.timeout(60_000);
    for (const { fixture } of fixtureCases("metaflow")) {
      const [first, ...rest] = fixture.files;
      if (!first) continue;
      for (let end = 0; end < first.text.length; end += 3) {
        const { manifest } = openFixture({
          ...fixture,
          files: [{ ...first, text: first.text.slice(0, end) }, ...rest],
        });
        if (manifest) diagnose(manifest);
      }
      for (const odd of ["null", "5", "[]", "[[{}]]", "{}", '""', '"x"', "true"]) {
        const text = first.text.replace(/: ("[^"]*"|\[[^\]]*\])/g, `: ${odd}`);
        const { manifest } = openFixture({ ...fixture, files: [{ ...first, text }, ...rest] });
        if (manifest) diagnose(manifest);
      }
    }
  });

  it("is linear in the number of entries", () => {
    const entry = (at: number) =>
      `"p${at}": { "repository": "https://git.example.org/p${at}.git", "ref": "origin/main", "parameters": { "sandbox": "allow-forms" } }`;
    const text = (entries: number) => `{ ${Array.from({ length: entries }, (_, at) => entry(at)).join(",\n")} }`;
    // Computing time, not the clock's, and as a ratio: other programs on the machine don't count.
    const cost = (entries: number) => {
      const before = process.cpuUsage();
      assert.deepEqual(diagnose(opened("/w/config.plugins.json", text(entries))), []);
      return process.cpuUsage(before).user;
    };
    cost(1000);
    const small = cost(2000);
    assert.ok(cost(20_000) < 40 * small, "ten times the entries cost more than four times ten times the time");
  });
});

function opened(path: string, text: string, files: Files = NO_FILES) {
  const { manifest, reason } = recognise(
    parseText(`file://${path}`, text),
    { ...NO_WORKSPACE, files },
    DEFAULT_SETTINGS,
  );
  assert.ok(manifest, reason);
  return manifest;
}
