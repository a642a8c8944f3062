// Text that no editor should choke on: every syntax problem is told, nothing throws, nothing hangs.

import assert from "node:assert/strict";
import { createLanguageService, type Manifest, parseText, recognise } from "../../server/service/index.js";
import { NO_WORKSPACE } from "../../server/service/systems/facts.js";
import { settingsFor } from "../harness/settings.js";

const service = createLanguageService();
/** Far above what is needed here, far below what a person would wait for. */
const BOUND = 10_000;

const DOCUMENTS = {
  "plugins.yaml": "skypilot/plugins",
  "manifest.yaml": "buntime/manifest",
  "manifest.json": "metaflow/manifest",
  "plugins.json": "metaflow/plugins",
  "kustomization.yaml": "openjourney/kustomization",
} as const;

const ODD: Readonly<Record<string, string>> = {
  nothing: "",
  blanks: "  \n\n ",
  "one word": "plugins",
  "only comments": "# one\n# two\n",
  "a byte order mark alone": "\ufeff",
  "tabs for indentation": "plugins:\n\t- class: a.B\n\tx: 1\n",
  "NUL and control characters": "plugins: \u0000\n\u0001\u0002name: \u0007\n",
  "lone surrogates": 'name: "\ud800"\nplugins: \udc00\n',
  "emoji everywhere": "😀: 😀\nplugins: [😀, {😀: 😀}]\n",
  "deep lists": "[".repeat(10_000),
  "deep maps": '{"a":'.repeat(10_000),
  "deep blocks": Array.from({ length: 2_000 }, (_, i) => `${" ".repeat(i)}a:\n`).join(""),
  "deep dashes": `${"- ".repeat(5_000)}x`,
  "a very long line": `name: ${"x".repeat(1_000_000)}\n`,
  "a very long flow list": `plugins: [${"a, ".repeat(20_000)}]\n`,
  "an alias of itself": "a: &a [*a]\nplugins: *a\n",
  "an alias of nothing": "plugins: *nowhere\n",
  "many unclosed quotes": '"\n'.repeat(2_000),
  "many half-typed keys": "key\n".repeat(2_000),
  "many documents": "---\na: 1\n".repeat(2_000),
  "many colons": "a: ".repeat(500),
  "line ends of old": "a: 1\rb: 2\r",
};

function open(name: string, text: string): Manifest {
  const parsed = parseText(`file:///workspace/${name}`, text);
  const { manifest } = recognise(parsed, NO_WORKSPACE, settingsFor(name, DOCUMENTS[name as keyof typeof DOCUMENTS]));
  assert.ok(manifest);
  return manifest;
}

function everything(manifest: Manifest): void {
  const { parsed } = manifest;
  service.diagnose(manifest);
  service.symbols(manifest);
  service.folding(manifest);
  service.links(manifest);
  for (const part of [0, 0.5, 1]) {
    const position = parsed.document.positionAt(Math.floor(parsed.text.length * part));
    service.complete(manifest, position);
    service.hover(manifest, position);
  }
}

describe("odd input", function () {
  this.timeout(30_000);
  it("shows of a long value that it is cut short", () => {
    const text = "plugins:\n- example_notes.plugin.ExampleNotesPluginOfTheTeam\n";
    const said = service.diagnose(open("plugins.yaml", text)).map(({ message }) => message);
    assert.ok(
      said.some((one) => String(one).includes("(example_notes.plugin.ExampleNotesPluginO…)")),
      said.join(),
    );
  });

  for (const [title, text] of Object.entries(ODD)) {
    for (const name of Object.keys(DOCUMENTS)) {
      it(`${title} as ${name}`, () => {
        const started = performance.now();
        everything(open(name, text));
        const took = performance.now() - started;
        assert.ok(took < BOUND, `took ${Math.round(took)} ms`);
      });
    }
  }

  it("an alias bomb is told and not expanded", () => {
    const names = "abcdefghij".split("");
    const lines = names.map((name, i) => {
      const before = names[i - 1];
      const items = Array.from({ length: 10 }, () => (before ? `*${before}` : "lol")).join(", ");
      return `${name}: &${name} [${items}]`;
    });
    const problems = service.diagnose(open("manifest.yaml", lines.join("\n")));
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["buntime/too-large"],
    );
  });

  const items = 10_000;
  const LARGE: Readonly<Record<string, string>> = {
    "plugins.yaml": `plugins:\n${"- class: example_plugin.ExamplePlugin\n  parameters: {port: 8080}\n".repeat(items)}`,
    "kustomization.yaml": `resources:\n${Array.from({ length: items }, (_, i) => `- service-${i}.yaml\n`).join("")}`,
    "manifest.yaml": `name: notes\npluginEntry: plugin.js\nmenus:\n${"  - title: Notes\n    icon: lucide:book\n    path: /notes\n".repeat(items)}`,
    "plugins.json": `{${Array.from({ length: items }, (_, i) => `\n  "demo-${i}": {"repository": "https://git.example.org/${i}.git", "ref": "origin/main"}`).join(",")}\n}`,
  };
  for (const [name, text] of Object.entries(LARGE)) {
    it(`${items} entries in ${name}`, () => {
      const started = performance.now();
      everything(open(name, text));
      assert.ok(performance.now() - started < 2 * BOUND);
    });
    it(`${items} entries in ${name}, each with a mistake`, () => {
      const wrong = text.replaceAll("class:", "clas:").replaceAll("title:", "titel:").replaceAll('"ref"', '"reff"');
      const started = performance.now();
      everything(open(name, wrong));
      assert.ok(performance.now() - started < 2 * BOUND);
    });
  }

  it("5 MB", () => {
    const block = `  - title: Notes\n    icon: lucide:book\n    path: /notes\n    note: "${"x".repeat(900)}"\n`;
    const text = `name: notes\npluginEntry: plugin.js\nmenus:\n${block.repeat(Math.ceil(5_000_000 / block.length))}`;
    const started = performance.now();
    everything(open("manifest.yaml", text));
    assert.ok(performance.now() - started < 2 * BOUND);
  });
});
