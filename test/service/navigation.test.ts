// Navigation and reading, all systems: fixtures in which a section named by the request holds what it answers at the caret, or,
// for requests about a whole file, in it. `rename <new name>` holds every changed line. UPDATE_EXPECT=1 rewrites the sections.
//
//   >>> references            the places, as `path:line  the line`
//   >>> about                 the hover
//   >>> hosts                 JSON: what hosts have loaded, "minutes" ago

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Location, Position } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import {
  createLanguageService,
  type Manifest,
  parseText,
  recognise,
  usedDocument,
} from "../../server/service/index.js";
import type { Fixture, FixtureFile } from "../harness/fixture.js";
import { type FixtureCase, fixtureCases } from "../harness/fixtures.js";
import { openFixture } from "../harness/workspace.js";

const service = createLanguageService();
const SECTION =
  /^\/workspace\/(definition|references|highlights|rename .*|about|workspaceSymbols|lenses|hints|incoming|outgoing)$/;

describe("navigation", () => {
  for (const one of fixtureCases("navigation")) {
    for (const eol of ["\n", "\r\n"] as const) {
      it(`${one.name}${eol === "\n" ? "" : " (CRLF)"}: ${one.fixture.title}`, () => check(one, eol));
    }
  }
});

describe("navigation at every offset", function () {
  this.timeout(60_000);
  for (const folder of ["navigation", "guides", "editing", "skypilot", "buntime"]) {
    it(folder, () => {
      for (const { fixture } of fixtureCases(folder)) sweep(fixture);
    });
  }
});

const STEPS = 6;

/** Of the whole text and of its beginnings; a rename that is offered gives a text without new problems. */
function sweep(fixture: Fixture): void {
  const [first] = fixture.files;
  const { manifest: own, used, workspace } = openFixture(fixture);
  const manifest = own ?? used;
  if (!first || !manifest) return;
  const step = Math.max(1, Math.ceil(first.text.length / STEPS));
  for (let offset = 0; offset <= first.text.length; offset += step) {
    for (const text of [first.text, first.text.slice(0, offset)]) {
      const parsed = parseText(manifest.parsed.uri, text);
      const { settings } = manifest;
      const now = recognise(parsed, workspace, settings).manifest ?? usedDocument(parsed, workspace, settings);
      if (now) tryAll(now, parsed.document.positionAt(offset));
    }
  }
}

function tryAll(manifest: Manifest, position: Position): void {
  service.definition(manifest, position);
  service.references(manifest, position, false);
  service.highlights(manifest, position);
  service.lenses(manifest);
  service.hints(manifest);
  for (const { start } of prepared(manifest, position)) service.outgoing(manifest, start);
  const answered = service.rename(manifest, position, "/renamed");
  const edits = "edit" in answered ? answered.edit.changes?.[manifest.parsed.uri] : undefined;
  if (!edits) return;
  const after = parseText(manifest.parsed.uri, TextDocument.applyEdits(manifest.parsed.document, edits));
  assert.equal(after.tree.problems.length, manifest.parsed.tree.problems.length, after.text);
}

interface Section {
  readonly name: string;
  readonly lines: readonly string[];
}

interface Case {
  readonly files: readonly FixtureFile[];
  readonly manifest: Manifest;
  readonly position: Position;
}

function check(one: FixtureCase, eol: "\n" | "\r\n"): void {
  const { fixture } = one;
  const files = fixture.files.filter(({ path }) => !SECTION.test(path));
  const { manifest: own, used, reason } = openFixture({ ...fixture, files }, eol);
  const manifest = own ?? used;
  assert.ok(manifest, reason);
  const caret = files[0]?.caret ?? 0;
  const before = (files[0]?.text ?? "").slice(0, caret);
  const offset = eol === "\n" ? caret : caret + before.split("\n").length - 1;
  const opened: Case = { files, manifest, position: manifest.parsed.document.positionAt(offset) };
  const sections = sectionsOf(fixture);
  assert.ok(sections.length > 0, "the fixture expects nothing");
  let source = one.source;
  for (const { name, lines } of sections) {
    const actual = answer(opened, name).map((line) => line.replace(/\r/g, ""));
    if (!process.env.UPDATE_EXPECT) assert.equal(actual.join("\n"), lines.join("\n"), name);
    else source = source.replace(new RegExp(`^>>> ${name}\n(?:(?!>>> ).*(?:\n|$))*`, "m"), () => block(name, actual));
  }
  if (process.env.UPDATE_EXPECT && eol === "\n") one.rewrite(source);
}

