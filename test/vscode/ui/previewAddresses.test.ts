// The contract's tables of names and entrypoints, run: which plugins register in a real browser, on the emulated page, from the
// emulated service. And the attributes of their frames, of which the page sets these alone.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { type MetaflowService, startMetaflowService } from "../../../client/ops/index.js";
import { openBrowser, root } from "../driver/platform";

/** As the helper does it: the name is the frame's. */
const register =
  '<!doctype html><script>parent.postMessage({ type: "PluginRegisterEvent", name: window.name, version: { api: "1.2.0" } }, "*")</script>';

const right = ["abc 123", "äöü", "a&b", "a+b", "100% sure", 'say "hi"', "it's", "-._~"];
const wrong = ["a/b", "a\\b", "a?b", "a#b", "..", 7, "%41bc", ""];
const entrypoints: Readonly<Record<string, boolean>> = {
  "index.html": true,
  "./index.html": true,
  "/index.html": true,
  "index.html?x=1": true,
  "index.html#top": true,
  "../abc 123/page.html": true,
  "dist/index.html": false,
  "https://host/page.html": false,
  "//host/page.html": false,
  "INDEX.HTML": false,
  ".hidden.html": false,
  "": false,
};

describe("addresses on the emulated Metaflow page", () => {
  let browser: Browser;
  let page: Page;
  let service: MetaflowService;
  let view: Server;
  const folder = mkdtempSync(path.join(tmpdir(), "plugsmith-addresses-"));

  const made = async (at: string, manifest: Readonly<Record<string, unknown>>, parameters: unknown = {}) => {
    const own = path.join(folder, at);
    await mkdir(path.join(own, "dist"), { recursive: true });
    const full = { version: "1.0.0", entrypoint: "index.html", slot: "header", container: "none", ...manifest };
    writeFileSync(path.join(own, "manifest.json"), JSON.stringify(full));
    for (const file of ["index.html", "page.html", ".hidden.html", "dist/index.html"])
      writeFileSync(path.join(own, file), register);
    return { identifier: at, folder: own, entry: { parameters } };
  };

  before(async function () {
    this.timeout(90_000);
    service = await startMetaflowService({ sample: () => undefined, publicPath: () => "", seen: () => undefined });
    const script = readFileSync(path.join(root, "dist", "web", "preview.js"));
    view = createServer(({ url = "" }, response) => {
      response.setHeader("Content-Type", url.endsWith(".js") ? "text/javascript" : "text/html");
      response.end(
        url.endsWith(".js")
          ? script
          : '<!doctype html><body data-view="metaflow"><main id="root"></main><script>acquireVsCodeApi = () => ({ postMessage() {} })</script><script src="/view.js"></script>',
      );
    });
    await new Promise<void>((done) => view.listen(0, "127.0.0.1", done));
    browser = await openBrowser();
    page = await browser.newPage();
  });
  after(async () => {
    await page?.close();
    await service?.stop();
    view.closeAllConnections();
    view.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const show = async (plugins: readonly Awaited<ReturnType<typeof made>>[], view_ = "task") => {
    const loaded = await service.load(plugins);
    const entries = loaded.flatMap((one) => ("listed" in one ? [one.listed] : []));
    assert.equal(entries.length, plugins.length);
    const base = `${service.server.origin}${service.server.prefix}/api`;
    const resource = { flow_id: "F", run_number: "1", step_name: "s", task_id: "1" };
    const records = { settings: {}, metadata: {}, attempts: {}, "run-metadata": {}, "task-info": {}, answers: {} };
    const sample = { resource, ...records, taskInfoHoldsRows: false };
    const samples = { names: [], notes: [] };
    const address = view.address();
    await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
    await page.evaluate(
      `postMessage(${JSON.stringify({ is: "start", service: base, entries, plugins: [], view: view_, sample, samples })}, "*")`,
    );
  };
  const names = (selector: string) =>
    page.locator(selector).evaluateAll((frames) => frames.map((frame) => frame.getAttribute("name") ?? ""));
  const registered = async (count: number) => {
    await page
      .locator(".slot iframe")
      .nth(count - 1)
      .waitFor({ state: "attached" });
    // Those that never register have had their time as well by then: all were asked for together.
    await page.waitForTimeout(1500);
    return (await names(".slot iframe")).sort();
  };

  it("lead to a plugin by its name, or never do, as the contract's table has it", async () => {
    const all = [...right, ...wrong].map((name, at) => made(`name-${at}`, { name }));
    await show(await Promise.all(all));
    assert.deepEqual(await registered(right.length), [...right].sort());
    assert.deepEqual((await names(".hidden-frames iframe")).sort(), wrong.map(String).sort());
  });

  it("lead to an entrypoint, or never do, as the contract's table has it", async () => {
    const kinds = Object.entries(entrypoints);
    const all = kinds.map(([entrypoint], at) => made(`entry-${at}`, { name: `p${at}`, entrypoint }));
    const other = await made("other", { name: "abc 123", slot: "run-header" });
    await show([...(await Promise.all(all)), other], "home");
    const wanted = kinds.flatMap(([, isRight], at) => (isRight ? [`p${at}`] : []));
    assert.deepEqual(await registered(wanted.length), wanted.sort());
    const source = (name: string) => page.locator(`iframe[name="${name}"]`).getAttribute("src");
    assert.match((await source("p3")) ?? "", /\/api\/plugin\/p3\/index\.html\?x=1\?v=1\.0\.0$/);
    assert.match((await source("p4")) ?? "", /\/index\.html#top\?v=1\.0\.0$/);
  });

  it("stand in frames with the page's attributes and no others", async () => {
    await show([
      await made("slot", { name: "a" }, { sandbox: "allow-popups allow-forms" }),
      await made("silent", { name: "b", entrypoint: "none.html" }),
    ]);
    await registered(1);
    const attributes = (name: string): Promise<Record<string, string>> =>
      page
        .locator(`iframe[name="${name}"]`)
        .evaluate((frame) =>
          Object.fromEntries(frame.getAttributeNames().map((key: string) => [key, frame.getAttribute(key)])),
        );
    const { src: first, ...slot } = await attributes("a");
    assert.deepEqual(slot, { name: "a", title: "a", sandbox: "allow-scripts allow-popups allow-forms", height: "150" });
    const { src: second, ...hidden } = await attributes("b");
    assert.deepEqual(hidden, { name: "b", title: "b", sandbox: "allow-scripts", width: "0", height: "0" });
    assert.match(`${first} ${second}`, /\/api\/plugin\/a\/index\.html\?v=1\.0\.0 .*\/b\/none\.html\?v=1\.0\.0$/);
    assert.equal(await page.locator(".hidden-frames").getAttribute("aria-hidden"), "true");
  });
});
