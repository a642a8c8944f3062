// What each program loads before it has anything to do: what answers `initialize` knows no schema, what VS Code activates is
// next to nothing, and the terminal command prints its version without the service's validator.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fromRoot } from "../harness/root.js";

describe("the bundles", () => {
  it("answer initialize without the service, its schemas, validators or yaml", () => {
    const [connect = ""] = files().filter((name) => name.startsWith("connect-"));
    const text = loadedBy("server.js") + loadedBy(connect);
    assert.ok(text.includes("Content-Length"));
    for (const one of [...Object.values(PARTS), VALIDATOR]) assert.ok(!text.includes(one), one);
  });

  it("know of a system when one of its files is opened", () => {
    const [start = ""] = files().filter((name) => name.startsWith("start-"));
    const text = loadedBy(start);
    assert.ok(text.includes(PARTS.yaml));
    for (const [part, words] of Object.entries(PARTS).filter(([one]) => /known of|acorn/.test(one)))
      assert.ok(!text.includes(words), part);
  });

  it("make an activation of some kilobytes", () => {
    assert.ok(loadedBy("client.js").length < 30_000);
  });

  it("make a package without what acts on hosts, and the parts of Node.js that it needs", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-bundles-"));
    const told = path.join(folder, "told.json");
    const tell = `process.on("exit", () => fs.writeFileSync(${JSON.stringify(told)}, JSON.stringify({
      loaded: [...Object.keys(require.cache).map((file) => path.basename(file)), ...process.moduleLoadList],
      young: v8.getHeapSpaceStatistics().find((one) => one.space_name === "new_space").space_size })));`;
    const run = `process.argv.splice(1, 0, "plugsmith"); require(${JSON.stringify(fromRoot("dist", "cli.js"))})`;
    fs.writeFileSync(
      path.join(folder, "manifest.yaml"),
      'name: "@example/p"\nversion: "1.0.0"\npluginEntry: plugin.js\n',
    );
    fs.writeFileSync(path.join(folder, "plugin.js"), "export default {};\n");
    const args = ["-e", `${tell}${run}`, "--", "package", folder, "-o", path.join(folder, "p.tgz")];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    const { loaded, young }: { loaded: readonly string[]; young: number } = JSON.parse(fs.readFileSync(told, "utf8"));
    fs.rmSync(folder, { recursive: true });
    assert.ok(loaded.includes("system-buntime.js"));
    const tooMuch =
      /^(hosts-|local-host|git|bundle|tar|run|trust|doctor|preview)[\w-]*\.js$|NativeModule (https?|tls|child_process)$/;
    // The command itself is in a file of its own, with a name of the builder's.
    const needless = loaded.filter((one) => tooMuch.test(one) && !/^run-\w{8}\.js$/.test(one));
    assert.deepEqual(needless, []);
    // Left to itself V8 takes eight by then.
    assert.ok(young <= 2 * 1024 * 1024, `${young} bytes are kept for what is new`);
  });

  it("judge by schemas without compiling them, each loaded with the first document that it judges", () => {
    assert.deepEqual(
      files().filter((name) => read(name).includes("strict mode: ")),
      [],
    );
    const validators = files().filter((name) => read(name).includes(VALIDATOR));
    assert.deepEqual(
      validators,
      files().filter((name) => name.startsWith("schema-")),
    );
    for (const name of validators) {
      const text = files().map(read).join("\n");
      const loaded = /"plugsmith:[\w-]+": ?\(\) ?=> ?[^"\n]*\("([^"\n]+)"\)/g;
      const uses = [...text.matchAll(loaded)].filter(([, path]) => path === `./${name}`);
      assert.equal(uses.length, 1, name);
      assert.equal(text.split(`"./${name}"`).length, 2, name);
    }
  });

  it("hold nothing but ASCII, since V8 takes twice the memory and longer for any other text", () => {
    assert.deepEqual(
      files().filter((name) => /[^\0-\x7f]/.test(read(name).replace(/^ *\/\/.*/gm, ""))),
      [],
    );
  });

  it("have each large part once", () => {
    for (const [part, text] of Object.entries(PARTS))
      assert.equal(files().filter((name) => read(name).includes(text)).length, 1, part);
  });
});

/** Words that only this part has. */
const PARTS = {
  "the service": "nothing in the next line reports",
  "the schemas": 'plugsmith:openjourney-kustomization",',
  "what is known of SkyPilot": "PyYAML keeps the last value",
  "what is known of Buntime": "The loader ignores the folder with a warning",
  "what is known of Metaflow UI": "Python keeps the last value and",
  "what is known of OpenJourney": "kustomize keeps the last value",
  acorn: "Unterminated regular expression",
  yaml: "Implicit keys need to be on a single line",
};

/** Words that each validator has. */
const VALIDATOR = "must be object";

const files = () => fs.readdirSync(fromRoot("dist")).filter((name) => name.endsWith(".js"));
const read = (name: string) => fs.readFileSync(fromRoot("dist", name), "utf8");

/** The text of a file of dist/ and of all that it requires at once. */
function loadedBy(name: string): string {
  const seen = new Set<string>();
  const open = [name];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    const late = /then\(\(\)\s*=>\s*[\w.]*\(?require\("\.\/[^"]+"\)/g;
    for (const [, path = ""] of read(one)
      .replace(late, "")
      .matchAll(/require\("\.\/([^"]+)"\)/g))
      open.push(path);
  }
  return [...seen].map(read).join("\n");
}
