// PLUGINS values that lack the quotes their file needs: what is meant is read all the same, one problem says what the file's
// reader makes of it, and its fix puts the quotes right.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createLanguageService, manifestAt, parseText } from "../../../server/service/index.js";
import { memoryFiles } from "../../harness/memoryFiles.js";
import {
  ADDRESS,
  compose,
  double,
  kubernetes,
  LINES,
  opened,
  recognised,
  SHORT,
  speaking,
  squeezed,
} from "./carriers.js";

const service = createLanguageService();
const WIDE = `{"a": {"repository": "${ADDRESS}", "parameters": {"who": "Ann's"}}, "b": {"reff": 1}}`;
const PLAIN = WIDE.replace("'", "");
const inList = (item: string) => `services:\n  ui:\n    environment:\n      - A=b\n      - ${item}\n      - C=d\n`;

/** What its file's reader makes something else of: the form, its file, the text, what is meant, and a word of what is said. */
const GARBLED: readonly (readonly [what: string, path: string, text: string, value: string, said: RegExp])[] = [
  ["a Dockerfile without quotes", "/w/Dockerfile", `FROM x\nENV A=b PLUGINS=${SHORT} C=d\n`, SHORT, /^Docker takes/],
  ["a Dockerfile without quotes, with blanks", "/w/Dockerfile", `FROM x\nENV PLUGINS=${WIDE}\n`, WIDE, /^Docker takes/],
  ["a Dockerfile's old ENV without quotes", "/w/Dockerfile", `ENV PLUGINS ${WIDE}\n`, WIDE, /^Docker takes/],
  ["a Dockerfile's double quotes", "/w/Dockerfile", `ENV PLUGINS="${WIDE}"\n`, WIDE, /ends the text/],
  ["a shell without quotes", "/w/run.sh", `export PLUGINS=${SHORT}\n`, SHORT, /^the shell takes/],
  ["docker run without quotes", "/w/run.sh", `docker run -e PLUGINS=${SHORT} x\n`, SHORT, /^the shell takes/],
  ["a shell's double quotes", "/w/run.sh", `export PLUGINS="${WIDE}"\n`, WIDE, /ends the text/],
  [".env with double quotes", "/w/.env", `A=b\nPLUGINS="${WIDE}"\nC=d\n`, WIDE, /ends the text/],
  [".env on lines", "/w/.env", `A=b\nPLUGINS=${LINES}\nC=d\n`, LINES, /ends with its line/],
  ["compose as a mapping", "/w/compose.yaml", compose(WIDE), WIDE, /^compose takes text/],
  ["compose in double quotes", "/w/compose.yaml", compose(`"${WIDE}"`), WIDE, /ends the text/],
  ["compose in a list", "/w/compose.yaml", inList(`PLUGINS=${WIDE}`), WIDE, /a mapping of the item/],
  ["compose in a list, quoted inside", "/w/compose.yaml", inList(`PLUGINS='${SHORT}'`), SHORT, /belong to the value/],
  ["compose in a list, quoted, wide", "/w/compose.yaml", inList(`PLUGINS='${PLAIN}'`), PLAIN, /a mapping/],
  [
    "compose in a list, as a mapping",
    "/w/compose.yaml",
    inList(`PLUGINS: '${PLAIN}'`),
    PLAIN,
    /^compose takes NAME=value/,
  ],
  [
    "compose in a list, as a mapping in double quotes",
    "/w/compose.yaml",
    inList(`PLUGINS: ${double(PLAIN)}`),
    PLAIN,
    /^compose takes NAME=value/,
  ],
  ["compose in a list, double", "/w/compose.yaml", inList(`"PLUGINS=${WIDE}"`), WIDE, /ends the text/],
  ["Kubernetes as a mapping", "/w/ui.yaml", kubernetes(WIDE), WIDE, /^Kubernetes takes text/],
  ["Kubernetes in double quotes", "/w/ui.yaml", kubernetes(`"${WIDE}"`), WIDE, /ends the text/],
  [
    "Kubernetes in JSON",
    "/w/ui.json",
    `{ "kind": "ConfigMap", "data": { "PLUGINS": ${LINES} } }`,
    LINES,
    /^Kubernetes takes/,
  ],
  [
    "ECS",
    "/w/task.json",
    `{ "containerDefinitions": [{ "environment": [{ "name": "PLUGINS", "value": ${WIDE} }] }] }`,
    WIDE,
    /^ECS takes/,
  ],
  [
    "JSON in its own quotes",
    "/w/task.json",
    `{ "containerDefinitions": [{ "environment": [{ "name": "PLUGINS", "value": "${SHORT}" }] }] }`,
    SHORT,
    /ends the text/,
  ],
  ["properties in quotes", "/w/ui.properties", `A=b\nPLUGINS='${PLAIN}'\n`, PLAIN, /every letter/],
  ["properties in double quotes", "/w/ui.properties", `PLUGINS=${double(PLAIN)}\n`, PLAIN, /every letter/],
  ["properties on lines", "/w/ui.properties", `PLUGINS=${LINES}\nA=b\n`, LINES, /ends with its line/],
];

