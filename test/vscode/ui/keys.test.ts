// Hosts that others use too: adding one, signing in, questions before anything changes, and a host that goes away.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type LocalHost, startLocalHost } from "../../../client/ops/index";
import { openWindow, type TestWindow } from "../driver/openWindow";

const key = "invented-key-1";
const notes = "@example/plugin-notes";

describe("a host with a key", () => {
  let window: TestWindow;
  let host: LocalHost;
  const directory = mkdtempSync(path.join(os.tmpdir(), "plugsmith-ui-host-"));

  before(async function () {
    this.timeout(120_000);
    host = await startLocalHost({ directory, apiKey: key });
    window = await openWindow();
    await window.workbench.openContainer("Plugsmith");
  });
  after(async () => {
    await window.close();
    await host.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  afterEach(function () {
    return window.screenshotOfFailure(this);
  });

  it("is added step by step, and asks for its key", async () => {
    const { workbench } = window;
    const { quickInput } = workbench;
    await workbench.sidebar.getByRole("button", { name: "Add Host" }).first().click();
    await quickInput.title.filter({ hasText: "Add Host" }).waitFor();
    await quickInput.pick("Buntime");
    await quickInput.message.filter({ hasText: "Address of the site" }).waitFor();
    await quickInput.fill("buntime.example.org");
    await quickInput.accept();
    await quickInput.message.filter({ hasText: "http" }).waitFor();
    await window.screenshot("add-host-address");
    await quickInput.fill(host.url);
    await quickInput.accept();
    await quickInput.pick("By Its Address Alone");
    await quickInput.message.filter({ hasText: "short name" }).waitFor();
    await quickInput.fill("team");
    await quickInput.accept();
    await quickInput.rows.filter({ hasText: "Shared" }).waitFor();
    await window.screenshot("add-host-level");
    await quickInput.pick("Shared");
    await quickInput.title.filter({ hasText: "Sign In to team" }).waitFor();
    await window.screenshot("add-host-key");
    await quickInput.fill("wrong-key");
    await quickInput.accept();
    const refused = await workbench.notification(/does not accept/).waitFor();
    await workbench.treeItem(/^host team, sign-in needed/).waitFor();
    await window.screenshot("sign-in-refused");
    await refused.close();
  });

  it("takes the right key, which is in no settings file", async () => {
    const { workbench } = window;
    const { quickInput } = workbench;
    await workbench.treeItem(/^host team/).inline("Sign In");
    await quickInput.title.filter({ hasText: "Sign In to team" }).waitFor();
    await quickInput.fill(key);
    await quickInput.accept();
    await workbench.notification('Signed in to "team"').waitFor();
    await workbench.treeItem(/^host team, 0 plugins · shared/).waitFor();
    const settings = readFileSync(path.join(window.folder, ".vscode", "settings.json"), "utf8");
    assert.match(settings, /"name": "team"/);
    assert.ok(!settings.includes(key));
    assert.ok(!window.outputChannel("Plugsmith").includes(key));
  });

  it("is deployed to once the plan was seen", async () => {
    const { workbench } = window;
    await workbench.treeItem(/Buntime plugin .*plugin-notes/).inline("Deploy");
    await workbench.quickInput.title.filter({ hasText: `Deploy "${notes}" 1.0.0 to team` }).waitFor();
    await window.screenshot("deploy-plan");
    await workbench.quickInput.pick("Deploy");
    await workbench.notification(/is loaded on "team" at \/notes/).waitFor();
    await workbench.treeItem(/^plugin @example\/plugin-notes, loaded/).waitFor();
  });

  it("keeps its key over a reload of the window", async () => {
    await window.reload();
    await window.workbench.openContainer("Plugsmith");
    await window.workbench.treeItem(/^host team, 1 plugin · shared/).waitFor();
    await window.screenshot("after-window-reload");
  });

  it("has a plugin removed after a plan that says what is lost", async () => {
    const { workbench } = window;
    await workbench.treeItem(/^plugin @example\/plugin-notes/).menu("Remove from Host");
    await workbench.quickInput.title.filter({ hasText: `Remove "${notes}" from team` }).waitFor();
    await workbench.quickInput.rows.filter({ hasText: "Roll Back brings it back" }).waitFor();
    await window.screenshot("remove-question");
    await workbench.quickInput.cancel();
    await workbench.treeItem(/^host team, 1 plugin · shared/).waitFor();
    await workbench.treeItem(/^plugin @example\/plugin-notes/).menu("Remove from Host");
    await workbench.quickInput.pick("Remove");
    await workbench.notification(/is removed from "team"/).waitFor();
    await workbench.treeItem(/^host team, 0 plugins · shared/).waitFor();
  });

  it("has its name typed before each change when it is in production", async () => {
    const { workbench } = window;
    const { quickInput } = workbench;
    await workbench.treeItem(/^host team/).menu("Edit Host");
    await quickInput.title.filter({ hasText: "Edit team" }).waitFor();
    await quickInput.pick("Buntime");
    await quickInput.message.filter({ hasText: "Address of the site" }).waitFor();
    await quickInput.accept();
    await quickInput.pick("By Its Address Alone");
    await quickInput.message.filter({ hasText: "short name" }).waitFor();
    await quickInput.accept();
    await quickInput.rows.filter({ hasText: "Production" }).waitFor();
    await quickInput.pick("Production");
    await workbench.treeItem(/^host team, 0 plugins · production/).waitFor();
    await workbench.treeItem(/Buntime plugin .*plugin-notes/).inline("Deploy");
    await quickInput.message.filter({ hasText: "Type team to deploy" }).waitFor();
    await window.screenshot("production-question");
    await quickInput.fill("team");
    await quickInput.accept();
    await workbench.notification(/is loaded on "team"/).waitFor();
    await workbench.treeItem(/^host team, 1 plugin · production/).waitFor();
  });

  it("keeps its tree when it is gone, with the age of what is shown", async () => {
    const { workbench } = window;
    const { port } = host;
    await host.stop();
    await workbench.viewAction("Hosts", "Refresh");
    await workbench.treeItem(/^host team, unreachable since \d\d:\d\d, shown as of \d\d:\d\d/).waitFor();
    await workbench.treeItem(/^plugin @example\/plugin-notes/).waitFor();
    await window.screenshot("host-unreachable");
    host = await startLocalHost({ directory, apiKey: key, port });
    await workbench.treeItem(/^host team/).inline("Refresh");
    await workbench.treeItem(/^host team, 1 plugin · production/).waitFor();
  });

  it("forgets the key when the user signs out", async () => {
    const { workbench } = window;
    await workbench.treeItem(/^host team/).menu("Sign Out");
    await workbench.notification('The key of "team" is forgotten here').waitFor();
    await workbench.treeItem(/^host team, sign-in needed/).waitFor();
  });
});
