// Every fix of every SkyPilot fixture: the problem is gone after it, none comes anew, and a second time there is nothing to do.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { Fix, Problem } from "../../../server/service/index.js";
import { readFixture } from "../../harness/fixture.js";
import { mended, problemsOf } from "../../harness/mend.js";
import { fromRoot } from "../../harness/root.js";

const folder = fromRoot("test", "fixtures", "skypilot");

describe("skypilot: fixes", () => {
  for (const name of fs.readdirSync(folder).sort()) {
    const fixture = readFixture(fs.readFileSync(path.join(folder, name), "utf8"));
    for (const eol of ["\n", "\r\n"] as const) {
      const before = problemsOf(fixture, eol);
      const fixes = before.flatMap((problem) => (problem.fixes ?? []).map((fix) => ({ problem, fix })));
      for (const [at, { problem, fix }] of fixes.entries()) {
        it(`${name} ${at}: ${fix.title}${eol === "\n" ? "" : " (CRLF)"}`, () => {
          const after = problemsOf(mended(fixture, fix, eol), "\n");
          const same = (one: Problem) => one.code === problem.code;
          assert.ok(after.filter(same).length < before.filter(same).length, `${problem.code} is still there`);
          const known = new Set(before.map(({ code }) => code));
          assert.deepEqual(
            after.filter(({ code, severity }) => !known.has(code) && severity === "error").map(({ code }) => code),
            [],
          );
        });
      }
    }
  }

  it("keeps quotes, comments and line ends", () => {
    const fixture = readFixture("x\n>>> plugins.yaml\nplugins:\n- class: 'pkg.mod:MyPlugin' # mine\n- class: a/b.C\n");
    const [colon, slash] = problemsOf(fixture, "\r\n").flatMap(({ fixes }) => fixes ?? []);
    assert.ok(colon && slash);
    const text = (fix: Fix) => mended(fixture, fix, "\r\n").files[0]?.text;
    assert.equal(text(colon), "plugins:\r\n- class: 'pkg.mod.MyPlugin' # mine\r\n- class: a/b.C\r\n");
    assert.equal(text(slash), "plugins:\r\n- class: 'pkg.mod:MyPlugin' # mine\r\n- class: a.b.C\r\n");
  });

  it("moves a flagged plugin to the list of remote plugins", () => {
    const fixture = readFixture(
      "x\n>>> plugins.yaml\nplugins:\n- class: a.B\n- upload_to_controller: true # soon\n  class: a.C\n  parameters:\n    x: 1 # one\n\n# end\n" +
        ">>> remote_plugins.yaml\nplugins:\n  - class: a.D # other\n# end\n",
    );
    const [move, list] = problemsOf(fixture, "\n").flatMap(({ fixes }) => fixes ?? []);
    assert.ok(move && list);
    const texts = (fix: Fix) => mended(fixture, fix, "\n").files.map(({ text }) => text);
    const remote = "plugins:\n  - class: a.D # other\n  - class: a.C\n    parameters:\n      x: 1 # one\n# end\n";
    assert.deepEqual(texts(move), ["plugins:\n- class: a.B\n\n# end\n", remote]);
    assert.deepEqual(texts(list), [
      "plugins:\n- class: a.B\n- class: a.C\n  parameters:\n    x: 1 # one\n\n# end\n",
      remote,
    ]);
  });

  it("makes remote_plugins.yaml where there is none", () => {
    const fixture = readFixture("x\n>>> plugins.yaml\nplugins:\n  - class: a.C\n    upload_to_controller: true\n# end");
    const [move] = problemsOf(fixture, "\n").flatMap(({ fixes }) => fixes?.filter(({ files }) => files) ?? []);
    assert.ok(move);
    assert.deepEqual(
      mended(fixture, move, "\n").files.map(({ path, text }) => [path, text]),
      [
        ["/workspace/plugins.yaml", "plugins: []\n# end"],
        ["/workspace/remote_plugins.yaml", "plugins:\n- class: a.C\n"],
      ],
    );
  });
});
