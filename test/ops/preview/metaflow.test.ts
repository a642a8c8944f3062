// The service behind the Metaflow preview: the host's rules over a real folder, below a path that can't be guessed.

import assert from "node:assert/strict";
import path from "node:path";
import { type LoadedForPreview, type MetaflowService, startMetaflowService } from "../../../client/ops/index.js";
import { removeTemporary, temporary, write } from "../support/places.js";

describe("the Metaflow preview's service", () => {
  let service: MetaflowService;
  let loaded: readonly LoadedForPreview[];
  let root: string;
  const seen: string[] = [];

  before(async () => {
    const folder = await write(await temporary(), {
      "a/manifest.json": '{"name": "good one", "version": "1", "entrypoint": "index.html", "slot": "header"}',
      "a/index.html":
        '<!doctype html><html><head><title>x</title><style>p { background: url(/plugin/x.png) }</style></head><body><img src="/api/plugin/a/x.svg"><a href=/plugin>p</a><img src="/apiary/x"></body></html>',
      "a/style.css": '@import "/api/plugin/a/b.css"; p { background: url(/other.png) }',
      "a/x.svg": "<svg/>",
      "a/app.js": "1",
      "a/data.bin": "1",
      "a/dist/only.js": "2",
      "b/manifest.json": '{"name": "b", "version": "1"}',
      "c/manifest.json": "{// no",
      "c/x.html": "",
    });
    service = await startMetaflowService({
      sample: (asked) => (asked === "/flows" ? [1] : undefined),
      publicPath: () => "/proxy/1",
      seen: ({ method, path: at, status }) => void seen.push(`${method} ${at} ${status}`),
    });
    loaded = await service.load([
      { identifier: "a", folder: path.join(folder, "a"), entry: { parameters: { sandbox: "allow-same-origin" } } },
      { identifier: "b", folder: path.join(folder, "b"), entry: {} },
      { identifier: "c", folder: path.join(folder, "c"), entry: {} },
      { identifier: "d", folder: path.join(folder, "d"), entry: {} },
    ]);
    root = `${service.server.origin}${service.server.prefix}`;
  });
  after(async () => {
    await service.stop();
    await removeTemporary();
  });

  it("lists what the service would list, and says why the others are missing", () => {
    const told = loaded.map((one) => ("listed" in one ? one.listed.name : one.refused));
    assert.equal(told[0], "good one");
    assert.match(String(told[1]), /lacks "entrypoint"/);
    assert.match(String(told[2]), /not strict JSON/);
    assert.match(String(told[3]), /no folder/);
  });
  it("lists nothing when one manifest makes the list no JSON", async () => {
    const folder = await write(await temporary(), {
      "a/manifest.json": '{"name": "a", "version": "1", "entrypoint": "x.html", "slot": "header"}',
      "n/manifest.json": '{"name": "n", "version": "1", "entrypoint": "x.html", "height": NaN}',
      "u/manifest.json": Buffer.from([0x7b, 0xff, 0x7d]),
    });
    const other = await startMetaflowService({ sample: () => undefined, publicPath: () => "", seen: () => undefined });
    const names = ["a", "n", "u"];
    const told = await other.load(
      names.map((name) => ({ identifier: name, folder: path.join(folder, name), entry: {} })),
    );
    const list = await fetch(`${other.server.origin}${other.server.prefix}/api/plugin`);
    assert.equal(await list.text(), "[]");
    await other.stop();
    const reasons = told.map((one) => ("refused" in one ? one.refused : "listed"));
    assert.match(reasons[0] ?? "", /no JSON because of "n"/);
    assert.match(reasons[1] ?? "", /NaN or Infinity/);
    assert.match(reasons[2] ?? "", /not UTF-8/);
  });
  it("answers below its secret path alone", async () => {
    assert.equal((await fetch(`${service.server.origin}/api/plugin`)).status, 404);
    assert.equal((await fetch(`${service.server.origin}/`)).status, 404);
    assert.ok(service.server.prefix.length > 30);
    assert.equal((await fetch(`${root}/api/plugin`)).status, 200);
    assert.equal((await fetch(`${root}/plugin`)).status, 200);
  });
  it("serves top-level files by name with the host's types, no CORS header on files and one on JSON", async () => {
    const ask = async (at: string) => {
      const { status, headers } = await fetch(`${root}/api/plugin/good%20one${at}`);
      return [status, headers.get("content-type"), headers.get("access-control-allow-origin")];
    };
    assert.deepEqual(await ask("/app.js?v=1"), [200, "text/javascript", null]);
    assert.deepEqual(await ask("/data.bin"), [200, "application/octet-stream", null]);
    assert.deepEqual(await ask("/dist/only.js"), [404, "text/plain", null]);
    assert.equal((await ask("/only.js"))[0], 404);
    assert.deepEqual(await ask(""), [200, "application/json", "*"]);
    assert.equal((await fetch(`${root}/api/plugin`, { method: "POST" })).status, 405);
    const script = await fetch(`${root}/api/plugin/good%20one/data.bin`);
    assert.equal(script.headers.get("x-content-type-options"), null);
  });
  it("takes addresses from the root for its own when a page of the preview asks, and no others", async () => {
    const ask = (at: string, referer: string) =>
      fetch(`${service.server.origin}${at}`, { redirect: "manual", headers: { Referer: referer } });
    const own = await ask("/api/plugin/good%20one/x.svg?v=1", `${root}/api/plugin/good%20one/index.html`);
    assert.equal(own.status, 307);
    assert.equal(own.headers.get("location"), `${service.server.prefix}/api/plugin/good%20one/x.svg?v=1`);
    for (const referer of [
      "",
      "no address",
      `${service.server.origin}/`,
      `${service.server.origin}/x`,
      "http://e.org/",
    ])
      assert.equal((await ask("/api/plugin", referer)).status, 404, referer);
  });
  it("leads addresses from the root in pages and style sheets below its path", async () => {
    const page = await (await fetch(`${root}/api/plugin/good%20one/index.html`)).text();
    const below = `/proxy/1${service.server.prefix}`;
    assert.ok(page.includes(`<img src="${below}/api/plugin/a/x.svg"><a href=${below}/plugin>`), page);
    assert.ok(page.includes(`url(${below}/plugin/x.png)`), page);
    assert.ok(page.includes('<img src="/apiary/x">'), page);
    const sheet = await (await fetch(`${root}/api/plugin/good%20one/style.css`)).text();
    assert.equal(sheet, `@import "${below}/api/plugin/a/b.css"; p { background: url(/other.png) }`);
  });
  it("lets a browser keep nothing that is saved anew, and sends changed pages whole", async () => {
    const script = await fetch(`${root}/api/plugin/good%20one/app.js`, { headers: { Range: "bytes=0-0" } });
    assert.deepEqual([script.status, script.headers.get("cache-control")], [206, "no-cache"]);
    const page = await fetch(`${root}/api/plugin/good%20one/index.html`, { headers: { Range: "bytes=0-3" } });
    assert.deepEqual([page.status, page.headers.get("etag")], [200, null]);
  });
  it("loads newer text of a manifest than the file's", async () => {
    const folder = await write(await temporary(), {
      "a/manifest.json": '{"name": "a", "version": "1", "entrypoint": "x.html", "slot": "header"}',
    });
    const other = await startMetaflowService({ sample: () => undefined, publicPath: () => "", seen: () => undefined });
    const load = async (manifest?: string) => {
      const plugin = { identifier: "a", folder: path.join(folder, "a"), entry: {} };
      const [one] = await other.load([manifest === undefined ? plugin : { ...plugin, manifest }]);
      return one !== undefined && "listed" in one ? one.listed.config.slot : one?.refused;
    };
    assert.equal(await load(), "header");
    assert.equal(await load('{"name": "a", "version": "1", "entrypoint": "x.html", "slot": "top-nav"}'), "top-nav");
    assert.match(String(await load("{")), /not strict JSON/);
    await other.stop();
  });
  it("puts the redirection in front of a page's head, and the style sheet where the page would", async () => {
    const page = await (await fetch(`${root}/api/plugin/good%20one/index.html`)).text();
    assert.match(
      page,
      /<head><script>.*"\/proxy\/1\/[\w-]+".*<\/script><style>[\s\S]*--color-primary[\s\S]*<\/style><title>/s,
    );
  });
  it("answers sample data in the service's envelope", async () => {
    const answer = await fetch(`${root}/api/flows?limit=1`);
    const { links, ...rest } = JSON.parse(await answer.text());
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    assert.deepEqual(rest, { data: [1], status: 200, query: { limit: "1" } });
    assert.match(links.self, /\/api\/flows\?limit=1$/);
    assert.equal((await fetch(`${root}/api/flows/other`)).status, 404);
    assert.ok(seen.includes("GET /api/flows/other 404"));
  });
  it("tells the status of an address as the page would meet it", async () => {
    assert.equal(await service.statusOf("/plugin/good one/index.html?v=1"), 200);
    assert.equal(await service.statusOf("/plugin/good one/dist/only.js"), 404);
    assert.equal(await service.statusOf("/plugin/a?b/index.html"), 404);
  });
});
