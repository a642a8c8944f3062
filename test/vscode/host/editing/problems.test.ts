// What the window says of manifests of all kinds: the code, and exactly what it points at.
import assert from "node:assert/strict";
import fs from "node:fs";
import { DiagnosticSeverity, type Range, type TextDocument, Uri, window, workspace } from "vscode";
import { clean, codeOf, edit, inFolder, ours, pointedAt, problem, write } from "../documents";
import { until } from "../waiting";

interface Case {
  readonly kind: string;
  readonly file: string;
  readonly text: string;
  readonly code: string;
  readonly at: string;
  readonly severity: DiagnosticSeverity;
}

const { Error: error } = DiagnosticSeverity;

const cases: readonly Case[] = [
  {
    kind: "SkyPilot plugins.yaml",
    file: "plugins.yaml",
    text: "plugins:\n  - class: nodots\n    parameters:\n      port: 1\n",
    code: "skypilot/class-not-dotted",
    at: "nodots",
    severity: error,
  },
  {
    kind: "SkyPilot remote_plugins.yaml",
    file: "remote_plugins.yaml",
    text: "plugins:\n  - class: a_plugin:APlugin\n",
    code: "skypilot/class-not-dotted",
    at: "a_plugin:APlugin",
    severity: error,
  },
  {
    kind: "Buntime manifest.yaml",
    file: "manifest.yaml",
    text: 'name: "@example/notes"\nversion: "1.0.0"\nbase: /not/es\npluginEntry: plugin.js\n',
    code: "buntime/base-invalid",
    at: "/not/es",
    severity: error,
  },
  {
    kind: "Metaflow manifest.json",
    file: "manifest.json",
    text: '{\n  "name": "demo",\n  "version": "1.0.0",\n  "entrypoint": "index.html",\n  "slot": "run-heder"\n}\n',
    code: "metaflow/bad-slot",
    at: '"run-heder"',
    severity: error,
  },
  {
    kind: "Metaflow PLUGINS",
    file: "config.plugins.json",
    text: '{\n  "demo": { "repository": "ftp://git.example.org/demo.git" }\n}\n',
    code: "metaflow/address-scheme",
    at: '"ftp://git.example.org/demo.git"',
    severity: error,
  },
  {
    kind: "kustomization",
    file: "kustomization.yaml",
    text: "resources:\n  - gone.yaml\n",
    code: "openjourney/missing-file",
    at: "gone.yaml",
    severity: error,
  },
];

