// A file of any name that a kustomization puts into a ConfigMap as plugins.yaml is read as that file.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  createLanguageService,
  DEFAULT_SETTINGS,
  manifestAt,
  NO_WORKSPACE,
  parseText,
  recognise,
} from "../../../server/service/index.js";
import { memoryFiles } from "../../harness/memoryFiles.js";

const service = createLanguageService();
const TEXT = "# what runs\nplugins:\n- class: a.B\n  paramters:\n    port: 1\n";
const generator = (source: string) => `configMapGenerator:\n- name: sky\n  files:\n  - ${source}\n`;

function found(path: string, text: string, others: Readonly<Record<string, string>>) {
  const outer = parseText(`file://${path}`, text);
  const files = memoryFiles(new Map([[path, text], ...Object.entries(others)]));
  return { outer, ...recognise(outer, { ...NO_WORKSPACE, files }, DEFAULT_SETTINGS) };
}

describe("skypilot: a file that becomes plugins.yaml in a ConfigMap", () => {
  for (const [what, path, place, source] of [
    ["beside the kustomization", "/w/sky.yaml", "/w/kustomization.yaml", "plugins.yaml=sky.yaml"],
    ["below it", "/w/config/server.yaml", "/w/Kustomization", "plugins.yaml=config/server.yaml"],
    ["for controllers", "/w/remote.yaml", "/w/kustomization.yml", "remote_plugins.yaml=./remote.yaml"],
  ] as const) {
    for (const eol of ["\n", "\r\n"])
      it(`is checked and mended at its places: ${what}${eol === "\n" ? "" : " (CRLF)"}`, () => {
        const text = TEXT.replace(/\n/g, eol);
        const { outer, manifest, embedded } = found(path, text, { [place]: generator(source) });
        assert.equal(manifest, undefined);
        const [inside, ...more] = embedded;
        assert.ok(inside);
        assert.deepEqual(more, []);
        const [problem, ...others] = service.diagnose(inside);
        assert.ok(problem);
        assert.deepEqual([problem.code, others], ["skypilot/unknown-field", []]);
        assert.equal(outer.document.getText(problem.range), "paramters");
        const fixes = service.actions(inside, { range: problem.range, diagnostics: [problem] });
        const after = TextDocument.applyEdits(outer.document, fixes[0]?.edit?.changes?.[outer.uri] ?? []);
        assert.equal(after, text.replace("paramters", "parameters"));
        const silence = fixes.find(({ title }) => title.startsWith("Disable"));
        const quiet = TextDocument.applyEdits(outer.document, silence?.edit?.changes?.[outer.uri] ?? []);
        assert.ok(quiet.includes(`# plugsmith-disable-next-line skypilot/unknown-field${eol}  paramters`), quiet);
        const { embedded: again } = found(path, quiet, { [place]: generator(source) });
        assert.deepEqual(
          again.flatMap((one) => service.diagnose(one)),
          [],
        );
        assert.equal(manifestAt({ embedded, reason: "", associated: false }, outer, { line: 3, character: 2 }), inside);
      });
  }

  for (const [what, path, text, place, source] of [
    ["under another name", "/w/sky.yaml", TEXT, "/w/kustomization.yaml", "settings.yaml=sky.yaml"],
    ["another file", "/w/sky.yaml", TEXT, "/w/kustomization.yaml", "plugins.yaml=other.yaml"],
    ["a kustomization elsewhere", "/w/sky.yaml", TEXT, "/w/app/kustomization.yaml", "plugins.yaml=sky.yaml"],
    [
      "another program's",
      "/w/k9s.yaml",
      "plugins:\n  a:\n    key: b\n",
      "/w/kustomization.yaml",
      "plugins.yaml=k9s.yaml",
    ],
  ] as const)
    it(`stays silent: ${what}`, () => assert.deepEqual(found(path, text, { [place]: generator(source) }).embedded, []));
});
