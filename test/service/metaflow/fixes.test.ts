// Every fix of every Metaflow UI fixture: the problem is gone after it, no error comes anew, the text still parses, and
// safe ones have nothing left to do a second time.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { Problem } from "../../../server/service/index.js";
import { readFixture } from "../../harness/fixture.js";
import { mended, problemsOf } from "../../harness/mend.js";
import { fromRoot } from "../../harness/root.js";

const folder = fromRoot("test", "fixtures", "metaflow");

describe("metaflow: fixes", () => {
  for (const name of fs.readdirSync(folder).sort()) {
    const fixture = readFixture(fs.readFileSync(path.join(folder, name), "utf8"));
    for (const eol of ["\n", "\r\n"] as const) {
      const before = problemsOf(fixture, eol);
      const fixes = before.flatMap((problem) => (problem.fixes ?? []).map((fix) => ({ problem, fix })));
      for (const [at, { problem, fix }] of fixes.entries()) {
        it(`${name} ${at}: ${fix.title}${eol === "\n" ? "" : " (CRLF)"}`, () => {
          const then = mended(fixture, fix, eol);
          const after = problemsOf(then, "\n");
          const same = (one: Problem) => one.code === problem.code && one.message === problem.message;
          assert.ok(after.filter(same).length < before.filter(same).length, `${problem.code} is still there`);
          const known = new Set(before.map(({ code }) => code));
          const anew = after.filter(({ code, severity }) => !known.has(code) && severity === "error");
          assert.deepEqual(anew, []);
          const text = then.files[0]?.text ?? "";
          if (eol === "\r\n") assert.doesNotMatch(text, /[^\r]\n/);
          if (!before.some(({ code }) => code === "metaflow/syntax")) JSON.parse(text);
        });
      }
    }
  }

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
