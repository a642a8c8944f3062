// Fixes that make, move and remove files: the files after the edit, and that each of them in every fixture leaves fewer
// problems and no new one.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type CodeAction, CreateFile, DeleteFile, RenameFile, TextDocumentEdit } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import { createLanguageService, type Manifest } from "../../../server/service/index.js";
import { type Fixture, readFixture } from "../../harness/fixture.js";
import { fixtureCases } from "../../harness/fixtures.js";
import { openFixture } from "../../harness/workspace.js";
import { API, CASES } from "./fileFixCases.js";

const service = createLanguageService();

describe("openjourney: fixes of files", () => {
  for (const [what, source, title, expected] of CASES) {
    it(what, () => {
      const fixture = readFixture(`t\n${source}`);
      const { manifest } = openFixture(fixture);
      assert.ok(manifest);
      const all = fixesOf(manifest);
      const fix = all.find((one) => title.test(one.title));
      assert.ok(fix, `offered: ${all.map((one) => one.title).join("; ")}`);
      const before = filesOf(fixture);
      const after = applied(before, fix);
      const wanted = new Map(before);
      for (const [path, text] of Object.entries(expected)) {
        if (text === undefined) wanted.delete(`/workspace/${path}`);
        else wanted.set(`/workspace/${path}`, text);
      }
      assert.deepEqual([...after].sort(), [...wanted].sort());
    });
  }

  it("no file fix is offered to an editor that can't do it", () => {
    const { manifest } = openFixture(readFixture(`t\n${API}>>> plugins/other/Dockerfile\nFROM scratch\n`));
    assert.ok(manifest);
    assert.deepEqual(
      fixesOf(manifest, false).filter(({ edit }) => edit?.documentChanges),
      [],
    );
  });
});

describe("openjourney: fixes of files over all fixtures", () => {
  for (const { name, fixture } of fixtureCases("openjourney")) {
    const { manifest } = openFixture(fixture);
    for (const fix of manifest ? fixesOf(manifest) : []) {
      if (!manifest || !fix.edit?.documentChanges || fix.edit.documentChanges.every(TextDocumentEdit.is)) continue;
      it(`${name}: ${fix.title}`, () => {
        const after = reopened(fixture, applied(filesOf(fixture), fix));
        const [before, now] = [codes(manifest), after ? codes(after) : []];
        const [code] = fix.diagnostics?.map((one) => String(one.code)) ?? [];
        assert.ok(count(now, code) < count(before, code), `${code} is still there`);
        const fresh = now.filter((one) => count(now, one) > count(before, one) && !REVEALED[name]?.includes(one));
        assert.deepEqual(fresh, []);
      });
    }
  }
});

/** What comes to light in a fixture once a file is read. */
const REVEALED: Readonly<Record<string, readonly string[]>> = {
  // The entry meant another file: with one of its own it no longer stands for that, and a name has no underscore.
  "openjourney/unlisted-misspelt-right": ["openjourney/unlisted", "openjourney/name-mismatch"],
};

function fixesOf(manifest: Manifest, filesAllowed = true): CodeAction[] {
  const diagnostics = service.diagnose(manifest);
  const { document } = manifest.parsed;
  const range = { start: document.positionAt(0), end: document.positionAt(document.getText().length) };
  return service.actions(manifest, { range, diagnostics, filesAllowed });
}

const codes = (manifest: Manifest): string[] => service.diagnose(manifest).map(({ code }) => String(code));
const count = (list: readonly string[], code: string | undefined): number => list.filter((one) => one === code).length;
const filesOf = ({ files }: Fixture): Map<string, string> => new Map(files.map(({ path, text }) => [path, text]));

/** The file under test again, or its neighbour that took its place. */
function reopened(fixture: Fixture, after: ReadonlyMap<string, string>): Manifest | undefined {
  const [first] = fixture.files;
  const own =
    first && after.has(first.path)
      ? first.path
      : [...after.keys()].find(
          (path) => path.startsWith(first?.path.replace(/[^/]*$/, "") ?? "") && /kustomization/i.test(path),
        );
  if (own === undefined) return undefined;
  const others = [...after].filter(([path]) => path !== own);
  const files = [[own, after.get(own) ?? ""] as const, ...others].map(([path, text]) => ({
    path,
    text,
    marks: [],
    caret: undefined,
  }));
  return openFixture({ ...fixture, files }).manifest;
}

function applied(files: ReadonlyMap<string, string>, { edit }: CodeAction): Map<string, string> {
  const after = new Map(files);
  const pathOf = (uri: string) => URI.parse(uri).fsPath;
  const change = (uri: string, edits: Parameters<typeof TextDocument.applyEdits>[1]) => {
    const path = pathOf(uri);
    after.set(path, TextDocument.applyEdits(TextDocument.create(uri, "yaml", 0, after.get(path) ?? ""), edits));
  };
  for (const [uri, edits] of Object.entries(edit?.changes ?? {})) change(uri, edits);
  for (const one of edit?.documentChanges ?? []) {
    if (CreateFile.is(one)) {
      assert.ok(!after.has(pathOf(one.uri)), "a file would be overwritten");
      after.set(pathOf(one.uri), "");
    } else if (RenameFile.is(one)) {
      assert.ok(!after.has(pathOf(one.newUri)), "a file would be overwritten");
      after.set(pathOf(one.newUri), after.get(pathOf(one.oldUri)) ?? "");
      after.delete(pathOf(one.oldUri));
    } else if (DeleteFile.is(one)) after.delete(pathOf(one.uri));
    else
      change(
        one.textDocument.uri,
        one.edits.filter((each) => "newText" in each),
      );
  }
  return after;
}
