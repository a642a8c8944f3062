// The document of the Metaflow preview in a real browser, without VS Code around it: a hostile plugin in its frame posts whatever it
// can, and the view still answers, shows no more than it has room for, and lets nobody speak for the extension.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { openBrowser, root } from "../driver/platform";

const config = { name: "p", version: "1", entrypoint: "index.html", slot: "header", container: "none" };
const entry = { identifier: "p", name: "p", repository: null, ref: null, parameters: {}, config, files: [] };
const sample = {
  resource: { flow_id: "F", run_number: "1", step_name: "s", task_id: "1" },
  settings: {},
  metadata: {},
  attempts: { "0": {} },
  "run-metadata": {},
  "task-info": {},
  taskInfoHoldsRows: false,
  answers: {},
};
const plugin = { folder: "/p", title: "p", detail: "", isShown: true, notes: [] };
const samples = { names: [], chosen: undefined, notes: [] };

describe("the Metaflow preview's document and a hostile plugin", () => {
  let browser: Browser;
  let server: Server;
  let origin: string;
  let page: Page;
  let attack = "";

  before(async function () {
    this.timeout(60_000);
    const script = readFileSync(path.join(root, "dist", "web", "preview.js"));
    server = createServer(({ url = "" }, response) => {
      const type = url.endsWith(".js") ? "text/javascript" : "text/html";
      response.setHeader("Content-Type", type);
      if (url === "/view.js") return void response.end(script);
      if (url === "/")
        return void response.end(`<!doctype html><body data-view="metaflow" data-web="true"><main id="root"></main>
          <script>sent = []; acquireVsCodeApi = () => ({ postMessage: (message) => sent.push(message) });</script>
          <script src="/view.js"></script>`);
      if (url === "/site")
        return void response.end(`<!doctype html><body data-view="site"><main id="root"></main>
          <script>acquireVsCodeApi = () => ({ postMessage() {} });</script><script src="/view.js"></script>`);
      response.end(`<!doctype html><script>
        const say = (type, more) => parent.postMessage({ type, name: "p", ...more }, "*");
        say("PluginRegisterEvent", { version: { api: "1.2.0" } });
        onmessage = ({ data }) => { if (data.type === "ReadyToRender") { ${attack} } };
      </script>`);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    origin = typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "";
    browser = await openBrowser();
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
  });
  afterEach(() => page.close());

  const start = async (script: string) => {
    attack = script;
    await page.goto(origin);
    const message = {
      is: "start",
      service: origin,
      entries: [entry],
      plugins: [plugin],
      view: "task",
      sample,
      samples,
    };
    await page.evaluate(`postMessage(${JSON.stringify(message)}, "*")`);
    await page.locator('.box[data-plugin="p"] iframe').waitFor();
  };
  const sent = () => page.evaluate("sent.map(({ is }) => is)");

  it("is not stopped by very many messages", async () => {
    await start(`for (let at = 0; at < 3000; at += 1) say("PluginCallEvent", { event: "e" + at, data: at });`);
    await page.locator(".log > li", { hasText: "PluginCallEvent" }).first().waitFor();
    await page.getByRole("button", { name: "Home", exact: true }).click();
    await page.getByRole("button", { name: "Home", exact: true, pressed: true }).waitFor();
    assert.ok((await page.locator(".log > li").count()) <= 500);
  });
  it("shows data of any kind and size in bounds", async () => {
    await start(`
      const circle = { n: 1n }; circle.self = circle;
      say("PluginCallEvent", { event: "odd", data: circle });
      say("PluginCallEvent", { event: "wide", data: "x".repeat(30_000_000) });
      let deep = 1; for (let level = 0; level < 300; level += 1) deep = [deep];
      say("PluginCallEvent", { event: "deep", data: deep });
      say("PluginCallEvent", { event: "SEND_NOTIFICATION", data: "t".repeat(5_000_000) });
      say("PluginHeightCheck", { height: 77 });`);
    await page.locator('.box[data-plugin="p"] iframe[height="77"]').waitFor();
    await page.locator(".log > li", { hasText: "itself again" }).first().waitFor();
    assert.ok(((await page.locator(".toast").first().textContent())?.length ?? 0) <= 2000);
    assert.ok(Number(await page.evaluate("document.querySelector('.log').textContent.length")) < 500_000);
  });
  it("is sent nothing by a frame that speaks as the extension does, nor by one inside it", async () => {
    const fake = JSON.stringify({ is: "start", service: "https://evil.example", entries: [], plugins: [], samples });
    await start(`
      parent.postMessage(${fake}, "*"); top.postMessage(${fake}, "*");
      const inner = document.createElement("iframe");
      inner.srcdoc = '<script>top.postMessage(' + ${JSON.stringify(fake)} + ', "*"); parent.parent.postMessage({ is: "choose", folder: "/", on: true }, "*")</' + 'script>';
      document.body.append(inner);
      setTimeout(() => say("PluginHeightCheck", { height: 55 }), 500);`);
    await page.locator('.box[data-plugin="p"] iframe[height="55"]').waitFor();
    assert.deepEqual(await sent(), ["ready"]);
  });
  it("gives it no origin, no window of others and no way to the editor", async () => {
    await start(`
      const tried = {};
      const attempt = (name, work) => { try { tried[name] = String(work()); } catch (error) { tried[name] = error.name; } };
      attempt("origin", () => window.origin);
      attempt("storage", () => localStorage.length);
      attempt("cookie", () => document.cookie);
      attempt("parent", () => parent.document.title);
      attempt("code", () => parent.acquireVsCodeApi);
      attempt("top", () => { top.location = "about:blank"; });
      attempt("popup", () => window.open("about:blank"));
      say("PluginCallEvent", { event: "tried", data: tried });`);
    const row = page.locator(".log > li", { hasText: "event" }).filter({ hasText: "tried" }).first();
    await row.waitFor();
    const text = (await page.locator(".log pre", { hasText: "storage" }).first().textContent()) ?? "";
    const found = /"data": (\{[\s\S]*?\})/.exec(text)?.[1] ?? "{}";
    assert.deepEqual(JSON.parse(found), {
      origin: "null",
      storage: "SecurityError",
      cookie: "SecurityError",
      parent: "SecurityError",
      code: "SecurityError",
      top: "SecurityError",
      popup: "null",
    });
    assert.equal(new URL(page.url()).origin, origin);
  });

  it("keeps the origin of a host's page, but never one that is the editor's own", async () => {
    const usual = "allow-scripts allow-forms allow-downloads allow-same-origin";
    const sandboxOf = async (src: string) => {
      await page.goto(`${origin}/site`);
      const sources = [{ id: "h", label: "h" }];
      const frame = { key: 1, src, sandbox: usual };
      const state = { sources, source: "h", pages: [], path: "/", frame, notes: [], sections: [] };
      await page.evaluate(`postMessage(${JSON.stringify({ is: "state", state })}, "*")`);
      return page.locator("iframe.site").getAttribute("sandbox");
    };
    assert.equal(await sandboxOf("http://127.0.0.1:9/x"), usual);
    assert.equal(await sandboxOf(`${origin}/proxy/1/x`), "allow-scripts allow-forms allow-downloads");
  });
});
