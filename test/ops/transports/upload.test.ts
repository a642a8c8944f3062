// An archive on its way to a host: sent while it is read, and never to another address.
import assert from "node:assert/strict";
import { openAsBlob } from "node:fs";
import { readFile, truncate, writeFile } from "node:fs/promises";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import path from "node:path";
import process from "node:process";
import { buffer } from "node:stream/consumers";
import { type BuntimeShipment, planPackage, writeArchive } from "../../../client/ops/index.js";
import { multipart } from "../../../client/ops/transports/multipart.js";
import { trustingFetch } from "../../../client/ops/transports/trustingFetch.js";
import { certificates } from "../support/certificates.js";
import { hostError } from "../support/errors.js";
import { type FaultyHost, faultyHost, type Reply } from "../support/faultyHost.js";
import { plugin, removeTemporary, temporary } from "../support/places.js";
import { skipAloud } from "../support/skipping.js";

const signal = new AbortController().signal;

describe("an upload", () => {
  let faulty: FaultyHost;
  let shipment: BuntimeShipment;

  beforeEach(async () => {
    faulty = await faultyHost();
    shipment = await writeArchive(await planPackage(await plugin()), {
      file: path.join(await temporary(), "hello.tgz"),
    });
  });

  afterEach(async () => {
    await faulty.stop();
    await removeTemporary();
  });

  it("gets a large archive piece by piece, never held in memory whole", async function () {
    this.timeout(20_000);
    const large = path.join(await temporary(), "large.tgz");
    const bytes = 120 * 1024 * 1024;
    await writeFile(large, "");
    await truncate(large, bytes);
    const before = process.memoryUsage().arrayBuffers;
    let [most, received] = [0, 0];
    faulty.replies.set("POST /plugins/upload", (request, response) => {
      request.on("data", (chunk: Buffer) => {
        received += chunk.length;
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      });
      request.on("end", () => response.writeHead(500).end());
    });
    const error = await hostError(
      faulty.host().upload?.({ ...shipment, path: large, bytes }, signal) ?? Promise.resolve(),
    );
    assert.equal(error.kind, "refused");
    assert.ok(received > bytes, "less arrived than was sent");
    assert.ok(most < bytes * 0.8, `${Math.round(most / 1024 / 1024)} MiB were in memory`);
  });

  it("gets one to a host of an authority of one's own in the same way", async function () {
    this.timeout(60_000);
    const folder = await temporary();
    if (certificates(folder) === undefined) return skipAloud(this, "openssl is not here, which makes the certificates");
    const [key, cert] = await Promise.all(
      ["server.key", "server.pem"].map((name) => readFile(path.join(folder, name))),
    );
    const bytes = 60 * 1024 * 1024;
    const large = path.join(folder, "large.tgz");
    await writeFile(large, "begins");
    await truncate(large, bytes);
    const before = process.memoryUsage().arrayBuffers;
    let [most, received] = [0, 0];
    const ends: Buffer[] = [];
    let seen: IncomingHttpHeaders = {};
    const server = createServer({ key, cert }, (request, response) => {
      seen = request.headers;
      request.on("data", (chunk: Buffer) => {
        if (received === 0 || received > bytes) ends.push(chunk);
        received += chunk.length;
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      });
      request.on("end", () => response.end("{}"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const form = new FormData();
    form.set("file", await openAsBlob(large, { type: "application/gzip" }), 'a "b".tgz');
    const send = trustingFetch({ ca: path.join(folder, "ca.pem") });
    const answer = await send(`https://localhost:${port}/`, { method: "POST", body: form, headers: { "X-Key": "k" } });
    assert.equal(await answer.text(), "{}");
    server.closeAllConnections();
    server.close();
    assert.equal(Number(seen["content-length"]), received);
    assert.equal(seen["x-key"], "k");
    assert.ok(most < bytes * 0.8, `${Math.round(most / 1024 / 1024)} MiB were in memory`);
    const type = seen["content-type"] ?? "";
    assert.match(
      String(ends[0]),
      /^--plugsmith-\w+\r\nContent-Disposition: form-data; name="file"; filename="a %22b%22\.tgz"\r\n/,
    );
    // What any reader of forms makes of such a body.
    const small = new FormData();
    small.set("file", new Blob(["content"], { type: "text/plain" }), "ü.txt");
    small.set("field", "text");
    const made = multipart(small);
    const body = await buffer(made.bytes);
    assert.equal(body.byteLength, made.length);
    const read = await new Response(body, { headers: { "Content-Type": made.type } }).formData();
    const file = read.get("file");
    assert.ok(file instanceof File && type.startsWith("multipart/form-data; boundary=plugsmith-"));
    assert.deepEqual(
      [file.name, file.type, await file.text(), read.get("field")],
      ["ü.txt", "text/plain", "content", "text"],
    );
  });

  it("explains a redirect at an upload, which is not followed", async () => {
    const reply: Reply = (request, response) => {
      request.resume();
      request.on("end", () => response.writeHead(307, { Location: "https://login.example.org/" }).end());
    };
    faulty.replies.set("POST /plugins/upload", reply);
    const error = await hostError(Promise.resolve(faulty.host().upload?.(shipment, signal)));
    assert.equal(error.kind, "refused");
    assert.match(error.message, /redirects to another address; no credential was sent there/);
  });
});
