// Fixes of text that can't be read, or not as it was meant, to the letter: what stands there, the fix, and the text after it. Accepted once, it has nothing more to do.

import assert from "node:assert/strict";
import type { Fixture } from "../harness/fixture.js";
import { mended, problemsOf } from "../harness/mend.js";

type Row = readonly [shows: string, before: string, title: string, after: string];

const P = "plugins:\n- class: a.B\n  parameters:\n";

const YAML: readonly Row[] = [
  [
    "a block indented by tabs",
    "plugins:\n\t- class: a.B\n\t  parameters:\n\t\t  one: 1\n",
    "Indent with spaces instead of tabs",
    "plugins:\n  - class: a.B\n    parameters:\n      one: 1\n",
  ],
  [
    "tabs of four columns",
    "plugins:\n\t- class: a.B\n\t  parameters:\n\t\tone: 1\n",
    "Indent with spaces instead of tabs",
    "plugins:\n    - class: a.B\n      parameters:\n        one: 1\n",
  ],
  ["a value that begins with @", `${P}    a: @x # c\n`, "Put the value in quotes", `${P}    a: "@x" # c\n`],
  ["one of several in brackets", `${P}    a: [x, @y]\n`, "Put @y in quotes", `${P}    a: [x, "@y"]\n`],
  ["a second colon", `${P}    a: b: c\n`, "Put the value in quotes", `${P}    a: "b: c"\n`],
  ["quotes in quotes", `${P}    a: "say "hi" now"\n`, "Put the value in quotes", `${P}    a: 'say "hi" now'\n`],
  [
    "no closing quote",
    "plugins:\n- class: 'a.B\n  parameters: {}\n",
    "Add the closing quote",
    "plugins:\n- class: 'a.B'\n  parameters: {}\n",
  ],
  ["a path of Windows", `${P}    a: "C:\\sky"\n`, "Write single quotes", `${P}    a: 'C:\\sky'\n`],
  [
    "a template with more behind",
    "plugins:\n- class: {{ p }}.B\n",
    "Put the value in quotes",
    'plugins:\n- class: "{{ p }}.B"\n',
  ],
  ["no colon", `plugins\n- class: a.B\n`, 'Add ":"', "plugins:\n- class: a.B\n"],
  ["a semicolon", `plugins;\n- class: a.B\n`, 'Write ":"', "plugins:\n- class: a.B\n"],
  ["a key of another language", "plugins:\n- class = a.B\n", 'Write ":"', "plugins:\n- class: a.B\n"],
  ["a full-width colon", "plugins:\n- class\uff1aa.B\n", 'Write ":"', "plugins:\n- class: a.B\n"],
  ["a full-width colon behind the first key", "plugins\uff1a\n- class: a.B\n", 'Write ":"', "plugins:\n- class: a.B\n"],
  ["no blank behind a colon", "plugins:\n- class:a.B\n", 'Add a blank after ":"', "plugins:\n- class: a.B\n"],
  ["no blank behind a dash", "plugins:\n-class: a.B\n", 'Add a blank after "-"', "plugins:\n- class: a.B\n"],
  [
    "a key too far in",
    "plugins:\n- class: a.B\n   parameters: {}\n",
    "Align this line",
    "plugins:\n- class: a.B\n  parameters: {}\n",
  ],
  [
    "a key too far out",
    "plugins:\n- class: a.B\n parameters: {}\n",
    "Align this line",
    "plugins:\n- class: a.B\n  parameters: {}\n",
  ],
  [
    "an item within the one above it",
    "plugins:\n- class: a.B\n  - class: a.C # two\n    parameters: {}\n- class: a.D\n",
    "Align this item",
    "plugins:\n- class: a.B\n- class: a.C # two\n  parameters: {}\n- class: a.D\n",
  ],
  [
    "items within what the one above them holds",
    "plugins:\n  - parameters:\n      x: 1\n    class: a.B\n      - class: a.C\n\n        # three\n      - class: a.D\n",
    "Align this item",
    "plugins:\n  - parameters:\n      x: 1\n    class: a.B\n  - class: a.C\n\n    # three\n  - class: a.D\n",
  ],
  ["items below an empty list", "plugins: []\n- class: a.B\n", "Remove [] above", "plugins:\n- class: a.B\n"],
  [
    "parameters at the margin",
    "plugins:\n- class: a.B\nparameters:\n  # all\n  x: 1\n\n- class: a.C\n",
    "Align these lines",
    "plugins:\n- class: a.B\n  parameters:\n    # all\n    x: 1\n\n- class: a.C\n",
  ],
  [
    "parameters in brackets at the margin",
    "plugins:\n  - class: a.B\nparameters: {x: 1}\n  - class: a.C\n",
    "Align these lines",
    "plugins:\n  - class: a.B\n    parameters: {x: 1}\n  - class: a.C\n",
  ],
  ["a list on its key's line", "plugins: - class: a.B\n", "Put the list below its key", "plugins:\n  - class: a.B\n"],
  [
    "brackets that stay open",
    "plugins: [{class: a.B, parameters: {a: 1}\n",
    'Add "}]"',
    "plugins: [{class: a.B, parameters: {a: 1}}]\n",
  ],
  [
    "a brace that is missing inside",
    "plugins: [{class: a.B, parameters: {a: 1}]\n",
    'Add "}"',
    "plugins: [{class: a.B, parameters: {a: 1}}]\n",
  ],
  [
    "a comma of JSON",
    "plugins:\n- class: a.B\n  parameters: {},\n",
    "Remove the comma",
    "plugins:\n- class: a.B\n  parameters: {}\n",
  ],
  [
    "a comment of another language",
    "// x\nplugins:\n- class: a.B\n",
    'Begin the comment with "#"',
    "#  x\nplugins:\n- class: a.B\n",
  ],
  [
    "no comma in braces",
    'plugins: [{"class": "a.B"\n  "parameters": {}}]\n',
    'Add ","',
    'plugins: [{"class": "a.B",\n  "parameters": {}}]\n',
  ],
  ["a fence of Markdown", "plugins:\n- class: a.B\n```\n", "Remove this line", "plugins:\n- class: a.B\n"],
  [
    "quotes of Windows-1252",
    "plugins:\n- class: \u0093a.B\u0094\n",
    "Write straight quotes",
    'plugins:\n- class: "a.B"\n',
  ],
];

