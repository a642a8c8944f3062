// `plugsmith new` and what `check` says of what it made.

import assert from "node:assert/strict";
import { type Sandbox, sandbox } from "./plugsmith.js";

describe("plugsmith new", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = sandbox();
  });
  afterEach(() => box.end());

  for (const system of ["buntime", "metaflow", "skypilot", "openjourney"]) {
    it(`makes a ${system} plugin that checks clean`, async () => {
      const made = await box.run(["new", system, "plugins/my-notes", "--json"]);
      assert.equal(made.code, 0, made.err);
      const { name, files, next } = JSON.parse(made.out);
      assert.equal(name, "my-notes");
      assert.ok(files.length > 2 && next[0].includes("plugins/my-notes"));
      const checked = await box.run(["check", "--json"]);
      const report: { files: readonly { system: string; diagnostics: readonly unknown[] }[] } = JSON.parse(checked.out);
      assert.ok(report.files.length > 0);
      assert.deepEqual(
        report.files.flatMap((file) => [file.system, ...file.diagnostics]).filter((one) => one !== system),
        [],
      );
    });
  }

  it("says what to do next as it can be run", async () => {
    const { out } = await box.run(["new", "skypilot", "my plugins/it's $new", "--name", "fresh"]);
    assert.match(out, /^next: build and prove it: plugsmith package 'my plugins\/it'\\''s \$new'$/m);
    assert.match(
      (await box.run(["new", "buntime", "my plugins/notes"])).out,
      /plugsmith deploy "my plugins\/notes" --system/,
    );
  });

  it("tells misuse apart from what can't be done", async () => {
    const ran = async (...args: readonly string[]) => {
      const { code, err } = await box.run(["new", ...args]);
      return `${code} ${err.split("\n")[0]}`;
    };
    assert.match(await ran("buntme", "x"), /^2 .*did you mean "buntime"\?/);
    assert.match(await ran("buntime"), /^2 .*needs/);
    assert.match(await ran("buntime", "42"), /^2 plugsmith: "42" can't be the name of a new plugin; write --name/);
    box.write("here/mine.txt", "mine");
    assert.match(await ran("buntime", "here"), /^1 plugsmith: "here" is not empty; nothing is overwritten/);
    assert.match(await ran("buntime", "42", "--name", "answer"), /^0 /);
  });
});
