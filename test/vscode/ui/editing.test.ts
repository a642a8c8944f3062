// What the author of a manifest sees: squiggles, the Problems panel, the completion list, and whose file it is.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openWindow, type TestWindow } from "../driver/openWindow";

const broken = `name: "@example/plugin-broken"
version: 1.0
base: /not/es
pluginEntry: built/gone.js
`;

describe("editing", () => {
  let window: TestWindow;

  before(async function () {
    this.timeout(120_000);
    window = await openWindow({
      prepare: (folder) => {
        put(folder, "buntime/plugin-broken/manifest.yaml", broken);
        put(folder, "new/kustomization.yaml", "");
      },
    });
  });
  after(() => window.close());
  afterEach(function () {
    return window.screenshotOfFailure(this);
  });

  it("draws problems where they are and lists them with their codes", async () => {
    const { workbench } = window;
    const editor = await workbench.openFile("plugin-broken/manifest.yaml");
    await editor.errors.first().waitFor();
    await editor.warnings.first().waitFor();
    const problems = await workbench.problems();
    assert.ok(
      problems.some((row) => row.includes('"/not/es"') && row.includes("buntime/base-invalid")),
      `${problems}`,
    );
    assert.ok(
      problems.some((row) => row.includes("buntime/version-not-text")),
      `${problems}`,
    );
    await window.screenshot("editing-problems");
    await workbench.command("View: Toggle Panel Visibility");
  });

  it("explains a key when the mouse rests on it", async () => {
    const editor = await window.workbench.openFile("plugin-notes/manifest.yaml");
    const box = await editor.hoverWord("injectBase");
    await box.getByText("base", { exact: false }).first().waitFor();
    await window.screenshot("editing-hover");
    await window.workbench.page.mouse.move(5, 5);
  });

  it("offers what is missing and inserts what is accepted", async () => {
    const { workbench } = window;
    const editor = await workbench.openFile("overlays/local/kustomization.yaml");
    await editor.goTo(9, 23);
    await workbench.page.keyboard.press("Enter");
    await editor.type("namesu");
    const row = await editor.suggestion("nameSuffix");
    await window.screenshot("editing-completion");
    await row.click();
    await editor.suggestions.waitFor({ state: "hidden" });
    assert.match(await editor.text(), /^nameSuffix: /m);
    await workbench.command("File: Revert File");
  });

  it("offers whole beginnings and keys in an empty file", async () => {
    const { workbench } = window;
    const editor = await workbench.openFile("new/kustomization.yaml");
    await editor.focus();
    await editor.suggestion("resources");
    await window.screenshot("editing-empty-file");
    await workbench.page.keyboard.press("Escape");
  });

  it("says what a file is, why, and takes the user's word instead", async () => {
    const { workbench } = window;
    const { page, quickInput } = workbench;
    const editor = await workbench.openFile("plugin-broken/manifest.yaml");
    await editor.errors.first().waitFor();
    const status = page.locator('[id="status.languageStatus"]');
    await status.click();
    const hover = page.locator(".language-status, .hover-language-status").filter({ hasText: "Buntime" }).first();
    await hover.waitFor();
    await window.screenshot("verdict");
    await hover.getByText("Change").click();
    await quickInput.pick("Not a Plugin Manifest");
    await editor.errors.first().waitFor({ state: "detached" });
    await window.screenshot("verdict-overruled");
    await workbench.command("Plugsmith: Say What This File Is");
    await quickInput.rows.first().waitFor();
    await window.screenshot("verdict-choices");
    await quickInput.pick("Decide by Content");
    await editor.errors.first().waitFor();
  });

  it("takes the problems of a file away with its editor", async () => {
    const { workbench } = window;
    const editor = await workbench.openFile("plugin-broken/manifest.yaml");
    await editor.errors.first().waitFor();
    await workbench.command("View: Close All Editors");
    await workbench.command("Problems: Focus on Problems View");
    await workbench.page.locator(".markers-panel").getByText("No problems have been detected").first().waitFor();
  });
});

function put(folder: string, name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
