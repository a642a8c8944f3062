// The built server over stdio: lifecycle, pushed diagnostics with versions, requests, settings, and ends of every kind.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CompletionList, DocumentLink, DocumentSymbol, FoldingRange, Hover } from "vscode-languageserver/node";
import { type LocalPlugin, PLUGINS, VERDICT, VERDICT_CHANGED, type VerdictReport } from "../../server/protocol.js";
import { fromRoot } from "../harness/root.js";
import { type RunningServer, startServer } from "./server.js";

/** JSON-RPC's code for a method that nobody answers. */
const METHOD_NOT_FOUND = -32601;

const PLUGINS_YAML = "plugins:\n- class: example_plugin.ExamplePlugin\n  paramters: {}\n";
const uri = "file:///nowhere/plugins.yaml";

describe("language server over stdio", function () {
  this.timeout(20_000);
  let server: RunningServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    if (server.child.exitCode === null) await server.stop();
  });

  it("tells its name, its version and incremental sync", () => {
    assert.equal(server.initialized.serverInfo?.name, "plugsmith");
    assert.deepEqual(server.initialized.capabilities.textDocumentSync, { openClose: true, change: 2 });
  });

  it("answers the methods of the feature table and no others", async () => {
    const table = fs.readFileSync(fromRoot("docs", "features.md"), "utf8");
    const rows = [...table.matchAll(/^\| (\S+\/\S+) \| (yes|no) \|$/gm)].map(([, method = "", said]) => [method, said]);
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const item = { name: "x", kind: 1, uri, range, selectionRange: range };
    const context = { diagnostics: [], includeDeclaration: true };
    const asked = {
      textDocument: { uri },
      position: range.start,
      range,
      context,
      item,
      query: "",
      files: [],
      newName: "x",
    };
    server.open(uri, PLUGINS_YAML, 1);
    const found: unknown[] = [];
    for (const [method = "", said] of rows) {
      const isPushed = method === "textDocument/publishDiagnostics";
      const code = isPushed
        ? 0
        : await server.connection.sendRequest(method, asked).then(
            () => 0,
            (error) => error.code,
          );
      found.push([method, isPushed ? said : code === METHOD_NOT_FOUND ? "no" : "yes"]);
    }
    assert.ok(rows.length > 30);
    assert.deepEqual(found, rows);
  });

  it("pushes problems with version, code, source and the page of the rule", async () => {
    server.open(uri, PLUGINS_YAML, 7);
    const [problem] = await server.diagnostics(uri, 7);
    assert.equal(problem?.code, "skypilot/unknown-field");
    assert.equal(problem?.source, "plugsmith");
    assert.deepEqual(problem?.range, { start: { line: 2, character: 2 }, end: { line: 2, character: 11 } });
    assert.match(problem?.codeDescription?.href ?? "", /^file:.*\/docs\/rules\/skypilot\/unknown-field\.md$/);
  });

  it("follows incremental changes, counted in UTF-16 units", async () => {
    server.open(uri, "# 😀\nplugins:\n- class: a.B # 😀\n  x: 1\n", 1);
    assert.equal((await server.diagnostics(uri, 1)).length, 1);
    server.change(uri, 2, [{ range: { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } }, text: "" }]);
    assert.deepEqual(await server.diagnostics(uri, 2), []);
  });

  it("publishes the newest version of a burst, and never an older one after it", async () => {
    server.open(uri, "controller_wheel_path: /x/wheels\n", 1);
    for (let version = 2; version <= 101; version++) {
      const range = { start: { line: 0, character: 24 }, end: { line: 0, character: 25 } };
      server.change(uri, version, [{ range, text: version % 2 ? "x" : "y" }]);
    }
    await server.diagnostics(uri, 101);
    const versions = server.published.filter((one) => one.uri === uri).map(({ version = 0 }) => version);
    assert.deepEqual(
      versions,
      [...versions].sort((a, b) => a - b),
    );
  });

  it("says nothing about files that aren't ours", async () => {
    server.open("file:///nowhere/manifest.json", '{"manifest_version": 3, "name": "x", }', 1);
    server.open("file:///nowhere/other/manifest.yaml", "apiVersion: v1\nkind: List\n", 1);
    server.open(uri, PLUGINS_YAML, 1);
    await server.diagnostics(uri, 1);
    assert.deepEqual([...new Set(server.published.map((one) => one.uri))], [uri]);
    const hover = await server.connection.sendRequest("textDocument/hover", {
      textDocument: { uri: "file:///nowhere/manifest.json" },
      position: { line: 0, character: 3 },
    });
    assert.equal(hover, null);
  });

  it("completes, explains, outlines, folds and links", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-protocol-"));
    try {
      fs.writeFileSync(
        path.join(folder, "deployment.yaml"),
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n",
      );
      const file = pathToFileURL(path.join(folder, "kustomization.yaml")).href;
      const textDocument = { uri: file };
      server.open(file, "resources:\n- deployment.yaml\nname\n", 1);
      const completions = await server.connection.sendRequest<CompletionList>("textDocument/completion", {
        textDocument,
        position: { line: 2, character: 4 },
      });
      const item = completions.items.find(({ label }) => label === "namePrefix");
      assert.ok(item?.textEdit);
      assert.equal(item.insertTextMode, 1);
      const hover = await server.connection.sendRequest<Hover>("textDocument/hover", {
        textDocument,
        position: { line: 0, character: 2 },
      });
      assert.match(JSON.stringify(hover.contents), /\*\*resources\*\*/);
      const symbols = await server.connection.sendRequest<DocumentSymbol[]>("textDocument/documentSymbol", {
        textDocument,
      });
      assert.equal(symbols[0]?.name, "resources");
      const folds = await server.connection.sendRequest<FoldingRange[]>("textDocument/foldingRange", { textDocument });
      assert.equal(folds[0]?.startLine, 0);
      const links = await server.connection.sendRequest<DocumentLink[]>("textDocument/documentLink", { textDocument });
      assert.equal(links[0]?.target, pathToFileURL(path.join(folder, "deployment.yaml")).href);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it("tells the verdict, and again when it changes", async () => {
    const verdicts: VerdictReport[] = [];
    server.connection.onNotification(VERDICT_CHANGED, (report: VerdictReport) => void verdicts.push(report));
    server.open(uri, "k9s:\n  x: 1\n", 1);
    const verdict = await server.connection.sendRequest<VerdictReport>(VERDICT, { uri });
    assert.equal(verdict.document, undefined);
    server.change(uri, 2, [
      { range: { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } }, text: PLUGINS_YAML },
    ]);
    await server.diagnostics(uri, 2);
    await server.connection.sendRequest(VERDICT, { uri });
    assert.equal(verdicts.at(-1)?.document, "skypilot/plugins");
  });

  it("follows settings: a rule switched off, a file associated", async () => {
    server.open(uri, PLUGINS_YAML, 1);
    assert.equal((await server.diagnostics(uri, 1)).length, 1);
    const settings = {
      rules: { "skypilot/unknown-field": "off" },
      associations: { "**/plugins.yaml": "skypilot/plugins" },
    };
    await server.connection.sendNotification("workspace/didChangeConfiguration", {
      settings: { plugsmith: { settings } },
    });
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    server.change(uri, 2, [{ range, text: "# a comment\n" }]);
    assert.deepEqual(await server.diagnostics(uri, 2), []);
  });

  it("answers a cancelled request as cancelled", async () => {
    server.open(uri, PLUGINS_YAML, 1);
    const { CancellationTokenSource } = await import("vscode-languageserver/node");
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri }, position: { line: 2, character: 4 } };
    // In two writes a fast server may well have answered before the second one.
    const [asked] = await server.inOneWrite(() => {
      const answer = server.connection.sendRequest("textDocument/completion", params, source.token);
      source.cancel();
      return [answer];
    });
    await assert.rejects(asked, { code: -32800 });
  });

  it("ends with code 0 after shutdown, 1 without, and by itself when the pipe closes", async () => {
    assert.equal(await server.stop(), 0);
    const rude = await startServer();
    const ended = new Promise((resolve) => rude.child.once("exit", resolve));
    await rude.connection.sendNotification("exit");
    assert.equal(await ended, 1);
    const orphan = await startServer();
    const gone = new Promise((resolve) => orphan.child.once("exit", resolve));
    orphan.child.stdin?.end();
    await gone;
  });
});