const block = (name: string, lines: readonly string[]): string => `>>> ${[name, ...lines].join("\n")}\n`;

function sectionsOf({ files }: Fixture): Section[] {
  return files.flatMap(({ path, text }) => {
    const name = SECTION.exec(path)?.[1];
    return name === undefined ? [] : [{ name, lines: text.split("\n").filter((line) => line.trim() !== "") }];
  });
}

function answer({ files, manifest, position }: Case, name: string): string[] {
  const [request = "", newName = ""] = name.split(/ (.*)/s);
  const places = (found: readonly Location[]) => found.map(({ uri, range }) => place(files, uri, range.start));
  const lineOf = ({ line }: Position) => `${line + 1}: ${lineAt(manifest.parsed.text, line)}`;
  switch (request) {
    case "definition":
      return places(service.definition(manifest, position));
    case "references":
      return places(service.references(manifest, position, true));
    case "highlights":
      return service.highlights(manifest, position).map(({ range }) => lineOf(range.start));
    case "workspaceSymbols":
      return service.workspaceSymbols(manifest.workspace, "").map((one) => `${one.name} (${one.containerName})`);
    case "lenses":
      return service.lenses(manifest).map((one) => `${lineOf(one.range.start)} <- ${one.command?.title}`);
    case "hints":
      return service.hints(manifest).map((one) => {
        assert.equal(typeof one.label, "string");
        return `${lineOf(one.position).slice(0, one.position.character + 3)} <- ${String(one.label)}`;
      });
    case "incoming":
      return prepared(manifest, position).flatMap(({ home, start }) =>
        service.incoming(home, start).map(({ from }) => `${from.name} (${from.detail})`),
      );
    case "outgoing":
      return prepared(manifest, position).flatMap(({ home, start }) =>
        service.outgoing(home, start).map(({ to }) => `${to.name} (${to.detail})`),
      );
    case "about":
      return hoverLines(manifest, position);
    default:
      return renamed(files, manifest, position, newName);
  }
}

/** The items of the hierarchy at a position, as a client gives them back. */
function prepared(manifest: Manifest, position: Position): { home: Manifest; start: Position }[] {
  return service.prepareHierarchy(manifest, position).flatMap(({ uri, selectionRange }) => {
    const path = `/workspace/${pathOf(uri)}`;
    const home = path === manifest.parsed.path ? manifest : manifest.workspace.open(path);
    return home ? [{ home, start: selectionRange.start }] : [];
  });
}

function hoverLines(manifest: Manifest, position: Position): string[] {
  const contents = service.hover(manifest, position)?.contents;
  const text = typeof contents === "object" && "value" in contents ? contents.value : "";
  return text.split("\n").filter((line) => line.trim() !== "");
}

function renamed(files: readonly FixtureFile[], manifest: Manifest, position: Position, newName: string): string[] {
  const answered = service.rename(manifest, position, newName);
  if ("refused" in answered) return [`refused: ${answered.refused}`];
  assert.ok(service.prepareRename(manifest, position), "a rename without a place");
  return Object.entries(answered.edit.changes ?? {}).flatMap(([uri, edits]) =>
    edits.map(({ range, newText }) => {
      const [path, line] = [pathOf(uri), range.start.line];
      const text = lineAt(files.find((one) => `/workspace/${path}` === one.path)?.text ?? "", line);
      return `${path}:${line + 1}  ${text.slice(0, range.start.character)}${newText}${text.slice(range.end.character)}`;
    }),
  );
}

function place(files: readonly FixtureFile[], uri: string, { line, character }: Position): string {
  const path = pathOf(uri);
  const text = lineAt(files.find((one) => `/workspace/${path}` === one.path)?.text ?? "", line);
  return `${path}:${line + 1}  ${text.slice(0, character)}|${text.slice(character)}`;
}

const pathOf = (uri: string): string => URI.parse(uri).path.replace(/^\/workspace\//, "");
const lineAt = (text: string, line: number): string => text.split(/\r?\n/)[line] ?? "";