describe("problems", () => {
  for (const [at, { kind, file, text, code, at: pointed, severity }] of cases.entries()) {
    it(`of a ${kind}`, async () => {
      const { document } = await edit(`problems/${at}/${file}`, text);
      const found = await problem(document.uri, code);
      assert.equal(pointedAt(document, found), pointed);
      assert.equal(found.severity, severity);
      assert.ok(typeof found.code === "object" && found.code.target.path.endsWith(`/docs/rules/${code}.md`));
      await workspace.fs.stat(found.code.target); // the page is in the package
    });
  }

  it("go when the text is put right, and come while it is not saved", async () => {
    const editor = await edit("problems/mended/remote_plugins.yaml", "plugins:\n  - class: nodots\n");
    const { uri } = editor.document;
    const found = await problem(uri, "skypilot/class-not-dotted");
    await editor.edit((builder) => builder.replace(found.range, "a_plugin.APlugin"));
    await clean(uri);
    assert.equal(editor.document.isDirty, true);
    await editor.edit((builder) => builder.replace(editor.document.lineAt(1).range, "  - class: again"));
    await problem(uri, "skypilot/class-not-dotted");
  });

  it("count characters right in a file with a byte order mark, CRLF and emoji", async () => {
    const text = "\uFEFF# 🚀🚀\r\nplugins:\r\n  - class: a.B # 🚀\r\n  - {parameters: {e: 🚀}, clas: nodots}\r\n";
    const { document } = await edit("problems/crlf/remote_plugins.yaml", text);
    const found = await problem(document.uri, "skypilot/unknown-field");
    assert.equal(pointedAt(document, found), "clas");
    assert.equal(found.range.start.line, 3);
  });

  it("can be turned off and be given another severity", async () => {
    const { document } = await edit("problems/rules/remote_plugins.yaml", "plugins:\n  - class: nodots\n");
    const { uri } = document;
    const settings = workspace.getConfiguration("plugsmith");
    const code = "skypilot/class-not-dotted";
    try {
      await problem(uri, code);
      await settings.update("rules", { [code]: "hint" });
      await until("a hint", async () => (await problem(uri, code)).severity === DiagnosticSeverity.Hint);
      await settings.update("rules", { [code]: "off" });
      await clean(uri);
    } finally {
      await settings.update("rules", undefined);
    }
    assert.equal((await problem(uri, code)).severity, error);
  });

  it("follow what an association says the file is", async () => {
    const text = "plugins:\n  - class: nodots\n";
    const { document } = await edit("problems/odd/extra-plugins.yaml", text);
    const known = await edit("problems/odd/remote_plugins.yaml", text);
    const settings = workspace.getConfiguration("plugsmith");
    const code = "skypilot/class-not-dotted";
    await problem(known.document.uri, code);
    assert.deepEqual(ours(document.uri), []);
    try {
      await settings.update("associations", {
        "**/extra-plugins.yaml": "skypilot/remote-plugins",
        "**/odd/remote_plugins.yaml": "off",
      });
      await problem(document.uri, code);
      await clean(known.document.uri);
    } finally {
      await settings.update("associations", undefined);
    }
    await problem(known.document.uri, code);
    await clean(document.uri);
  });

  it("follow a folder that another program moves in, moves on and removes", async () => {
    const manifest = (name: string, more: string) =>
      `name: "${name}"\nversion: "1.0.0"\nbase: /${name}\npluginEntry: plugin.js\n${more}`;
    const { document } = await edit("needs-off/manifest.yaml", manifest("needs", "dependencies: [off]\n"));
    const isTold = () => ours(document.uri).some((one) => codeOf(one) === "buntime/dependency-disabled");
    // What is below dist/ no walk comes to; and of a folder that is moved the editor tells its name alone.
    await write("dist/off/manifest.yaml", manifest("off", "enabled: false\n"));
    const there = inFolder("off").fsPath;
    fs.renameSync(inFolder("dist/off").fsPath, there);
    await until("the disabled plugin", isTold);
    fs.rmSync(there, { recursive: true });
    await until("its absence", () => !isTold());
  });

  it("are found in a document that was never saved", async () => {
    const uri = Uri.from({ scheme: "untitled", path: inFolder("problems/new/remote_plugins.yaml").path });
    const editor = await window.showTextDocument(await workspace.openTextDocument(uri));
    await editor.edit((builder) => builder.insert(editor.document.positionAt(0), "plugins:\n  - class: nodots\n"));
    const found = await problem(uri, "skypilot/class-not-dotted");
    assert.equal(pointedAt(editor.document, found), "nodots");
    await until("an emptied document", () => editor.edit((builder) => builder.delete(wholeOf(editor.document))));
    await clean(uri);
  });

  it("of what is written stay in view when the text is broken", async () => {
    const text = 'name: "@example/broken"\nversion: "1.0.0"\npluginEntry: gone.js\nbase: /not/es\nmenus: [\n}: x\n';
    const { document } = await edit("problems/broken/manifest.yaml", text);
    for (const code of ["buntime/syntax", "buntime/base-invalid", "buntime/entry-missing"])
      await problem(document.uri, code);
  });
});

function wholeOf(document: TextDocument): Range {
  const first = document.lineAt(0).range;
  return first.union(document.lineAt(document.lineCount - 1).range);
}