describe("language server in a workspace", function () {
  this.timeout(20_000);
  it("lists the plugins of the workspace and leaves to others what they cover", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-workspace-"));
    const root = pathToFileURL(folder).href;
    const server = await startServer(
      { covered: { yamlSyntax: true } },
      { rootUri: root, workspaceFolders: [{ uri: root, name: "w" }] },
    );
    try {
      fs.mkdirSync(path.join(folder, "notes"));
      const file = path.join(folder, "notes", "manifest.yaml");
      fs.writeFileSync(file, 'name: "@example/notes"\nversion: "1.0.0"\npluginEntry: plugin.js\n');
      fs.writeFileSync(path.join(folder, "notes", "plugin.js"), "export default {};\n");
      const changes = [{ uri: pathToFileURL(file).href, type: 1 }];
      await server.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
      const plugins = await server.connection.sendRequest<LocalPlugin[]>(PLUGINS);
      assert.deepEqual(
        plugins.map(({ name, system, errors }) => ({ name, system, errors })),
        [{ name: "@example/notes", system: "buntime", errors: 0 }],
      );
      const broken = pathToFileURL(path.join(folder, "plugins.yaml")).href;
      server.open(broken, 'plugins:\n- class: "a.B\n  nonsense: 1\n', 1);
      const codes = (await server.diagnostics(broken, 1)).map(({ code }) => code);
      assert.ok(!codes.includes("skypilot/syntax"));
    } finally {
      await server.stop();
      fs.rmSync(folder, { recursive: true });
    }
  });

  it("finds the plugins for a client that can do nothing but open files", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-workspace-"));
    fs.writeFileSync(path.join(folder, "manifest.yaml"), 'name: "hello"\npluginEntry: plugin.js\n');
    fs.writeFileSync(path.join(folder, "plugin.js"), "export default {};\n");
    const server = await startServer({}, { rootUri: pathToFileURL(folder).href, capabilities: {} });
    try {
      const plugins = await server.connection.sendRequest<LocalPlugin[]>(PLUGINS);
      assert.deepEqual(
        plugins.map(({ name }) => name),
        ["hello"],
      );
    } finally {
      await server.stop();
      fs.rmSync(folder, { recursive: true });
    }
  });
});
