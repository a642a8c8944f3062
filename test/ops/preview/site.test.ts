// The sites behind previews: a Buntime plugin's page as the host serves it, and a host that is asked by nobody in particular.

import assert from "node:assert/strict";
import { createServer, type IncomingMessage } from "node:http";
import path from "node:path";
import { type Asked, buntimePage, type PreviewServer, startSite, throughTo } from "../../../client/ops/index.js";
import { ledBelow, redirection } from "../../../client/ops/preview/redirection.js";
import { readsOwnPath } from "../../../client/ops/preview/site.js";
import { removeTemporary, temporary, write } from "../support/places.js";

const manifest = `name: "@a/notes"
version: "1"
base: /notes
pluginEntry: dist/plugin.js
entrypoint: dist/client/index.html
injectBase: true
env: {PUBLIC_TITLE: "</script>", SECRET: x}
`;
const page =
  '<!doctype html><html><head><link href="/notes/a.css"><script type="module" src="app.js"></script></head></html>';

describe("what a page or a style sheet asks for from the root", () => {
  const led = (source: string, words?: readonly string[]) => ledBelow("/r/s", source, words);
  it("is led below the path", () => {
    for (const [source, wanted] of [
      [
        '<img src="/a"> <a href=/b> <use xlink:href="/c">',
        '<img src="/r/s/a"> <a href=/r/s/b> <use xlink:href="/r/s/c">',
      ],
      ['<img srcset="/a.png 1x,  /b.png 2x">', '<img srcset="/r/s/a.png 1x,  /r/s/b.png 2x">'],
      ['<meta content="0; url=/x" http-equiv=refresh>', '<meta content="0; url=/r/s/x" http-equiv=refresh>'],
      ["@import '/a.css'; p { background: url( '/b' ) }", "@import '/r/s/a.css'; p { background: url( '/r/s/b' ) }"],
    ])
      assert.equal(led(source ?? ""), wanted);
  });
  it("stays where it is there already, and where it is of another site or relative", () => {
    for (const source of [
      '<img src="/r/s/a"><a href="/r/s">',
      '<img src="//e.org/a"><img src="a/b"><img src="https://e.org/a">',
      '<img srcset="a.png 1x, data:image/jpeg;base64,/9j/4 2x">',
      "p { background: url(data:image/jpeg;base64,/9j/4) }",
    ])
      assert.equal(led(source), source);
    assert.equal(led('<a href="/r/saw">'), '<a href="/r/s/r/saw">');
  });
  it("is led by its first word, where only some are", () => {
    const words = ["api", "plugin"];
    assert.equal(
      led('<img src="/api/a" srcset="/plugin/b 1x, /x 2x">', words),
      '<img src="/r/s/api/a" srcset="/r/s/plugin/b 1x, /x 2x">',
    );
    assert.equal(led('<img src="/apiary">', words), '<img src="/apiary">');
  });
  it("takes no longer for text of whatever kind", () => {
    const began = performance.now();
    for (const piece of [" src", " src=", "url(", " content='0;", ' srcset="', "<script type", "/ ", "\n\t "])
      redirection("/r", led(piece.repeat(100_000)));
    for (const start of [" content=", " src=", " src", "url(", " srcset=", "<script", "<script type", "@import"])
      redirection("/r", led(start + " ".repeat(200_000)));
    assert.ok(performance.now() - began < 10_000, `${performance.now() - began} ms`);
  });
});

describe("a script that reads the page's own path", () => {
  it("is known by how it is written", () => {
    for (const source of [
      "const at = location.pathname;",
      "window.location?.pathname",
      "const { pathname, search } = window.location",
      "let{pathname:a,hash:b}=location;",
    ])
      assert.ok(readsOwnPath(source), source);
    for (const source of [
      "new URL(x).pathname",
      "location.href",
      "const { pathname } = new URL(location.href)",
      "allocation.pathname",
    ])
      assert.ok(!readsOwnPath(source), source);
    const began = performance.now();
    for (const piece of ["pathname", "pathname ", "location ", "location.", "{pathname", "} = "])
      readsOwnPath(piece.repeat(200_000));
    assert.ok(performance.now() - began < 10_000, `${performance.now() - began} ms`);
  });
});

