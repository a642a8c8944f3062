// Metaflow UI's fixes to the letter: what they write. That each of them helps is fixProperties.test.ts.

import assert from "node:assert/strict";
import { readFixture } from "../../harness/fixture.js";
import { mended, problemsOf } from "../../harness/mend.js";

describe("metaflow: fixes", () => {
  it("adds a key in the map's own layout", () => {
    const one = readFixture('x\n>>> manifest.json\n{ "name": "x", "version": "1", "entrypoint": "index.html" }\n');
    const [problem] = problemsOf(one, "\n").filter(({ code }) => code === "metaflow/slot-missing");
    const [fix] = problem?.fixes ?? [];
    assert.ok(fix);
    assert.equal(
      mended(one, fix, "\n").files[0]?.text,
      '{ "name": "x", "version": "1", "entrypoint": "index.html", "slot": "task-details" }\n',
    );
  });

  it("moves the credentials of an address into auth, decoded", () => {
    const fixture = readFixture(
      'x\n>>> config.plugins.json\n{\n  "a": {\n    "repository": "https://ci%40bot:p%2Fw@git.example.org/a.git",\n    "ref": "origin/main"\n  }\n}\n',
    );
    const [fix] = problemsOf(fixture, "\n").flatMap(({ fixes }) => fixes ?? []);
    assert.ok(fix);
    assert.deepEqual(JSON.parse(mended(fixture, fix, "\n").files[0]?.text ?? ""), {
      a: {
        repository: "https://git.example.org/a.git",
        ref: "origin/main",
        auth: { user: "ci@bot", pass: "p/w" },
      },
    });
  });
});
