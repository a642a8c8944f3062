// Completions as they are accepted in the window, in all four kinds of manifest: the text then, which still parses.
import assert from "node:assert/strict";
import { EndOfLine, workspace } from "vscode";
import { parseDocument } from "yaml";
import { accept, completions, edit, labelOf, write } from "../documents";
import { until } from "../waiting";

interface Case {
  readonly what: string;
  readonly file: string;
  readonly text: string;
  readonly label: string;
  readonly after: string;
  /** Files beside it. */
  readonly beside?: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: "a key of SkyPilot's plugins.yaml",
    file: "plugins.yaml",
    text: "plugins:\n  - class: a_plugin.APlugin\n    par<caret>\n",
    label: "parameters",
    after: "plugins:\n  - class: a_plugin.APlugin\n    parameters:\n      \n",
  },
  {
    what: "a boolean of SkyPilot's plugins.yaml, in flow style",
    file: "plugins.yaml",
    text: "plugins: [{class: a_plugin.APlugin, upload_to_controller: tr<caret>}]\n",
    label: "true",
    after: "plugins: [{class: a_plugin.APlugin, upload_to_controller: true}]\n",
  },
  {
    what: "a key of SkyPilot's remote_plugins.yaml",
    file: "remote_plugins.yaml",
    text: "plugins:\n  - cl<caret>\n",
    label: "class",
    after: "plugins:\n  - class: \n",
  },
  {
    what: "a key of a Buntime manifest",
    file: "manifest.yaml",
    text: 'name: "@example/notes"\npluginEntry: plugin.js\nena<caret>\n',
    label: "enabled",
    after: 'name: "@example/notes"\npluginEntry: plugin.js\nenabled: false\n',
  },
  {
    what: "a path of a Buntime manifest",
    file: "manifest.yaml",
    text: 'name: "@example/notes"\nversion: "1.0.0"\npluginEntry: built/<caret>\n',
    label: "built/plugin.js",
    after: 'name: "@example/notes"\nversion: "1.0.0"\npluginEntry: built/plugin.js\n',
    beside: ["built/plugin.js"],
  },
  {
    what: "a key of a Metaflow manifest",
    file: "manifest.json",
    text: '{\n  "name": "demo",\n  "version": "1.0.0",\n  "entrypoint": "index.html",\n  <caret>\n}\n',
    label: "slot",
    after: '{\n  "name": "demo",\n  "version": "1.0.0",\n  "entrypoint": "index.html",\n  "slot": "task-details"\n}\n',
  },
  {
    what: "a value of a Metaflow manifest",
    file: "manifest.json",
    text: '{\n  "name": "demo",\n  "entrypoint": "index.html",\n  "slot": <caret>\n}\n',
    label: "run-header",
    after: '{\n  "name": "demo",\n  "entrypoint": "index.html",\n  "slot": "run-header"\n}\n',
  },
  {
    what: "a key of Metaflow's PLUGINS",
    file: "config.plugins.json",
    text: '{\n  "demo": {\n    "repository": "https://git.example.org/demo.git",\n    <caret>\n  }\n}\n',
    label: "ref",
    after:
      '{\n  "demo": {\n    "repository": "https://git.example.org/demo.git",\n    "ref": "origin/master"\n  }\n}\n',
  },
  {
    what: "a resource of a kustomization",
    file: "kustomization.yaml",
    text: "resources:\n  - <caret>\n",
    label: "deployment.yaml",
    after: "resources:\n  - deployment.yaml\n",
    beside: ["deployment.yaml"],
  },
  {
    what: "a key of a kustomization, at its indentation",
    file: "kustomization.yaml",
    text: "resources: []\nimages:\n    - name: nginx\n      newT<caret>\n",
    label: "newTag",
    after: "resources: []\nimages:\n    - name: nginx\n      newTag: \n",
  },
];

describe("accepted completions", () => {
  const editorSettings = workspace.getConfiguration("editor");
  before(() => editorSettings.update("wordBasedSuggestions", "off")); // words of other files are none of ours
  after(() => editorSettings.update("wordBasedSuggestions", undefined));

  for (const [at, { what, file, text, label, after, beside = [] }] of cases.entries()) {
    it(`of ${what}`, async () => {
      const place = `completion/${at}`;
      for (const name of beside) await write(`${place}/${name}`, "");
      const accepted = await accept(await edit(`${place}/${file}`, text), label);
      assert.equal(accepted, after);
      assertParses(file, accepted);
    });
  }

  it("keep CRLF, and a whole list item is written with it", async () => {
    const editor = await edit("completion/crlf/kustomization.yaml", "resources: []\r\npatches:\r\n  - <caret>\r\n");
    const accepted = await accept(editor, "path");
    assert.equal(editor.document.eol, EndOfLine.CRLF);
    assert.equal(accepted.replaceAll("\r\n", "").includes("\n"), false);
    assertParses("kustomization.yaml", accepted);
  });

  it("begin a new file with something that is right", async () => {
    for (const file of ["remote_plugins.yaml", "kustomization.yaml"]) {
      const editor = await edit(`completion/new/${file}`, "<caret>");
      const [first] = await until("completions", async () => {
        const found = await completions(editor);
        return found.length > 0 && found;
      });
      assert.ok(first);
      assertParses(file, await accept(editor, labelOf(first)));
    }
  });

  it("don't offer what is there already, nor anything in a comment", async () => {
    const editor = await edit(
      "completion/present/manifest.yaml",
      'name: "@example/there"\npluginEntry: a.js\n<caret>\n',
    );
    const labels = (await completions(editor)).map(labelOf);
    assert.ok(labels.includes("base") && !labels.includes("name") && !labels.includes("pluginEntry"), labels.join());
    const comment = 'name: "@example/comment"\npluginEntry: a.js\n# ba<caret>\n';
    assert.deepEqual(await completions(await edit("completion/comment/manifest.yaml", comment)), []);
  });
});

function assertParses(file: string, text: string): void {
  if (file.endsWith(".json")) assert.doesNotThrow(() => JSON.parse(text), text);
  else assert.deepEqual(parseDocument(text).errors, [], text);
}
