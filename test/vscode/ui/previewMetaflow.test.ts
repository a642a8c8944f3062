// The Metaflow preview as a plugin's author uses it, in a genuine window: plugins in real sandboxed frames, every message of
// the protocol, samples, slots, reload on save, and words for what fails.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { FrameLocator } from "playwright-core";
import { openWindow, type TestWindow } from "../driver/openWindow";
import { root } from "../driver/platform";

describe("the Metaflow preview", () => {
  let window: TestWindow;
  const view = () => window.workbench.webview();
  const plugin = (name: string): FrameLocator => view().frameLocator(`.box[data-plugin="${name}"] iframe`);
  const fact = (key: string) => plugin("whole api").locator(`#fact-${key}`);
  const inFolder = (name: string) => path.join(window.folder, name);
  const preview = async (file: string) => {
    await window.workbench.openFile(file);
    await window.workbench.command("Plugsmith: Preview");
  };

  before(async function () {
    this.timeout(180_000);
    window = await openWindow({
      workspace: path.join(root, "test", "vscode", "workspaces", "previews", "metaflow"),
      // What is typed stays unsaved until the test saves it.
      settings: {
        "files.autoSave": "off",
        "editor.autoClosingBrackets": "never",
        "editor.autoClosingQuotes": "never",
        "editor.autoSurround": "never",
      },
    });
    await preview("whole-api/manifest.json");
    await fact("greeting").getByText("hello").waitFor();
  });
  after(() => window.close());
  afterEach(function () {
    return window.screenshotOfFailure(this);
  });

  it("registers a plugin in a hidden frame and shows it in its slot, with its own entry and the sample records", async () => {
    await fact("resource").getByText('"task_id":"7"').waitFor();
    assert.equal(await fact("version").textContent(), "2.1.0");
    assert.equal(await fact("visible").textContent(), "true");
    assert.equal(await fact("timezone").textContent(), "+00:00|197");
    await fact("metadata").getByText('"ds-type":"local"').waitFor();
    assert.match((await fact("task-info").textContent()) ?? "", /"status":"completed"/);
    assert.match((await fact("run-metadata").textContent()) ?? "", /"ds-type"/);
    assert.equal(await fact("own-event").textContent(), '{"count":1}');
    const frame = view().locator('.box[data-plugin="whole api"] iframe');
    assert.equal(await frame.getAttribute("height"), "320");
    assert.equal(await frame.getAttribute("name"), "whole api");
    assert.equal(await frame.getAttribute("sandbox"), "allow-scripts allow-forms allow-popups");
    assert.match((await frame.getAttribute("src")) ?? "", /\/api\/plugin\/whole api\/index\.html\?v=2\.1\.0$/);
  });

  it("holds the plugin in a sandbox of another origin, and answers its requests from the samples", async () => {
    assert.equal(await fact("origin").textContent(), "null");
    assert.equal(await fact("storage").textContent(), "none");
    await fact("own-file").getByText("not readable").waitFor();
    await fact("runs").getByText("200").waitFor();
    await fact("task").getByText("200").waitFor();
  });

  it("answers the page's addresses from the root", async () => {
    await fact("picture").getByText("shown").waitFor();
    await fact("script-picture").getByText("shown").waitFor();
    // The same where the window reaches the service itself, as on the desktop.
    const source = (await view().locator('.box[data-plugin="whole api"] iframe').getAttribute("src")) ?? "";
    const [, port, rest] = /\/proxy\/(\d+)(\/.*)/.exec(source) ?? [];
    const page = await window.context.newPage();
    await page.setContent(`<iframe sandbox="allow-scripts" src="http://127.0.0.1:${port}${rest}"></iframe>`);
    await page.frameLocator("iframe").locator("#fact-script-picture").getByText("shown").waitFor();
    await page.close();
  });

  it("traces the start as the contract has it", async () => {
    await view().getByRole("tab", { name: "Messages" }).click();
    const rows = await view().locator(".log > li").allInnerTexts();
    const whole = rows.map((row) => row.replace(/\s+/g, " ")).filter((row) => row.includes("whole api"));
    const steps = [
      /whole api \(hidden frame\) → page PluginRegisterEvent/,
      /page → whole api registered in the slot task-details/,
      /whole api → page PluginRegisterEvent/,
      /page → whole api ReadyToRender/,
      /whole api → page PluginSubscribeToData/,
      /page → whole api DataUpdate/,
      /whole api → page PluginCallEvent/,
      /page → whole api EventUpdate/,
      /whole api → page PluginRemoveRequest/,
      /page → whole api PluginRemoveRequest has no effect/,
      /whole api → page PluginHeightCheck/,
    ];
    let at = -1;
    for (const step of steps) {
      at = whole.findIndex((row, index) => index > at && step.test(row));
      assert.notEqual(at, -1, `${step} in order in\n${whole.join("\n")}`);
    }
    // For the picture: how it began, rather than the newest.
    const log = view().locator(".log").locator("..");
    await log.evaluate((scrolled) => scrolled.scrollTo(0, 0));
    await window.inEachTheme("preview-metaflow");
    await log.evaluate((scrolled) => scrolled.scrollTo(0, scrolled.scrollHeight));
  });

  it("puts several plugins on one page; events, notifications and visibility go between them", async () => {
    await view().getByRole("tab", { name: "Plugins" }).click();
    await view()
      .getByRole("checkbox", { name: /^listener/ })
      .check();
    // An event that is sent before anybody subscribes is lost, here as on the host.
    await plugin("listener")
      .locator("#heard")
      .getByText(/subscribed|heard hi/)
      .waitFor();
    await plugin("whole api").locator("#greet").click();
    await plugin("listener").locator("#heard").getByText("heard hi").waitFor();
    await view().getByRole("tab", { name: "Messages" }).click();
    await view()
      .getByText(/recommends 1\.1\.0 or newer/)
      .waitFor();
    await plugin("whole api").locator("#toast").click();
    await view().locator(".toast.success").getByText("Saved <b>all</b>").waitFor();
    await window.screenshot("preview-metaflow-toast");
    await plugin("whole api").locator("#hide").click();
    const box = view().locator('.box[data-plugin="listener"]');
    await box.waitFor({ state: "hidden" });
    await plugin("whole api").locator("#show").click();
    await box.waitFor();
  });

  it("sends events by hand", async () => {
    await view().getByRole("tab", { name: "Send Event" }).click();
    await view().getByLabel("Event", { exact: true }).fill("own-event");
    await view().getByLabel("Data").fill('{"count": 7}');
    await view().getByRole("button", { name: "Send", exact: true }).click();
    await fact("own-event").getByText('{"count":7}').waitFor();
    await view().getByRole("tab", { name: "Messages" }).click();
    const newest = view().locator(".log > li").last();
    await newest.waitFor();
    // In sight without scrolling.
    const places = () => Promise.all([newest.boundingBox(), view().locator(".dock").boundingBox()]);
    const isInSight = ([row, dock]: Awaited<ReturnType<typeof places>>) =>
      row !== null && dock !== null && row.y > dock.y && row.y + row.height <= dock.y + dock.height + 1;
    for (let turn = 0; turn < 50 && !isInSight(await places()); turn++) await setTimeout(100);
    const found = await places();
    assert.ok(isInSight(found), JSON.stringify(found));
  });

  it("switches views and attempts; only the slots of a view are there", async () => {
    await view().getByLabel("Attempt").selectOption("0");
    const box = view().locator('.box[data-plugin="whole api"]');
    await view().getByRole("button", { name: "Run", exact: true }).click();
    await box.waitFor({ state: "detached" });
    await view().getByRole("button", { name: "Task", exact: true }).click();
    await fact("metadata").getByText('"attempt":"0"').waitFor();
    await view().getByLabel("Attempt").selectOption("1");
    await fact("metadata").getByText('"attempt":"1"').waitFor();
  });

  it("tries the plugin in another slot", async () => {
    const slot = view().getByLabel("Slot", { exact: true });
    await slot.focus();
    await slot.selectOption("header");
    await view().locator('[data-slot="header"] .box[data-plugin="whole api"] iframe').waitFor();
    await fact("resource").getByText("{}").waitFor();
    // The bar is drawn anew; who works with the keyboard stays where they are.
    await view().locator(":focus").and(slot).waitFor();
    await slot.selectOption("");
    await view().locator('[data-slot="task-details"] .box[data-plugin="whole api"]').waitFor();
    await fact("greeting").waitFor();
  });

  it("follows the entry of PLUGINS", async () => {
    const file = inFolder("config.plugins.json");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace('"hello"', '"good day"'));
    await fact("greeting").getByText("good day").waitFor();
    writeFileSync(file, text);
    await fact("greeting").getByText("hello").waitFor();
  });

  it("follows the manifest while it is typed, and goes back with it", async () => {
    const { workbench } = window;
    // Beside the preview, not in front of it.
    await workbench.command("View: Focus First Editor Group");
    const editor = await workbench.openFile("whole-api/manifest.json");
    await editor.goTo(5, 3);
    await editor.type('"container": "titled-container", ');
    const box = view().locator('.box[data-plugin="whole api"]');
    await view().locator('.box[data-plugin="whole api"][data-container="titled-container"]').waitFor();
    await fact("greeting").waitFor();
    await editor.type("half");
    await workbench.command("File: Revert File");
    await view().locator('.box[data-plugin="whole api"][data-container="collapsable"]').waitFor();
    await fact("greeting").waitFor();
    assert.equal(await box.count(), 1);
  });

  it("folds the container", async () => {
    const head = view().locator('.box[data-plugin="whole api"] .head');
    await head.click();
    await view().locator('.box[data-plugin="whole api"] iframe').waitFor({ state: "hidden" });
    await head.click();
    await fact("greeting").waitFor();
  });

  it("keeps sample records as files, and follows them while they are edited", async () => {
    await view().getByRole("button", { name: "Save as File" }).click();
    const file = inFolder(".plugsmith/metaflow/sample.json");
    await view().getByRole("button", { name: "Edit Sample" }).waitFor();
    const sample = JSON.parse(readFileSync(file, "utf8"));
    const { workbench } = window;
    await workbench.command("View: Focus First Editor Group");
    const editor = await workbench.openFile("metaflow/sample.json");
    await editor.replaceAll(JSON.stringify({ ...sample, "task-info": { ...sample["task-info"], status: "failed" } }));
    await fact("task-info").getByText('"status":"failed"').waitFor();
    await editor.replaceAll("half");
    await view()
      .getByText(/sample: it is not JSON/)
      .waitFor();
    await editor.replaceAll(JSON.stringify(sample));
    await workbench.command("File: Save");
    await view()
      .getByText(/it is not JSON/)
      .waitFor({ state: "detached" });
  });

  it("loads the page anew when a file of the plugin is saved", async () => {
    const page = inFolder("whole-api/index.html");
    writeFileSync(page, readFileSync(page, "utf8").replace("Every message there is", "Built again"));
    await plugin("whole api").getByText("Built again").waitFor();
  });

  it("says why a plugin does not register", async () => {
    const { workbench } = window;
    await workbench.command("View: Close All Editors");
    const reasons = [
      ["in-a-folder/manifest.json", "in a folder", /dist\/index\.html answers 404: only files at the top/],
      [
        "old-api/manifest.json",
        "old api",
        /"old api" has not registered: it uses version 0\.12\.0 of the plugin API; the page wants 0\.13\.0/,
      ],
      ["module-script/manifest.json", "module script", /is a module script/],
    ] as const;
    for (const [file, name, reason] of reasons) {
      await preview(file);
      await view().locator(".banner").getByText(`"${name}" has not registered`).waitFor();
      await view().getByText(reason).first().waitFor();
      if (name === "in a folder") await window.screenshot("preview-metaflow-refused");
      await workbench.command("View: Close All Editors");
    }
  });

  it("takes that back when it registers late", async () => {
    await window.workbench.command("View: Close All Editors");
    await preview("late/manifest.json");
    const verdict = view().locator(".banner").getByText('"late" has not registered');
    await verdict.waitFor();
    await verdict.waitFor({ state: "detached" });
    await view().getByText("it has registered after all").waitFor();
  });

  it("ends its server with the panel, and serves nothing outside its secret path", async () => {
    const { workbench } = window;
    await workbench.command("View: Close All Editors");
    await preview("listener/manifest.json");
    await plugin("listener").locator("#heard").waitFor();
    const source = (await view().locator('.box[data-plugin="listener"] iframe').getAttribute("src")) ?? "";
    const port = /\/proxy\/(\d+)\//.exec(source)?.[1];
    assert.ok(port, source);
    const [secret = ""] = /(?<=\/proxy\/\d+\/)[^/]+/.exec(source) ?? [];
    assert.ok(secret.length >= 32, secret);
    const answer = async (address: string) =>
      fetch(`http://127.0.0.1:${port}${address}`).then(
        ({ status }) => status,
        () => undefined,
      );
    assert.equal(await answer(`/${secret}/api/plugin`), 200);
    assert.equal(await answer("/api/plugin"), 404);
    await workbench.command("View: Close All Editors");
    for (let attempt = 0; attempt < 50 && (await answer("/")) !== undefined; attempt += 1)
      await workbench.page.waitForTimeout(100);
    assert.equal(await answer("/"), undefined);
  });
});
