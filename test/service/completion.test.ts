// Completion fixtures: `+ label` is offered, `- label` is not, `- *` means nothing is. The order of the `+` lines is that
// of the list; behind an arrow stand the lines that change, as they read once the item is accepted. Each case runs with
// LF and CRLF. UPDATE_EXPECT=1 rewrites what is behind the arrows, and fills an empty section.

import assert from "node:assert/strict";
import type { CompletionItem } from "vscode-languageserver-types";
import { createLanguageService, type Manifest, parseText } from "../../server/service/index.js";
import { accept } from "../harness/accept.js";
import { type FixtureCase, fixtureCases } from "../harness/fixtures.js";
import { openFixture } from "../harness/workspace.js";

const service = createLanguageService();

describe("completion", () => {
  for (const one of fixtureCases()) {
    const expected = one.fixture.sections.find(({ name }) => name === "completion")?.lines;
    if (!expected) continue;
    for (const eol of ["\n", "\r\n"] as const) {
      it(`${one.name}${eol === "\n" ? "" : " (CRLF)"}: ${one.fixture.title}`, () => {
        const actual = look(one, expected, eol);
        if (process.env.UPDATE_EXPECT) return eol === "\n" ? rewrite(one, actual) : undefined;
        assert.equal(actual.join("\n"), expected.join("\n"));
      });
    }
  }
});

/** The expectation as it really is: lines that hold stay, the others say what is there instead. */
function look({ fixture, name }: FixtureCase, expected: readonly string[], eol: "\n" | "\r\n"): string[] {
  const opened = openFixture(fixture, eol);
  const { reason, manifest = opened.used } = opened;
  const caret = fixture.files[0]?.caret;
  assert.ok(manifest && caret !== undefined, `${name} isn't ours (${reason}) or has no caret`);
  const before = (fixture.files[0]?.text ?? "").slice(0, caret);
  const offset = eol === "\n" ? caret : caret + before.split("\n").length - 1;
  const items = itemsAt(manifest, offset);
  for (const item of items) checkEdits(manifest, item, offset);
  if (expected.length === 0)
    return items.length === 0 ? ["- *"] : outline(items.map((item) => shown(manifest, item, true)));
  const order = items.map(nameOf);
  const wanted = expected.map(parseLine);
  const found = wanted.filter(({ sign, label }) => sign === "+" && order.includes(label));
  const sorted = [...found].sort((a, b) => order.indexOf(a.label) - order.indexOf(b.label));
  return wanted.flatMap(({ sign, label, arrow }) => {
    if (sign === "-")
      return (label === "*" ? items.length > 0 : order.includes(label))
        ? [`(offered: ${order.join(", ")})`]
        : [`- ${label}`];
    const next = order.includes(label) ? sorted.shift() : undefined;
    const item = items.find((one) => nameOf(one) === next?.label);
    return item ? [shown(manifest, item, next?.arrow ?? arrow)] : [`(not offered: ${label}; but ${order.join(", ")})`];
  });
}

/** Of a long list its beginning and its end. */
const outline = (lines: string[]): string[] => (lines.length > 14 ? [...lines.slice(0, 9), ...lines.slice(-3)] : lines);

/** A snippet may have the name of a key; what stands behind the label tells them apart. */
const nameOf = ({ label, labelDetails }: CompletionItem): string =>
  labelDetails?.description ? `${label} (${labelDetails.description})` : label;

function itemsAt(manifest: Manifest, offset: number): CompletionItem[] {
  const { items } = service.complete(manifest, manifest.parsed.document.positionAt(offset));
  const rank = ({ sortText, label }: CompletionItem) => `${sortText ?? label} ${label}`;
  return [...items].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

interface Line {
  readonly sign: string;
  readonly label: string;
  readonly arrow: boolean;
}

function parseLine(line: string): Line {
  const [, sign = "", label = "", arrow] = /^([-+]) (.*?)( -> .*)?$/.exec(line) ?? [];
  return { sign, label, arrow: arrow !== undefined };
}

function shown(manifest: Manifest, item: CompletionItem, withArrow: boolean): string {
  if (!withArrow) return `+ ${nameOf(item)}`;
  const after = accept(manifest.parsed.document, item);
  return `+ ${nameOf(item)} -> ${changed(manifest.parsed.text, after)}`;
}

/** The lines that are not as before, joined by "\n" in two letters. */
function changed(before: string, after: string): string {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  let top = 0;
  while (top < now.length && top < old.length && now[top] === old[top]) top++;
  let bottom = 0;
  while (bottom < Math.min(now.length, old.length) - top && now.at(-1 - bottom) === old.at(-1 - bottom)) bottom++;
  return now.slice(top, now.length - bottom).join("\\n");
}

/** What a client insists on: one line, around the caret, matched by what is typed, and the file's own line ends. */
function checkEdits(manifest: Manifest, item: CompletionItem, offset: number): void {
  const { parsed } = manifest;
  const { textEdit } = item;
  assert.ok(textEdit && "range" in textEdit, item.label);
  const { start, end } = textEdit.range;
  const position = parsed.document.positionAt(offset);
  assert.equal(start.line, end.line, `${item.label}: the edit spans lines`);
  assert.ok(
    start.line === position.line && start.character <= position.character && position.character <= end.character,
  );
  for (const extra of item.additionalTextEdits ?? [])
    assert.ok(parsed.document.offsetAt(extra.range.end) <= parsed.document.offsetAt(start), "further edits overlap");
  const typed = parsed.text.slice(parsed.document.offsetAt(start), offset);
  if (/^["']/.test(typed)) assert.equal(item.filterText?.charAt(0), typed.charAt(0), `${item.label}: filtered away`);
  const after = accept(parsed.document, item);
  if (parsed.eol === "\r\n") assert.ok(!/[^\r]\n/.test(after), `${item.label} brings other line ends`);
  const problems = parseText(parsed.uri, after).tree.problems;
  assert.ok(problems.length <= parsed.tree.problems.length, `${item.label}: ${problems[0]?.message}\n${after}`);
}

function rewrite({ source, rewrite }: FixtureCase, lines: readonly string[]): void {
  rewrite(source.replace(/^>>> completion\n(?:(?!>>> ).*(?:\n|$))*/m, `>>> completion\n${lines.join("\n")}\n`));
}
