// Fixes that edit another file than the one whose problem they mend: that file after each, to the letter, in LF and CRLF.

import assert from "node:assert/strict";
import { readFixture } from "../harness/fixture.js";
import { mended, problemsOf } from "../harness/mend.js";

const REGISTERS =
  '<script>parent.postMessage({ type: "PluginRegisterEvent", name: window.name, version: { api: "1.2.0" } }, "*");</script>';
const PAGE =
  '>>> manifest.json\n{ "name": "notes", "version": "1", "entrypoint": "index.html", "slot": "run-header" }\n>>> index.html\n';
const CLASS =
  ">>> plugins.yaml\nplugins:\n- class: audit.Audit\n>>> audit.py\nfrom sky.server.plugins import BasePlugin\n\n";

type Row = readonly [shows: string, fixture: string, title: string, path: string, before: string, after: string];

const ROWS: readonly Row[] = [
  [
    "addresses from the root, those in comments left alone",
    `${PAGE}<!-- <script src="/app.js"> -->\n<link rel=stylesheet href='/app.css'>\n<script src="/app.js"></script>${REGISTERS}\n>>> app.js\n\n>>> app.css\n\n`,
    "Write relative addresses in the page",
    "index.html",
    `<link rel=stylesheet href='/app.css'>\n<script src="/app.js">`,
    `<link rel=stylesheet href='app.css'>\n<script src="app.js">`,
  ],
  [
    "a file of nearly that name",
    `${PAGE}<script src="aap.js"></script>${REGISTERS}\n>>> app.js\n\n`,
    'Change to "app.js" in the page',
    "index.html",
    '"aap.js"',
    '"app.js"',
  ],
  [
    "an import of nearly that name",
    ">>> plugins/notes/manifest.yaml\nname: notes\nbase: /notes\n>>> plugins/notes/plugin.js\nimport { a } from './lib/stroe.js'; // all\nexport default { a };\n>>> plugins/notes/lib/store.js\nexport const a = 1;\n>>> plugins/notes/lib/stroe.md\n\n",
    'Import "./lib/store.js" there',
    "plugins/notes/plugin.js",
    "'./lib/stroe.js'",
    "'./lib/store.js'",
  ],
  [
    "an asynchronous install",
    `${CLASS}async def install(context):\n    pass\n\nclass Audit(BasePlugin):\n    # soon\n    async  def install(self, extension_context):\n        pass\n`,
    'Remove "async" before install',
    "audit.py",
    "    async  def install(self,",
    "    def install(self,",
  ],
];

describe("fixes of other files", () => {
  for (const [shows, source, title, path, before, after] of ROWS) {
    for (const eol of ["\n", "\r\n"] as const) {
      it(`${shows}${eol === "\n" ? "" : " (CRLF)"}`, () => {
        const fixture = readFixture(`x\n${source}`);
        const fix = problemsOf(fixture, eol)
          .flatMap(({ fixes = [] }) => fixes)
          .find((one) => one.title === title);
        assert.ok(fix);
        const written = (text: string) => text.replace(/\n/g, eol);
        const texts = mended(fixture, fix, eol).files.map((file) => [file.path, file.text]);
        const wanted = fixture.files.map((file) => [
          file.path,
          written(file.path === `/workspace/${path}` ? file.text.replace(before, () => after) : file.text),
        ]);
        assert.deepEqual(texts, wanted);
      });
    }
  }

  it("leaves an install that waits for something", () => {
    const fixture = readFixture(
      `x\n${CLASS}class Audit(BasePlugin):\n    async def install(self, extension_context):\n        await self.open()\n`,
    );
    const problem = problemsOf(fixture, "\n").find(({ code }) => code === "skypilot/install-async");
    assert.ok(problem);
    assert.deepEqual(problem.fixes, []);
  });
});
