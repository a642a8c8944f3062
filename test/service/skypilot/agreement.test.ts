// What SkyPilot's server takes and refuses, case by case: our errors must stand exactly where its check or its loader
// fails. Rows stand below the heading of the contract's section that tells the behaviour, "read" and "load" with the number of
// the step there. Nothing beside the file is known here, so classes are judged by their text alone.

import assert from "node:assert/strict";
import { URI } from "vscode-uri";
import { createDiagnose, DEFAULT_SETTINGS, NO_WORKSPACE, parseText, recognise } from "../../../server/service/index.js";
import { rowsOf, type Sections } from "../agreement/sections.js";

type Row = readonly [told: string, text: string, codes: readonly string[], document?: "remote" | "guide"];

const ITEM = "plugins:\n- class: a.B\n";
const parameters = (text: string) => `${ITEM}  parameters:\n    ${text}\n`;

const TAKEN: Sections<Row> = {
  "2. Schema history": [
    ["class alone", ITEM, []],
    ["anything below parameters", parameters("a: [1, {b: null}]"), []],
    ["an empty map of parameters", `${ITEM}  parameters: {}\n`, []],
    ["a wheel path", `controller_wheel_path: /opt/wheels\n${ITEM}`, []],
    ["the remote file: plugins only", ITEM, [], "remote"],
  ],
  "3. Reading and validating": [
    ["read 2: an empty file", "", []],
    ["read 2: comments only", "# none\n", []],
    ["read 2: a marker alone", "---\n", []],
    ["read 2: null", "null\n", []],
    ["read 2: an empty map", "{}\n", []],
    ["read 2: an empty list", "[]\n", []],
    ["read 2: false", "false\n", []],
    ["read 2: zero", "0\n", []],
    ["read 2: an empty text", "''\n", []],
    ["read 4: an unset wheel path", "controller_wheel_path:\nplugins: []\n", []],
    ["read 4: an unknown field without a value", "no_such_field:\nplugins: []\n", []],
    ["read 6: an empty list of plugins", "plugins: []\n", []],
    ["yaml 1.1: yes for the flag of the guide", `${ITEM}  upload_to_controller: yes\n`, [], "guide"],
    ["yaml 1.1: 1e3 is text", "plugins:\n- class: a.B\n  parameters: {x: 1e3}\n", []],
    ["yaml: a key that stands twice", "plugins: []\nplugins: []\n", []],
    ["yaml: a merge key", "plugins:\n- &one {class: a.B}\n- {<<: *one, class: a.C}\n", []],
    ["yaml: JSON", '{"plugins": [{"class": "a.B"}]}', []],
    ["yaml: CRLF", "plugins:\r\n- class: a.B\r\n", []],
    ["yaml: a byte order mark", `\ufeff${ITEM}`, []],
  ],
  "4. From `class` to a running plugin": [["load: the same class twice", `${ITEM}- class: a.B\n`, []]],
  "5. Controllers: wheels and the uploaded list": [
    ["a relative wheel path", `controller_wheel_path: dist\n${ITEM}`, []],
    ["an unset path by ~", `controller_wheel_path: ~\n${ITEM}`, []],
  ],
};

