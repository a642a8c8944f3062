// Each message leaves in one write, whole and in its turn, and what happens to the stream is passed on.

import assert from "node:assert/strict";
import { PassThrough, Writable } from "node:stream";
import { StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { wholeMessages } from "../../server/lsp/wholeMessages.js";

const message = (method: string) => ({ jsonrpc: "2.0", method });

describe("messages on a stream", () => {
  it("are written whole, each at once", async () => {
    const writes: string[] = [];
    const to = new Writable({
      write: (chunk: Buffer, _, done) => {
        writes.push(chunk.toString("utf8"));
        setImmediate(done);
      },
    });
    const writer = new StreamMessageWriter(wholeMessages(to));
    await Promise.all(["one", "zwö", "three"].map((method) => writer.write(message(method))));
    assert.deepEqual(
      writes.map((text) => /^Content-Length: \d+\r\n\r\n\{.*"method":"(\w+|zwö)"\}$/.exec(text)?.[1]),
      ["one", "zwö", "three"],
    );
  });

  it("arrive as they were sent", async () => {
    const through = new PassThrough();
    const arrived = new Promise((resolve) => new StreamMessageReader(through).listen(resolve));
    await new StreamMessageWriter(wholeMessages(through)).write(message("größe/😀"));
    assert.deepEqual(await arrived, message("größe/😀"));
  });

  it("end with the stream", async () => {
    const to = new Writable({ write: (_, __, done) => done(new Error("gone")) });
    const writer = new StreamMessageWriter(wholeMessages(to));
    const told = new Promise((resolve) => writer.onError(([error]) => resolve(error.message)));
    await assert.rejects(writer.write(message("one")), /gone/);
    assert.equal(await told, "gone");
  });
});
