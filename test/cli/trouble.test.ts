// Hosts that answer nonsense, or repeat what they were sent: exit code 1, one clear sentence, and never the token.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { isDeepStrictEqual } from "node:util";
import { fromRoot } from "../harness/root.js";
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

  it("is put right by the next run after it was killed in the middle of a copy, or of what it notes down", async () => {
    const files = (text: string) => ({
      "manifest.yaml": `name: hello\nversion: "${text}"\nbase: /hello\npluginEntry: plugin.js\n`,
      "plugin.js": `export default { name: "${text}" };\n`,
      "assets/page.html": text.repeat(2000),
    });
    const write = (text: string) => {
      for (const [name, content] of Object.entries(files(text))) box.write(`hello/${name}`, content);
    };
    box.write("volume.json", JSON.stringify([{ name: "volume", system: "buntime", directory: "plugins" }]));
    fs.mkdirSync(box.at("plugins"));
    const upload = (env: Readonly<Record<string, string>>) =>
      box.run(["upload", "hello", "--config", "volume.json"], {
        TMPDIR: box.folder,
        TEMP: box.folder,
        PLUGSMITH_HOME: box.at("home"),
        NODE_OPTIONS: `--require ${JSON.stringify(fromRoot("out", "test", "ops", "support", "deadly.js"))}`,
        ...env,
      });
    const held = (name: string) => fs.readFileSync(box.at(`plugins/hello/${name}`), "utf8");
    const left = () =>
      fs
        .readdirSync(box.folder, { recursive: true })
        .filter((name) => /\.part$|(^|[\\/])\.?plugsmith-[^\\/]*$/.test(`${name}`));
    write("former");
    const first = await upload({ DIE_AT: "0", COUNT_IN: box.at("count") });
    assert.equal(first.code, 0, first.err);
    const changes = Number(fs.readFileSync(box.at("count"), "utf8"));
    assert.ok(changes > 15, `${changes}`);
    write("new");
    // Copying files, and noting it down.
    for (const nth of [changes - 12, changes - 3]) {
      const { code } = await upload({ DIE_AT: `${nth}` });
      assert.equal(code, null, "it was not killed");
      const version = held("manifest.yaml").includes("former") ? "former" : "new";
      for (const [name, content] of Object.entries(files(version))) assert.equal(held(name), content, `${nth}`);
    }
    assert.notDeepEqual(left(), []);
    const last = await upload({ DIE_AT: "0" });
    assert.equal(last.code, 0, last.err);
    for (const [name, content] of Object.entries(files("new"))) assert.equal(held(name), content);
    assert.deepEqual(left(), []);
    assert.deepEqual(fs.readdirSync(box.at("plugins")), ["hello"]);
  });
});
