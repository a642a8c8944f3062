// PLUGINS in other files where it says little of itself: the default of another variable, a path, names, a list of them. Whose it
// is, what is set beside it tells.

import assert from "node:assert/strict";
import { createLanguageService, parseText } from "../../../server/service/index.js";
import { memoryFiles } from "../../harness/memoryFiles.js";
import { opened, recognised } from "./carriers.js";

const service = createLanguageService();
const UI = "netflixoss/metaflow_metadata_service:v2.5.1";
const compose = (line: string) =>
  `services:\n  db:\n    image: postgres\n    environment:\n      PGDATA: /data\n  ui_backend:\n    image: ${UI}\n    environment:\n      ${line}\n`;
const container = (value: string) =>
  `kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: ui\n          image: ${UI}\n          env:\n            - name: PLUGINS\n              value: ${value}\n`;

/** The problem, the place of it, and the file. */
const TOLD: readonly (readonly [what: string, code: string, at: string, path: string, text: string])[] = [
  ["a path in .env", "value-garbled", "/etc/p.json", "/w/.env", "MF_UI_METADATA_PORT=8083\nPLUGINS=/etc/p.json # x\n"],
  ["a path in compose", "value-garbled", "./p.json", "/w/compose.yaml", compose("- PLUGINS=./p.json")],
  ["a path in a container", "value-garbled", "/etc/p.json", "/w/ui.yaml", container("/etc/p.json")],
  ["a path in a Dockerfile", "value-garbled", "/p.json", "/w/Dockerfile", `FROM ${UI}\nENV A=b PLUGINS="/p.json"\n`],
  [
    "a bare path in a Dockerfile",
    "value-garbled",
    "/p.json",
    "/w/Dockerfile",
    `FROM ${UI}\nENV A=b PLUGINS=/p.json C=d\n`,
  ],
  ["a bare path in its old form", "value-garbled", "/p.json", "/w/Dockerfile", `FROM ${UI}\nENV PLUGINS /p.json\n`],
  [
    "a path in a script",
    "value-garbled",
    "/p.json",
    "/w/run.sh",
    "export MF_UI_METADATA_PORT=1 PLUGINS=/x\nexport PLUGINS=/p.json\n",
  ],
  [
    "a list in the file of a ConfigMap",
    "wrong-type",
    '["a"]',
    "/w/cm.yaml",
    "kind: ConfigMap\ndata:\n  config.plugins.json: '[\"a\"]'\n",
  ],
  ["a name", "value-garbled", "notes", "/w/.env", "MF_UI_METADATA_PORT=8083\nPLUGINS=notes\n"],
  ["names", "value-garbled", "notes,cost", "/w/ui.yaml", container("notes,cost")],
  ["a list in .env", "wrong-type", '["a","b"]', "/w/.env", 'MF_UI_METADATA_PORT=8083\nPLUGINS=\'["a","b"]\'\n'],
  ["a list in compose", "wrong-type", '["a"]', "/w/compose.yaml", compose("PLUGINS: '[\"a\"]'")],
  ["a list as a default", "wrong-type", '["a"]', "/w/compose.yaml", compose(`PLUGINS: '\${P:-["a"]}'`)],
  ["an entry in a Dockerfile", "bad-entry", "null", "/w/Dockerfile", `FROM ${UI}\nENV PLUGINS='{"a": null}'\n`],
  ["a default in compose", "bad-entry", "7", "/w/compose.yaml", compose(`PLUGINS: '\${PLUGINS:-{"a": 7}}'`)],
  ["a default in a list", "bad-entry", "7", "/w/compose.yaml", compose(`- 'PLUGINS=\${PLUGINS-{"a": 7}}'`)],
  ["a default in .env", "bad-entry", "7", "/w/.env", `MF_UI_METADATA_PORT=1\nPLUGINS=\${P:-{"a": 7}}\n`],
  ["a quoted default in .env", "bad-entry", "7", "/w/.env", `MF_UI_METADATA_PORT=1\nPLUGINS="\${P-{\\"a\\": 7}}"\n`],
  ["a default in a Dockerfile", "bad-entry", "7", "/w/Dockerfile", `FROM ${UI}\nENV PLUGINS=\${P:-'{"a": 7}'}\n`],
  ["a quoted default there", "bad-entry", "7", "/w/Dockerfile", `FROM ${UI}\nENV PLUGINS="\${P:-{\\"a\\": 7}}"\n`],
];

