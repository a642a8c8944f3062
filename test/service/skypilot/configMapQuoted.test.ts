// plugins.yaml in a ConfigMap other than as a literal block: in quotes, in JSON, and folded, where lines may be joined.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  createLanguageService,
  DEFAULT_SETTINGS,
  NO_WORKSPACE,
  parseText,
  recognise,
} from "../../../server/service/index.js";
import { accept } from "../../harness/accept.js";
import { alone, configMap, FILES, openedAt } from "./configMaps.js";

const service = createLanguageService();

/** Ways to write a text of lines into a ConfigMap that keep each line break. */
const QUOTED: readonly (readonly [what: string, path: string, write: (plugins: string) => string])[] = [
  [
    "in double quotes",
    "/w/sky.yaml",
    (plugins) => `kind: ConfigMap\ndata:\n  plugins.yaml: ${JSON.stringify(plugins)} # what runs\n  other: x\n`,
  ],
  [
    "in double quotes over lines",
    "/w/sky.yaml",
    (plugins) =>
      `kind: ConfigMap\ndata:\n  plugins.yaml: ${JSON.stringify(plugins).replace(/\\n( ?)(?!")/g, (_, blank) => `\\n\\\n    ${blank && "\\ "}`)}\n`,
  ],
  [
    "in JSON",
    "/w/sky.json",
    (plugins) => `{\n  "kind": "ConfigMap",\n  "data": {"plugins.yaml": ${JSON.stringify(plugins)}}\n}\n`,
  ],
];

/** Of broken YAML one problem is told for each line of the file, and all of this is one. */
const READABLE = FILES.filter(([what]) => what !== "broken YAML");

/** In single quotes a text stays on its line. */
const ON_A_LINE: readonly (readonly [string, string])[] = [
  ["JSON", '{"plugins": [{"class": "acme_sky.core.Plug", "parameters": {"who": "Ann"}}]}'],
  ["unknown fields", '{"plugins": [{"class": "a.B", "name": "b"}, {"clas": "a.D"}], "plugin": 1}'],
  ["flow YAML", "{plugins: [{class: a.B, parameters: [1]}, {class: a.B}]}"],
  ["a null", "{controller_wheel_path: ~, plugins: [{class: a.B, class: a.C}]}"],
];

const single = (plugins: string) =>
  `kind: ConfigMap\ndata:\n  plugins.yaml: '${plugins.replace(/'/g, "''")}'\n  other: x\n`;

