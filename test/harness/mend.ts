// Fixes as a fixture shows them: the problems of its first file, and the fixture once a fix has been applied to all its files.

import assert from "node:assert/strict";
import { createDiagnose, createValidator, type Fix, type Problem, syntaxFixer } from "../../server/service/index.js";
import type { Fixture } from "./fixture.js";
import { openFixture } from "./workspace.js";

const validator = createValidator();
const diagnose = createDiagnose(validator);
const withFixes = syntaxFixer(diagnose, validator);

export function problemsOf(fixture: Fixture, eol: "\n" | "\r\n"): readonly Problem[] {
  if (fixture.files.length === 0) return [];
  const { manifest } = openFixture(fixture, eol);
  return manifest ? diagnose(manifest).map((problem) => withFixes(manifest, problem)) : [];
}

/** The fixture with the fix applied to all of its files; a file under test that was renamed stays the first. */
export function mended(fixture: Fixture, { edits, files = [] }: Fix, eol: "\n" | "\r\n"): Fixture {
  const [first, ...rest] = fixture.files;
  assert.ok(first);
  const written = [first, ...rest].map((file) => {
    let text = eol === "\n" ? file.text : file.text.replace(/\n/g, eol);
    const own = edits.filter(({ path }) => (path ?? first.path) === file.path);
    for (const { span, newText } of own.sort((a, b) => b.span[0] - a.span[0]))
      text = text.slice(0, span[0]) + newText + text.slice(span[1]);
    const moved = files.find((one) => "rename" in one && one.rename === file.path);
    return { ...file, text, path: moved && "rename" in moved ? moved.to : file.path };
  });
  const kept = written.filter(({ path }) => !files.some((one) => "remove" in one && one.remove === path));
  const made = files.flatMap((one) =>
    "create" in one ? [{ path: one.create, text: one.text, marks: [], caret: undefined }] : [],
  );
  return { ...fixture, files: [...kept, ...made] };
}
