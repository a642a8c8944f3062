// Hosts that answer nonsense, or repeat what they were sent: exit code 1, one clear sentence, and never the token.

import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import { isDeepStrictEqual } from "node:util";
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

  it("names every problem with its file and place when a plugin is refused", async () => {
    box.write("ill/manifest.yaml", "name: ill\nversion: 1.0.0\nbase: nowhere\npluginEntry: gone.js\nttl: soon\n");
    const host = ["--system", "buntime", "--url", "http://127.0.0.1:9"];
    const pluginEntry = { file: "manifest.yaml", position: { line: 3, character: 13 } };
    for (const args of [
      ["deploy", "ill", ...host],
      ["deploy", "ill", "--dry-run", ...host],
      ["package", "ill"],
    ]) {
      const { code, out } = await box.run([...args, "--json"]);
      const { error } = JSON.parse(out);
      assert.deepEqual([code, error.kind, error.step], [1, "refused", "package"], out);
      const errors = error.findings.filter(({ severity }: { severity: string }) => severity === "error");
      assert.ok(errors.length >= 2, out);
      const places = error.findings.map(({ file, position }: { file: string; position: object }) => ({
        file,
        position,
      }));
      assert.ok(
        places.some((place: object) => isDeepStrictEqual(place, pluginEntry)),
        out,
      );
      const base = errors.find(({ message }: { message: string }) => message.includes("nowhere"));
      assert.deepEqual([base.file, base.position], ["manifest.yaml", { line: 2, character: 6 }]);
    }
    const { err } = await box.run(["deploy", "ill", ...host]);
    assert.match(err, /manifest\.yaml:3:7: error: .*nowhere/);
    assert.match(err, /plugsmith: .*\(and \d more\)/);
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
