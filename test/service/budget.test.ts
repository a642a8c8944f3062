// The budget of speed that is kept: an edit of a long file against one reading of that file by the `yaml` and `jsonc-parser`
// packages in the same process. Ratios, so that a slow machine changes nothing; each bound is half of the least that was seen, on quiet and
// on busy machines.

import assert from "node:assert/strict";
import type { Range } from "vscode-languageserver-types";
import { complete } from "../../server/service/features/completion.js";
import { createDiagnose, type Kept } from "../../server/service/features/diagnose.js";
import { recognise } from "../../server/service/features/recognise.js";
import { NO_WORKSPACE } from "../../server/service/systems/facts.js";
import { DEFAULT_SETTINGS } from "../../server/service/systems/settings.js";
import { readJson } from "../../server/service/text/json/tree.js";
import { mended } from "../../server/service/text/mistakes/mend.js";
import { versions } from "../../server/service/text/parsed.js";
import { readText } from "../../server/service/text/readText.js";
import { Snapshot } from "../../server/service/text/snapshot.js";
import { readYaml } from "../../server/service/text/yaml/tree.js";

const ENTRIES = 2000;
const range = Array.from({ length: ENTRIES }, (_, i) => i);

const FILES = {
  "plugins.yaml": {
    text: `plugins:\n${range.map((i) => `- class: audit_${i}.plugin.Audit\n  parameters:\n    path: /var/${i}\n    retries: 3\n`).join("")}`,
    typed: `path: /var/${ENTRIES / 2}`,
    read: readYaml,
    least: 200,
  },
  "kustomization.yaml": {
    text: `resources:\n${range.map((i) => `- https://example.org/r${i}?ref=v1\n`).join("")}patches:\n${range.map((i) => `- path: p.yaml\n  target:\n    kind: Deployment\n    name: s${i}\n`).join("")}`,
    typed: `name: s${ENTRIES / 2}`,
    read: readYaml,
    least: 150,
  },
  "plugins.json": {
    text: `{\n${range.map((i) => `  "n${i}": { "repository": "https://git.example.org/n${i}.git", "ref": "origin/main", "parameters": { "a": ${i} } }`).join(",\n")}\n}\n`,
    typed: `https://git.example.org/n${ENTRIES / 2}`,
    read: readJson,
    least: 60,
  },
};

describe("the budget of speed", function () {
  this.timeout(60_000);
  // Other work on the machine slows what takes much memory more than what takes little; what has become slow is so each time.
  this.retries(2);
  for (const [name, { text, typed, read, least }] of Object.entries(FILES)) {
    it(`judges an edit of ${name} with ${ENTRIES} entries ${least} times faster than the text is read`, () => {
      const whole = best(5, () => read(text));
      const edit = edits(name, text, typed);
      assert.ok(
        whole / edit >= least,
        `${(whole / edit).toFixed(1)} times: ${whole.toFixed(1)} ms beside ${edit.toFixed(2)} ms`,
      );
    });
    it(`judges an edit of ${name} without putting the text together`, () => {
      const { getText } = Snapshot.prototype;
      try {
        edits(name, text, typed, 8, () => {
          Snapshot.prototype.getText = (range?: Range) => (range ? "" : assert.fail("all of the text was asked for"));
        });
      } finally {
        Snapshot.prototype.getText = getText;
      }
    });
  }
});

