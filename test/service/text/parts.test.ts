// A text that is read in parts, edit after edit, gives the very tree of a text that is read whole: on every fixture and
// example, and on generated large files, after random edits that break and mend them.

import assert from "node:assert/strict";
import { readJson } from "../../../server/service/text/json/tree.js";
import { readWithoutConflicts } from "../../../server/service/text/mistakes/conflicts.js";
import { versions } from "../../../server/service/text/parsed.js";
import { Snapshot } from "../../../server/service/text/snapshot.js";
import { readYaml } from "../../../server/service/text/yaml/tree.js";
import { editedTo } from "../../harness/edits.js";
import { fixtureCases } from "../../harness/fixtures.js";
import { randomFrom } from "../../harness/random.js";
import { shown } from "./shown.js";

describe("a file that is read in parts", function () {
  this.timeout(60_000);

  for (const eol of ["\n", "\r\n"]) {
    it(`gives the tree of the whole text after every edit of every fixture, lines ending in ${JSON.stringify(eol)}`, () => {
      const random = randomFrom(eol.length);
      const texts = new Set(
        fixtureCases().flatMap(({ fixture }) => fixture.files.map(({ path, text }) => `${path}\0${text}`)),
      );
      for (const one of texts) {
        const [path = "", text = ""] = one.split("\0");
        if (/\.(ya?ml|json)$|kustomization$/i.test(path)) follow(path, text.replace(/\n/g, eol), random, 4);
      }
    });
  }

  it("gives it in large files, where most edits read one item", () => {
    const random = randomFrom(7);
    const yaml = range(60).map(
      (i) => `  - class: a.B${i}\n    parameters:\n      path: "/var/${i}"\n      list: [a, {b: ${i}}]\n`,
    );
    const patches = range(40).map(
      (i) => `- patch: |-\n    - op: add\n      path: /a/${i}\n  target:\n    kind: Deployment # here\n\n`,
    );
    follow("plugins.yaml", `# head\nplugins:\n${yaml.join("")}controller_wheel_path: /opt\n`, random, 120);
    follow(
      "kustomization.yaml",
      `resources:\n- a.yaml\n- b\npatches:\n${patches.join("")}images: []\nlabels:\n- pairs:\n    a: b`,
      random,
      120,
    );
    follow("root.yaml", `# head\n${patches.join("# between\n")}`, random, 80);
    const entries = range(60).map(
      (i) => `  "n${i}": { "repository": "https://x/${i}.git", "parameters": {"a": [${i}, null]} }`,
    );
    follow("plugins.json", `{\n${entries.join(",\n")}\n}\n`, random, 120);
    follow(
      "list.json",
      `{"b": 1, "parameters": [\n${entries.map((entry) => `{${entry}}`).join(",\n")}\n]}\n`,
      random,
      120,
    );
  });
});

/** Edits a text again and again, and compares. */
function follow(path: string, start: string, random: () => number, edits: number): void {
  const file = versions();
  let text = start;
  const log: string[] = [];
  const uri = `file:///${path.replace(/^\//, "")}`;
  let document = new Snapshot(uri, path.endsWith(".json") ? "json" : "yaml", 0, start);
  for (let i = 0; i <= edits; i++) {
    const { tree } = file.parse(document);
    const whole = readWithoutConflicts(text, path.endsWith(".json") ? readJson : readYaml);
    assert.deepEqual(
      shown(tree),
      shown(whole),
      `${path} after ${JSON.stringify(log.slice(-3))}:\n${text.length < 3000 ? text : ""}`,
    );
    const edit = edited(text, random);
    log.push(edit.what);
    const before = text;
    // Now and then it is mended again, so that not all are edits of broken text.
    text = i % 12 === 11 ? start : edit.text;
    document = editedTo(document, before, text, i + 1);
    // Some are put together before the next edit, as whoever needs all of a text has them.
    if (i % 5 === 4) assert.equal(document.getText(), text);
  }
}

const PIECES = [
  "\n",
  "\n- ",
  "\n  - class: x\n",
  "  ",
  " ",
  "-",
  ":",
  ": ",
  '"',
  "'",
  "a",
  "key: value\n",
  "\n  key: value",
  "#",
  " # c",
  "[",
  "]",
  "{",
  "}",
  ",",
  "|",
  "|\n",
  ">-\n   ",
  "&a ",
  "*a",
  "!t ",
  "\t",
  "? ",
  "---\n",
  "...\n",
  "\\",
  "null",
  "- - x",
  "\n\n",
  '"k": {},',
  "<<: ",
  "%",
  "\r",
  "é",
] as const;

function edited(text: string, random: () => number): { readonly text: string; readonly what: string } {
  const at = Math.floor(random() * (text.length + 1));
  const long = random() < 0.1 ? 60 : 4;
  const removed = random() < 0.5 ? 0 : Math.floor(random() * long);
  const piece = random() < 0.35 ? "" : (PIECES[Math.floor(random() * PIECES.length)] ?? "");
  return { text: text.slice(0, at) + piece + text.slice(at + removed), what: `${at} -${removed} +${piece}` };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
