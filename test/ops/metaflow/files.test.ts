// Files of Metaflow plugins as the service sends them: with a tag and a date, in part, and not at all when nothing has changed.
import assert from "node:assert/strict";
import { symlink, utimes } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { type LocalHost, startLocalHost } from "../../../client/ops/index.js";
import { removeTemporary, temporary, write } from "../support/places.js";

describe("files of Metaflow plugins on the local host", () => {
  let local: LocalHost;
  const ask = (file: string, headers: Record<string, string> = {}, method = "GET") =>
    fetch(`${local.url}/plugin/p/${file}`, { method, headers });

  before(async () => {
    const directory = await temporary();
    const installed = path.join(directory, "metaflow", "installed");
    await write(directory, {
      "metaflow/config.plugins.json": '{"p": {}}',
      "metaflow/installed/p/manifest.json": '{"name": "p", "version": "1", "entrypoint": "index.html"}',
      "metaflow/installed/p/index.html": "0123456789",
      "metaflow/installed/p/packed.js": "plain",
      "metaflow/installed/p/packed.js.gz": gzipSync("packed"),
      "metaflow/installed/p/dist/only.js": "1",
      "shared/helper.js": "shared",
    });
    await symlink(path.join(directory, "shared", "helper.js"), path.join(installed, "p", "helper.js"));
    await utimes(path.join(installed, "p", "index.html"), 1_700_000_000, 1_700_000_000);
    local = await startLocalHost({ directory });
  });
  after(async () => {
    await local.stop();
    await removeTemporary();
  });

  it("have a tag and the date of their last change, and nothing that says how long to keep them", async () => {
    const { headers, status } = await ask("index.html");
    assert.equal(status, 200);
    assert.match(headers.get("etag") ?? "", /^"[0-9a-f]+-a"$/);
    assert.equal(headers.get("last-modified"), "Tue, 14 Nov 2023 22:13:20 GMT");
    assert.equal(headers.get("cache-control"), null);
  });
  it("are not sent again to who has them", async () => {
    const first = await ask("index.html");
    const tag = first.headers.get("etag") ?? "";
    const date = first.headers.get("last-modified") ?? "";
    const statusFor = async (headers: Record<string, string>) => (await ask("index.html", headers)).status;
    assert.equal(await statusFor({ "If-None-Match": `"x", W/${tag}` }), 304);
    assert.equal(await statusFor({ "If-Modified-Since": date }), 304);
    assert.equal(await statusFor({ "If-None-Match": '"x"', "If-Modified-Since": date }), 200);
    assert.equal(await statusFor({ "If-Modified-Since": "Tue, 14 Nov 2023 22:13:19 GMT" }), 200);
    assert.equal(await statusFor({ "If-Modified-Since": "no date" }), 200);
  });
  it("are sent in part", async () => {
    const part = async (range: string, more: Record<string, string> = {}) => {
      const answer = await ask("index.html", { Range: range, ...more });
      return [answer.status, await answer.text(), answer.headers.get("content-range")];
    };
    assert.deepEqual(await part("bytes=0-3"), [206, "0123", "bytes 0-3/10"]);
    assert.deepEqual(await part("bytes=8-99"), [206, "89", "bytes 8-9/10"]);
    assert.deepEqual(await part("bytes=7-"), [206, "789", "bytes 7-9/10"]);
    assert.deepEqual(await part("bytes=-2"), [206, "89", "bytes 8-9/10"]);
    for (const wrong of ["bytes=10-", "bytes=3-2", "bytes=-", "lines=1-2"])
      assert.deepEqual(await part(wrong), [416, "", "bytes */10"], wrong);
    const old = { "If-Range": "Tue, 14 Nov 2023 22:13:19 GMT" };
    assert.deepEqual(await part("bytes=0-3", old), [200, "0123456789", null]);
  });
  it("are asked for by GET alone", async () => {
    for (const method of ["HEAD", "POST", "OPTIONS", "DELETE"]) {
      const answer = await ask("index.html", {}, method);
      assert.deepEqual([answer.status, answer.headers.get("allow")], [405, "GET"], method);
    }
  });
  it("come packed where a packed twin stands beside them", async () => {
    assert.equal(await (await ask("packed.js", { "Accept-Encoding": "gzip" })).text(), "packed");
    assert.equal(await (await ask("packed.js", { "Accept-Encoding": "identity" })).text(), "plain");
  });
  it("are followed through links, and are not there when they stand in a folder alone", async () => {
    assert.equal(await (await ask("helper.js")).text(), "shared");
    const only = await ask("only.js");
    assert.deepEqual([only.status, await only.text()], [404, ""]);
  });
});
