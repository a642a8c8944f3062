// Hosts that answer nonsense, or repeat what they were sent: exit code 1, one clear sentence, and never the token.

import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import { ended, type Sandbox, sandbox } from "./plugsmith.js";

const TOKEN = "planted-key-4242-never-printed";

describe("plugsmith, hosts in trouble", () => {
  let box: Sandbox;
  let server: Server | undefined;
  beforeEach(() => {
    box = sandbox();
  });
  afterEach(async () => {
    server?.closeAllConnections();
    server?.close();
    await box.end();
  });
  const listening = (answer: RequestListener) =>
    new Promise<string[]>((resolve) => {
      server = createServer(answer).listen(0, "127.0.0.1", () => {
        const address = server?.address();
        const port = typeof address === "object" ? address?.port : 0;
        resolve(["--system", "buntime", "--url", `http://127.0.0.1:${port}`]);
      });
    });

  for (const [title, status, body] of [
    ["HTML", 200, "<html>login</html>"],
    ["an error page", 500, "Internal Server Error"],
    ["a bad gateway", 502, "<html>502</html>"],
    ["half an answer", 200, '[{"name": "a'],
  ] as const) {
    it(`reports ${title}`, async () => {
      const host = await listening((_, response) => response.writeHead(status).end(body));
      const { code, out, err } = await box.run(["list", ...host]);
      assert.deepEqual([code, out], [1, ""]);
      assert.match(err, /^plugsmith: .+\n$/);
      assert.doesNotMatch(err, /should not have happened/);
    });
  }

  it("masks the token when the host repeats it", async () => {
    const host = await listening((request, response) => {
      const key = `${request.headers.authorization} ${request.headers["x-api-key"]} ${encodeURIComponent(TOKEN)}`;
      response.writeHead(403, { "Content-Type": "application/json" }).end(JSON.stringify({ error: key, message: key }));
    });
    for (const args of [["list"], ["list", "--json"], ["reload"], ["remove", "hello"]]) {
      const { code, out, err } = await box.run([...args, ...host], { PLUGSMITH_TOKEN: TOKEN });
      assert.equal(code, 1);
      assert.doesNotMatch(out + err, new RegExp(TOKEN));
    }
  });

  it("says what the host has when Ctrl-C ends a deployment", async () => {
    box.write("hello/manifest.yaml", "name: hello\nversion: 1.0.0\nbase: /hello\npluginEntry: plugin.js\n");
    box.write("hello/plugin.js", "export default {};\n");
    let asked: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const host = await listening(() => asked());
    const child = box.start(["deploy", "hello", ...host]);
    const end = ended(child);
    await isAsked;
    child.kill("SIGINT");
    const { code, err } = await end;
    assert.equal(code, 1);
    assert.match(err, /cancelled/);
    assert.doesNotMatch(err, /should not have happened/);
  });
});
