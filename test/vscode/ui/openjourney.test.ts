// An OpenJourney plugin's way into a cluster and back, from the tree and from the palette. kubectl is the real one against the test
// cluster; docker is a stand-in, since no engine runs in tests.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Cluster, skipWithoutKubectl, startCluster } from "../../ops/support/cluster/index";
import { type FakeDocker, fakeDocker } from "../../ops/support/fakeDocker";
import { removeTemporary } from "../../ops/support/places";
import { openWindow, type TestWindow } from "../driver/openWindow";

const host = {
  name: "oj",
  system: "openjourney",
  level: "shared",
  kubernetes: { context: "test", namespace: "default" },
};

describe("an OpenJourney plugin in the window", () => {
  let window: TestWindow | undefined;
  let cluster: Cluster | undefined;
  let docker: FakeDocker;

  before(async function () {
    this.timeout(120_000);
    await skipWithoutKubectl(this);
    cluster = await startCluster({ workloads: [] });
    docker = await fakeDocker();
    window = await openWindow({
      env: { ...cluster.env },
      machineSettings: { "plugsmith.executables.docker": docker.program },
      prepare: (folder) => {
        mkdirSync(path.join(folder, ".vscode"), { recursive: true });
        const settings = JSON.stringify({ "plugsmith.hosts": [host] });
        writeFileSync(path.join(folder, ".vscode", "settings.json"), settings);
      },
    });
    await window.workbench.openContainer("Plugsmith");
    await window.workbench.treeItem(/OpenJourney.* hello-converter/).waitFor();
  });
  after(async () => {
    await window?.close();
    await cluster?.stop();
    await removeTemporary();
  });
  afterEach(function () {
    return window?.screenshotOfFailure(this);
  });

  const open = () => {
    assert.ok(window);
    return window;
  };

  it("is built, pushed and applied from the tree, once the plan is agreed to", async () => {
    const { workbench } = open();
    await workbench.treeItem(/OpenJourney.* hello-converter/).inline("Deploy");
    await workbench.quickInput.rows.filter({ hasText: "docker push" }).waitFor();
    await open().screenshot("openjourney-plan");
    await workbench.quickInput.pick("Deploy");
    await workbench.notification(/"hello-converter" [0-9a-f]{12} is loaded on "oj"/).waitFor();
    await workbench.treeItem(/^plugin hello-converter, loaded/).waitFor();
    assert.ok(docker.calls().some(({ args }) => args[0] === "push"));
    assert.ok(cluster?.objects.get("Deployment", "default", "hello-converter-deployment"));
    await open().screenshot("openjourney-deployed");
  });

  it("is restarted from the palette", async () => {
    const { workbench } = open();
    await workbench.command("Plugsmith: Reload Plugins of Host");
    await workbench.quickInput.rows.filter({ hasText: "kubectl rollout restart" }).waitFor();
    await workbench.quickInput.pick("Reload");
    await workbench.notification(/"oj" has reloaded/).waitFor();
  });

  it("is deleted from the tree once what goes was seen, and deployed again from the palette", async () => {
    const { workbench } = open();
    await workbench.treeItem(/^plugin hello-converter, loaded/).menu("Remove from Host");
    await workbench.quickInput.rows.filter({ hasText: "hello-converter-deployment" }).first().waitFor();
    await workbench.quickInput.pick("Remove");
    await workbench.treeItem(/^host oj, 0 plugins/).waitFor();
    assert.equal(cluster?.objects.get("Deployment", "default", "hello-converter-deployment"), undefined);
    await workbench.command("Plugsmith: Deploy");
    await workbench.quickInput.rows.filter({ hasText: "docker push" }).waitFor();
    await workbench.quickInput.pick("Deploy");
    await workbench.treeItem(/^plugin hello-converter, loaded/).waitFor();
    assert.ok(cluster?.objects.get("Deployment", "default", "hello-converter-deployment"));
  });
});
