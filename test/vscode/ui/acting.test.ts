// Care before and after a change of a host: the plan by the host's level, the stop at somebody else's work, the history in the tree, and
// Buntime in the pods of a cluster by the real kubectl.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type LocalHost, startLocalHost } from "../../../client/ops/index.js";
import { type BuntimePods, buntimePods } from "../../ops/support/buntimePods.js";
import { removeTemporary, temporary } from "../../ops/support/places.js";
import { openWindow, type TestWindow } from "../driver/openWindow";

const notes = "@example/plugin-notes";

describe("acting on hosts with care", function () {
  this.timeout(180_000);
  let window: TestWindow;
  let team: LocalHost;
  let live: LocalHost;
  let pods: BuntimePods;

  before(async () => {
    team = await startLocalHost({ directory: await temporary() });
    live = await startLocalHost({ directory: await temporary() });
    pods = await buntimePods();
    const hosts = [
      { name: "team", system: "buntime", url: team.url, level: "shared" },
      { name: "live", system: "buntime", url: live.url, level: "production" },
      { name: "pods", system: "buntime", level: "local", kubernetes: pods.config.kubernetes },
    ];
    const prepare = (folder: string) => {
      mkdirSync(path.join(folder, ".vscode"), { recursive: true });
      writeFileSync(path.join(folder, ".vscode/settings.json"), JSON.stringify({ "plugsmith.hosts": hosts }));
    };
    window = await openWindow({ prepare, env: pods.cluster.env });
  });
  after(async () => {
    await window?.close();
    await pods?.stop();
    await Promise.all([team, live].map((host) => host?.stop()));
    await removeTemporary();
  });
  afterEach(function () {
    return window.screenshotOfFailure(this);
  });

  const deployTo = async (host: string) => {
    const { workbench } = window;
    await workbench.openContainer("Plugsmith");
    await workbench.command("Plugsmith: Deploy");
    await workbench.quickInput.pick(host);
  };
  const loaded = async (host: string) => {
    const message = await window.workbench.notification(new RegExp(`is loaded on "${host}"`)).waitFor();
    await message.close();
  };

  it("shows the plan before a shared host is changed, and leaves it as it is on Escape", async () => {
    const { workbench } = window;
    await workbench.openContainer("Plugsmith");
    await workbench.treeItem(/^host team, 0 plugins/).waitFor();
    await deployTo("team");
    await workbench.quickInput.rows.filter({ hasText: "page /notes/" }).waitFor();
    await window.screenshot("plan-shared");
    await workbench.quickInput.cancel();
    await workbench.treeItem(/^host team, 0 plugins/).waitFor();
    await deployTo("team");
    await workbench.quickInput.pick("Deploy");
    await loaded("team");
  });

  it("wants a production host's name, with the whole plan in an editor", async () => {
    const { workbench } = window;
    await deployTo("live");
    await workbench.quickInput.message.filter({ hasText: "Type live to deploy" }).waitFor();
    await workbench.page.getByRole("tab", { name: /Plan: Deploy/ }).waitFor();
    await window.screenshot("plan-production");
    await workbench.quickInput.fill("yes");
    await workbench.quickInput.accept();
    await workbench.quickInput.message.filter({ hasText: "this changes a production host" }).waitFor();
    await workbench.quickInput.fill("live");
    await workbench.quickInput.accept();
    await loaded("live");
  });

  it("stops at what somebody else has put there, shows the difference, and overwrites on the user's word", async () => {
    const { workbench } = window;
    const theirs = path.join(team.directory, "buntime/plugins", notes, "manifest.yaml");
    writeFileSync(theirs, `${readFileSync(theirs, "utf8")}# somebody else was here\n`);
    await workbench.command("Plugsmith: Refresh");
    await workbench.treeItem(/^plugin @example\/plugin-notes, host newer/).waitFor();
    await deployTo("team");
    const dialog = await workbench.dialog(/has something else of/).waitFor();
    await window.screenshot("conflict");
    await dialog.button("Show Difference");
    await workbench.page
      .getByRole("tab", { name: /manifest\.yaml/ })
      .first()
      .waitFor();
    const question = await workbench.notification(/Overwrite "@example\/plugin-notes" on "team"\?/).waitFor();
    await window.screenshot("conflict-difference");
    await question.action("Overwrite");
    await workbench.quickInput.pick("Deploy");
    await loaded("team");
    assert.doesNotMatch(readFileSync(theirs, "utf8"), /somebody else/);
  });

  it("keeps the history below the plugin, and disables from the tree", async () => {
    const { workbench } = window;
    await workbench.command("View: Close All Editors");
    await workbench.treeItem(/^plugin @example\/plugin-notes, loaded/).expand();
    await workbench.treeItem(/^History/).expand();
    await workbench.treeItem(/^entry of the history .*last sent/).waitFor();
    await window.screenshot("hosts-history");
    await workbench.treeItem(/^plugin @example\/plugin-notes, loaded/).menu("Disable on Host");
    await workbench.quickInput.pick("Disable");
    await workbench.treeItem(/^plugin @example\/plugin-notes, disabled/).waitFor();
    await window.screenshot("hosts-disabled");
  });

  it("takes a plugin into every pod of a cluster from the tree, and follows the pods' logs", async () => {
    const { workbench } = window;
    const row = workbench.treeItem(/^host pods, 0 plugins/);
    await row.menu("Deploy");
    await loaded("pods");
    for (const pod of pods.cluster.pods()) readFileSync(pod.at(`/data/plugins/${notes}/manifest.yaml`));
    await workbench.treeItem(/^host pods, 1 plugin/).menu("Show Logs of Host");
    await workbench.page.locator(".panel .view-line", { hasText: "buntime-1" }).first().waitFor();
    await window.screenshot("logs-pods");
    await workbench.command("Plugsmith: Stop Following Logs");
  });

  it("takes one plugin to several hosts, and shows a table of what came of each", async () => {
    const { workbench } = window;
    await workbench.treeItem(/^Buntime plugin @example\/plugin-notes/).menu("Deploy to Several Hosts");
    for (const name of ["team", "pods"]) await workbench.quickInput.rows.filter({ hasText: name }).click();
    await window.screenshot("several-hosts");
    await workbench.quickInput.accept();
    await workbench.quickInput.pick("Go On with the Others");
    // The plan of the shared one; the local one asks nothing.
    await workbench.quickInput.pick("Deploy");
    const message = await workbench.notification(/is loaded on 2 of 2 hosts/).waitFor();
    await message.action("Show Table");
    await workbench.page.getByText("team  loaded").first().waitFor();
    await window.screenshot("several-hosts-table");
  });

  it("deploys on change, with its state in the status bar and the failure at the manifest", async () => {
    const { workbench } = window;
    await workbench.command("Plugsmith: Deploy on Change");
    await workbench.quickInput.pick(notes);
    await workbench.quickInput.pick("pods");
    const status = workbench.page.locator(".statusbar-item", { hasText: "plugin-notes → pods" });
    await status.filter({ hasText: "waiting" }).waitFor();
    const entry = path.join(window.folder, "buntime/plugin-notes/built/plugin.js");
    const good = readFileSync(entry, "utf8");
    writeFileSync(entry, "export default {{{\n");
    await status.filter({ hasText: "failed" }).waitFor();
    await window.screenshot("on-change-failed");
    await workbench.problem(/plugin\.js.*has a syntax error/);
    writeFileSync(entry, `${good}\n// again\n`);
    await status.filter({ hasText: "loaded" }).waitFor();
    await status.click();
    await status.waitFor({ state: "detached" });
  });
});
