// Each message leaves in one write and arrives whole, however its bytes are cut; what can't be read is told and costs no other message.

import assert from "node:assert/strict";
import { PassThrough, Writable } from "node:stream";
import { type Message, StreamMessageReader } from "vscode-jsonrpc/node";
import { StreamReader, StreamWriter } from "../../server/lsp/streams.js";

const message = (method: string, params?: object) => ({ jsonrpc: "2.0", method, ...(params && { params }) });
const change = (uri: string, version: number, ...texts: string[]) =>
  message("textDocument/didChange", {
    textDocument: { uri, version },
    contentChanges: texts.map((text) => ({ text })),
  });

function frames(...messages: object[]): Buffer {
  const all = messages.map((one) => Buffer.from(JSON.stringify(one)));
  return Buffer.concat(all.flatMap((body) => [Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
}

async function read(...chunks: Buffer[]): Promise<{ messages: Message[]; errors: string[] }> {
  const from = new PassThrough();
  const reader = new StreamReader(from);
  const [messages, errors]: [Message[], string[]] = [[], []];
  reader.onError(({ message: text }) => errors.push(text));
  const ended = new Promise<void>((resolve) => reader.onClose(resolve));
  reader.listen((one) => messages.push(one));
  for (const chunk of chunks) {
    from.write(chunk);
    await new Promise(setImmediate);
  }
  from.end();
  await ended;
  return { messages, errors };
}

describe("messages on a stream", () => {
  it("are written whole, each at once", async () => {
    const writes: string[] = [];
    const to = new Writable({
      write: (chunk: Buffer, _, done) => {
        writes.push(chunk.toString("utf8"));
        setImmediate(done);
      },
    });
    const writer = new StreamWriter(to);
    await Promise.all(["one", "zwö", "three"].map((method) => writer.write(message(method))));
    assert.deepEqual(
      writes.map((text) => /^Content-Length: \d+\r\n\r\n\{.*"method":"(\w+|zwö)"\}$/.exec(text)?.[1]),
      ["one", "zwö", "three"],
    );
  });

  it("are understood by others", async () => {
    const through = new PassThrough();
    const arrived = new Promise((resolve) => new StreamMessageReader(through).listen(resolve));
    await new StreamWriter(through).write(message("größe/😀"));
    assert.deepEqual(await arrived, message("größe/😀"));
  });

  it("end with the stream", async () => {
    const writer = new StreamWriter(new Writable({ write: (_, __, done) => done(new Error("gone")) }));
    const told = new Promise((resolve) => writer.onError(([error]) => resolve(error.message)));
    await assert.rejects(writer.write(message("one")), /gone/);
    assert.equal(await told, "gone");
  });

  const sent = [message("größe/😀"), message("two", { text: "\r\n\r\n" }), message("three")];
  for (const size of [1, 2, 7, 40, 1000])
    it(`arrive whole in pieces of ${size} bytes`, async () => {
      const bytes = frames(...sent);
      const count = Math.ceil(bytes.length / size);
      const pieces = Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
      assert.deepEqual(await read(...pieces), { messages: sent, errors: [] });
    });

  it("arrive with whatever else their head says", async () => {
    const body = JSON.stringify(message("one"));
    const type = "Content-Type: application/vscode-jsonrpc; charset=utf-8";
    const bytes = Buffer.from(`${type}\r\ncontent-length:${body.length}\r\n\r\n${body}`);
    assert.deepEqual(await read(bytes), { messages: [message("one")], errors: [] });
  });

  it("that can't be read are told, and the next one arrives", async () => {
    const broken = Buffer.from("Content-Length: 2\r\n\r\n{]Content-Size: 7\r\n\r\n");
    const { messages, errors } = await read(Buffer.concat([broken, frames(message("one"))]));
    assert.deepEqual(messages, [message("one")]);
    assert.equal(errors.length, 2);
    assert.match(errors[1] ?? "", /no Content-Length:\nContent-Size: 7/);
  });

  it("arrive as they are when they make no sense", async () => {
    const odd = [change("a", 1, "x"), message("textDocument/didChange"), message("textDocument/didChange", {})];
    const nothing = Buffer.from("Content-Length: 4\r\n\r\nnull");
    assert.deepEqual(await read(Buffer.concat([nothing, frames(...odd)])), {
      messages: odd,
      errors: ["null is no message"],
    });
  });

  it("that change one document one after the other are one", async () => {
    const hover = { jsonrpc: "2.0", id: 1, method: "textDocument/hover", params: {} };
    const bytes = frames(
      change("a", 2, "x"),
      change("a", 3, "y", "z"),
      hover,
      change("a", 4, "w"),
      change("b", 2, "v"),
    );
    const { messages } = await read(bytes);
    assert.deepEqual(messages, [change("a", 3, "x", "y", "z"), hover, change("a", 4, "w"), change("b", 2, "v")]);
  });
});
