// SkyPilot's way in a genuine window: from the palette and from the tree, with a real Python that really imports; a host checked,
// and a new plugin made.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { removeTemporary } from "../../ops/support/places";
import { skipAloud } from "../../ops/support/skipping";
import { project } from "../../ops/support/skypilot/project";
import { lacking, type SkypilotServer, skypilotServer } from "../../ops/support/skypilot/server";
import { openWindow, type TestWindow } from "../driver/openWindow";

describe("SkyPilot", () => {
  let window: TestWindow;
  let server: SkypilotServer;
  const workspace = mkdtempSync(path.join(os.tmpdir(), "plugsmith-ui-sky-"));

  before(async function () {
    this.timeout(180_000);
    const why = lacking();
    if (why !== undefined) return skipAloud(this, why);
    server = await skypilotServer();
    cpSync(await project(), path.join(workspace, "audit"), { recursive: true });
    mkdirSync(path.join(workspace, ".vscode"));
    const row = { name: "mine", system: "skypilot", url: server.url, directory: server.home, python: server.python };
    writeFileSync(path.join(workspace, ".vscode", "settings.json"), JSON.stringify({ "plugsmith.hosts": [row] }));
    const machineSettings = { "plugsmith.executables.sky": path.join(server.folder, "bin", "sky") };
    window = await openWindow({ workspace, machineSettings });
    await window.workbench.openContainer("Plugsmith");
  });
  after(async () => {
    await window?.close();
    server?.sky("api", "stop");
    await removeTemporary();
    rmSync(workspace, { recursive: true, force: true });
  });
  afterEach(function () {
    return window?.screenshotOfFailure(this);
  });

  it("is deployed to from the palette: built, proven, installed, restarted and read back", async () => {
    const { workbench } = window;
    await workbench.treeItem(/SkyPilot plugin example-audit/).waitFor();
    await workbench.command("Plugsmith: Deploy");
    const message = await workbench.notification(/"example-audit" 0\.1\.0 is loaded on "mine"/).waitFor();
    await workbench.treeItem(/^plugin example-audit, loaded/).waitFor();
    await window.screenshot("skypilot-deployed");
    assert.match(readFileSync(path.join(server.home, "plugins.yaml"), "utf8"), /AuditPlugin/);
    await message.close();
  });

  it("is looked at by Check Host, as a document to pass on", async () => {
    const { workbench } = window;
    await workbench.treeItem(/^host mine/).menu("Check Host");
    await workbench.page
      .getByRole("tab", { name: /Check of mine/ })
      .first()
      .waitFor();
    await workbench.page.locator(".view-line", { hasText: "imports from example-audit 0.1.0" }).first().waitFor();
    const message = await workbench.notification(/nothing stands against working with this host/).waitFor();
    await window.screenshot("skypilot-doctor");
    await message.action("Copy");
  });

  it("tells an error of the plugin before anything changes, and is deployed to from the tree", async () => {
    const { workbench } = window;
    const code = path.join(window.folder, "audit", "example_audit", "plugin.py");
    const sound = readFileSync(code, "utf8");
    writeFileSync(code, `import nowhere_to_be_found\n${sound}`);
    await workbench.treeItem(/SkyPilot plugin example-audit/).inline("Deploy");
    const dialog = await workbench.dialog(/No module named 'nowhere_to_be_found'/).waitFor();
    await window.screenshot("skypilot-refused");
    await dialog.button("Cancel");
    writeFileSync(code, sound);
    writeFileSync(path.join(path.dirname(code), "more.py"), "x = 1\n");
    await workbench.treeItem(/SkyPilot plugin example-audit, local newer/).menu("Deploy");
    await workbench.notification(/"example-audit" 0\.1\.0 is loaded on "mine"/).waitFor();
  });

  it("loses the plugin from the tree", async () => {
    const { workbench } = window;
    await workbench.treeItem(/^plugin example-audit/).menu("Remove from Host");
    await workbench.notification(/is removed from "mine" and no longer runs/).waitFor();
    assert.match(readFileSync(path.join(server.home, "plugins.yaml"), "utf8"), /plugins: \[\]/);
  });

  it("gets a new plugin, which is known at once and has no problems", async () => {
    const { workbench } = window;
    const { quickInput } = workbench;
    await workbench.command("Plugsmith: New Plugin");
    await quickInput.pick("SkyPilot");
    await quickInput.message.filter({ hasText: "name" }).waitFor();
    await quickInput.fill("Team Greeting");
    await quickInput.accept();
    await quickInput.message.filter({ hasText: '"team-greeting" can' }).waitFor();
    await window.screenshot("new-plugin-name");
    await quickInput.fill("team-greeting");
    await quickInput.accept();
    await quickInput.rows.filter({ hasText: "plugins" }).first().click();
    await workbench.notification(/"team-greeting" is made/).waitFor();
    await workbench.page
      .getByRole("tab", { name: /^plugins\.yaml/ })
      .first()
      .waitFor();
    await workbench.openContainer("Plugsmith");
    await workbench.treeItem(/SkyPilot plugin team-greeting/).waitFor();
    await window.screenshot("new-plugin");
    const text = readFileSync(path.join(window.folder, "plugins", "team-greeting", "plugins.yaml"), "utf8");
    assert.match(text, /class: team_greeting\.plugin\.TeamGreetingPlugin/);
  });
});
