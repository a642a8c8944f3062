// SkyPilot's fixes to the letter: what they write, and what they leave as it is. That each of them helps is fixProperties.test.ts.

import assert from "node:assert/strict";
import type { Fix } from "../../../server/service/index.js";
import { readFixture } from "../../harness/fixture.js";
import { mended, problemsOf } from "../../harness/mend.js";

describe("skypilot: fixes", () => {
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

  it("takes the comments of a moved plugin along, but none above the first", () => {
    const items =
      "# first\n- class: a.B\n# second\n- class: a.C\n  upload_to_controller: true\n  # why\n  parameters: {}\n";
    const fixture = readFixture(`x\n>>> plugins.yaml\nplugins:\n${items}`);
    const [move] = problemsOf(fixture, "\n").flatMap(({ fixes }) => fixes?.filter(({ files }) => files) ?? []);
    assert.ok(move);
    assert.deepEqual(
      mended(fixture, move, "\n").files.map(({ text }) => text),
      ["plugins:\n# first\n- class: a.B\n", "plugins:\n# second\n- class: a.C\n  # why\n  parameters: {}\n"],
    );
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