const J = '{\n  "name": "notes",\n  "version": "1",\n';
const END = '  "slot": "header",\n  "entrypoint": "index.html"\n}\n';

const JSON_ROWS: readonly Row[] = [
  ["a comment on a line of its own", `${J}  // c\n${END}`, "Remove the comment", `${J}${END}`],
  [
    "a comment behind a value",
    `${J}  "x": "header", // c\n${END}`,
    "Remove the comment",
    `${J}  "x": "header",\n${END}`,
  ],
  ["a comment of several lines", `${J}  /* c\n  d */\n${END}`, "Remove the comment", `${J}${END}`],
  ["a comma at the end", `${J}${END.replace('l"', 'l",')}`, "Remove the comma", `${J}${END}`],
  ["a comma too many", `${J.replace('"1",', '"1",,')}${END}`, "Remove the comma", `${J}${END}`],
  ["no comma", `${J.replace('"1",', '"1"')}${END}`, 'Add ","', `${J}${END}`],
  ["single quotes", `${J}${END}`.replace(/"/g, "'"), "Write double quotes", `${J}${END}`],
  [
    "typographic quotes",
    `${J.replace('"version"', "\u201cversion\u201d")}${END}`,
    "Write straight quotes",
    `${J}${END}`,
  ],
  ["keys without quotes", `${J}${END}`.replace(/"(\w+)":/g, "$1:"), "Put all keys in quotes", `${J}${END}`],
  ["a value without quotes", `${J}  "x": header,\n${END}`, "Put header in quotes", `${J}  "x": "header",\n${END}`],
  ["a word of Python", `${J}  "x": True,\n${END}`, "Write true", `${J}  "x": true,\n${END}`],
  ["no closing quote", `${J.replace('"1"', '"1')}${END}`, "Add the closing quote", `${J}${END}`],
  ["no colon", `${J.replace('"name":', '"name"')}${END}`, 'Add ":"', `${J}${END}`],
  ["no beginning", `${J.replace(/^\{\n/, "")}${END}`, 'Add "{"', `${J.replace(/^\{\n/, "{")}${END}`],
  ["an equals sign", `${J.replace('"name":', '"name" =')}${END}`, 'Write ":"', `${J}${END}`],
  [
    "no colon within a line",
    `${J}  "containerProps": { "initialState" "false" },\n${END}`,
    'Add ":"',
    `${J}  "containerProps": { "initialState": "false" },\n${END}`,
  ],
  ["no end", `${J}${END}`.slice(0, -3), 'Add "}"', `${J}${END}`.slice(0, -3).concat("}")],
  ["a byte order mark", `\ufeff${J}${END}`, "Remove the byte order mark", `${J}${END}`],
];

describe("fixes of broken text", () => {
  for (const row of YAML) check("plugins.yaml", row);
  for (const row of JSON_ROWS) check("manifest.json", row);

  it("offers nothing that is certain where a key is being typed", () => {
    const problems = problemsOf(fixtureOf("plugins.yaml", "plugins:\n- class: a.B\n  par\n"), "\n");
    assert.deepEqual(
      problems.flatMap(({ fixes = [] }) => fixes.filter(({ safe }) => safe)),
      [],
    );
  });
});

function check(file: string, [shows, before, title, after]: Row): void {
  for (const eol of ["\n", "\r\n"] as const) {
    it(`${file}: ${shows}${eol === "\n" ? "" : " (CRLF)"}`, () => {
      const fixture = fixtureOf(file, before);
      const offered = problemsOf(fixture, eol).flatMap(({ fixes }) => fixes ?? []);
      const fix = offered.find((one) => one.title === title);
      assert.ok(fix, `only ${offered.map((one) => one.title).join(", ")}`);
      const then = mended(fixture, fix, eol);
      assert.equal(then.files[0]?.text, after.replace(/\n/g, eol));
      const again = problemsOf(then, "\n").flatMap(({ fixes }) => fixes ?? []);
      assert.ok(!again.some((fix) => fix.title === title), "it is offered again");
    });
  }
}

const REGISTERS =
  '<script>parent.postMessage({ type: "PluginRegisterEvent", name: window.name, version: { api: "1.2.0" } }, "*");</script>';

function fixtureOf(file: string, text: string): Fixture {
  const path = file === "plugins.yaml" ? "/home/ann/.sky/plugins.yaml" : `/workspace/plugins/notes/${file}`;
  return {
    title: "broken text",
    settings: {},
    files: [
      { path, text, marks: [], caret: undefined },
      { path: "/workspace/plugins/notes/index.html", text: REGISTERS, marks: [], caret: undefined },
    ],
    hosts: [],
    remotes: [],
    sections: [],
  };
}
