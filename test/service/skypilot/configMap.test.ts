// plugins.yaml and remote_plugins.yaml where a release of the Helm chart has them, as keys of a ConfigMap: what is said, offered and
// written there is what a file of its own would get, in the block's own indentation.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  createLanguageService,
  DEFAULT_SETTINGS,
  type Manifest,
  manifestAt,
  manifestsOf,
  NO_FILES,
  NO_WORKSPACE,
  parseText,
  recognise,
  type Workspace,
} from "../../../server/service/index.js";
import { accept } from "../../harness/accept.js";
import { alone, configMap, FILES, indented, openedAt } from "./configMaps.js";

const service = createLanguageService();

const opened = (text: string) => openedAt("/w/deploy/sky.yaml", text);
const innerOf = (text: string) => opened(text).manifest.parsed.text;

describe("skypilot: plugins.yaml in a ConfigMap", () => {
  for (const eol of ["\n", "\r\n"]) {
    for (const [what, plugins] of FILES) {
      const inMap = configMap(plugins, "  other: x\n").replace(/\n/g, eol);

      it(`${what} maps there and back${eol === "\n" ? "" : " (CRLF)"}`, () => {
        const { outer, manifest } = opened(inMap);
        const { document, text } = manifest.parsed;
        assert.equal(`${text}\n`, plugins);
        for (let i = 0; i <= text.length; i++) {
          const position = document.positionAt(i);
          assert.equal(document.offsetAt(position), i);
          const { line, character } = alone(text).parsed.document.positionAt(i);
          const isEmptyLine = (text.split("\n")[line] ?? "") === "";
          assert.deepEqual(position, { line: line + 6, character: character + (isEmptyLine ? 0 : 4) });
          const found = manifestAt(recognise(outer, NO_WORKSPACE, DEFAULT_SETTINGS), outer, position);
          assert.equal(found?.parsed.text, isEmptyLine ? undefined : text);
        }
      });

      it(`${what} has the problems and the fixes of a file of its own${eol === "\n" ? "" : " (CRLF)"}`, () => {
        const { outer, manifest } = opened(inMap);
        const plain = alone(manifest.parsed.text);
        const [there, here] = [service.diagnose(manifest), service.diagnose(plain)];
        assert.deepEqual(
          there.map(({ code, message }) => [code, message]),
          here.map(({ code, message }) => [
            code,
            String(message).replace(/(?<=in line )\d+/, (line) => `${Number(line) + 6}`),
          ]),
        );
        for (const [n, problem] of there.entries()) {
          const wanted = here[n];
          assert.ok(wanted);
          assert.deepEqual(problem.range.start, {
            line: wanted.range.start.line + 6,
            character: wanted.range.start.character + 4,
          });
          const fixes = service.actions(manifest, { range: problem.range, diagnostics: [problem] });
          const plainFixes = service.actions(plain, { range: wanted.range, diagnostics: [wanted] });
          assert.deepEqual(
            fixes.map(({ title }) => title),
            plainFixes.map(({ title }) => title),
          );
          for (const [i, fix] of fixes.entries()) {
            const edits = fix.edit?.changes?.[outer.uri] ?? [];
            const plainEdits = plainFixes[i]?.edit?.changes?.[plain.parsed.uri] ?? [];
            const after = innerOf(TextDocument.applyEdits(outer.document, edits));
            assert.equal(after, TextDocument.applyEdits(plain.parsed.document, plainEdits), fix.title);
          }
        }
      });
    }
  }

  for (const [what, plugins] of FILES) {
    it(`${what} is completed as a file of its own`, () => {
      const { outer, manifest } = opened(configMap(plugins, "  other: x\n"));
      const plain = alone(manifest.parsed.text);
      for (let i = 0; i <= plain.parsed.text.length; i++) {
        const position = manifest.parsed.document.positionAt(i);
        if (manifestAt(recognise(outer, NO_WORKSPACE, DEFAULT_SETTINGS), outer, position) === undefined) continue;
        const { items } = service.complete(manifest, position);
        const { items: wanted } = service.complete(plain, plain.parsed.document.positionAt(i));
        assert.deepEqual(
          items.map(({ label }) => label),
          wanted.map(({ label }) => label),
        );
        assert.deepEqual(
          service.hover(manifest, position)?.contents,
          service.hover(plain, plain.parsed.document.positionAt(i))?.contents,
        );
        for (const [n, item] of items.entries()) {
          const other = wanted[n];
          assert.ok(other);
          const after = recognise(parseText(outer.uri, accept(outer.document, item)), NO_WORKSPACE, DEFAULT_SETTINGS);
          const plainAfter = accept(plain.parsed.document, other);
          // What is no longer recognised as a file of its own isn't in a ConfigMap either.
          if (after.embedded[0]) assert.equal(after.embedded[0].parsed.text, plainAfter, `${item.label} at ${i}`);
        }
      }
    });
  }

  it("is written on at its end, on a line that is empty but for the indentation", () => {
    for (const more of ["", "  other: x\n"]) {
      const { manifest, outer } = opened(configMap("plugins:\n- class: a.B\n  \n", more));
      const labels = service.complete(manifest, { line: 8, character: 6 }).items.map(({ label }) => label);
      assert.ok(labels.includes("parameters"), labels.join());
      const found = recognise(outer, NO_WORKSPACE, DEFAULT_SETTINGS);
      assert.equal(manifestAt(found, outer, { line: 8, character: 2 }), undefined);
      assert.equal(manifestAt(found, outer, { line: 9, character: 0 }), undefined);
    }
  });

  it("reads a block whose indentation is given as a number", () => {
    const plugins = "# what runs\nplugins:\n- class: a.B\n";
    for (const header of ["|2", "|2-", "|-2", "|2 # plugins"])
      assert.equal(`${innerOf(configMap(plugins).replace("|", header)).trimEnd()}\n`, plugins, header);
    const indented = configMap("  plugins:\n  - class: a.B\n").replace("|", "|2");
    assert.equal(innerOf(indented).trimEnd(), "  plugins:\n  - class: a.B");
  });

  it("takes comments that silence, in the block itself", () => {
    const quiet =
      "plugins:\n- class: a.C\n- class: a.B\n  # plugsmith-disable-next-line skypilot/unknown-field\n  name: b\n";
    assert.deepEqual(service.diagnose(opened(configMap(quiet)).manifest), []);
    const idle = "# plugsmith-disable-next-line skypilot/unknown-field\nplugins:\n- class: a.B\n";
    const codes = service.diagnose(opened(configMap(idle)).manifest).map(({ code }) => code);
    assert.deepEqual(codes, ["skypilot/unused-suppression"]);
  });

  it("knows the other file where it stands in the same ConfigMap, and nothing where it doesn't", () => {
    const both = (remote: string) =>
      configMap(
        "controller_wheel_path: /opt/wheels\nplugins:\n- class: a.B\n",
        remote && `  remote_plugins.yaml: |\n${indented(remote, "    ")}`,
      );
    const codes = (text: string) => {
      const outer = parseText("file:///w/sky.yaml", text);
      const workspace: Workspace = {
        ...NO_WORKSPACE,
        files: { ...NO_FILES, kind: () => "none" },
        manifests: (system) =>
          all.map((one) => ({ path: "/w/sky.yaml", document: one.kind.id, facts: one.system.facts?.(one), system })),
      };
      const all: readonly Manifest[] = manifestsOf(
        recognise(outer, { ...workspace, manifests: () => [] }, DEFAULT_SETTINGS),
      );
      return manifestsOf(recognise(outer, workspace, DEFAULT_SETTINGS)).flatMap((one) =>
        service.diagnose(one).map(({ code }) => code),
      );
    };
    assert.deepEqual(codes(both("")), []);
    assert.deepEqual(codes(both("plugins:\n- class: a.C\n")), []);
    assert.deepEqual(codes(both("plugins: []\n")), ["skypilot/wheel-path-unused"]);
  });

  it("survives every prefix", () => {
    const text = configMap(FILES.map(([, plugins]) => plugins).join(""), "  other: x\n");
    for (let end = 0; end <= text.length; end++) {
      const outer = parseText("file:///w/sky.yaml", text.slice(0, end));
      for (const manifest of recognise(outer, NO_WORKSPACE, DEFAULT_SETTINGS).embedded) {
        service.diagnose(manifest);
        service.complete(manifest, manifest.parsed.document.positionAt(manifest.parsed.text.length));
      }
    }
  });

  for (const [what, text] of [
    [
      "another program's file of that name",
      configMap("plugins:\n  fred:\n    shortCut: Shift-L\n    command: kubectl\n"),
    ],
    ["what a template makes", configMap("plugins:\n- class: {{ .Values.plugin }}\n")],
    ["nothing but a comment", configMap("# later\n")],
    ["an object", "kind: ConfigMap\ndata:\n  plugins.yaml:\n    plugins:\n    - class: a.B\n"],
    [
      "another program's file in quotes",
      `kind: ConfigMap\ndata:\n  plugins.yaml: "plugins:\\n  fred:\\n    key: a\\n"\n`,
    ],
    [
      "what a template makes, in quotes",
      "kind: ConfigMap\ndata:\n  plugins.yaml: '{plugins: [{class: \"{{ .Values.a }}\"}]}'\n",
    ],
    ["a text without quotes", "kind: ConfigMap\ndata:\n  plugins.yaml: plugins\n"],
    ["a file of another name", configMap("plugins:\n- class: a.B\n").replace("plugins.yaml", "settings.yaml")],
    ["a key elsewhere", configMap("plugins:\n- class: a.B\n").replace("\ndata:", "\nfiles:")],
  ] as const) {
    it(`stays silent: ${what}`, () => {
      assert.deepEqual(recognise(parseText("file:///w/sky.yaml", text), NO_WORKSPACE, DEFAULT_SETTINGS).embedded, []);
    });
  }
});
