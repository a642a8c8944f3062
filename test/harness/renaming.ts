// What tests of renames share: a fixture with other line ends, the place of a text in its first file, and a rename carried out.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Position } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import type { RenamePlace } from "../../server/service/features/navigate/rename.js";
import type { LanguageService, Manifest } from "../../server/service/index.js";
import type { Fixture } from "./fixture.js";
import { openFixture } from "./workspace.js";

export const withLineEnds = (fixture: Fixture, eol: string): Fixture => ({
  ...fixture,
  files: fixture.files.map((file) => ({ ...file, text: file.text.replace(/\n/g, eol) })),
});

export function openedAt(fixture: Fixture, at: string): { readonly manifest: Manifest; readonly position: Position } {
  const { manifest: own, used, reason } = openFixture(fixture);
  const manifest = own ?? used;
  assert.ok(manifest, reason);
  const offset = manifest.parsed.text.indexOf(at);
  assert.ok(offset >= 0, at);
  return { manifest, position: manifest.parsed.document.positionAt(offset) };
}

/** Where the rename there is offered. */
export function preparedAt(service: LanguageService, manifest: Manifest, position: Position): RenamePlace {
  const place = service.prepareRename(manifest, position);
  assert.ok(place && "placeholder" in place, JSON.stringify(place ?? null));
  return place;
}

/** All files after the rename of what stands there. */
export function renamed(service: LanguageService, fixture: Fixture, at: string, name: string): Fixture {
  const { manifest, position } = openedAt(fixture, at);
  const answer = service.rename(manifest, position, name);
  assert.ok("edit" in answer, JSON.stringify(answer));
  const changes = answer.edit.changes ?? {};
  const files = fixture.files.map((file) => {
    const uri = URI.file(file.path).toString();
    const document = TextDocument.create(uri, "x", 0, file.text);
    return { ...file, text: TextDocument.applyEdits(document, changes[uri] ?? []) };
  });
  return { ...fixture, files };
}
