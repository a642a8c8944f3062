// Fixtures with a `hover`, `links`, `symbols` or `folding` section: the answer, line by line. UPDATE_EXPECT=1 rewrites it.

import assert from "node:assert/strict";
import { type DocumentSymbol, MarkupContent } from "vscode-languageserver-types";
import { createLanguageService, type Manifest } from "../../server/service/index.js";
import { type FixtureCase, fixtureCases } from "../harness/fixtures.js";
import { openFixture } from "../harness/workspace.js";

const service = createLanguageService();

const ANSWERS: Readonly<Record<string, (manifest: Manifest, caret: number) => string[]>> = {
  hover: (manifest, caret) => {
    const { document } = manifest.parsed;
    const hover = service.hover(manifest, document.positionAt(caret), { docs: "https://example.org/docs" });
    if (!hover) return ["(nothing)"];
    const { contents, range } = hover;
    assert.ok(MarkupContent.is(contents) && range);
    return [`on: ${document.getText(range)}`, ...contents.value.split("\n").filter((line) => line !== "")];
  },
  links: (manifest) =>
    service.links(manifest).map(({ range, target }) => `${manifest.parsed.document.getText(range)} -> ${target}`),
  symbols: (manifest) => service.symbols(manifest).flatMap((symbol) => outline(manifest, symbol)),
  folding: (manifest) =>
    service.folding(manifest).map(({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ""}`),
};

describe("answers", () => {
  for (const one of fixtureCases("editing")) {
    for (const { name, lines } of one.fixture.sections) {
      const answer = ANSWERS[name];
      if (!answer) continue;
      for (const eol of ["\n", "\r\n"] as const) {
        it(`${name}: ${one.name}${eol === "\n" ? "" : " (CRLF)"}: ${one.fixture.title}`, () => {
          const actual = answer(...opened(one, eol)).map((line) => line.trimEnd().replace(/\d+ bytes/, "some bytes"));
          if (process.env.UPDATE_EXPECT) return eol === "\n" ? rewrite(one, name, actual) : undefined;
          assert.deepEqual(
            actual,
            lines.map((line) => line.trimEnd()),
          );
        });
      }
    }
  }
});

function opened({ fixture, name }: FixtureCase, eol: "\n" | "\r\n"): [Manifest, number] {
  const { manifest, reason } = openFixture(fixture, eol);
  assert.ok(manifest, `${name} isn't ours: ${reason}`);
  const caret = fixture.files[0]?.caret ?? 0;
  const before = (fixture.files[0]?.text ?? "").slice(0, caret);
  return [manifest, eol === "\n" ? caret : caret + before.split("\n").length - 1];
}

function outline(manifest: Manifest, { name, detail, range, selectionRange, children }: DocumentSymbol): string[] {
  const { document } = manifest.parsed;
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const [from, to] = [document.offsetAt(selectionRange.start), document.offsetAt(selectionRange.end)];
  assert.ok(start <= from && from <= to && to <= end, `${name}: the selection lies outside`);
  return [
    `- ${name}${detail === undefined ? "" : `: ${detail}`}`,
    ...(children ?? []).flatMap((child) => outline(manifest, child)).map((line) => `  ${line}`),
  ];
}

function rewrite(one: FixtureCase, name: string, lines: readonly string[]): void {
  const section = new RegExp(`^>>> ${name}\\n(?:(?!>>> ).*(?:\\n|$))*`, "m");
  one.rewrite(one.source.replace(section, () => `>>> ${name}\n${lines.join("\n")}\n`));
}
