// Navigation, rename, hierarchy and moves of files over a workspace on a disk, through the built server.

import assert from "node:assert/strict";
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CodeLens,
  DocumentHighlight,
  Hover,
  InlayHint,
  Location,
  WorkspaceEdit,
  WorkspaceSymbol,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { actionsOf, FILES, NOTES, openWorkspace, positionOf, STORE } from "./openWorkspace.js";

describe("requests over a workspace", function () {
  this.timeout(30_000);
  const { uriOf, start, ask, names, told } = openWorkspace();

  const own = "plugins/notes/manifest.yaml";

  it("leads to the definition, the references and the highlights of a plugin", async () => {
    (await start(FILES)).open(uriOf(own), NOTES);
    const defined = await ask<Location[]>("definition", own, NOTES, "- store");
    assert.deepEqual(names(defined), ["plugins/store/manifest.yaml"]);
    assert.deepEqual(defined[0]?.range.start, { line: 0, character: 7 });
    const references = await ask<Location[]>("references", own, NOTES, "- store", {
      context: { includeDeclaration: true },
    });
    assert.deepEqual(names(references).sort(), [own, "plugins/store/manifest.yaml"]);
    const highlights = await ask<DocumentHighlight[]>("documentHighlight", own, NOTES, "- store");
    assert.deepEqual(
      highlights.map(({ range }) => range.start.line),
      [5],
    );
  });

  it("leads from a path to its file", async () => {
    (await start(FILES)).open(uriOf(own), NOTES);
    const found = await ask<Location[]>("definition", own, NOTES, ": plugin.js");
    assert.deepEqual(names(found), ["plugins/notes/plugin.js"]);
  });

  it("renames with prepare, in open and closed files", async () => {
    (await start(FILES)).open(uriOf(own), NOTES);
    const place = await ask<{ placeholder: string }>("prepareRename", own, NOTES, "- store");
    assert.equal(place.placeholder, "store");
    const edit = await ask<WorkspaceEdit>("rename", own, NOTES, "- store", { newName: "shelf" });
    assert.deepEqual(
      Object.entries(edit.changes ?? {}).map(([uri, edits]) => [names([{ uri }])[0], edits[0]?.newText]),
      [
        [own, "shelf"],
        ["plugins/store/manifest.yaml", "shelf"],
      ],
    );
    assert.equal(await ask("prepareRename", own, NOTES, "version"), null);
  });

  it("refuses a rename with a reason: a harmful name, a taken name, nothing to rename", async () => {
    (await start(FILES)).open(uriOf(own), NOTES);
    await assert.rejects(ask("rename", own, NOTES, "- store", { newName: "../x" }), /leads out of its folder/);
    await assert.rejects(ask("rename", own, NOTES, "- store", { newName: "notes" }), { code: -32803 });
    await assert.rejects(ask("rename", own, NOTES, "- store", { newName: "notes" }), /"notes" is taken by/);
    await assert.rejects(ask("rename", own, NOTES, "version", { newName: "x" }), /nothing here can be renamed/);
  });

  it("finds plugins of the workspace by some of their letters", async () => {
    const { connection } = await start(FILES);
    const find = (query: string) => connection.sendRequest<WorkspaceSymbol[]>("workspace/symbol", { query });
    assert.deepEqual((await find("")).map(({ name }) => name).sort(), ["/notes", "/store", "notes", "store"]);
    assert.deepEqual((await find("STR")).map(({ name }) => name).sort(), ["/store", "store"]);
    assert.deepEqual(await find("nothing like it"), []);
  });

  it("shows who needs a plugin and whom it needs", async () => {
    const { connection, open } = await start(FILES);
    open(uriOf(own), NOTES);
    const [item] = await ask<CallHierarchyItem[]>("prepareCallHierarchy", own, NOTES, "notes");
    assert.equal(item?.name, "notes");
    const outgoing = await connection.sendRequest<CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", {
      item,
    });
    assert.deepEqual(
      outgoing.map(({ to }) => [to.name, to.detail]),
      [
        ["store", "plugins/store/manifest.yaml"],
        ["search", "not in this workspace"],
      ],
    );
    const [store] = outgoing;
    const incoming = await connection.sendRequest<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", {
      item: store?.to,
    });
    assert.deepEqual(
      incoming.map(({ from }) => from.name),
      ["notes"],
    );
  });

  it("shows lenses and hints, and none once they are switched off", async () => {
    const running = await start(FILES);
    running.open(uriOf("plugins/store/manifest.yaml"), STORE);
    const textDocument = { uri: uriOf("plugins/store/manifest.yaml") };
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const lenses = () => running.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument });
    const hints = () => running.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", { textDocument, range });
    assert.ok((await lenses()).some(({ command }) => /notes/.test(command?.title ?? "")));
    assert.ok(Array.isArray(await hints()));
    await running.connection.sendNotification("workspace/didChangeConfiguration", {
      settings: { plugsmith: { settings: { codeLens: false, inlayHints: false } } },
    });
    assert.deepEqual([await lenses(), await hints()], [[], []]);
    const only = async (codeLens: Record<string, boolean>) => {
      await running.connection.sendNotification("workspace/didChangeConfiguration", {
        settings: { plugsmith: { settings: { codeLens } } },
      });
      return (await lenses()).length;
    };
    assert.deepEqual([await only({ dependencies: false }), await only({ hosts: false })], [0, 1]);
  });

  it("rewrites paths and identifiers when files and folders are moved", async () => {
    const { connection } = await start(FILES);
    const move = (oldName: string, newName: string) =>
      connection.sendRequest<WorkspaceEdit | null>("workspace/willRenameFiles", {
        files: [{ oldUri: uriOf(oldName), newUri: uriOf(newName) }],
      });
    const edit = await move("plugins/notes/plugin.js", "plugins/notes/dist/plugin.js");
    assert.deepEqual(
      Object.entries(edit?.changes ?? {}).map(([uri, edits]) => [names([{ uri }])[0], edits.map((one) => one.newText)]),
      [[own, ["dist/plugin.js"]]],
    );
    assert.equal(await move("plugins/notes", "plugins/remarks"), null);
    assert.equal(await move("README.md", "docs.md"), null);
  });

  it("reaches files in which PLUGINS is unusual, when a plugin's folder moves or is renamed", async () => {
    const [value, deployment, folder] = ["config.plugins.json", "k8s/all.yaml", "plugins/installed/notes"];
    const text = '{ "notes": {} }\n';
    const running = await start({
      [value]: text,
      [`${folder}/manifest.json`]: `{ "name": "Notes", "version": "1", "entrypoint": "index.html", "slot": "header" }\n`,
      [deployment]: `kind: Pod\nspec:\n  containers:\n  - image: metaflow_metadata_service\n    env:\n    - {name: PLUGINS, value: '{"notes": {}}'}\n`,
    });
    const files = [{ oldUri: uriOf(folder), newUri: uriOf("plugins/installed/minutes") }];
    const moved = await running.connection.sendRequest<WorkspaceEdit>("workspace/willRenameFiles", { files });
    const written = (edit: WorkspaceEdit) =>
      Object.entries(edit.changes ?? {}).map(([uri, edits]) => [names([{ uri }])[0], edits[0]?.newText]);
    assert.deepEqual(written(moved).sort(), [
      [value, "minutes"],
      [deployment, "minutes"],
    ]);
  });

  it("leads from files that are none of ours back to who names them, and renames from there", async () => {
    const [object, kustomization, module] = ["k8s/web.yaml", "k8s/kustomization.yaml", "sky/audit.py"];
    const text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n";
    const python = "class Audit: pass\n";
    const running = await start({
      [object]: text,
      [kustomization]: "resources: [web.yaml]\n",
      [module]: python,
      "sky/plugins.yaml": "plugins:\n- class: audit.Audit\n",
      "k8s/far/kustomization.yaml": "resources: [far.yaml, 'https://example.org/all.yaml']\n",
      "k8s/far/far.yaml": text,
    });
    running.open(uriOf(object), text);
    running.open(uriOf(module), python, 1, "python");
    const context = { includeDeclaration: false };
    assert.deepEqual(names(await ask<Location[]>("references", object, text, "kind", { context })), [kustomization]);
    const edit = await ask<WorkspaceEdit>("rename", object, text, "web", { newName: "page" });
    assert.deepEqual(Object.keys(edit.changes ?? {}), [uriOf(object)]);
    const listed = await ask<Location[]>("references", module, python, "Audit", { context });
    assert.deepEqual(names(listed), ["sky/plugins.yaml"]);
    const renamed = await ask<WorkspaceEdit>("rename", module, python, "Audit", { newName: "Watch" });
    assert.deepEqual(Object.keys(renamed.changes ?? {}), [uriOf(module), uriOf("sky/plugins.yaml")]);
    // Of Python others know more.
    for (const other of ["definition", "documentHighlight", "completion", "hover"])
      assert.equal(await ask(other, module, python, "Audit"), null, other);
    running.open(uriOf("k8s/far/far.yaml"), text);
    await assert.rejects(ask("prepareRename", "k8s/far/far.yaml", text, "web"), /can't be read from here/);
  });

  it("reads PLUGINS inside .env: problems, hovers, hints and edits in the file's own quoting", async () => {
    const text = `MF_UI_METADATA_PORT=8083\nPLUGINS='{"notes": {"repository": "https://git.example.org/n.git", "ref": "main"}}'\n`;
    const running = await start({ ".env": text });
    const uri = uriOf(".env");
    running.open(uri, text, 1, "dotenv");
    const found = await told(uri, (all) => all.length > 0);
    const at = positionOf(text, '"main"', 0);
    assert.deepEqual(
      found.map(({ code, range }) => [code, range]),
      [["metaflow/ref-never-follows", { start: at, end: { line: 1, character: at.character + 6 } }]],
    );
    const [fix] = await actionsOf(running, uri, { diagnostics: found });
    const mended = TextDocument.applyEdits(
      TextDocument.create(uri, "dotenv", 1, text),
      fix?.edit?.changes?.[uri] ?? [],
    );
    assert.equal(mended, text.replace('"main"', '"origin/main"'));
    const hover = await ask<Hover>("hover", ".env", text, '"ref');
    assert.match(JSON.stringify(hover.contents), /origin\/master/);
    assert.equal(await ask("hover", ".env", text, "MF_UI"), null);
    const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const params = { textDocument: { uri }, range: whole };
    assert.ok(Array.isArray(await running.connection.sendRequest("textDocument/inlayHint", params)));
  });
});
