// An archive on its way to a host: sent while it is read, and never to another address.
import assert from "node:assert/strict";
import { truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { type BuntimeShipment, planPackage, writeArchive } from "../../../client/ops/index.js";
import { hostError } from "../support/errors.js";
import { type FaultyHost, faultyHost, type Reply } from "../support/faultyHost.js";
import { plugin, removeTemporary, temporary } from "../support/places.js";

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
