// `plugsmith server --stdio`: speaks the protocol on its streams, says nothing else there, and ends as it is told.

import assert from "node:assert/strict";
import { ended, type Sandbox, sandbox } from "./plugsmith.js";

describe("plugsmith server", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = sandbox();
  });
  afterEach(() => box.end());

  const framed = (message: object) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  };
  const initialize = { id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } };

  it("answers to initialize, and ends with 0 after shutdown and exit", async () => {
    const child = box.start(["server", "--stdio"]);
    const end = ended(child);
    child.stdout?.once("data", () =>
      child.stdin?.write(framed({ id: 2, method: "shutdown" }) + framed({ method: "exit" })),
    );
    child.stdin?.write(framed(initialize));
    const { code, out, err } = await end;
    assert.deepEqual([code, err], [0, ""]);
    assert.match(out, /^Content-Length: \d+\r\n\r\n\{"jsonrpc":"2.0","id":1,"result":\{.*"name":"plugsmith"/);
  });

  it("ends when it is told to by a signal", async () => {
    const child = box.start(["server", "--stdio"]);
    const end = ended(child);
    child.stdout?.once("data", () => child.kill("SIGTERM"));
    child.stdin?.write(framed(initialize));
    assert.equal((await end).code, 0);
  });
});
