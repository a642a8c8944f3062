// A plugin's way from the workspace to the local host and back, by views and menus alone.
import assert from "node:assert/strict";
import { openWindow, type TestWindow } from "../driver/openWindow";

describe("hosts and plugins", () => {
  let window: TestWindow;

  before(async function () {
    this.timeout(120_000);
    window = await openWindow();
  });
  after(() => window.close());
  afterEach(function () {
    return window.screenshotOfFailure(this);
  });

  it("starts with nothing but the way to the first host", async () => {
    const { workbench } = window;
    const sidebar = await workbench.openContainer("Plugsmith");
    await sidebar.getByRole("button", { name: "Start Local Host" }).waitFor();
    await workbench.treeItem(/plugin-notes/).waitFor();
    await window.screenshot("hosts-empty");
  });

  it("lists the plugins of the workspace, of all systems", async () => {
    for (const name of [
      /Buntime plugin .*plugin-notes/,
      /Metaflow UI plugin run-notes/,
      /SkyPilot plugin/,
      /OpenJourney/,
    ])
      await window.workbench.treeItem(name).waitFor();
  });

  it("starts the local host and shows it", async () => {
    const { workbench } = window;
    const sidebar = await workbench.openContainer("Plugsmith");
    await sidebar.getByRole("button", { name: "Start Local Host" }).click();
    await workbench.treeItem(/^host local host, 0 plugins/).waitFor();
    const message = await workbench.notification("The local host runs at http://127.0.0.1:").waitFor();
    await window.screenshot("hosts-local-started");
    await message.close();
  });

  it("deploys from the workspace's plugin, with progress and the truth at the end", async () => {
    const { workbench } = window;
    const row = workbench.treeItem(/Buntime plugin .*plugin-notes/);
    await row.openMenu();
    await window.screenshot("plugin-menu");
    await workbench.page.keyboard.press("Escape");
    const progress = workbench.notification(/Deploying .*plugin-notes/).waitFor();
    await row.inline("Deploy");
    await progress;
    const message = await workbench.notification(/is loaded on "local host" at \/notes/).waitFor();
    await workbench.treeItem(/^plugin @example\/plugin-notes, loaded/).waitFor();
    await window.screenshot("deploy-done");
    const opened = window.context.waitForEvent("page");
    await message.action("Open Page");
    const page = await opened;
    await page.waitForLoadState();
    assert.match(page.url(), /\/notes\/$/);
    await page.close();
  });

  it("shows what a plugin has on the host, with its menus", async () => {
    const { workbench } = window;
    const row = workbench.treeItem(/^plugin @example\/plugin-notes/);
    await row.expand();
    await workbench.treeItem(/\/notes\/, page/).waitFor();
    await row.openMenu();
    await window.screenshot("hosts-plugin-menu");
    await workbench.page.keyboard.press("Escape");
    const host = workbench.treeItem(/^host local host, 1 plugin/);
    await host.row.hover();
    await host.openMenu();
    await window.screenshot("hosts-host-menu");
    await workbench.page.keyboard.press("Escape");
  });

  it("tells when the files here are no longer what was sent", async () => {
    const { workbench } = window;
    const editor = await workbench.openFile("plugin-notes/manifest.yaml");
    await editor.goTo(5, 1);
    await editor.type("# changed");
    await workbench.command("File: Save");
    await workbench.openContainer("Plugsmith");
    await workbench.treeItem(/^plugin @example\/plugin-notes, .*local newer/).waitFor();
    await window.screenshot("hosts-differs");
  });

  it("removes by the context menu, and says that it is gone", async () => {
    const { workbench } = window;
    await workbench.treeItem(/^plugin @example\/plugin-notes/).menu("Remove from Host");
    await workbench.notification(/is removed from "local host" and no longer runs/).waitFor();
    await workbench.treeItem(/^host local host, 0 plugins/).waitFor();
    await window.screenshot("hosts-removed");
  });

  it("deploys again what was removed", async () => {
    const { workbench } = window;
    await workbench.treeItem(/Buntime plugin .*plugin-notes/).inline("Deploy");
    await workbench.treeItem(/^plugin @example\/plugin-notes, loaded/).expand();
    await workbench.treeItem(/\/notes\/, page/).waitFor();
    await workbench.openFile("plugin-notes/manifest.yaml");
    await window.inEachTheme("theme");
  });
});
