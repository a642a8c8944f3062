// A command of a tree's row whose row VS Code has lost meanwhile: it asks, or says so, and is never silently lost.

import "./support/editor.js";

import assert from "node:assert/strict";
import { removeFromHost } from "../../client/commands/acting/remove.js";
import { mustBeChosenAgain } from "../../client/commands/lostRow.js";
import { HostError } from "../../client/ops/index.js";
import { appFor } from "./support/app.js";
import { editor } from "./support/editor.js";

describe("a command whose row is being drawn anew", () => {
  beforeEach(() => {
    editor.reset();
    editor.workspace.set("hosts", [{ name: "team", system: "buntime", url: "https://team.example.org" }]);
  });

  it("asks which plugin is meant, as from the palette", async () => {
    const remove = async () => assert.fail("nothing was agreed to");
    const plugin = { name: "notes", state: "loaded" as const, removeKey: "notes" };
    const lists = { routes: [], menus: [], dependencies: [], optionalDependencies: [] };
    const { app, log } = appFor({
      connect: (config) => ({ config, remove, list: async () => [{ ...plugin, ...lists }] }),
    });
    editor.answers.push(undefined);
    assert.equal(mustBeChosenAgain(app, "remove", [undefined, undefined]), false);
    await removeFromHost(app, undefined);
    assert.deepEqual(editor.shown, ["Remove on team: notes"]);
    assert.match(log[0] ?? "", /^remove: its row was just being drawn anew/);
  });

  it("is to be chosen once more where it can't ask", () => {
    assert.ok(mustBeChosenAgain(appFor().app, "openPage", [undefined, undefined]));
    assert.deepEqual(editor.shown, ["The list was just being drawn anew. Choose it once more."]);
  });

  it("is none where nothing was to be passed, or something was", () => {
    const { app, log } = appFor();
    for (const given of [[], [{ target: {} }], ["notes", undefined]])
      assert.equal(mustBeChosenAgain(app, "openPage", given), false);
    assert.deepEqual(log, []);
  });

  it("says why a host has nothing to choose from", async () => {
    const wrong = { kind: "unreachable", step: "list", message: "nothing listens there", next: "start it" } as const;
    const list = () => Promise.reject(new HostError(wrong));
    const remove = async () => assert.fail("there is nothing to remove");
    const { app } = appFor({ connect: (config) => ({ config, list, remove }) });
    await removeFromHost(app, undefined);
    assert.deepEqual(editor.shown, ['"team": nothing listens there.']);
  });
});
