// Code actions by what the client can do, news from hosts, and problems of files that aren't open, through the built server.

import assert from "node:assert/strict";
import type { ClientCapabilities, Diagnostic, Hover, WorkspaceEdit } from "vscode-languageserver/node";
import { CHECK_WORKSPACE, HOST_PLUGINS, REMOTE_REFS } from "../../server/protocol.js";
import { actionsOf, FILES, NOTES, openWorkspace, STORE } from "./openWorkspace.js";
import { CAPABILITIES, type RunningServer } from "./server.js";

describe("problems over a workspace", function () {
  this.timeout(30_000);
  const { uriOf, write, remove, start, ask, told, watched } = openWorkspace();

  describe("code actions", () => {
    const FOLDER = { "plugins/web/Dockerfile": "FROM scratch\n", "plugins/web/kubernetes/web.yaml": "kind: Service\n" };
    const KUSTOMIZATION = "resources:\n- web.yaml\n";
    const name = "plugins/web/kubernetes/kustomization.yml";
    const withFiles: ClientCapabilities = {
      ...CAPABILITIES,
      workspace: {
        ...CAPABILITIES.workspace,
        workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
      },
    };
    const renames = async (capabilities: ClientCapabilities) => {
      const running = await start({ ...FOLDER, [name]: KUSTOMIZATION }, {}, capabilities);
      running.open(uriOf(name), KUSTOMIZATION);
      const diagnostics = await running.diagnostics(uriOf(name), 1);
      const found = await actionsOf(running, uriOf(name), { diagnostics });
      assert.ok(found.length > 0, "no action at all");
      return found.filter(({ edit }) => edit?.documentChanges?.some((one) => "kind" in one && one.kind === "rename"));
    };

    it("offers to rename a file where the client can", async () => {
      assert.equal((await renames(withFiles)).length, 1);
    });

    it("and not where it can't", async () => {
      assert.deepEqual(await renames(CAPABILITIES), []);
    });

    const renamedAtPath = async (capabilities: ClientCapabilities) => {
      const running = await start({ ...FOLDER, [name]: KUSTOMIZATION }, {}, capabilities);
      running.open(uriOf(name), KUSTOMIZATION);
      return ask<WorkspaceEdit>("rename", name, KUSTOMIZATION, "web.yaml", { newName: "shop.yaml" });
    };

    it("renames the file at a path where the client can", async () => {
      const { documentChanges = [] } = await renamedAtPath(withFiles);
      assert.deepEqual(
        documentChanges.map((one) => ("kind" in one ? one.kind : one.edits.length)),
        [1, "rename"],
      );
    });

    it("and says so where it can't", async () => {
      await assert.rejects(renamedAtPath(CAPABILITIES), /this editor can't rename files/);
    });

    it("mends all that is certain at once, and nothing a second time", async () => {
      const text = `${NOTES}  - 'search'\n`;
      const running = await start({ ...FILES, "plugins/notes/manifest.yaml": text });
      const uri = uriOf("plugins/notes/manifest.yaml");
      running.open(uri, text, 1);
      await running.diagnostics(uri, 1);
      const only = ["source.fixAll.plugsmith"];
      const [all, ...rest] = await actionsOf(running, uri, { diagnostics: [], only });
      assert.deepEqual([all?.kind, rest], ["source.fixAll.plugsmith", []]);
      assert.equal((await actionsOf(running, uri, { diagnostics: [], only: ["source.fixAll"] })).length, 1);
      const [edit] = all?.edit?.changes?.[uri] ?? [];
      assert.ok(edit);
      running.change(uri, 2, [{ range: edit.range, text: edit.newText }]);
      assert.deepEqual(await actionsOf(running, uri, { diagnostics: [], only }), []);
    });
  });

  describe("news from hosts", () => {
    const own = "plugins/notes/manifest.yaml";
    const tell = ({ connection }: RunningServer, minutes: number) =>
      connection.sendNotification(HOST_PLUGINS, {
        hosts: [
          {
            name: "staging",
            system: "buntime",
            at: Date.now() - minutes * 60_000,
            plugins: [{ name: "archive", state: "loaded", base: "/notes", version: "2.0.0" }],
          },
        ],
      });
    const mentionsHost = (found: readonly Diagnostic[]) =>
      found.some(({ message }) => String(message).includes('"staging"'));

    it("count while they are fresh, and are forgotten when they are replaced by old ones", async () => {
      const running = await start(FILES);
      running.open(uriOf(own), NOTES);
      await told(uriOf(own), (found) => !mentionsHost(found));
      await tell(running, 1);
      await told(uriOf(own), mentionsHost);
      const hover = await ask<Hover>("hover", own, NOTES, "'search");
      assert.match(JSON.stringify(hover.contents), /staging/);
      await tell(running, 11);
      await told(uriOf(own), (found) => !mentionsHost(found));
      const later = await ask<Hover>("hover", own, NOTES, "'search");
      assert.doesNotMatch(JSON.stringify(later.contents), /staging/);
    });

    it("lose their worth while the editor stands still", async () => {
      const running = await start(FILES);
      running.open(uriOf(own), NOTES);
      await tell(running, 10 - 0.02);
      await told(uriOf(own), mentionsHost);
      await told(uriOf(own), (found) => !mentionsHost(found));
    });
  });

  describe("refs of a remote", () => {
    const own = "ui/config.plugins.json";
    const repository = "https://git.example.org/a.git";
    const TEXT = `{ "a": { "repository": "${repository}", "ref": "origin/mian" } }\n`;
    const isMissing = (found: readonly Diagnostic[]) => found.some(({ code }) => code === "metaflow/ref-missing");

    it("are offered to be fetched where the client can, and count while they are fresh", async () => {
      const running = await start({ ...FILES, [own]: TEXT }, { commands: ["plugsmith.fetchRefs"] });
      running.open(uriOf(own), TEXT);
      await told(uriOf(own), (found) => !isMissing(found));
      const offered = await actionsOf(running, uriOf(own), { diagnostics: [] });
      const commands = offered.map(({ command }) => [command?.command, command?.arguments]);
      assert.deepEqual(commands, [["plugsmith.fetchRefs", [repository]]]);
      const tell = (minutes: number) =>
        running.connection.sendNotification(REMOTE_REFS, {
          remotes: [
            { repository, at: Date.now() - minutes * 60_000, head: "main", branches: ["main"], tags: ["v1.0.0"] },
          ],
        });
      await tell(1);
      await told(uriOf(own), isMissing);
      await tell(11);
      await told(uriOf(own), (found) => !isMissing(found));
    });

    it("are not offered where the client has no such command", async () => {
      const running = await start({ ...FILES, [own]: TEXT });
      running.open(uriOf(own), TEXT);
      await told(uriOf(own), (found) => !isMissing(found));
      assert.deepEqual(await actionsOf(running, uriOf(own), { diagnostics: [] }), []);
    });
  });

  it("know the files beside one that is opened right after they were made", async () => {
    const running = await start(FILES);
    // What is asked for in vain, here the modules of classes, has the folder listed.
    const classes = Array.from({ length: 20 }, (_, at) => `- class: module_${at}.A\n`);
    running.open(uriOf("plugins.yaml"), `plugins:\n${classes.join("")}- clas: b.C\n`, 1);
    await told(uriOf("plugins.yaml"), (found) => found.length > 0);
    const made = "made/manifest.yaml";
    const MADE = "name: made\nbase: /made\npluginEntry: plugin.js\n";
    write("made/plugin.js", "export default {};\n");
    write(made, MADE);
    running.open(uriOf(made), MADE, 1);
    await told(uriOf(made), () => true);
    const all = running.published.filter(({ uri }) => uri === uriOf(made));
    assert.deepEqual(
      all.flatMap(({ diagnostics }) => diagnostics),
      [],
    );
  });

  describe("files that aren't open", () => {
    const own = "plugins/store/manifest.yaml";
    const BROKEN = STORE.replace('"/store"', '"store here"');

    it("have their problems in the whole workspace, kept true by watching", async () => {
      const { published } = await start(
        { ...FILES, [own]: BROKEN, "foreign/manifest.yaml": "kind: [\n" },
        { check: "workspace" },
      );
      await told(uriOf(own), (found) => found.some(({ code }) => code === "buntime/base-invalid"));
      write(own, STORE);
      await watched([{ name: own, type: 2 }]);
      await told(uriOf(own), (found) => found.length === 0);
      write(own, BROKEN);
      await watched([{ name: own, type: 2 }]);
      await told(uriOf(own), (found) => found.length > 0);
      remove("plugins/store");
      await watched([{ name: "plugins/store", type: 3 }]);
      await told(uriOf(own), (found) => found.length === 0);
      assert.ok(!published.some(({ uri }) => uri === uriOf("foreign/manifest.yaml")));
    });

    it("keep them when they are closed, and lose them when only open files are to be checked", async () => {
      const running = await start({ ...FILES, [own]: BROKEN }, { check: "workspace" });
      running.open(uriOf(own), STORE, 1);
      await told(uriOf(own), (found) => found.length === 0);
      await running.connection.sendNotification("textDocument/didClose", { textDocument: { uri: uriOf(own) } });
      await told(uriOf(own), (found) => found.length > 0);
      await running.connection.sendNotification("workspace/didChangeConfiguration", {
        settings: { plugsmith: { check: "open" } },
      });
      await told(uriOf(own), (found) => found.length === 0);
    });

    it("are checked once by request, and what was found goes when it is mended", async () => {
      const running = await start({ ...FILES, [own]: BROKEN });
      assert.ok(!running.published.some(({ uri }) => uri === uriOf(own)));
      const counts = await running.connection.sendRequest<{ errors: number }>(CHECK_WORKSPACE);
      assert.ok(counts.errors > 0);
      await told(uriOf(own), (found) => found.length > 0);
      write(own, STORE);
      await watched([{ name: own, type: 2 }]);
      await told(uriOf(own), (found) => found.length === 0);
    });
  });
});
