// Fixes of deprecated fields: applied, nothing deprecated is left of that field, and `kubectl kustomize` gives the same
// objects before and after. Without kubectl only the text is checked.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createDiagnose, type TextChange } from "../../../server/service/index.js";
import { readFixture } from "../../harness/fixture.js";
import { openFixture } from "../../harness/workspace.js";
import { CASES, LEFT_ALONE, UNTOUCHED } from "./conversionCases.js";
import { OTHERS } from "./conversionFiles.js";

describe("openjourney: conversions of deprecated fields", function () {
  this.timeout(20_000);
  const diagnose = createDiagnose();
  for (const [name, before, after] of CASES) {
    it(name, async () => {
      assert.equal(convert(before), after);
      assert.deepEqual(conversionsIn(after), []);
      const crlf = convert(before.replace(/\n/g, "\r\n"));
      assert.equal(crlf, after.replace(/\n/g, "\r\n"));
      const [built, ...fixed] = await Promise.all([before, after, crlf].map(build));
      assert.deepEqual(fixed, [built, built]);
    });
  }

  it("env in other brackets", () => {
    const fixed = "{secretGenerator: [{name: g, envs: [x.env]}]}\n";
    assert.equal(convert("{secretGenerator: [{name: g, env: x.env}]}\n"), fixed);
  });

  it("an empty list that is no content becomes one that is", async () => {
    assert.equal(convert("bases: []\n"), "resources: []\n");
    if ((await build("resources: []\n")) !== undefined) await assert.rejects(build("bases: []\n"));
  });

  it("older JSON patches come before what changes names and labels", () => {
    const [problem] = conversionsIn(
      "resources: [a.yaml]\nnamePrefix: p-\npatchesJson6902: [{target: {kind: ConfigMap, name: a}, path: p.yaml}]\n",
    );
    assert.equal(problem?.fixes?.[0]?.title, 'Rename to "patches", which come before namePrefix');
  });

  for (const [why, text] of UNTOUCHED) {
    it(`leaves ${why}`, () => assert.deepEqual(titlesIn(text), []));
  }

  for (const [why, text] of LEFT_ALONE) {
    it(`leaves vars alone since ${why}`, () => {
      const told = problemsIn(text).filter(({ message }) => message.startsWith('"vars" is deprecated'));
      assert.deepEqual(
        told.map(({ related = [], fixes }) => [related[0]?.message, fixes]),
        [[`no fix can be certain here, since ${why}`, undefined]],
      );
    });
  }

  const titlesIn = (text: string) => conversionsIn(text).flatMap(({ fixes = [] }) => fixes.map(({ title }) => title));

  const conversionsIn = (text: string) =>
    problemsIn(text).filter(({ code, fixes }) => code === "openjourney/deprecated" && fixes?.length);

  function problemsIn(text: string) {
    const eol = text.includes("\r") ? "\r\n" : "\n";
    const { manifest } = openFixture(fixtureOf(text), eol);
    assert.ok(manifest);
    return diagnose(manifest);
  }

  function convert(text: string): string {
    const [fix] = conversionsIn(text).flatMap(({ fixes }) => fixes ?? []);
    assert.ok(fix, "no conversion is offered");
    return applied(text, fix.edits);
  }
});

const fixtureOf = (text: string) =>
  readFixture(`t\n>>> kustomization.yaml\n${text}${text.endsWith("\n") ? "" : "\n"}${OTHERS}`);

function applied(text: string, edits: readonly TextChange[]): string {
  return edits
    .toSorted((a, b) => b.span[0] - a.span[0] || b.span[1] - a.span[1])
    .reduce((now, { span, newText }) => now.slice(0, span[0]) + newText + now.slice(span[1]), text);
}

/** The objects that kubectl builds; undefined where there is no kubectl. */
async function build(text: string): Promise<string | undefined> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-conversion-"));
  try {
    for (const [at, file] of fixtureOf(text).files.entries()) {
      const target = path.join(folder, path.relative("/workspace", file.path));
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, at === 0 ? text : file.text);
    }
    return (await promisify(execFile)("kubectl", ["kustomize", folder])).stdout;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
