// Every fix of every SkyPilot fixture: the problem is gone after it, none comes anew, and a second time there is nothing to do.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { createDiagnose, type Fix, type Problem } from "../../../server/service/index.js";
import { type Fixture, readFixture } from "../../harness/fixture.js";
import { fromRoot } from "../../harness/root.js";
import { openFixture } from "../../harness/workspace.js";

const folder = fromRoot("test", "fixtures", "skypilot");
const diagnose = createDiagnose();

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
});

function problemsOf(fixture: Fixture, eol: "\n" | "\r\n"): readonly Problem[] {
  const { manifest } = openFixture(fixture, eol);
  return manifest ? diagnose(manifest) : [];
}

function mended(fixture: Fixture, { edits }: Fix, eol: "\n" | "\r\n"): Fixture {
  const [first, ...rest] = fixture.files;
  assert.ok(first);
  let text = eol === "\n" ? first.text : first.text.replace(/\n/g, eol);
  for (const { span, newText } of [...edits].sort((a, b) => b.span[0] - a.span[0]))
    text = text.slice(0, span[0]) + newText + text.slice(span[1]);
  return { ...fixture, files: [{ ...first, text }, ...rest] };
}