describe("a previewed site", () => {
  const stops: PreviewServer[] = [];
  const seen: string[] = [];
  const start = async (answer: (asked: Asked) => ReturnType<typeof throughTo>) => {
    const server = await startSite({
      answer,
      publicPath: () => "/proxy/9",
      seen: ({ method, path: at, status }) => void seen.push(`${method} ${at} ${status}`),
      readsOwnPath: (at) => void seen.push(`${at} reads its path`),
    });
    stops.push(server);
    return `${server.origin}${server.prefix}`;
  };
  afterEach(async () => {
    for (const one of stops.splice(0)) await one.stop();
    await removeTemporary();
  });
  const plugin = async () =>
    write(path.join(await temporary(), "notes"), {
      "manifest.yaml": manifest,
      "dist/client/index.html": page,
      "dist/client/app.js": "location.pathname",
      ".env": "PUBLIC_MORE='from file'\nOTHER=1\n",
    });

  it("serves the index.html at the top where the entrypoint is absent, as the host does", async () => {
    const folder = await write(path.join(await temporary(), "notes"), {
      "manifest.yaml": manifest,
      "index.html": "<head></head>top",
    });
    const root = await start((asked) => buntimePage(folder, undefined, asked));
    assert.match(await (await fetch(`${root}/notes/deep`)).text(), /top$/);
    const none = await start((asked) => buntimePage(folder, manifest.replace("html", "htm"), asked));
    assert.match(await (await fetch(`${none}/notes/`)).text(), /top$/);
    const empty = await write(path.join(await temporary(), "notes"), { "manifest.yaml": manifest });
    const nothing = await start((asked) => buntimePage(empty, undefined, asked));
    assert.equal((await fetch(`${nothing}/notes/`)).status, 404);
  });

  it("serves the page below its base, deep links too, with base, variables and addresses that stay below the path", async () => {
    const folder = await plugin();
    const root = await start((asked) => buntimePage(folder, undefined, asked));
    const secret = root.slice(root.lastIndexOf("/"));
    for (const at of ["/notes/", "/notes/deep/link"]) {
      const answer = await fetch(`${root}${at}`);
      const html = await answer.text();
      assert.equal(answer.status, 200);
      assert.ok(html.includes(`<base href="/proxy/9${secret}/notes/" />`), html);
      assert.ok(html.includes(`<link href="/proxy/9${secret}/notes/a.css">`), html);
      assert.match(html, /window\.__env__=\{"PUBLIC_TITLE":"\\u003c\/script>","PUBLIC_MORE":"from file"\}/);
      assert.doesNotMatch(html, /SECRET|OTHER/);
      assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    }
    const script = await fetch(`${root}/notes/app.js`);
    assert.deepEqual([script.status, await script.text()], [200, "location.pathname"]);
    assert.deepEqual(
      seen.filter((one) => one.endsWith("its path")),
      ["/notes/app.js reads its path"],
    );
    const slash = await fetch(`${root}/notes`, { redirect: "manual" });
    assert.deepEqual([slash.status, slash.headers.get("location")], [308, `/proxy/9${secret}/notes/`]);
  });
  it("says what needs the plugin's server code", async () => {
    const folder = await plugin();
    const root = await start((asked) => buntimePage(folder, undefined, asked));
    const answer = await fetch(`${root}/notes/api/notes`);
    assert.equal(answer.status, 501);
    assert.match(await answer.text(), /a preview serves files and never runs a plugin's server code/);
    assert.equal((await fetch(`${root}/other/`)).status, 501);
    assert.ok(seen.includes("GET /notes/api/notes 501"));
  });
  it("answers as the host does where the manifest has no such page", async () => {
    const folder = await plugin();
    const base = (to: string) => manifest.replace("base: /notes", `base: ${to}`);
    const entry = (to: string) => manifest.replace("entrypoint: dist/client/index.html", to);
    for (const [text, at, status, says] of [
      [`${manifest}timeout: -5\n`, "/notes/", 500, /timeout/],
      [`${manifest}ttl: 10s\n`, "/notes/", 500, /ttl/],
      [`${manifest}publicRoutes: /api\n`, "/notes/", 500, /publicRoutes/],
      [base("/"), "/", 200, /<head>/],
      [base("/"), "/deep", 501, /no page of its own at \/deep/],
      [manifest, "/notesx/", 501, /no page of its own/],
      [entry("entrypoint: run.ts"), "/notes/", 501, /the service "run\.ts"/],
      [entry(""), "/notes/", 501, /no page of its own/],
      [manifest, "/notes/%00", 400, /Bad Request/],
    ] as const) {
      const root = await start((asked) => buntimePage(folder, text, asked));
      const answer = await fetch(`${root}${at}`);
      assert.equal(answer.status, status, `${at} of ${text}`);
      assert.match(await answer.text(), says);
    }
  });
  it("goes by the manifest's newest text", async () => {
    const folder = await plugin();
    const text = manifest.replace("base: /notes", "base: /new").replace("injectBase: true", "");
    const root = await start((asked) => buntimePage(folder, text, asked));
    const answer = await fetch(`${root}/new/`);
    assert.equal(answer.status, 200);
    assert.doesNotMatch(await answer.text(), /<base/);
    const broken = await start((asked) => buntimePage(folder, "name: [", asked));
    assert.equal((await fetch(`${broken}/notes/`)).status, 404);
  });
  it("asks a host without credentials, and leads its redirects and pages below the path", async () => {
    const asked: IncomingMessage[] = [];
    const host = createServer((request, response) => {
      asked.push(request);
      if (request.url === "/go") response.writeHead(302, { Location: "/to" }).end();
      else response.writeHead(200, { "Content-Type": "text/html", "X-Frame-Options": "DENY" }).end(page);
    });
    await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
    try {
      const address = host.address();
      assert.ok(typeof address === "object" && address !== null);
      const origin = `http://127.0.0.1:${address.port}`;
      const root = await start((request) => throughTo(origin, request));
      const headers = { Authorization: "Bearer x", Cookie: "a=b", Accept: "text/html" };
      const answer = await fetch(`${root}/notes/?q=1`, { headers });
      assert.match(await answer.text(), /<script>.*<link href="\/proxy\/9\//s);
      assert.equal(answer.headers.get("x-frame-options"), null);
      assert.deepEqual(
        [asked[0]?.url, asked[0]?.headers.accept, asked[0]?.headers.authorization, asked[0]?.headers.cookie],
        ["/notes/?q=1", "text/html", undefined, undefined],
      );
      const moved = await fetch(`${root}/go`, { redirect: "manual" });
      assert.match(moved.headers.get("location") ?? "", /^\/proxy\/9\/[\w-]+\/to$/);
    } finally {
      host.closeAllConnections();
      await new Promise((resolve) => host.close(resolve));
    }
    const gone = await start((request) => throughTo("http://127.0.0.1:1", request));
    const silent = await fetch(`${gone}/`);
    assert.deepEqual([silent.status, /does not answer/.test(await silent.text())], [502, true]);
  });
});
