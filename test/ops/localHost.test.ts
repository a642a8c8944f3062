// The local host on the wire: Buntime's answers and quirks, its loading rules, its pages, and Metaflow's plugin routes.
import assert from "node:assert/strict";
import { mkdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { type LocalHost, planPackage, startLocalHost, writeArchive } from "../../client/ops/index.js";
import { hostError } from "./support/errors.js";
import { type Files, hello, plugin, removeTemporary, temporary, write } from "./support/places.js";
import { storedZip } from "./support/zip.js";

describe("the local host", () => {
  let local: LocalHost;
  let log: string[];

  const start = async (files: Files = {}, apiKey?: string) => {
    log = [];
    const directory = await write(await temporary(), files);
    local = await startLocalHost({
      directory,
      log: (line) => log.push(line),
      ...(apiKey === undefined ? {} : { apiKey }),
    });
  };
  const ask = async (method: string, at: string, headers: Record<string, string> = {}, body?: FormData | string) => {
    const own = { Origin: local.url, ...headers };
    const response = await fetch(`${local.url}${at}`, {
      method,
      headers: own,
      redirect: "manual",
      ...(body === undefined ? {} : { body }),
    });
    const content = await response.text();
    return { status: response.status, content, headers: response.headers };
  };
  const value = (answer: { readonly content: string }): unknown => JSON.parse(answer.content);
  const send = (bytes: Buffer | string, name = "a.tgz") => {
    const form = new FormData();
    form.append("file", new Blob([typeof bytes === "string" ? bytes : new Uint8Array(bytes)]), name);
    return ask("POST", "/_/api/plugins/upload", {}, form);
  };
  const archive = async (files: Files = {}) => {
    const plan = await planPackage(await plugin(files));
    return readFile((await writeArchive(plan, { file: path.join(await temporary(), "a.tgz") })).path);
  };
  const placed = (name: string, manifest: string): Files => ({
    [`buntime/plugins/${name}/manifest.yaml`]: manifest,
    [`buntime/plugins/${name}/plugin.js`]: "export default {};\n",
  });
  const loaded = async () =>
    (value(await ask("GET", "/_/api/plugins/loaded")) as { name: string }[]).map((item) => item.name);

  afterEach(async () => {
    await local.stop();
    await removeTemporary();
  });

  it("is found, healthy, and bound to loopback", async () => {
    await start();
    assert.deepEqual(value(await ask("GET", "/.well-known/buntime")), { api: "/_/api", version: "1.4.0" });
    assert.deepEqual(value(await ask("GET", "/_/api/health/ready")), { ok: true, status: "ready", version: "1.4.0" });
    assert.equal((await ask("GET", "/_/api/plugins/")).content, "Not Found");
    assert.match(local.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    const taken = await hostError(startLocalHost({ directory: await temporary(), port: local.port }));
    assert.match(taken.message, /in use/);
  });

  it("wants its key as Buntime does: the first credential counts", async () => {
    await start({}, "right-key");
    assert.deepEqual(value(await ask("GET", "/_/api/plugins")), { code: "AUTH_REQUIRED", error: "Unauthorized" });
    assert.equal((await ask("GET", "/_/api/plugins/loaded")).status, 200);
    assert.equal((await ask("GET", "/_/api/plugins", { Authorization: "bearer right-key" })).status, 200);
    assert.equal(
      (await ask("GET", "/_/api/plugins", { "X-API-Key": "wrong", Authorization: "Bearer right-key" })).status,
      401,
    );
    assert.equal(
      (await ask("POST", "/_/api/plugins/reload", { "X-API-Key": "right-key", Origin: "http://evil.example.org" }))
        .status,
      200,
    );
  });

  it("keeps the Origin rule when no key is set", async () => {
    await start();
    assert.equal((await ask("POST", "/_/api/plugins/reload", { Origin: "http://localhost:1" })).content, "Forbidden");
    const without = await fetch(`${local.url}/_/api/plugins/reload`, { method: "POST" });
    assert.equal(await without.text(), "Forbidden - Origin required");
    assert.equal((await ask("POST", "/_/api/plugins/reload")).status, 200);
  });

  it("answers bad uploads as Buntime does and keeps what it had", async () => {
    await start();
    assert.equal((await send(await archive())).status, 200);
    const code = async (answer: Promise<{ status: number; content: string }>) => {
      const { status, content } = await answer;
      return `${status} ${(JSON.parse(content) as { code: string }).code}`;
    };
    assert.equal(
      await code(ask("POST", "/_/api/plugins/upload", { "Content-Type": "application/json" }, "{}")),
      "400 INVALID_MULTIPART_FORM",
    );
    assert.equal(
      await code(ask("POST", "/_/api/plugins/upload", { "Content-Type": "multipart/form-data; boundary=x" }, "junk")),
      "400 INVALID_MULTIPART_FORM",
    );
    const form = new FormData();
    form.append("other", "x");
    assert.equal(await code(ask("POST", "/_/api/plugins/upload", {}, form)), "400 NO_FILE_PROVIDED");
    assert.equal(await code(send("x", "a.TGZ")), "400 INVALID_FILE_TYPE");
    assert.equal(await code(send("not gzip")), "500 INTERNAL_SERVER_ERROR");
    assert.equal(await code(send("")), "500 INTERNAL_SERVER_ERROR");
    assert.equal(await code(send("not a zip", "a.zip")), "500 INTERNAL_SERVER_ERROR");
    const installed = value(await ask("GET", "/_/api/plugins")) as {
      name: string;
      removable: boolean;
      source: string;
    }[];
    assert.deepEqual(
      installed.map(({ name, removable, source }) => [name, removable, source]),
      [["@acme/hello", true, "uploaded"]],
    );
  });

  it("installs a zip whose top folder is package", async () => {
    await start();
    assert.equal(
      (await send(storedZip({ "package/manifest.yaml": "name: zipped\n", "package/plugin.js": "" }), "a.zip")).status,
      200,
    );
    await ask("POST", "/_/api/plugins/reload");
    assert.deepEqual(await loaded(), ["zipped"]);
    assert.equal((await send(storedZip({ "../x/manifest.yaml": "name: evil\n" }), "a.zip")).status, 500);
  });

  it("refuses the names that would wipe a genuine host", async () => {
    await start();
    await send(await archive());
    for (const name of [".", "..", "@acme/", "@acme/../../evil", "/x"]) {
      const answer = await send(storedZip({ "manifest.yaml": `name: "${name}"\n` }), "a.zip");
      assert.equal(answer.status, 400, name);
    }
    assert.equal((await ask("DELETE", "/_/api/plugins/..%2Fplugins")).status, 404);
    assert.equal((await ask("DELETE", "/_/api/plugins/%40acme%2F")).status, 404);
    assert.equal((value(await ask("GET", "/_/api/plugins")) as unknown[]).length, 1);
  });

  it("removes by the encoded name or folder, and serves until the reload", async () => {
    await start();
    await send(await archive());
    await ask("POST", "/_/api/plugins/reload");
    assert.equal((await ask("DELETE", "/_/api/plugins/@acme/hello")).status, 404);
    assert.deepEqual(value(await ask("DELETE", "/_/api/plugins/%40acme%2Fhello")), { success: true });
    assert.deepEqual(await loaded(), ["@acme/hello"]);
    assert.match((await ask("DELETE", "/_/api/plugins/%40acme%2Fhello")).content, /PLUGIN_NOT_FOUND/);
    await ask("POST", "/_/api/plugins/reload");
    assert.deepEqual(await loaded(), []);
  });

  it("loads by the rules that need no code", async () => {
    await start({
      ...placed("a", "name: a\ndependencies: [b]\n"),
      ...placed("b", "name: b\n"),
      ...placed("c", "name: c\ndependencies: [absent]\n"),
      ...placed("d", "name: d\ndependencies: [c]\n"),
      ...placed("e", "name: e\noptionalDependencies: [f]\n"),
      ...placed("f", "name: f\noptionalDependencies: [e]\n"),
      ...placed("g", "name: g\nenabled: false\n"),
      ...placed("h", "name: h\nbase: /a/b\n"),
      ...placed("i", "name: i\nbase: /_\n"),
      ...placed("j", "name: b\n"),
      ...placed("k", "name: 7\n"),
      ...placed("l", "name: l\noptionalDependencies: [absent, g]\n"),
      ...placed(".hidden", "name: hidden\n"),
      "buntime/plugins/m/manifest.yaml": "name: m\n",
      ...placed("n/1.0.0", "name: n\n"),
      ...placed("@s/o", "name: o\n"),
      ...placed("p", 'name: p\nbase: ""\n'),
    });
    assert.deepEqual((await loaded()).sort(), ["a", "b", "l", "o"]);
    const reload = value(await ask("POST", "/_/api/plugins/reload")) as { plugins: { name: string }[] };
    assert.deepEqual(reload.plugins.map((item) => item.name).sort(), [
      "a",
      "b",
      "c",
      "d",
      "e",
      "f",
      "g",
      "h",
      "i",
      "l",
      "o",
      "p",
    ]);
    assert.ok(log.some((line) => line.includes("Circular dependency detected among plugins: e, f")));
  });

  it("unloads everything when a reload breaks", async () => {
    await start({ ...placed("a", "name: a\n") });
    await write(local.directory, placed("b", "name: b\noptionalDependencies: text\n"));
    assert.equal((await ask("POST", "/_/api/plugins/reload")).status, 500);
    assert.deepEqual(await loaded(), []);
  });

  it("serves pages: redirect, deep links, assets, base tag; no code, no way out", async () => {
    await start();
    const folder = { "dist/client/app.js": "1;", ...hello() };
    await send(await archive(folder));
    await ask("POST", "/_/api/plugins/reload");
    const bare = await ask("GET", "/hello");
    assert.deepEqual([bare.status, bare.headers.get("location")], [308, "/hello/"]);
    assert.match((await ask("GET", "/hello/deep/link")).content, /<base href="\/hello\/" \/>/);
    const asset = await ask("GET", "/hello/app.js");
    assert.deepEqual([asset.content, asset.headers.get("content-type")], ["1;", "text/javascript;charset=utf-8"]);
    assert.deepEqual([(await ask("GET", "/hello/api/x")).status, (await ask("POST", "/hello/x")).status], [501, 501]);
    await symlink("/etc", path.join(local.directory, "buntime/plugins/@acme/hello/dist/client/etc"));
    assert.match((await ask("GET", "/hello/etc/hostname")).content, /hello 1\.0\.0/);
    assert.match((await ask("GET", "/hello/..%2F..%2F..%2F..%2F..%2F..%2Fetc%2Fhostname")).content, /hello 1\.0\.0/);
  });

  it("puts back the old plugin after a stop in the middle of an exchange", async () => {
    await start();
    const { directory } = local;
    await local.stop();
    await write(directory, {
      "buntime/staging/old-%40acme%2Fhello/manifest.yaml": "name: '@acme/hello'\n",
      "buntime/staging/new-1/x": "",
    });
    await mkdir(path.join(directory, "buntime/plugins/@acme"), { recursive: true });
    local = await startLocalHost({ directory });
    assert.equal((value(await ask("GET", "/_/api/plugins")) as unknown[]).length, 1);
  });

  it("serves Metaflow's plugins by manifest name and bare file name", async () => {
    const manifest = { name: "Flow badge", version: "1.0.0", entrypoint: "index.html", slot: "header" };
    await start({
      "metaflow/config.plugins.json": JSON.stringify({
        auth: {},
        badge: {},
        bad: 7,
        none: {},
        twice: { paths: ["x"], parameters: { a: 1 } },
        "../out": {},
      }),
      "metaflow/installed/badge/manifest.json": JSON.stringify(manifest),
      "metaflow/installed/badge/index.html": "<p>badge</p>",
      "metaflow/installed/badge/dist/app.js": "1;",
      "metaflow/installed/twice/x/manifest.json": JSON.stringify({ ...manifest, name: "X" }),
      "metaflow/out/manifest.json": JSON.stringify(manifest),
    });
    const all = value(await ask("GET", "/plugin")) as { identifier: string; name: string }[];
    assert.deepEqual(
      all.map((item) => [item.identifier, item.name]),
      [
        ["badge", "Flow badge"],
        ["twice", "X"],
      ],
    );
    assert.deepEqual(all[0], {
      identifier: "badge",
      name: "Flow badge",
      repository: null,
      ref: null,
      parameters: {},
      config: manifest,
      files: ["app.js", "index.html", "manifest.json"],
    });
    const page = await ask("GET", "/plugin/Flow%20badge/index.html?v=1.0.0");
    assert.deepEqual([page.status, page.content, page.headers.get("content-type")], [200, "<p>badge</p>", "text/html"]);
    assert.equal((await ask("GET", "/plugin/badge")).content, '"Plugin not found"');
    assert.equal((await ask("GET", "/plugin/Flow%20badge/dist/app.js")).content, "File not found");
    assert.equal((await ask("GET", "/plugin/Flow%20badge/app.js")).status, 404);
    const post = await ask("POST", "/plugin");
    assert.deepEqual([post.status, post.headers.get("allow")], [405, "GET"]);
    await write(local.directory, { "metaflow/config.plugins.json": "{}" });
    assert.equal((value(await ask("GET", "/plugin")) as unknown[]).length, 2);
    await local.restartMetaflow();
    assert.deepEqual(value(await ask("GET", "/plugin")), []);
  });
});
