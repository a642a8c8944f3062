// Files and folders that are moved in the explorer take the paths in manifests along: the texts after the edits, and that
// moving back gives the same bytes.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { createLanguageService } from "../../server/service/index.js";
import { type Fixture, readFixture } from "../harness/fixture.js";
import { openFixture } from "../harness/workspace.js";

const service = createLanguageService();

const KUSTOMIZED = `x
>>> kubernetes/kustomization.yaml
resources:
  - web.yaml # stays
  - "./web 2.yaml"
  - '../base/'
configMapGenerator:
  - name: settings
    files: [settings.ini, other=extra/data.txt, "third=extra/data.txt"]
>>> kubernetes/web.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
>>> kubernetes/web 2.yaml
apiVersion: v1
kind: Service
metadata: { name: web2 }
>>> kubernetes/settings.ini
a=1
>>> kubernetes/extra/data.txt
b=2
>>> base/kustomization.yaml
namePrefix: a-
`;
const INSTALLED = "services/ui_backend_service/plugins/installed";
const REGISTERED = `x
>>> services/ui_backend_service/config.plugins.json
{
  "notes": {},
  "box": { "paths": ["badges", "./charts/"] }
}
>>> ${INSTALLED}/notes/manifest.json
{ "name": "Notes", "version": "1", "entrypoint": "./index.html?x=1#top", "slot": "header" }
>>> ${INSTALLED}/notes/index.html
<p></p>
>>> ${INSTALLED}/box/badges/manifest.json
{ "name": "Badges", "version": "1", "entrypoint": "/index.html", "slot": "header" }
>>> ${INSTALLED}/box/badges/index.html
<p></p>
>>> ${INSTALLED}/box/charts/manifest.json
{ "name": "Charts", "version": "1", "entrypoint": "index.html", "slot": "header" }
>>> ${INSTALLED}/box/charts/index.html
<p></p>
`;
const BUNTIME = `x
>>> plugins/notes/manifest.yaml
name: notes
version: "1.0.0"
base: /notes
pluginEntry: 'dist/plugin.js'
>>> plugins/notes/dist/plugin.js
export default {};
`;

const DOTTED = `x
>>> k/over/kustomization.yaml
resources:
- './../base'
>>> k/base/kustomization.yaml
configMapGenerator:
- name: a
  files: [./deep/../a.ini]
>>> k/base/a.ini
a=1
`;

const CLASSES = `x
>>> plugins.yaml
plugins:
- class: "my_plugin.core.Audit" # the first
- class: my_plugin.Handed
- class: single.One
>>> my_plugin/__init__.py
from .core import Handed
>>> my_plugin/core.py
class Audit: pass
class Handed: pass
>>> single.py
class One: pass
`;

interface Case {
  readonly shows: string;
  readonly source: string;
  readonly moves: readonly (readonly [from: string, to: string])[];
  /** What the changed line reads, by its former text. */
  readonly lines: Readonly<Record<string, string>>;
  readonly isOneWay?: true;
}

