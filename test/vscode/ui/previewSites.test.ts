// The previews of Buntime, SkyPilot and kustomizations as their authors use them: pages in frames, what is sent where, rendered
// objects; each follows edits that are not saved yet.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { wheelOf } from "../../harness/wheelOf.js";
import type { Editor } from "../driver/editor";
import { openWindow, type TestWindow } from "../driver/openWindow";

describe("previews beside their sources", () => {
  let window: TestWindow;
  const view = () => window.workbench.webview();
  const page = () => view().frameLocator("iframe.site");
  const preview = async (file: string): Promise<Editor> => {
    const editor = await window.workbench.openFile(file);
    await window.workbench.command("Plugsmith: Preview");
    return editor;
  };

  /** An API server of SkyPilot as far as its dashboard: one page with its own style and script, by addresses from the root. */
  const dashboard = createServer((request, response) => {
    const isScript = request.url === "/dashboard/app.js";
    response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript
        ? "document.getElementById('state').textContent = 'jobs: 3';"
        : '<!doctype html><html><head><title>x</title></head><body><h1>Dashboard</h1><p id=state></p><script src="/dashboard/app.js"></script></body></html>',
    );
  });

  before(async function () {
    this.timeout(120_000);
    await new Promise<void>((resolve) => dashboard.listen(0, "127.0.0.1", resolve));
    // An inlay hint would show in the pictures where "~" is during the tests.
    window = await openWindow({ prepare: withWheel, settings: { "editor.inlayHints.enabled": "off" } });
  });
  after(async () => {
    await window.close();
    dashboard.closeAllConnections();
    await new Promise((resolve) => dashboard.close(resolve));
  });
  afterEach(async function () {
    await window.screenshotOfFailure(this);
    await window.workbench.command("View: Close All Editors");
  });

  it("frames the built page of a Buntime plugin, and says what needs its server code", async () => {
    await preview("plugin-notes/manifest.yaml");
    await page().getByRole("heading", { name: "Notes" }).waitFor();
    await page().getByText("the server answered 501").waitFor();
    const rows = view().locator(".sections");
    await rows.getByText("/notes/api/health").waitFor();
    await rows.getByText("public · GET").waitFor();
    await rows.getByText("lucide:notebook-pen").waitFor();
    await window.inEachTheme("preview-buntime");
    await view().getByRole("tab", { name: "Requests" }).click();
    await view()
      .getByText(/GET \/notes\/api\/notes 501: needs the plugin's server code/)
      .waitFor();
    const frame = view().locator("iframe.site");
    assert.equal(await frame.getAttribute("sandbox"), "allow-scripts allow-forms allow-downloads");
  });

  it("answers deep links with the page, and follows the manifest before it is saved", async () => {
    const editor = await preview("plugin-notes/manifest.yaml");
    await page().getByRole("heading", { name: "Notes" }).waitFor();
    await view().getByLabel("Path").fill("/notes/some/where");
    await view().getByLabel("Path").press("Enter");
    await view().locator('iframe.site[src$="/notes/some/where"]').waitFor();
    await page().getByRole("heading", { name: "Notes" }).waitFor();
    await view().getByRole("button", { name: "/notes/api/health" }).click();
    await window.workbench.leaveFrames();
    // The link selects its line once the editor has the focus.
    await window.workbench.page.locator(".statusbar-item", { hasText: "selected" }).waitFor();
    await editor.focus();
    await editor.goTo(4, 8);
    await editor.type("my-");
    await view().locator(".sections").getByText("/my-notes/api/health").waitFor();
    for (let letter = 0; letter < 3; letter += 1) await window.workbench.page.keyboard.press("Backspace");
    await view().locator(".sections").getByText("/notes/api/health").waitFor();
    await window.workbench.command("File: Save");
  });

  it("says that a script has led the frame to where nobody can follow, and brings the page back", async () => {
    await preview("plugin-notes/manifest.yaml");
    await page().getByRole("heading", { name: "Notes" }).waitFor();
    await page().locator("body").evaluate("setTimeout(() => { location = '/notes/elsewhere'; }); 0");
    await view().getByRole("tab", { name: "Requests" }).click();
    await view()
      .getByText(/a script has set its location to an address from the root/)
      .waitFor();
    await view().getByRole("button", { name: "Reload" }).click();
    await page().getByRole("heading", { name: "Notes" }).waitFor();
  });

  it("shows the page on a connected host as well", async () => {
    const { workbench } = window;
    await workbench.command("Plugsmith: Start Local Host");
    await (await workbench.notification("The local host runs").waitFor()).close();
    await workbench.openFile("plugin-notes/manifest.yaml");
    await workbench.openContainer("Plugsmith");
    await workbench.treeItem(/^host local host, 0 plugins/).waitFor();
    await workbench.treeItem(/Buntime plugin .*plugin-notes/).inline("Deploy");
    const deployed = await workbench.notification(/is loaded on "local host" at \/notes/).waitFor();
    await deployed.close();
    await workbench.openFile("plugin-notes/manifest.yaml");
    await workbench.command("Plugsmith: Preview");
    await view().getByLabel("From").selectOption("local host");
    await page().getByRole("heading", { name: "Notes" }).waitFor();
    await view().getByText("no storage and no cookies").waitFor();
    await workbench.command("View: Close All Editors");
    await workbench.treeItem(/^plugin @example\/plugin-notes, loaded/).menu("Preview");
    await page().getByRole("heading", { name: "Notes" }).waitFor();
    assert.equal(await view().getByLabel("From").inputValue(), "local host");
    await workbench.command("Notifications: Clear All Notifications");
    await workbench.openContainer("Explorer");
  });

  it("shows what SkyPilot builds and sends, while the file is edited", async () => {
    const editor = await preview(".sky/plugins.yaml");
    const sections = view().locator(".sections");
    await sections.getByText(/1\. AuditPlugin\(log_path="\/var\/log/).waitFor();
    await sections.getByText("# Plugins of the jobs and serve controllers.").waitFor();
    await sections.getByText("written in example_audit/plugin.py").waitFor();
    await sections.getByText("Every wheel directly in ~/wheels").waitFor();
    await sections.getByText("example_audit-0.1.0-py3-none-any.whl").waitFor();
    await sections.getByText("holds example_audit.plugin.ControllerAuditPlugin, as the source has it").waitFor();
    await window.inEachTheme("preview-skypilot");
    const line = 1 + (await editor.text()).split("\n").findIndex((text) => text.includes("include_reads"));
    await editor.goTo(line, 22);
    await editor.type("z");
    await sections
      .getByText('include_reads="zfalse"')
      .or(sections.getByText(/include_reads=".*"/))
      .first()
      .waitFor();
    await sections.getByRole("button", { name: /1\. AuditPlugin/ }).click();
  });

  it("opens the dashboard of a SkyPilot server", async () => {
    const { workbench } = window;
    const address = dashboard.address();
    const url = typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "";
    const hosts = [{ name: "sky", system: "skypilot", url, level: "shared" }];
    mkdirSync(path.join(window.folder, ".vscode"));
    writeFileSync(path.join(window.folder, ".vscode", "settings.json"), JSON.stringify({ "plugsmith.hosts": hosts }));
    await workbench.openContainer("Plugsmith");
    await workbench.treeItem(/^host sky/).menu("Preview");
    await page().getByRole("heading", { name: "Dashboard" }).waitFor();
    await page().getByText("jobs: 3").waitFor();
    await view().getByText("/dashboard/plugins/<path>").waitFor();
    await window.screenshot("preview-skypilot-dashboard");
    await workbench.openContainer("Explorer");
  });

  it("renders a kustomization beside it", async function () {
    try {
      execFileSync("kubectl", ["version", "--client"], { stdio: "ignore" });
    } catch {
      console.log("      skipped: kubectl is not on this machine");
      this.skip();
    }
    const { workbench } = window;
    await preview("hello-converter/kubernetes/kustomization.yaml");
    const rendered = workbench.page.locator(".editor-instance", { hasText: "Rendered by kubectl" });
    await rendered.getByText("Compare with Previous").waitFor();
    await rendered.getByText("ConfigMapGenerator in").first().waitFor();
    await window.inEachTheme("preview-kustomize");
  });
});

/** The example as it lies in a server's home, with a wheel beside it that is made of its source as it is. */
function withWheel(folder: string): void {
  const project = path.join(folder, ".sky");
  renameSync(path.join(folder, "skypilot"), project);
  const source = readFileSync(path.join(project, "example_audit", "plugin.py"), "utf8");
  mkdirSync(path.join(folder, "wheels"));
  writeFileSync(
    path.join(folder, "wheels", "example_audit-0.1.0-py3-none-any.whl"),
    wheelOf("example_audit/plugin.py", source),
  );
  const file = path.join(project, "plugins.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("/opt/skypilot/wheels", "~/wheels"));
}
