// What the server keeps of its compiled code: it is there for the next start, and whatever happens to it, the server starts.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Diagnostic } from "vscode-languageserver/node";
import { fromRoot } from "../harness/root.js";
import { startServer } from "./server.js";

const LOADED = ["schema-skypilot-plugins.js", "system-skypilot.js"];
const URI = "file:///kept/plugins.yaml";

describe("compiled code", function () {
  this.timeout(60_000);
  let dist: string;

  beforeEach(() => {
    dist = fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-compiled-"));
    for (const name of fs.readdirSync(fromRoot("dist")).filter((one) => one.endsWith(".js")))
      fs.copyFileSync(fromRoot("dist", name), path.join(dist, name));
  });
  afterEach(() => fs.rmSync(dist, { recursive: true, force: true }));

  it("is kept beside the code, and taken at the next start", async () => {
    assert.match(await told(), /did you mean "class"/);
    const first = kept();
    const names = [...first.keys()].map((file) => path.basename(file));
    // Of four systems one was asked for.
    assert.deepEqual(names.filter((name) => /^(system|schema)-/.test(name)).sort(), LOADED);
    assert.match(await told(), /did you mean "class"/);
    // What wasn't taken would have been made anew.
    assert.deepEqual(kept(), first);
  });

  it("that a broken disk has changed, cut or emptied is made anew", async () => {
    await told();
    const broken: readonly ((content: Buffer) => Buffer)[] = [
      (content) => Buffer.from(content.map((byte, at) => (at === content.length >> 1 ? byte ^ 16 : byte))),
      (content) => content.subarray(0, content.length - 100),
      () => Buffer.alloc(0),
      () => Buffer.alloc(5000, 7),
    ];
    for (const change of broken) {
      const files = [...kept().keys()];
      for (const file of files) fs.writeFileSync(file, change(fs.readFileSync(file)));
      const changed = kept();
      assert.match(await told(), /did you mean "class"/);
      const now = kept();
      for (const file of files) assert.notDeepEqual(now.get(file), changed.get(file), file);
    }
  });

  it("of another text isn't taken, also where that is as long", async () => {
    await told();
    for (const name of fs.readdirSync(dist).filter((one) => one.endsWith(".js"))) {
      const file = path.join(dist, name);
      fs.writeFileSync(file, fs.readFileSync(file, "utf8").replaceAll("did you mean", "is it really"));
    }
    assert.match(await told(), /is it really "class"/);
  });

  it("is done without where nothing can be written", async () => {
    fs.writeFileSync(path.join(dist, "compiled"), "");
    assert.match(await told(), /did you mean "class"/);
    assert.match(await told(), /did you mean "class"/);
    assert.equal(fs.readFileSync(path.join(dist, "compiled"), "utf8"), "");
  });

  /** What the server says of a document, from its start to its end. */
  async function told(): Promise<string> {
    const server = await startServer({}, {}, path.join(dist, "server.js"));
    server.open(URI, "plugins:\n- clas: example.Example\n");
    const found: readonly Diagnostic[] = await server.diagnostics(URI, 1);
    assert.equal(await server.stop(), 0);
    return found.map(({ message }) => message).join("\n");
  }

  /** Every kept file, and when it was written. */
  function kept(): ReadonlyMap<string, string> {
    const folder = path.join(dist, "compiled");
    const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    return new Map(
      files.map(({ parentPath, name }) => {
        const file = path.join(parentPath, name);
        const { ino, mtimeMs } = fs.statSync(file);
        return [file, `${ino} ${mtimeMs}`];
      }),
    );
  }
});