describe("metaflow: a variable whose value says little", () => {
  for (const [what, code, at, path, text] of TOLD)
    it(`tells ${what} at its place`, () => {
      const { manifest, outer } = opened(path, text);
      assert.deepEqual(
        service.diagnose(manifest).map((one) => [one.code, outer.document.getText(one.range)]),
        [[`metaflow/${code}`, at]],
      );
    });

  it("leaves what is filled in within a default alone", () => {
    const { manifest } = opened("/w/.env", `PLUGINS=\${P:-{"a": {"repository": "\${REPO}", "ref": "\${REF}"}}}\n`);
    assert.deepEqual(service.diagnose(manifest), []);
  });

  it("knows an entry by its repository, whatever stands beside it", () => {
    const text = 'PLUGINS=\'{"a": {"repository": "https://git.example.org/a.git", "branch": "main"}}\'\n';
    const { manifest, outer } = opened("/w/.env", text);
    assert.deepEqual(
      service.diagnose(manifest).map((one) => [one.code, outer.document.getText(one.range)]),
      [["metaflow/ignored-field", '"branch"']],
    );
  });

  it("completes a key of the only entry that was just begun", () => {
    for (const begun of ['""', '"m"', "m"].map(
      (key) => `{"a": {"repository": "https://git.example.org/a.git", ${key}}}`,
    )) {
      const { manifest, outer } = opened("/w/.env", `PLUGINS='${begun}'\n`);
      const position = outer.document.positionAt(outer.text.lastIndexOf("}}") - (begun.endsWith('"}}') ? 1 : 0));
      const { items } = service.complete(manifest, position);
      assert.ok(
        items.some(({ label }) => label === "ref"),
        begun,
      );
    }
  });

  it("says nothing of a sound default", () => {
    const entry = '{"a": {"repository": "https://git.example.org/a.git", "ref": "origin/main"}}';
    for (const [path, text] of [
      ["/w/.env", `PLUGINS=\${P:-${entry}}\n`],
      ["/w/compose.yaml", compose(`PLUGINS: '\${P:-${entry}}'`)],
      ["/w/Dockerfile", `FROM ${UI}\nENV PLUGINS=\${P:-'${entry}'}\n`],
    ] as const)
      assert.deepEqual(service.diagnose(opened(path, text).manifest), [], text);
  });

  for (const [what, path, text] of [
    ["another program's .env", "/w/.env", "PLUGINS=/opt/plugins\n"],
    ["a database's .env", "/w/.env", "MF_METADATA_DB_HOST=db\nPLUGINS=/opt/plugins\n"],
    ["another service of the same file", "/w/compose.yaml", compose("A: b").replace("PGDATA", "PLUGINS")],
    ["another container", "/w/ui.yaml", container("a").replace(UI, "rabbitmq")],
    ["words after an old ENV", "/w/Dockerfile", "FROM kong\nENV PLUGINS bundled,foo\n"],
    ["what is filled in", "/w/compose.yaml", compose(`PLUGINS: \${PLUGINS}`)],
    ["a default that is filled in", "/w/compose.yaml", compose(`PLUGINS: \${PLUGINS:-$OTHER}`)],
    ["plugins of another program", "/w/.env", `PLUGINS='{"a": {"repository": "owner/name", "branch": "main"}}'\n`],
    ["a template", "/w/ui.yaml", container('"{{ .Values.plugins | toJson }}"')],
  ] as const)
    it(`stays silent: ${what}`, () => assert.deepEqual(recognised(parseText(`file://${path}`, text)).embedded, []));

  it("takes a list of names for ours beside the folders of such plugins", () => {
    const text = '["notes", "cost"]\n';
    const outer = parseText("file:///w/plugins.json", text);
    const beside = memoryFiles(new Map([["/w/plugins/installed/notes/manifest.json", "{}"]]));
    const { manifest } = recognised(outer, beside);
    assert.ok(manifest);
    assert.deepEqual(
      service.diagnose(manifest).map(({ code }) => code),
      ["metaflow/wrong-type"],
    );
    assert.equal(recognised(outer, memoryFiles(new Map([["/w/notes/manifest.json", "{}"]]))).manifest, undefined);
    assert.equal(recognised(outer).manifest, undefined);
  });
});