describe("the budget of completing", function () {
  this.timeout(60_000);
  this.retries(2);
  const keys = {
    "kustomization.yaml": ["- path: p.yaml\n  t", "target"],
    "plugins.yaml": ["- class: a.B\n  p", "parameters"],
  };
  for (const [name, [typed, label]] of Object.entries(keys)) {
    it(`completes a key at the end of a long ${name} without putting the text together`, () => {
      const { text } = FILES[name as keyof typeof FILES];
      const file = versions();
      let document = new Snapshot(`file:///w/${name}`, "yaml", 1, text);
      const manifest = () => recognise(file.parse(document), NO_WORKSPACE, DEFAULT_SETTINGS).manifest;
      manifest();
      const { getText } = Snapshot.prototype;
      try {
        for (const [i, key] of [...(typed ?? "")].entries()) {
          const end = document.positionAt(text.length + i);
          document = document.after([{ range: { start: end, end }, text: key }], i + 2);
          manifest();
        }
        Snapshot.prototype.getText = (range?: Range) => (range ? "" : assert.fail("all of the text was asked for"));
        const now = manifest();
        assert.ok(now && complete(now, document.length).items.some((item) => item.label === label));
      } finally {
        Snapshot.prototype.getText = getText;
      }
    });
  }
  it("completes a word that breaks a long kustomization 40 times faster than the text is read", () => {
    const { text, read } = FILES["kustomization.yaml"];
    const broken = `${text}- path: p.yaml\n  `;
    const whole = best(5, () => read(broken));
    const file = versions();
    let document = new Snapshot("file:///w/kustomization.yaml", "yaml", 1, broken);
    const end = document.positionAt(broken.length);
    const typed = { range: { start: end, end }, text: "t" };
    const taken = { range: { start: end, end: { ...end, character: end.character + 1 } }, text: "" };
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 40; i++) {
      document = document.after([i % 2 === 0 ? typed : taken], i + 2);
      const offset = document.getText().length;
      const completing = best(1, () => {
        const { manifest } = recognise(file.parse(document), NO_WORKSPACE, DEFAULT_SETTINGS);
        assert.ok(manifest && complete(manifest, offset).items.some(({ label }) => label === "target"));
      });
      if (i % 2 === 0) least = Math.min(least, completing);
    }
    assert.ok(whole / least >= 40, `${whole.toFixed(1)} ms beside ${least.toFixed(2)} ms`);
  });
});

describe("the budget of mending", () => {
  const lines = range
    .slice(0, 120)
    .flatMap((i) => [`- path: p${i}.yaml`, "  target:", "    kind: Deployment", `    name: s${i}`]);
  const MISTAKES: Readonly<Record<string, (line: string, i: number) => string>> = {
    "indented by tabs": (line) => line.replace(/^ +/, "\t"),
    "out of its column": (line, i) => (i % 11 === 5 ? ` ${line}` : line),
    "without colons": (line, i) => (i % 3 === 0 ? line.replace(":", "") : line),
  };
  for (const [name, mistake] of Object.entries(MISTAKES)) {
    for (const length of [40, lines.length])
      it(`reads ${length} lines ${name} a bounded number of times`, () => {
        const text = `patches:\n${lines.slice(0, length).map(mistake).join("\n")}\n`;
        const { tree } = readText(text, "yaml");
        let asked = 0;
        const reading = best(5, () => readText(text, "yaml"));
        const mending = best(3, () => {
          asked = 0;
          mended(text, "yaml", tree, () => ++asked);
        });
        const most = 100_000 / text.length;
        assert.ok(asked <= most, `${asked} readings were judged`);
        assert.ok(mending <= 6 * most * reading, `${mending.toFixed(1)} ms beside ${reading.toFixed(1)} ms`);
      });
  }

  it("reads nothing anew where there is no mistake, or one at the end alone", () => {
    for (const text of ["patches: []\n", "patches:\n- path: a.yaml\n- pa"]) {
      const { tree } = readText(text, "yaml");
      assert.equal(
        mended(text, "yaml", tree, () => assert.fail("a reading was judged")),
        undefined,
      );
    }
  });
});

/** The best of many edits, alternating between one more letter and one less; each is read, recognised and judged. */
function edits(name: string, text: string, typed: string, count = 600, opened = () => {}): number {
  const diagnose = createDiagnose();
  const file = versions();
  const kept: Kept = {};
  let document = new Snapshot(`file:///w/${name}`, name.endsWith("json") ? "json" : "yaml", 1, text);
  const judge = (): boolean => {
    const { manifest } = recognise(file.parse(document), NO_WORKSPACE, DEFAULT_SETTINGS);
    assert.ok(manifest, name);
    if (kept.last) return diagnose.edited(manifest, kept) !== undefined;
    diagnose(manifest, {}, kept);
    return true;
  };
  judge();
  const start = document.positionAt(text.indexOf(typed) + typed.length);
  const more = { range: { start, end: start }, text: "1" };
  const less = { range: { start, end: { ...start, character: start.character + 1 } }, text: "" };
  opened();
  let isLonger = false;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    document = document.after([isLonger ? less : more], document.version + 1);
    isLonger = !isLonger;
    least = Math.min(
      least,
      best(1, () => assert.ok(judge(), "the edited entry was not judged alone")),
    );
  }
  return least;
}

function best(times: number, work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    work();
    least = Math.min(least, performance.now() - started);
  }
  return least;
}