const REFUSED: Sections<Row> = {
  "2. Schema history": [
    ["unknown field at the top", `${ITEM}wheels: x\n`, ["unknown-field"]],
    ["unknown field near a known one", `${ITEM}  parameter: {}\n`, ["unknown-field"]],
    ["missing class", "plugins:\n- parameters: {}\n- class: a.B\n", ["missing-field"]],
    ["misspelt class", "plugins:\n- parameters: {}\n  class_: a.B\n- class: a.B\n", ["unknown-field"]],
    ["wrong type of plugins", "plugins:\n  one: {class: a.B}\n", ["wrong-type"]],
    ["wrong type of an item", "plugins:\n- a.B\n- class: a.C\n", ["wrong-type"]],
    ["wrong type of parameters", `${ITEM}  parameters: [1]\n`, ["wrong-type"]],
    ["wrong type of the wheel path", `controller_wheel_path: [a]\n${ITEM}`, ["wrong-type"]],
    ["the flag, on a current server", `${ITEM}  upload_to_controller: true\n`, ["upload-to-controller"]],
    ["the flag in the remote file", `${ITEM}  upload_to_controller: true\n`, ["unknown-field"], "remote"],
    ["the wheel path in the remote file", `controller_wheel_path: /w\n${ITEM}`, ["unknown-field"], "remote"],
  ],
  "3. Reading and validating": [
    ["read 1: a second document", `${ITEM}---\nplugins: []\n`, ["several-documents"]],
    ["read 3: a list", "- class: a.B\n", ["not-a-map"]],
    ["read 4: class without a value", "plugins:\n- class:\n", ["wrong-type"]],
    ["read 4: parameters without a value", `${ITEM}  parameters:\n`, ["wrong-type"]],
    ["read 4: the flag without a value", `${ITEM}  upload_to_controller:\n`, ["wrong-type"], "guide"],
    ["read 4: an unknown field of an item without a value", `${ITEM}  enabled:\n`, ["unknown-field"]],
    ["read 5: an odd key without a value", `${ITEM}on:\n`, ["key-not-text"]],
    ["read 6: plugins without a value", "controller_wheel_path: /w\nplugins:\n", ["null-plugins"]],
    ["a holder of anchors", `x-one: &a {b: 1}\n${ITEM}`, ["unknown-field"]],
    ["a key that is no text and unknown", `${ITEM}1: x\n`, ["unknown-field"]],
    ["yaml 1.1: y is text", `${ITEM}  upload_to_controller: y\n`, ["wrong-type"], "guide"],
    ["yaml 1.1: a number as class", "plugins:\n- class: a.B\n- class: 1.5\n", ["wrong-type"]],
    ["yaml 1.1: minutes as class", "plugins:\n- class: a.B\n- class: 12:30\n", ["wrong-type"]],
    ["yaml 1.1: a date as class", "plugins:\n- class: a.B\n- class: 2025-01-31\n", ["wrong-type"]],
    ["yaml 1.1: an octal as class", "plugins:\n- class: a.B\n- class: 010\n", ["wrong-type"]],
    ["yaml 1.1: a hexadecimal as class", "plugins:\n- class: a.B\n- class: 0x1F\n", ["wrong-type"]],
    ["yaml: a backslash in double quotes", `controller_wheel_path: "C:\\sky"\n${ITEM}`, ["syntax"]],
    ["yaml: a custom tag", "plugins:\n- class: !env a.B\n- class: a.C\n", ["custom-tag"]],
    ["yaml: a tag of Python", parameters("x: !!python/tuple [1]"), ["custom-tag"]],
    ["yaml: tabs for indentation", "plugins:\n\t- class: a.B\n", ["syntax"]],
    ["yaml: a template without quotes", parameters("x: {{ y }}"), ["unhashable-key"]],
    ["yaml: a value that begins with @", parameters("x: @y"), ["syntax"]],
  ],
  "4. From `class` to a running plugin": [
    ["load 1: no dot", "plugins:\n- class: MyPlugin\n  parameters: {}\n", ["class-not-dotted"]],
    ["load 1: an empty module", `${ITEM}- class: .B\n`, ["class-not-dotted"]],
    ["load 1: a relative module", `${ITEM}- class: .a.B\n`, ["class-not-dotted"]],
    ["load 1: an empty text", `${ITEM}- class: ""\n`, ["class-not-dotted"]],
    ["load 3: a colon", `${ITEM}- class: a.b:C\n`, ["class-colon"]],
    ["load 3: a line break at the end", "plugins:\n- class: |\n    a.B\n", ["class-blank"]],
    ["load 6: a name that is no text", parameters("on: 1"), ["key-not-text"]],
  ],
};

describe("skypilot: agreement with the server", () => {
  for (const [section, row] of rowsOf(TAKEN))
    it(`${section}: takes ${row[0]}`, () => assert.deepEqual(errorsOf(row), []));
  for (const [section, row] of rowsOf(REFUSED))
    it(`${section}: refuses ${row[0]}`, () => assert.deepEqual([...new Set(errorsOf(row))].sort(), [...row[2]].sort()));
});

const diagnose = createDiagnose();

function errorsOf([, text, , document]: Row): string[] {
  const path = `/home/ann/.sky/${document === "remote" ? "remote_plugins" : "plugins"}.yaml`;
  const settings = { ...DEFAULT_SETTINGS, skypilotSchema: document === "guide" ? "guide" : "current" } as const;
  const { manifest, reason } = recognise(parseText(URI.file(path).toString(), text), NO_WORKSPACE, settings);
  assert.ok(manifest, reason);
  return diagnose(manifest).flatMap(({ severity, code }) =>
    severity === "error" ? [code.slice("skypilot/".length)] : [],
  );
}