describe("metaflow: PLUGINS without the quotes it needs", () => {
  for (const eol of ["\n", "\r\n"]) {
    for (const [what, path, written, value, said] of GARBLED) {
      it(`${what} doesn't arrive as it is written, and is put right${eol === "\n" ? "" : " (CRLF)"}`, () => {
        const { manifest, outer } = opened(path, speaking(path, written).replace(/\n/g, eol));
        assert.equal(squeezed(manifest.parsed.text), squeezed(value));
        const [found, ...more] = service
          .diagnose(manifest)
          .filter(({ code }) => ["metaflow/value-garbled"].includes(String(code)));
        assert.ok(found);
        assert.deepEqual(more, []);
        assert.match(String(found.message), said);
        assert.equal(squeezed(outer.document.getText(found.range)).replace(/\\"/g, `"`), squeezed(value));
        const [fix] = service.actions(manifest, { range: found.range, diagnostics: [found] });
        const edits = fix?.edit?.changes?.[outer.uri] ?? [];
        const after = opened(path, TextDocument.applyEdits(outer.document, edits)).manifest;
        assert.deepEqual(JSON.parse(after.parsed.text), JSON.parse(value));
        const left = service.diagnose(after).map(({ code }) => code);
        assert.ok(left.includes("metaflow/ignored-field"));
        assert.ok(!left.includes("metaflow/value-garbled"));
      });
    }
  }

  for (const [what, path, written] of GARBLED) {
    it(`${what} survives every prefix when garbled`, () => {
      for (let end = 0; end <= written.length; end++) {
        const outer = parseText(`file://${path}`, written.slice(0, end));
        for (const manifest of recognised(outer).embedded) service.diagnose(manifest);
      }
    });
  }

  for (const [what, path, text] of [
    ["compose", "/w/compose.yaml", compose(`\n        a:\n          repository: ${ADDRESS}\n        b: { reff: 1 }`)],
    [
      "Kubernetes",
      "/w/ui.yaml",
      `kind: ConfigMap\ndata:\n  PLUGINS:\n    a: { repository: "${ADDRESS}" }\n    b:\n      reff: 1\n`,
    ],
  ] as const) {
    it(`${what}: a mapping in YAML's own way becomes JSON, and nothing is written into it`, () => {
      const { manifest, outer } = opened(path, text);
      const found = service.diagnose(manifest);
      assert.deepEqual(
        found.map(({ code }) => String(code).replace("metaflow/", "")),
        ["value-garbled", "ref-default", "ignored-field"],
      );
      assert.equal(outer.document.getText(found[2]?.range), "reff");
      const fixes = found.map((one) =>
        service
          .actions(manifest, { range: one.range, diagnostics: [one] })
          .filter(({ title }) => !title.startsWith("Disable ")),
      );
      assert.deepEqual(
        fixes.map(({ length }) => length),
        [1, 0, 0],
      );
      assert.equal(manifestAt(recognised(outer), outer, found[2]?.range.start ?? { line: 0, character: 0 }), undefined);
      const after = TextDocument.applyEdits(outer.document, fixes[0]?.[0]?.edit?.changes?.[outer.uri] ?? []);
      assert.deepEqual(JSON.parse(opened(path, after).manifest.parsed.text), JSON.parse(SHORT));
    });
  }

  it("tells quotes in an env file that a kustomization reads", () => {
    const kustomization = "configMapGenerator:\n- name: ui\n  envs: [config/ui.env]\n";
    const files = memoryFiles(new Map([["/w/kustomization.yaml", kustomization]]));
    const text = `PLUGINS='${SHORT}'\n`;
    const codes = (path: string, on = files) =>
      service.diagnose(opened(path, text, on).manifest).map(({ code }) => String(code));
    assert.ok(codes("/w/config/ui.env").includes("metaflow/value-garbled"));
    assert.ok(!codes("/w/config/other.env").includes("metaflow/value-garbled"));
    assert.ok(!codes("/w/config/ui.env", memoryFiles(new Map())).includes("metaflow/value-garbled"));
  });

  it("tells a dollar sign that compose can't read", () => {
    const text = compose(`'{"a": {"repository": "${ADDRESS}", "ref": "v1", "parameters": {"cost": "5$"}}}'`);
    const { manifest, outer } = opened("/w/compose.yaml", text);
    const [found] = service.diagnose(manifest);
    assert.equal(found?.code, "metaflow/value-garbled");
    assert.equal(outer.document.getText(found.range), "$");
    const [fix] = service.actions(manifest, { range: found.range, diagnostics: [found] });
    const after = TextDocument.applyEdits(outer.document, fix?.edit?.changes?.[outer.uri] ?? []);
    assert.equal(after, text.replace("5$", "5$$$$"));
  });
});
