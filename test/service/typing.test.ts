// Typing a line letter by letter: the list of completions stays the same while the word grows, and the problems of the
// rest of the file neither vanish nor flicker.

import assert from "node:assert/strict";
import {
  createDiagnose,
  createLanguageService,
  type Manifest,
  parseText,
  recognise,
} from "../../server/service/index.js";
import { NO_WORKSPACE } from "../../server/service/systems/facts.js";
import { settingsFor } from "../harness/settings.js";

const service = createLanguageService();
const diagnose = createDiagnose();

interface Typing {
  readonly file: string;
  readonly document: string;
  /** "|" is where `word` is typed. */
  readonly text: string;
  readonly word: string;
}

const CASES: Readonly<Record<string, Typing>> = {
  "a key between two others": {
    file: "plugins.yaml",
    document: "skypilot/plugins",
    text: "plugins:\n- class: nodots\n  |\n  parameters: 3\ncontroller_wheel_path: 7\n",
    word: "upload_to_controller",
  },
  "a key of the document above others": {
    file: "kustomization.yaml",
    document: "openjourney/kustomization",
    text: "nonsense: 1\n|\nnamePrefix: 3\nimages:\n- newTag: 5\n",
    word: "namespace",
  },
  "the last key": {
    file: "manifest.yaml",
    document: "buntime/manifest",
    text: "name: 3\nmenus:\n- icon: 4\nconfig:\n  limit:\n    type: colour\n|",
    word: "visibility",
  },
  "a key of an item in the middle": {
    file: "manifest.yaml",
    document: "buntime/manifest",
    text: "name: 3\nmenus:\n  - title: 4\n    |\n    path: 5\nversion: 1.0\n",
    word: "icon",
  },
  "a key of JSON": {
    file: "manifest.json",
    document: "metaflow/manifest",
    text: '{\n  "name": 3,\n  "slot": "nowhere",\n  |\n  "entrypoint": "index.html"\n}\n',
    word: '"version"',
  },
  "a flow key": {
    file: "kustomization.yaml",
    document: "openjourney/kustomization",
    text: "images: [{newTag: 5, |}]\nnamePrefix: 3\n",
    word: "newName",
  },
};

describe("typing", () => {
  for (const [title, typing] of Object.entries(CASES)) {
    it(`${title}: the list stays the same`, () => {
      const lists = steps(typing).map(({ manifest, offset }) => labelsAt(manifest, offset));
      assert.ok((lists[0]?.length ?? 0) > 0, "nothing is offered");
      for (const [i, labels] of lists.entries()) assert.deepEqual(labels, lists[0], typing.word.slice(0, i + 1));
    });

    it(`${title}: the rest of the file keeps its problems`, () => {
      const line = typing.text.slice(0, typing.text.indexOf("|")).split("\n").length - 1;
      const before = problemsElsewhere(open(typing, typing.text.replace("|", "")), line);
      assert.ok(before.length > 0);
      for (const { manifest, word } of steps(typing))
        assert.deepEqual(problemsElsewhere(manifest, line), before, `after ${word}`);
    });
  }
});

function steps(typing: Typing): { manifest: Manifest; offset: number; word: string }[] {
  const at = typing.text.indexOf("|");
  return Array.from({ length: typing.word.length }, (_, i) => {
    const word = typing.word.slice(0, i + 1);
    return { manifest: open(typing, typing.text.replace("|", word)), offset: at + word.length, word };
  }).filter(({ word }) => !/".*"/.test(word));
}

function open({ file, document }: Typing, text: string): Manifest {
  const { manifest } = recognise(
    parseText(`file:///workspace/${file}`, text),
    NO_WORKSPACE,
    settingsFor(file, document),
  );
  assert.ok(manifest);
  return manifest;
}

function labelsAt(manifest: Manifest, offset: number): string[] {
  const { items } = service.complete(manifest, manifest.parsed.document.positionAt(offset));
  return items.map(({ label }) => label).sort();
}

/** What is told about other lines, less what may be missing around the line that is being typed. */
function problemsElsewhere(manifest: Manifest, line: number): string[] {
  return diagnose(manifest)
    .filter(({ span }) => manifest.parsed.document.positionAt(span[0]).line !== line)
    .filter(({ code, message }) => !/missing|needs|has no/.test(`${code} ${message}`))
    .map(({ code, span }) => `${code} in line ${manifest.parsed.document.positionAt(span[0]).line}`)
    .sort();
}
