// When the extension begins to work: on files with a manifest's name, whenever they come, and on nothing else. And trees that
// are made when they are first shown.

import "./support/editor.js";

import assert from "node:assert/strict";
import { createEmitter } from "../../client/emitter.js";
import { lateTree } from "../../client/views/lateTree.js";
import { whenNeeded } from "../../client/whenNeeded.js";
import { editor } from "./support/editor.js";

describe("the extension", () => {
  const globs = ["**/plugins.yaml", "**/manifest.json"];
  let reasons: string[];
  let waiting: ReturnType<typeof whenNeeded>;

  const start = async () => {
    waiting = whenNeeded(globs, (reason) => reasons.push(reason));
    await settled();
  };

  beforeEach(() => {
    editor.reset();
    reasons = [];
  });
  afterEach(() => waiting.dispose());

  it("rests among files of other names", async () => {
    editor.open.push("/w/values.yaml");
    editor.files.push("/w/package.json", "/w/values.yaml");
    await start();
    editor.opened.fire({ uri: { path: "/w/settings.json" } });
    assert.deepEqual(reasons, []);
  });

  it("works when a manifest is open, without looking for others", async () => {
    editor.open.push("/w/values.yaml", "/w/plugins.yaml");
    await start();
    assert.deepEqual([reasons, editor.searches], [["plugins.yaml is open"], []]);
  });

  it("works when the workspace has a manifest", async () => {
    editor.files.push("/w/a/manifest.json");
    await start();
    assert.deepEqual(reasons, ["manifest.json is in the workspace"]);
    assert.deepEqual(editor.searches, ["{**/plugins.yaml,**/manifest.json}"]);
  });

  it("works once a manifest is made and opened", async () => {
    await start();
    editor.opened.fire({ uri: { path: "/w/new/plugins.yaml" } });
    assert.deepEqual(reasons, ["plugins.yaml is open"]);
  });

  it("looks again when a folder is added, not when one goes", async () => {
    await start();
    editor.files.push("/v/plugins.yaml");
    editor.foldersChanged.fire({ added: [] });
    await settled();
    assert.deepEqual(reasons, []);
    editor.foldersChanged.fire({ added: [{}] });
    await settled();
    assert.deepEqual(reasons, ["plugins.yaml is in the workspace"]);
  });

  it("looks again when a file is said to be a manifest", async () => {
    editor.open.push("/w/deploy/app.yaml");
    await start();
    assert.deepEqual(reasons, []);
    editor.workspace.set("associations", { "deploy/app.yaml": "buntime/manifest" });
    editor.settingsChanged.fire();
    await settled();
    assert.deepEqual(reasons, ["app.yaml is open"]);
  });

  it("waits no longer once it works", async () => {
    editor.files.push("/w/plugins.yaml");
    waiting = whenNeeded(globs, (reason) => reasons.push(reason));
    waiting.dispose();
    await settled();
    editor.opened.fire({ uri: { path: "/w/plugins.yaml" } });
    assert.deepEqual(reasons, []);
  });
});

describe("a tree that is made late", () => {
  it("is made once, when its children are asked for, and tells of changes after that", async () => {
    const changed = createEmitter<undefined>();
    let made = 0;
    const tree = lateTree<string>(async () => {
      made += 1;
      return {
        onDidChangeTreeData: changed.event,
        getChildren: (node) => (node === undefined ? ["a", "b"] : []),
        getTreeItem: (node) => ({ label: node }),
      };
    });
    let changes = 0;
    tree.onDidChangeTreeData?.(() => {
      changes += 1;
    });
    changed.fire(undefined);
    assert.deepEqual([made, changes], [0, 0]);
    assert.deepEqual(await tree.getChildren(), ["a", "b"]);
    assert.deepEqual(await tree.getChildren("a"), []);
    assert.deepEqual(await tree.getTreeItem("b"), { label: "b" });
    changed.fire(undefined);
    assert.deepEqual([made, changes], [1, 1]);
  });
});

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
