// Rename at a path: the file moves, every path in a manifest follows, and the way back gives the same bytes. What can't be
// done is refused with the reason, and nothing is touched.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { createLanguageService } from "../../server/service/index.js";
import { type Fixture, readFixture } from "../harness/fixture.js";
import { openedAt, preparedAt, withLineEnds } from "../harness/renaming.js";

const service = createLanguageService();

const OBJECT = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
const KUSTOMIZED = `x
>>> app/kustomization.yaml
resources:
- a.yaml # the first
- "../base/"
- 'deep/../b.yaml'
configMapGenerator:
- name: settings
  files: [conf=conf/app.ini]
patches:
- path: p.yaml
  target: { kind: ConfigMap }
- target: { kind: ConfigMap, name: b }
  path: ./p.yaml
>>> app/a.yaml
${OBJECT}>>> app/b.yaml
${OBJECT.replace("name: a", "name: b")}>>> app/p.yaml
- { op: add, path: /metadata/labels, value: {} }
>>> app/conf/app.ini
a=1
>>> base/kustomization.yaml
resources: []
>>> other/kustomization.yaml
resources: [../base]
`;
const BUNTIME = `x
>>> plugins/notes/manifest.yaml
name: notes
base: /notes
pluginEntry: 'dist/plugin.js'
entrypoint: web/index.html
>>> plugins/notes/dist/plugin.js
export default {};
>>> plugins/notes/web/index.html
<p></p>
`;
const METAFLOW = `x
>>> plugins/installed/notes/manifest.json
{ "name": "Notes", "version": "1", "entrypoint": "./index.html?x=1#top", "slot": "header" }
>>> plugins/installed/notes/index.html
<p></p>
>>> config.plugins.json
{ "notes": {} }
`;
const VALUE = `x
>>> config.plugins.json
{ "notes": {}, "box": { "paths": ["a"] } }
>>> plugins/installed/notes/manifest.json
{ "name": "Notes", "version": "1", "entrypoint": "index.html", "slot": "header" }
>>> plugins/installed/box/a/manifest.json
{ "name": "A", "version": "1", "entrypoint": "index.html", "slot": "header" }
`;
const SKYPILOT = `x
>>> plugins.yaml
plugins:
- class: a_plugin.APlugin
  upload_to_controller: true
controller_wheel_path: dist/wheels
>>> dist/wheels/a_plugin-1.0-py3-none-any.whl
x
>>> a_plugin.py
class APlugin: pass
`;

interface Case {
  readonly shows: string;
  readonly source: string;
  /** Text in the first file at which the rename is asked for. */
  readonly at: string;
  readonly placeholder: string;
  readonly to: string;
  readonly file: readonly [from: string, to: string];
  /** Lines of any file by their former text. */
  readonly lines: Readonly<Record<string, string>>;
}

const CASES: readonly Case[] = [
  {
    shows: "a manifest",
    source: KUSTOMIZED,
    at: "a.yaml # the",
    placeholder: "a.yaml",
    to: "parts/web.yaml",
    file: ["app/a.yaml", "app/parts/web.yaml"],
    lines: { "- a.yaml # the first": "- parts/web.yaml # the first" },
  },
  {
    shows: "a patch that is named twice",
    source: KUSTOMIZED,
    at: "p.yaml\n  target",
    placeholder: "p.yaml",
    to: "labels.yaml",
    file: ["app/p.yaml", "app/labels.yaml"],
    lines: { "- path: p.yaml": "- path: labels.yaml", "  path: ./p.yaml": "  path: ./labels.yaml" },
  },
  {
    shows: "a base, in every overlay",
    source: KUSTOMIZED,
    at: "base/",
    placeholder: "../base",
    to: "../common",
    file: ["base", "common"],
    lines: { '- "../base/"': '- "../common/"', "resources: [../base]": "resources: [../common]" },
  },
  {
    shows: "a generator's file, not its key",
    source: KUSTOMIZED,
    at: "app.ini",
    placeholder: "conf/app.ini",
    to: "conf/settings.ini",
    file: ["app/conf/app.ini", "app/conf/settings.ini"],
    lines: { "  files: [conf=conf/app.ini]": "  files: [conf=conf/settings.ini]" },
  },
  {
    shows: "an entry in single quotes",
    source: BUNTIME,
    at: "dist/plugin.js",
    placeholder: "dist/plugin.js",
    to: "dist/main.js",
    file: ["plugins/notes/dist/plugin.js", "plugins/notes/dist/main.js"],
    lines: { "pluginEntry: 'dist/plugin.js'": "pluginEntry: 'dist/main.js'" },
  },
  {
    shows: "a page of a Buntime plugin",
    source: BUNTIME,
    at: "web/index.html",
    placeholder: "web/index.html",
    to: "web/start.html",
    file: ["plugins/notes/web/index.html", "plugins/notes/web/start.html"],
    lines: { "entrypoint: web/index.html": "entrypoint: web/start.html" },
  },
  {
    shows: "a page with its query",
    source: METAFLOW,
    at: "index.html?",
    placeholder: "index.html",
    to: "page.html",
    file: ["plugins/installed/notes/index.html", "plugins/installed/notes/page.html"],
    lines: { '"./index.html?x=1#top"': '"./page.html?x=1#top"' },
  },
  {
    shows: "a plugin's folder, by its identifier",
    source: VALUE,
    at: "notes",
    placeholder: "notes",
    to: "minutes",
    file: ["plugins/installed/notes", "plugins/installed/minutes"],
    lines: { '"notes": {}': '"minutes": {}' },
  },
  {
    shows: "a plugin's folder, by its path",
    source: VALUE,
    at: 'a"] }',
    placeholder: "a",
    to: "bar",
    file: ["plugins/installed/box/a", "plugins/installed/box/bar"],
    lines: { '["a"]': '["bar"]' },
  },
  {
    shows: "the folder of wheels",
    source: SKYPILOT,
    at: "dist/wheels",
    placeholder: "dist/wheels",
    to: "wheels",
    file: ["dist/wheels", "wheels"],
    lines: { "controller_wheel_path: dist/wheels": "controller_wheel_path: wheels" },
  },
];

