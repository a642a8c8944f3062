// A text written anew in place of a value or a key: in the quotes that stand there, and not at all where it isn't certain
// that the host reads it there and nothing else changes.

import assert from "node:assert/strict";
import { changeTo, rewrite } from "../../server/service/systems/changes.js";
import { pairsBelow } from "../../server/service/systems/read.js";
import { readFixture } from "../harness/fixture.js";
import { mended, problemsOf } from "../harness/mend.js";
import { openFixture } from "../harness/workspace.js";

const YAML = "name: notes\npluginEntry: plugin.js\n";
const JSON_HEAD = '{"name": "notes", "version": "1", "entrypoint": "index.html", "slot": "task-details"';

describe("a text written anew", () => {
  for (const [what, before, text, after] of [
    ["plain", "x: one # that\n", "two", "x: two # that\n"],
    ["plain, with quotes where the host would read no text", "x: one\n", "true", 'x: "true"\n'],
    ["plain in brackets", "x: one\n", "a, b", 'x: "a, b"\n'],
    ["between single quotes", "x: 'one'\n", "it's", "x: 'it''s'\n"],
    ["between double quotes", 'x: "one"\n', 'a "b"', 'x: "a \\"b\\""\n'],
    ["between double quotes with escapes", 'x: "\\x6fne"\n', "two", 'x: "two"\n'],
    ["behind an anchor, which stays", "x: &a one\ny: *a\n", "two", "x: &a two\ny: *a\n"],
    ["behind a tag, which stays", "x: !!str one\n", "two", "x: !!str two\n"],
    ["in a block of one line, with what follows", "x: |-\n  one\ny: 1\n", "two", "x: |-\n  two\ny: 1\n"],
    ["in a folded block of one line", "x: >-\n  one\ny: 1\n", "a: b", "x: >-\n  a: b\ny: 1\n"],
    ["not for an alias, which stands for another place", "y: &a one\nx: *a\n", "two", undefined],
    ["not for a map", "x:\n  y: 1\n", "two", undefined],
    ["not for a list", "x: [one]\n", "two", undefined],
    ["not for nothing", "x:\n", "two", undefined],
    ["not for nothing behind an anchor", "x: &a\ny: *a\n", "two", undefined],
    ["not over several lines", "x: one\n  more\n", "two", undefined],
    ["not in a block of several lines", "x: |-\n  one\n  more\n", "two", undefined],
    ["not in a block whose line break belongs to the text", "x: |\n  one\n", "two", undefined],
    ["behind an open quote, which stays open", 'x: "one\n', "two", 'x: "two\n'],
  ] as const)
    it(`YAML: ${what}`, () => assert.equal(written("manifest.yaml", YAML + before, text), after && YAML + after));

  for (const [what, before, text, after] of [
    ["between the quotes", ', "x": "one"}', 'a "b"', ', "x": "a \\"b\\""}'],
    ["between the quotes, with escapes", ', "x": "\\u006fne"}', "two", ', "x": "two"}'],
    ["in place of a literal", ', "x": null}', "two", ', "x": "two"}'],
    ["not for a map", ', "x": {}}', "two", undefined],
    ["not where a quote is open", ', "x": "one\n}', "two", undefined],
  ] as const)
    it(`JSON: ${what}`, () =>
      assert.equal(written("manifest.json", JSON_HEAD + before, text), after && JSON_HEAD + after));

  it("a key", () => {
    const { manifest, pair } = open("manifest.yaml", `${YAML}"x": 1\n`);
    assert.deepEqual(rewrite(manifest, pair.key, "y")?.newText, "y");
    const [fix] = changeTo(manifest, pair.key, "y");
    assert.equal(fix?.title, 'Change to "y"');
  });

  it("not a key that is an alias", () => {
    const { manifest } = open("manifest.yaml", `${YAML}x: &a one\n*a : 1\n`);
    const key = [...pairsBelow(manifest.root)].map(({ pair }) => pair.key).find((one) => one?.kind === "alias");
    assert.ok(key);
    assert.equal(rewrite(manifest, key, "y"), undefined);
  });
});

describe("a value that a rule corrects", () => {
  const plugins = (path: string) => `x: &path $HOME/wheels\ncontroller_wheel_path: ${path}\nplugins: []\n`;
  for (const [what, file, before, title, after] of [
    [
      "in a block, with what follows",
      "plugins.yaml",
      plugins("|-\n  $HOME/wheels"),
      "~/wheels",
      plugins("|-\n  ~/wheels"),
    ],
    ["in its quotes", "plugins.yaml", plugins("'$HOME/wheels'"), "~/wheels", plugins("'~/wheels'")],
    ["not where it is an alias", "plugins.yaml", plugins("*path"), "~/wheels", undefined],
    [
      "of an image, in its quotes",
      "kustomization.yaml",
      'images:\n- name: "web:1.2"\n  newTag: "2"\n',
      "web",
      'images:\n- name: "web"\n  newTag: "2"\n',
    ],
  ] as const)
    it(what, () => assert.equal(mendedText(before, `Change to "${title}"`, file), after));
});

describe("a value that a schema refuses", () => {
  it("is corrected in its block, and what follows stays", () => {
    const before = `${YAML}visibility: |-\n  publik\nbase: /notes\n`;
    assert.equal(mendedText(before, 'Change to "public"'), before.replace("publik", "public"));
  });
  it("is left to the writer where it is an alias", () => {
    assert.equal(mendedText(`${YAML}x: &v publik\nvisibility: *v\n`, 'Change to "public"'), undefined);
  });
});

function open(file: string, text: string) {
  const { manifest } = openFixture(readFixture(`x\n>>> ${file}\n${text}`));
  assert.ok(manifest);
  const pair = [...pairsBelow(manifest.root)].find(({ name }) => name === "x")?.pair;
  assert.ok(pair);
  return { manifest, pair };
}

/** The file with another text in place of the value of `x`; undefined where there is no edit. */
function written(file: string, before: string, text: string): string | undefined {
  const { manifest, pair } = open(file, before);
  const edit = rewrite(manifest, pair.value, text);
  const old = manifest.parsed.text;
  return edit && old.slice(0, edit.span[0]) + edit.newText + old.slice(edit.span[1]);
}

/** The manifest after the fix of that title; undefined where none is offered. */
function mendedText(text: string, title: string, file = "manifest.yaml"): string | undefined {
  const fixture = readFixture(`x\n>>> ${file}\n${text}>>> plugin.js\nexport default {};\n`);
  const fix = problemsOf(fixture, "\n")
    .flatMap(({ fixes = [] }) => fixes)
    .find((one) => one.title === title);
  return fix && mended(fixture, fix, "\n").files[0]?.text;
}
