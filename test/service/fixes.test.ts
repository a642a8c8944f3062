// Every quick fix of every fixture, accepted: the file still parses, has fewer problems and no new one. A safe fix applied
// until it is offered no more changes nothing afterwards, and fix-all comes to rest.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CodeAction } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import { createLanguageService, FIX_ALL, type Manifest } from "../../server/service/index.js";
import type { Fixture } from "../harness/fixture.js";
import { fixtureCases } from "../harness/fixtures.js";
import { openFixture } from "../harness/workspace.js";
import { REVEALED } from "./revealed.js";

const service = createLanguageService();

describe("quick fixes", () => {
  for (const { name, fixture } of fixtureCases()) {
    const { manifest } = openFixture(fixture);
    if (!manifest || fixture.files[0]?.caret !== undefined) continue;
    const fixes = fixesOf(manifest);
    for (const fix of fixes.filter(({ diagnostics }) => diagnostics !== undefined)) {
      it(`${name}: ${fix.title}`, () => {
        const [before, after] = [problems(manifest), problems(reopened(fixture, manifest, fix))];
        const [code] = fix.diagnostics?.map((one) => String(one.code)) ?? [];
        assert.ok(count(after, code) < count(before, code), `${code} is still there\n${text(manifest, fix)}`);
        assert.deepEqual(fresh(name, before, readable(before, after)), [], text(manifest, fix));
      });
    }
    if (fixes.some(({ kind }) => kind === FIX_ALL)) {
      it(`${name}: all safe fixes at once, until there is none`, () => {
        let current = manifest;
        for (let round = 0; ; round++) {
          const all = fixesOf(current).find(({ kind }) => kind === FIX_ALL);
          if (!all) break;
          assert.ok(round < 5, `fix-all never ends\n${current.parsed.text}`);
          current = reopened(fixture, current, all);
        }
        const [before, after] = [problems(manifest), problems(current)];
        assert.deepEqual(fresh(name, before, readable(before, after)), [], current.parsed.text);
      });
    }
  }
});

function fixesOf(manifest: Manifest): CodeAction[] {
  const diagnostics = service.diagnose(manifest);
  const { document } = manifest.parsed;
  const range = { start: document.positionAt(0), end: document.positionAt(document.getText().length) };
  const actions = service.actions(manifest, { range, diagnostics });
  return [...actions, ...service.actions(manifest, { range, diagnostics, only: [FIX_ALL] })];
}

function text({ parsed }: Manifest, { edit }: CodeAction): string {
  return TextDocument.applyEdits(parsed.document, edit?.changes?.[parsed.uri] ?? []);
}

function reopened(fixture: Fixture, manifest: Manifest, { edit }: CodeAction): Manifest {
  const files = fixture.files.map((file) => {
    const uri = URI.file(file.path).toString();
    return {
      ...file,
      text: TextDocument.applyEdits(TextDocument.create(uri, "x", 0, file.text), edit?.changes?.[uri] ?? []),
    };
  });
  // The manifest may have been mended before.
  const [first, ...others] = files;
  assert.ok(first);
  const after = TextDocument.applyEdits(manifest.parsed.document, edit?.changes?.[manifest.parsed.uri] ?? []);
  const isChanged =
    after !== manifest.parsed.text || others.some(({ text }, at) => text !== fixture.files[at + 1]?.text);
  assert.ok(isChanged, "the fix changes nothing here");
  const again = openFixture({ ...fixture, files: [{ ...first, text: after }, ...others] }).manifest;
  assert.ok(again, `not recognised any more\n${after}`);
  return again;
}

/** Codes and messages, without numbers of lines, which move. */
function problems(manifest: Manifest): string[] {
  return service
    .diagnose(manifest)
    .map(({ code, message }) => `${String(code)}: ${String(message).replace(/line \d+/g, "line")}`);
}

const count = (list: readonly string[], code: string | undefined): number =>
  list.filter((one) => one.startsWith(`${code}:`)).length;

/** Once text can be read, what it says is judged for the first time. */
function readable(before: readonly string[], after: readonly string[]): readonly string[] {
  const isOfSyntax = (one: string) => /^\w+\/syntax:/.test(one);
  const isMended = after.filter(isOfSyntax).length < before.filter(isOfSyntax).length;
  return isMended ? after.filter(isOfSyntax) : after;
}

/** What stands in `after` with a code that `before` hasn't as often. */
function fresh(name: string, before: readonly string[], after: readonly string[]): string[] {
  const codeOf = (one: string) => one.slice(0, one.indexOf(":"));
  return after.filter(
    (one) => codeOf(one) !== REVEALED[name]?.[0] && count(after, codeOf(one)) > count(before, codeOf(one)),
  );
}