const REFUSED: readonly (readonly [to: string, why: RegExp, at?: string])[] = [
  ["", /is empty/],
  ["..", /is empty/],
  ["b.yaml", /"b.yaml" exists already/],
  ["../a.yaml", /leaves \/workspace\/app/],
  ["/srv/a.yaml", /not from the root/],
  ["x\\y.yaml", /is no path/],
  [" x.yaml", /is no path/],
  ["b.yaml/x.yaml", /"b.yaml" is a file/],
  ["x=y.yaml", /"="/],
  ["../base/inner", /in the folder itself/, "../base"],
  ["../../base", /leaves \/workspace/, "../base"],
];

describe("rename at a path", () => {
  for (const { shows, source, at, placeholder, to, file, lines } of CASES) {
    for (const eol of ["\n", "\r\n"]) {
      it(`${shows}, there and back${eol === "\n" ? "" : " (CRLF)"}`, () => {
        const before = withLineEnds(readFixture(source), eol);
        const asked = at.replace(/\n/g, eol);
        assert.equal(placed(before, asked).placeholder, placeholder);
        const after = renamed(before, asked, to, file);
        let expected = before.files.map(({ text }) => text);
        for (const [from, line] of Object.entries(lines))
          expected = expected.map((text) => text.replace(from, () => line));
        assert.deepEqual(
          after.files.map(({ text }) => text),
          expected,
        );
        const back = renamed(after, to, placeholder, [file[1], file[0]]);
        assert.deepEqual(
          back.files.map(({ path, text }) => [path, text]),
          before.files.map(({ path, text }) => [path, text]),
        );
      });
    }
  }
  for (const [to, why, at = "a.yaml"] of REFUSED)
    it(`refuses ${JSON.stringify(to)} for ${at}`, () => {
      const answer = ask(readFixture(KUSTOMIZED), at, to);
      assert.ok("refused" in answer, JSON.stringify(answer));
      assert.match(answer.refused, why);
    });
  it("refuses where the editor can't rename files", () => {
    const { manifest, position } = openedAt(readFixture(KUSTOMIZED), "a.yaml");
    const answer = service.rename(manifest, position, "c.yaml");
    assert.ok("refused" in answer && /this editor can't rename files/.test(answer.refused));
  });
  it("isn't offered for a file that isn't there, nor where nothing is known of files", () => {
    const gone = readFixture(KUSTOMIZED.replace(">>> app/a.yaml", ">>> app/other.yaml"));
    for (const fixture of [gone, readFixture(`${KUSTOMIZED}>>> disk\nunknown\n`)]) {
      const { manifest, position } = openedAt(fixture, "a.yaml");
      assert.equal(service.prepareRename(manifest, position), undefined);
    }
  });
  it("to what it is called already changes nothing", () => {
    const answer = ask(readFixture(KUSTOMIZED), "a.yaml", "a.yaml");
    assert.deepEqual(answer, { edit: { documentChanges: [] } });
  });
});

function placed(fixture: Fixture, at: string) {
  const { manifest, position } = openedAt(fixture, at);
  return preparedAt(service, manifest, position);
}

function ask(fixture: Fixture, at: string, to: string) {
  const { manifest, position } = openedAt(fixture, at);
  return service.rename(manifest, position, to, { filesAllowed: true });
}

/** The fixture after the edits and the rename of the file, which must be the last step. */
function renamed(fixture: Fixture, at: string, name: string, [from, to]: readonly [string, string]): Fixture {
  const answer = ask(fixture, at, name);
  assert.ok("edit" in answer, JSON.stringify(answer));
  const steps = answer.edit.documentChanges ?? [];
  const [oldUri, newUri] = [from, to].map((path) => URI.file(`/workspace/${path}`).toString());
  assert.deepEqual(steps.at(-1), { kind: "rename", oldUri, newUri, options: { overwrite: false } });
  const files = fixture.files.map((file) => {
    const document = TextDocument.create(URI.file(file.path).toString(), "x", 0, file.text);
    const edits = steps.flatMap((step) =>
      "textDocument" in step && step.textDocument.uri === document.uri ? step.edits : [],
    );
    const text = TextDocument.applyEdits(
      document,
      edits.flatMap((edit) => ("newText" in edit ? [edit] : [])),
    );
    const old = `/workspace/${from}`;
    const isMoved = file.path === old || file.path.startsWith(`${old}/`);
    return { ...file, text, path: isMoved ? `/workspace/${to}${file.path.slice(old.length)}` : file.path };
  });
  return { ...fixture, files };
}
