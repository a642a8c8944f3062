// A Metaflow UI plugin's way to the local host and back: once from the tree, once from the palette, and its entry of PLUGINS.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { openWindow, type TestWindow } from "../driver/openWindow";

describe("a Metaflow UI plugin in the window", () => {
  let window: TestWindow;

  before(async function () {
    this.timeout(120_000);
    window = await openWindow();
    await window.workbench.openContainer("Plugsmith");
    await window.workbench.treeItem(/Metaflow UI plugin run-notes/).waitFor();
  });
  after(() => window?.close());
  afterEach(function () {
    return window.screenshotOfFailure(this);
  });

  it("is deployed from the tree", async () => {
    const { workbench } = window;
    await workbench.sidebar.getByRole("button", { name: "Start Local Host" }).click();
    await workbench.treeItem(/^host local Metaflow UI, 0 plugins/).waitFor();
    await workbench.treeItem(/Metaflow UI plugin run-notes/).inline("Deploy");
    const message = await workbench.notification(/"run-notes" 1\.0\.0 is loaded on "local Metaflow UI"/).waitFor();
    await workbench.treeItem(/^plugin run-notes, loaded/).waitFor();
    await window.screenshot("metaflow-deployed");
    await message.close();
  });

  it("is removed from the tree, and deployed again from the palette", async () => {
    const { workbench } = window;
    const { quickInput } = workbench;
    await workbench.treeItem(/^plugin run-notes, loaded/).menu("Remove from Host");
    await workbench.treeItem(/^host local Metaflow UI, 0 plugins/).waitFor();
    await workbench.command("Plugsmith: Deploy");
    await quickInput.pick("local Metaflow UI");
    await workbench.notification(/"run-notes" 1\.0\.0 is loaded on "local Metaflow UI"/).waitFor();
    await workbench.treeItem(/^plugin run-notes, loaded/).waitFor();
  });

  it("gets a second entry in the file where PLUGINS lives, after its difference was shown", async () => {
    const { workbench } = window;
    const { quickInput } = workbench;
    await workbench.openFile("config.plugins.json");
    await workbench.command("Plugsmith: Add Local Plugin to PLUGINS");
    await quickInput.message.filter({ hasText: "Name of the entry" }).waitFor();
    await quickInput.fill("flow-badge");
    await quickInput.accept();
    await quickInput.message.filter({ hasText: "Parameters" }).waitFor();
    await quickInput.fill('{"color": "blue"}');
    await quickInput.accept();
    await quickInput.message.filter({ hasText: "Folders in it" }).waitFor();
    await quickInput.accept();
    await quickInput.rows.filter({ hasText: "write the file" }).waitFor();
    await window.screenshot("metaflow-entry-difference");
    await quickInput.pick("Add");
    await workbench.notification(/The entry "flow-badge" is written/).waitFor();
    const value = JSON.parse(readFileSync(path.join(window.folder, "metaflow", "config.plugins.json"), "utf8"));
    assert.deepEqual(value["flow-badge"], { parameters: { color: "blue" } });
    assert.ok("run-notes" in value);
  });

  it("is copied for Kubernetes", async () => {
    const { workbench } = window;
    await workbench.openFile("config.plugins.json");
    await workbench.command("Plugsmith: Copy PLUGINS Value");
    await workbench.quickInput.pick("Kubernetes");
    await workbench.notification(/The PLUGINS value is copied for Kubernetes/).waitFor();
    const copied = await workbench.page.evaluate<string>("navigator.clipboard.readText()");
    assert.match(copied, /^- name: PLUGINS\n {2}value: '\{"run-notes":/);
  });
});