describe("skypilot: plugins.yaml in a ConfigMap, in quotes", () => {
  const all = [
    ...QUOTED.flatMap(([form, path, write]) =>
      READABLE.map(([what, plugins]) => ({ what, form, path, write, plugins })),
    ),
    ...ON_A_LINE.map(([what, plugins]) => ({
      what,
      form: "in single quotes",
      path: "/w/sky.yaml",
      write: single,
      plugins,
    })),
  ];
  for (const { what, form, path, write, plugins } of all) {
    it(`${what} ${form} has the problems and the fixes of a file of its own`, () => {
      const { outer, manifest } = openedAt(path, write(plugins));
      assert.equal(manifest.parsed.text, plugins);
      const plain = alone(plugins);
      const [there, here] = [service.diagnose(manifest), service.diagnose(plain)];
      const withoutLines = (said: unknown) => String(said).replace(/(?<=in line )\d+/, "");
      assert.deepEqual(
        there.map(({ code, message }) => [code, withoutLines(message)]),
        here.map(({ code, message }) => [code, withoutLines(message)]),
      );
      for (const [n, problem] of there.entries()) {
        const wanted = here[n];
        assert.ok(wanted);
        const span = [wanted.range.start, wanted.range.end].map((at) => plain.parsed.document.offsetAt(at));
        assert.deepEqual(
          problem.range,
          manifest.parsed.embedding?.range([span[0] ?? 0, span[1] ?? 0]),
          `${problem.code}: ${outer.document.getText(problem.range)}`,
        );
        const fixes = service.actions(manifest, { range: problem.range, diagnostics: [problem] });
        const plainFixes = service.actions(plain, { range: wanted.range, diagnostics: [wanted] });
        assert.deepEqual(
          fixes.map(({ title }) => withoutLines(title)),
          plainFixes.map(({ title }) => withoutLines(title)),
        );
        for (const [i, fix] of fixes.entries()) {
          const after = TextDocument.applyEdits(outer.document, fix.edit?.changes?.[outer.uri] ?? []);
          const plainAfter = TextDocument.applyEdits(
            plain.parsed.document,
            plainFixes[i]?.edit?.changes?.[plain.parsed.uri] ?? [],
          );
          assert.equal(openedAt(path, after).manifest.parsed.text, plainAfter, fix.title);
        }
      }
    });

    it(`${what} ${form} is completed as a file of its own`, () => {
      const { outer, manifest } = openedAt(path, write(plugins));
      const plain = alone(plugins);
      for (let i = 0; i <= plugins.length; i++) {
        const position = manifest.parsed.document.positionAt(i);
        // Where a line goes on in the next one, two places are one.
        const back = manifest.parsed.document.offsetAt(position);
        const { items } = service.complete(manifest, position);
        const { items: wanted } = service.complete(plain, plain.parsed.document.positionAt(back));
        const fitting = wanted.filter(
          ({ textEdit }) => form !== "in single quotes" || !/\n/.test(textEdit?.newText ?? ""),
        );
        assert.deepEqual(
          items.map(({ label }) => label),
          fitting.map(({ label }) => label),
        );
        for (const [n, item] of items.entries()) {
          const after = recognise(parseText(outer.uri, accept(outer.document, item)), NO_WORKSPACE, DEFAULT_SETTINGS);
          const other = fitting[n];
          if (other && after.embedded[0])
            assert.equal(after.embedded[0].parsed.text, accept(plain.parsed.document, other), `${item.label} at ${i}`);
        }
      }
    });
  }

  it("tells broken YAML at its place", () => {
    const { outer, manifest } = openedAt(
      "/w/sky.yaml",
      'data:\n  plugins.yaml: "plugins:\\n- class: a.B\\n  parameters: [1\\n"\n',
    );
    const [problem, ...more] = service.diagnose(manifest);
    assert.ok(problem);
    assert.deepEqual([problem.code, more], ["skypilot/syntax", []]);
    assert.match(outer.text.slice(0, outer.document.offsetAt(problem.range.start)), /\[1(\\n)?$/);
  });

  it("writes a text in single quotes anew, in double ones, where a line is added", () => {
    const { outer, manifest } = openedAt(
      "/w/sky.yaml",
      single("{plugins: [{class: acme_sky.core.Plug, enabled: true}]}"),
    );
    const [problem] = service.diagnose(manifest);
    assert.ok(problem);
    const silence = service
      .actions(manifest, { range: problem.range, diagnostics: [problem] })
      .find(({ title }) => title.startsWith("Disable"));
    const after = TextDocument.applyEdits(outer.document, silence?.edit?.changes?.[outer.uri] ?? []);
    assert.ok(after.includes(`plugins.yaml: "# plugsmith-disable-next-line skypilot/unknown-field\\n{plugins`), after);
    assert.deepEqual(service.diagnose(openedAt("/w/sky.yaml", after).manifest), []);
  });
});

describe("skypilot: plugins.yaml in a ConfigMap, folded", () => {
  const fold = (plugins: string) => configMap(plugins, "  other: x\n").replace("|", ">");
  const spoilt: readonly (readonly [string, string])[] = [
    ["a list at the margin", "plugins:\n- class: a.B\n- class: a.C\n"],
    ["two fields", "controller_wheel_path: /opt/wheels\nplugins:\n  - class: a.B\n"],
    ["a comment above", "# what runs\nplugins:\n  - class: a.B\n"],
    ["a comment between", "plugins:\n  - class: a.B\n# wheels\ncontroller_wheel_path: /opt/wheels\n"],
  ];
  for (const [what, plugins] of spoilt) {
    // ["skypilot/folded-file"]
    it(`tells that lines are joined: ${what}`, () => {
      const { outer, manifest } = openedAt("/w/sky.yaml", fold(plugins));
      const problems = service.diagnose(manifest);
      assert.deepEqual(
        problems.map(({ code, range }) => [code, outer.document.getText(range)]),
        [["skypilot/folded-file", plugins.split("\n")[0]]],
      );
      const [fix] = service.actions(manifest, { range: problems[0]?.range ?? NOWHERE, diagnostics: problems });
      const after = TextDocument.applyEdits(outer.document, fix?.edit?.changes?.[outer.uri] ?? []);
      assert.equal(after, configMap(plugins, "  other: x\n"));
    });
  }

  for (const [what, plugins] of [
    ["everything below one key", "plugins:\n  - class: a.B\n    parameters:\n      port: 1\n"],
    ["empty lines between", "controller_wheel_path: /opt/wheels\n\nplugins:\n\n- class: a.B\n"],
    ["one line", "plugins: []\n"],
    ["a long text over lines", "plugins:\n  - class: a.B\n    parameters:\n      note: one\n        two\n"],
  ] as const) {
    it(`says nothing where the breaks stay: ${what}`, () => {
      const found = recognise(parseText("file:///w/sky.yaml", fold(plugins)), NO_WORKSPACE, DEFAULT_SETTINGS).embedded;
      assert.deepEqual(
        found.flatMap((one) => service.diagnose(one).map(({ code }) => code)),
        [],
      );
    });
  }

  it("is no file of ours that nobody could tell from another's", () => {
    const text = fold("plugins:\n  fred:\n    key: a\nmore: 1\n");
    assert.deepEqual(recognise(parseText("file:///w/sky.yaml", text), NO_WORKSPACE, DEFAULT_SETTINGS).embedded, []);
    const template = fold("plugins:\n- class: {{ .Values.a }}\n");
    assert.deepEqual(recognise(parseText("file:///w/sky.yaml", template), NO_WORKSPACE, DEFAULT_SETTINGS).embedded, []);
  });

  it("tells a problem at its place, and mends it in a literal block where lines change", () => {
    const plugins = "plugins:\n  - class: a.B\n    name: b\n    parameters:\n      port: 1\n";
    const { outer, manifest } = openedAt("/w/sky.yaml", fold(plugins));
    const [problem, ...more] = service.diagnose(manifest);
    assert.ok(problem);
    assert.deepEqual(more, []);
    assert.equal(outer.document.getText(problem.range), "name");
    for (const fix of service.actions(manifest, { range: problem.range, diagnostics: [problem] })) {
      const after = TextDocument.applyEdits(outer.document, fix.edit?.changes?.[outer.uri] ?? []);
      assert.deepEqual(service.diagnose(openedAt("/w/sky.yaml", after).manifest), [], `${fix.title}\n${after}`);
      assert.ok(after.endsWith("  other: x\n"), after);
    }
  });
});

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