const CASES: readonly Case[] = [
  {
    shows: "a Python module: the class paths by it, not those that a package hands on",
    source: CLASSES,
    moves: [["my_plugin/core.py", "my_plugin/audit.py"]],
    lines: { '"my_plugin.core.Audit"': '"my_plugin.audit.Audit"' },
  },
  {
    shows: "a Python package: every class path through it",
    source: CLASSES,
    moves: [["my_plugin", "your_plugin"]],
    lines: {
      '"my_plugin.core.Audit"': '"your_plugin.core.Audit"',
      "class: my_plugin.Handed": "class: your_plugin.Handed",
    },
  },
  {
    shows: "a Python module into a package",
    source: CLASSES,
    moves: [["single.py", "my_plugin/single.py"]],
    lines: { "class: single.One": "class: my_plugin.single.One" },
  },

  {
    shows: "a file that a plain text names",
    source: KUSTOMIZED,
    moves: [["kubernetes/web.yaml", "kubernetes/parts/page.yaml"]],
    lines: { "  - web.yaml # stays": "  - parts/page.yaml # stays" },
  },
  {
    shows: "a name that needs quotes gets them",
    source: KUSTOMIZED,
    moves: [["kubernetes/web.yaml", "kubernetes/web #1.yaml"]],
    lines: { "  - web.yaml # stays": '  - "web #1.yaml" # stays' },
  },
  {
    shows: "quotes and ./ are kept",
    source: KUSTOMIZED,
    moves: [["kubernetes/web 2.yaml", "kubernetes/web 3.yaml"]],
    lines: { '  - "./web 2.yaml"': '  - "./web 3.yaml"' },
  },
  {
    shows: "a folder keeps its slash, and what can't stand in single quotes is doubled",
    source: KUSTOMIZED,
    moves: [["base", "it's"]],
    lines: { "  - '../base/'": "  - '../it''s/'" },
    // Behind an escape the text isn't the path, and is left alone.
    isOneWay: true,
  },
  {
    shows: "a folder whose files are named, behind a key as well",
    source: KUSTOMIZED,
    moves: [["kubernetes/extra", "kubernetes/more"]],
    lines: {
      '    files: [settings.ini, other=extra/data.txt, "third=extra/data.txt"]':
        '    files: [settings.ini, other=more/data.txt, "third=more/data.txt"]',
    },
  },
  {
    shows: "the kustomization's folder: only what lies outside",
    source: KUSTOMIZED,
    moves: [["kubernetes", "deep/kubernetes"]],
    lines: { "  - '../base/'": "  - '../../base/'" },
  },
  {
    shows: "both ends together",
    source: KUSTOMIZED,
    moves: [
      ["kubernetes", "deep/kubernetes"],
      ["base", "deep/base"],
    ],
    lines: {},
  },
  {
    shows: "the folder around both ends: paths stay as they are written",
    source: DOTTED,
    moves: [["k", "deploy/k"]],
    lines: {},
  },
  {
    shows: "a generator's file whose new name would be read as a key",
    source: DOTTED,
    moves: [["k/base/a.ini", "k/base/a=b.ini"]],
    lines: {},
  },
  {
    shows: "a page, with its query and its beginning",
    source: REGISTERED,
    moves: [[`${INSTALLED}/notes/index.html`, `${INSTALLED}/notes/page.html`]],
    lines: { '"entrypoint": "./index.html?x=1#top"': '"entrypoint": "./page.html?x=1#top"' },
  },
  {
    shows: "a page that a slash begins",
    source: REGISTERED,
    moves: [[`${INSTALLED}/box/badges/index.html`, `${INSTALLED}/box/badges/page.html`]],
    lines: { '"entrypoint": "/index.html"': '"entrypoint": "/page.html"' },
  },
  {
    shows: "a plugin's folder: its identifier",
    source: REGISTERED,
    moves: [[`${INSTALLED}/notes`, `${INSTALLED}/run-notes`]],
    lines: { '  "notes": {},': '  "run-notes": {},' },
  },
  {
    shows: "a folder with several plugins: its identifier alone",
    source: REGISTERED,
    moves: [[`${INSTALLED}/box`, `${INSTALLED}/case`]],
    lines: { '  "box": { "paths": ["badges", "./charts/"] }': '  "case": { "paths": ["badges", "./charts/"] }' },
  },
  {
    shows: "one of several plugins",
    source: REGISTERED,
    moves: [[`${INSTALLED}/box/badges`, `${INSTALLED}/box/marks/badges`]],
    lines: { '  "box": { "paths": ["badges", "./charts/"] }': '  "box": { "paths": ["marks/badges", "./charts/"] }' },
  },
  {
    shows: "a plugin that leaves the folder of plugins keeps its entry",
    source: REGISTERED,
    moves: [[`${INSTALLED}/notes`, "elsewhere/notes"]],
    lines: {},
  },
  {
    shows: "an entry of a Buntime plugin, in single quotes",
    source: BUNTIME,
    moves: [["plugins/notes/dist", "plugins/notes/build"]],
    lines: { "pluginEntry: 'dist/plugin.js'": "pluginEntry: 'build/plugin.js'" },
  },
  {
    shows: "the manifest itself",
    source: BUNTIME,
    moves: [["plugins/notes/manifest.yaml", "plugins/manifest.yaml"]],
    lines: { "pluginEntry: 'dist/plugin.js'": "pluginEntry: 'notes/dist/plugin.js'" },
  },
  {
    shows: "files that nobody names",
    source: BUNTIME,
    moves: [["plugins/notes/README.md", "plugins/notes/docs.md"]],
    lines: {},
  },
];

describe("files that are moved", () => {
  for (const { shows, source, moves, lines, isOneWay } of CASES) {
    it(shows, () => {
      const before = readFixture(source);
      const after = moved(before, moves);
      const changed = before.files.map(({ text }, at) => [text, after.files[at]?.text ?? ""] as const);
      let expected = before.files.map(({ text }) => text);
      for (const [from, to] of Object.entries(lines)) expected = expected.map((text) => text.replace(from, () => to));
      assert.deepEqual(
        changed.map(([, text]) => text),
        expected,
      );
      if (isOneWay) return;
      const back = moved(
        after,
        moves.map(([from, to]) => [to, from] as const),
      );
      // Quotes that a name needed stay; what they hold is the same.
      const plain = (text: string) => text.replace('"web.yaml"', "web.yaml");
      assert.deepEqual(
        back.files.map(({ path, text }) => [path, plain(text)]),
        before.files.map(({ path, text }) => [path, text]),
      );
    });
  }
});

/** The fixture after the edits and the moves. */
function moved(fixture: Fixture, pairs: Case["moves"]): Fixture {
  const moves = pairs.map(([from, to]) => ({ from: `/workspace/${from}`, to: `/workspace/${to}` }));
  const edit = service.fileMoves(openFixture(fixture).workspace, moves);
  const files = fixture.files.map((file) => {
    const uri = URI.file(file.path).toString();
    const text = TextDocument.applyEdits(TextDocument.create(uri, "x", 0, file.text), edit?.changes?.[uri] ?? []);
    const move = moves.find(({ from }) => file.path === from || file.path.startsWith(`${from}/`));
    return { ...file, text, path: move ? `${move.to}${file.path.slice(move.from.length)}` : file.path };
  });
  return { ...fixture, files };
}
