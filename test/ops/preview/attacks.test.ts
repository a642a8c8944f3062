// What a page, or whoever finds the port, must not get out of a preview's server: files outside the plugin, what begins with a
// dot, anything without the secret path.

import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { buntimePage, startMetaflowService, startSite } from "../../../client/ops/index.js";
import { removeTemporary, temporary, write } from "../support/places.js";

const ways = [
  "../secret.txt",
  "..%2fsecret.txt",
  "%2e%2e%2fsecret.txt",
  "%2e%2e/secret.txt",
  "..%5csecret.txt",
  "..\\secret.txt",
  "x/..%2f..%2fsecret.txt",
  "..%252fsecret.txt",
  "....//secret.txt",
  "%00../secret.txt",
  "secret.txt%00.html",
  "%c0%ae%c0%ae/secret.txt",
  "..;/secret.txt",
  "/etc/passwd",
  "%2fetc%2fpasswd",
  "C:%5cwindows%5cwin.ini",
  "file:///etc/passwd",
];

/** The request as it is written: `fetch` would tidy the path. */
function raw(origin: string, target: string, headers = "", host = "127.0.0.1"): Promise<string> {
  const { port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), "127.0.0.1");
    let said = "";
    socket.on("data", (chunk) => {
      said += chunk.toString();
    });
    socket.on("close", () => resolve(said));
    socket.on("error", reject);
    socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${headers}\r\n`);
  });
}

describe("an attack on a preview's server", () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    await removeTemporary();
  });

  const around = async () => {
    const folder = await write(await temporary(), {
      "secret.txt": "SECRET",
      "shared/helper.js": "helper",
      "p/manifest.json": '{"name": "p", "version": "1", "entrypoint": "index.html", "slot": "header"}',
      "p/index.html": "page",
      "p/.env": "SECRET",
      "p/inside.js": "inside",
      "b/manifest.yaml": "name: b\nbase: /b\nentrypoint: dist/client/index.html\n",
      "b/.env": "SECRET",
      "b/secret.txt": "SECRET",
      "b/dist/secret.txt": "SECRET",
      "b/dist/client/index.html": "page",
      "b/dist/client/.env": "SECRET",
      "b/dist/client/.git/config": "SECRET",
      "b/dist/client/.well-known/a.txt": "known",
    });
    await symlink(path.join(folder, "secret.txt"), path.join(folder, "p", "out.txt"));
    await symlink(path.join(folder, "secret.txt"), path.join(folder, "p", "inside.js.gz"));
    await symlink(path.join(folder, "shared", "helper.js"), path.join(folder, "p", "helper.js"));
    await symlink("inside.js", path.join(folder, "p", "again.js"));
    await symlink("/dev/zero", path.join(folder, "p", "endless.html"));
    await symlink(path.join(folder, "secret.txt"), path.join(folder, "b", "dist", "client", "out.txt"));
    return folder;
  };
  const metaflow = async (folder: string) => {
    const service = await startMetaflowService({
      sample: () => undefined,
      publicPath: () => "",
      publicHost: () => "code.example.org:8443",
      seen: () => undefined,
      isShared: (file) => file.endsWith(path.join("shared", "helper.js")),
    });
    stops.push(service.stop);
    await service.load([{ identifier: "p", folder: path.join(folder, "p"), entry: {} }]);
    return service.server;
  };
  const buntime = async (folder: string) => {
    const answer = (asked: Parameters<typeof buntimePage>[2]) => buntimePage(path.join(folder, "b"), undefined, asked);
    const server = await startSite({ answer, publicPath: () => "", seen: () => undefined });
    stops.push(server.stop);
    return server;
  };

  it("gets no file outside a Metaflow plugin by any spelling of a path", async () => {
    const { origin, prefix } = await metaflow(await around());
    for (const way of [...ways, ".env", "%2eenv"]) {
      const said = await raw(origin, `${prefix}/api/plugin/p/${way}`);
      assert.match(said, /^HTTP\/1\.1 (400|404) /, way);
      assert.doesNotMatch(said, /SECRET|root:/, way);
    }
    assert.match(await raw(origin, `${prefix}/api/plugin/p/index.html`), /^HTTP\/1\.1 200 /);
  });
  it("gets no file above the page of a Buntime plugin, and none that begins with a dot", async () => {
    const { origin, prefix } = await buntime(await around());
    for (const way of [
      ...ways,
      ...ways.map((one) => one.replace("secret.txt", ".env")),
      ".env",
      ".git/config",
      "%2e%67it/config",
      "out.txt",
    ])
      assert.doesNotMatch(await raw(origin, `${prefix}/b/${way}`), /SECRET|root:/, way);
    assert.match(await raw(origin, `${prefix}/b/.env`), /^HTTP\/1\.1 404 /);
    assert.match(await raw(origin, `${prefix}/b/.well-known/a.txt`), /known$/);
  });
  it("is not led out of the plugin by a link, except to what is shared; nor to what never ends", async () => {
    const { origin, prefix } = await metaflow(await around());
    const file = (name: string, headers = "") => raw(origin, `${prefix}/api/plugin/p/${name}`, headers);
    const out = await file("out.txt");
    assert.match(out, /^HTTP\/1\.1 403 [\s\S]*"out.txt" is a link .* the host follows it/);
    assert.doesNotMatch(out, /SECRET/);
    assert.doesNotMatch(await file("inside.js", "Accept-Encoding: gzip\r\n"), /SECRET/);
    assert.match(await file("helper.js"), /helper$/);
    assert.match(await file("again.js"), /inside$|403/);
    assert.match(await file("endless.html"), /^HTTP\/1\.1 403 /);
  });
  it("loads no manifest that never ends", async () => {
    const folder = await write(await temporary(), { "p/index.html": "x" });
    await symlink("/dev/zero", path.join(folder, "p", "manifest.json"));
    const service = await startMetaflowService({
      sample: () => undefined,
      publicPath: () => "",
      seen: () => undefined,
    });
    stops.push(service.stop);
    const [one] = await service.load([{ identifier: "p", folder: path.join(folder, "p"), entry: {} }]);
    assert.match(one !== undefined && "refused" in one ? one.refused : "", /no manifest\.json/);
  });
  it("finds nothing without the secret path, whatever it calls itself", async () => {
    const { origin, prefix } = await metaflow(await around());
    const { port } = new URL(origin);
    const others = [
      "/",
      "/api/plugin",
      prefix,
      `${prefix.slice(0, -1)}/api/plugin`,
      `${prefix.toUpperCase()}/api/plugin`,
      `/x${prefix}/api/plugin`,
      `//127.0.0.1:${port}${prefix}/api/plugin`,
      `http://127.0.0.1:${port}${prefix}/api/plugin`,
      `/%2e%2e${prefix}/api/plugin`,
    ];
    for (const target of others)
      for (const headers of ["", "Referer: http://evil.example/\r\n", `Referer: ${origin}/\r\n`, "Origin: null\r\n"]) {
        const said = await raw(origin, target, headers);
        assert.match(said, /^HTTP\/1\.1 404 /, target);
        assert.doesNotMatch(said, new RegExp(prefix.slice(1)), target);
      }
  });
  it("gets nothing under a name that was pointed at this machine; the editor's own and loopback's are answered", async () => {
    const { origin, prefix } = await metaflow(await around());
    const { port } = new URL(origin);
    const page = (host: string) => raw(origin, `${prefix}/api/plugin/p/index.html`, "", host);
    for (const host of [
      "evil.example",
      `evil.example:${port}`,
      "127.0.0.1.evil.example",
      "code.example.org.evil.example",
    ]) {
      const said = await page(host);
      assert.match(said, /^HTTP\/1\.1 421 [\s\S]*under no other name/, host);
      assert.doesNotMatch(said, new RegExp(`${prefix.slice(1)}|evil|page`), host);
      assert.match(await raw(origin, "/", "", host), /^HTTP\/1\.1 421 /, host);
    }
    const others = [
      "localhost",
      `localhost:${port}`,
      "LocalHost.",
      "[::1]:80",
      "10.0.0.7:8080",
      "code-server:8080",
      "a.localhost",
    ];
    for (const host of [`127.0.0.1:${port}`, "code.example.org:8443", "CODE.example.org", ...others])
      assert.match(await page(host), /^HTTP\/1\.1 200 /, host);
  });
  it("is not told the secret path by a page that asks for something of another site", async () => {
    const { origin, prefix } = await metaflow(await around());
    for (const target of ["/", `${prefix}/api/plugin`, `${prefix}/api/plugin/p/index.html`, `${prefix}/none`])
      assert.match(await raw(origin, target), /\r\nReferrer-Policy: same-origin\r\n/i, target);
    const two = await metaflow(await around());
    assert.notEqual(two.prefix, prefix);
    assert.match(await raw(two.origin, `${prefix}/api/plugin`), /^HTTP\/1\.1 404 /);
  });
  it("can't make a name of the service out of a path that is no text", async () => {
    const folder = await write(await temporary(), {
      "p/manifest.json": '{"name": "100% sure", "version": "1", "entrypoint": "50%.html", "slot": "header"}',
      "p/50%.html": "page",
    });
    const { origin, prefix } = await metaflow(folder);
    for (const way of ["/100% sure/50%.html", "/100%25%20sure/50%25.html", "/%31%30%30%%20sure/50%.html"])
      assert.match(await raw(origin, `${prefix}/api/plugin${way.replaceAll(" ", "%20")}`), /page$/, way);
    for (const way of ["/%ff", "/%", "/%e0%a4%a", "/100%25%20sure/%ff"])
      assert.match(await raw(origin, `${prefix}/api/plugin${way}`), /^HTTP\/1\.1 404 /, way);
    assert.match(await raw(origin, `${prefix}/api/flows/%`), /^HTTP\/1\.1 404 /);
  });
});
