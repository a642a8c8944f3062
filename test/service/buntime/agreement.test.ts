// What a Buntime host does on load, case by case, against what we say: an error where the plugin isn't loaded, the base
// answers 500 or the host comes down; no error where it loads. Rows stand below the heading of the contract's section that
// tells what the host does.

import assert from "node:assert/strict";
import { createDiagnose } from "../../../server/service/index.js";
import { readFixture } from "../../harness/fixture.js";
import { openFixture } from "../../harness/workspace.js";
import { rowsOf, type Sections } from "../agreement/sections.js";

type Row = readonly [what: string, text: string, errors: readonly string[], others?: Readonly<Record<string, string>>];

const N = "name: notes\npluginEntry: plugin.js\n";
const B = `${N}base: /notes\n`;
const store = (more = "") => ({ "../store/manifest.yaml": `name: store\npluginEntry: plugin.js\n${more}` });

const LOADED: Sections<Row> = {
  "1.1 File": [
    ["JSON text", '{ "name": "notes", "pluginEntry": "plugin.js" }', []],
    ["a byte order mark", `\ufeff${N}`, []],
    ["CRLF", N.replace(/\n/g, "\r\n"), []],
    ["a key that stands twice", `${N}version: "1"\nversion: "2"\n`, []],
  ],
  "1.2 Plugin fields": [
    ["unknown keys", `${N}limit: 5\nnested: { a: [1] }\n`, []],
    ["any scope", 'name: "@hyper/plugin-x"\npluginEntry: plugin.js\n', []],
    ["no version", N, []],
    ["a version that is a number", `${N}version: 1.0\n`, []],
    ["False", `${N}enabled: False\n`, []],
    ["enabled as text", `${N}enabled: "false"\n`, []],
    ["enabled without a value", `${N}enabled:\n`, []],
    ["publicRoutes: a text, in a plugin without a base", `${N}publicRoutes: /b\n`, []],
    ["a bad worker value without a base", `${N}timeout: -5\n`, []],
    ["entrypoint: a page that is missing", `${B}entrypoint: web/index.html\n`, []],
  ],
  "1.3 `base`": [
    ["the root", `${N}base: /\n`, []],
    ["one segment", `${N}base: /My_notes-2\n`, []],
    ["/health", `${N}base: /health\n`, []],
    ["/api behind a prefix", `${N}base: /api\n`, []],
    ["none", N, []],
    ["one that another plugin has", B, [], store("base: /notes\n")],
  ],
  "1.4 Dependencies and order": [
    ["an empty list", `${N}dependencies: []\n`, []],
    ["a list without a value", `${N}dependencies:\n`, []],
    ["one that isn't known here", `${N}dependencies: ["@example/elsewhere"]\n`, []],
    ["an optional one that is disabled", `${N}optionalDependencies: [store]\n`, [], store("enabled: false\n")],
    ["one that loads", `${N}dependencies: [store]\n`, [], store()],
    ["two plugins of one name", N, [], { "../other/manifest.yaml": N }],
  ],
  "1.5 `publicRoutes`": [
    ["for all methods", `${B}publicRoutes: ["/a", "/b/**"]\n`, []],
    ["by method", `${B}publicRoutes: { ALL: [/a], GET: [/b] }\n`, []],
    ["a method in lower case", `${B}publicRoutes: { get: [/b] }\n`, []],
  ],
  "1.6 `menus`": [["an item without a title", `${B}menus: [{ path: /notes, icon: "lucide:key" }]\n`, []]],
  "1.8 App (worker) manifests, and how to tell them apart": [
    ["durations", `${B}timeout: 30s\nttl: 1m\nidleTimeout: 1m\n`, []],
    ["seconds", `${B}timeout: 10\nttl: 0\nidleTimeout: 20\n`, []],
    ["an idle timeout above the ttl", `${B}timeout: 5\nttl: 60\nidleTimeout: 120\n`, []],
    ["a size of any case", `${B}maxBodySize: 10 MB\n`, []],
    ["a size above the ceiling", `${B}maxBodySize: 1gb\n`, []],
  ],
  "2.2 Entry file": [
    ["a file that is there", N, []],
    ["a missing one with a fall-back", "name: notes\npluginEntry: dist/plugin.js\n", []],
    ["none written, plugin.js is there", "name: notes\nbase: /notes\n", []],
  ],
};

const REFUSED: Sections<Row> = {
  "1.1 File": [
    ["several documents", `${N}---\nname: two\n`, ["several-documents"]],
    ["tabs as indentation", `${N}menus:\n\t- title: X\n`, ["syntax"]],
  ],
  "1.2 Plugin fields": [
    ["no name", "pluginEntry: plugin.js\nbase: /notes\n", ["missing-field"]],
    ["an empty name", 'name: ""\npluginEntry: plugin.js\n', ["name-invalid"]],
    ["a name that is a number", "name: 42\npluginEntry: plugin.js\n", ["name-invalid"]],
    ["publicRoutes: a text, below a base", `${B}publicRoutes: /b\n`, ["worker-field"]],
    ["pluginEntry: a directory", "name: notes\npluginEntry: lib\n", ["entry-is-directory"], { "lib/a.js": "" }],
  ],
  "1.3 `base`": [
    ["two segments", `${N}base: /a/b\n`, ["base-invalid"]],
    ["a slash at the end", `${N}base: /a/\n`, ["base-invalid"]],
    ["no slash", `${N}base: notes\n`, ["base-invalid"]],
    ["other characters", `${N}base: /a.b\n`, ["base-invalid"]],
    ["an empty text", `${N}base: ""\n`, ["base-invalid"]],
    ["without a value", `${N}base:\n`, ["base-invalid"]],
    ["a number", `${N}base: 5\n`, ["base-invalid"]],
    ["/.well-known", `${N}base: /.well-known\n`, ["base-invalid"]],
  ],
  "1.4 Dependencies and order": [
    ["itself", `${N}dependencies: [notes]\n`, ["dependency-cycle"]],
    ["itself, optionally", `${N}optionalDependencies: [notes]\n`, ["dependency-cycle"]],
    ["a cycle", `${N}dependencies: [store]\n`, ["dependency-cycle"], store("dependencies: [notes]\n")],
    [
      "a cycle of optional ones",
      `${N}optionalDependencies: [store]\n`,
      ["dependency-cycle"],
      store("optionalDependencies: [notes]\n"),
    ],
    ["one that is disabled", `${N}dependencies: [store]\n`, ["dependency-disabled"], store("enabled: false\n")],
    ["one that fails", `${N}dependencies: [store]\n`, ["dependency-left-out"], store("base: x\n")],
  ],
  "1.8 App (worker) manifests, and how to tell them apart": [
    ["a negative timeout", `${B}timeout: -5\n`, ["worker-field"]],
    ["a ttl below the timeout", `${B}ttl: 5\n`, ["ttl-below-timeout"]],
    ["an idle timeout below it", `${B}ttl: 60\nidleTimeout: 5\n`, ["ttl-below-timeout"]],
    ["no duration", `${B}timeout: soon\n`, ["bad-duration"]],
    ["no size", `${B}maxBodySize: big\n`, ["worker-field"]],
    ["negative requests", `${B}maxRequests: -1\n`, ["worker-field"]],
  ],
  "2.3 Module shape": [["null for a plugin", N, ["entry-not-a-plugin"], { "plugin.js": "export default null;\n" }]],
  "3.2 Outcomes": [
    ["dependencies: a text", `${N}dependencies: store\n`, ["dependencies-not-a-list"]],
    ["dependencies: a map", `${N}dependencies: { store: 1 }\n`, ["dependencies-not-a-list"]],
    ["optionalDependencies: a text", `${N}optionalDependencies: store\n`, ["dependencies-not-a-list"]],
  ],
  "4.7 Names a tool must refuse": [
    ["the plugins directory", "name: .\npluginEntry: plugin.js\n", ["name-harmful"]],
    ["a whole scope", 'name: "@acme/"\npluginEntry: plugin.js\n', ["name-harmful"]],
    ["out of the directory", "name: ../evil\npluginEntry: plugin.js\n", ["name-harmful"]],
    ["two levels deep", "name: a/b\npluginEntry: plugin.js\n", ["name-out-of-reach"]],
    ["cut to another plugin", 'name: "@a/x/y"\npluginEntry: plugin.js\n', ["name-harmful"]],
  ],
};

describe("buntime: agreement with the host", () => {
  for (const [section, row] of rowsOf(LOADED))
    it(`${section}: loads ${row[0]}`, () => assert.deepEqual(errorsOf(row), []));
  for (const [section, row] of rowsOf(REFUSED))
    it(`${section}: says no to ${row[0]}`, () => assert.deepEqual(errorsOf(row), row[2]));
});

const diagnose = createDiagnose();

function errorsOf([, text, , others = {}]: Row): string[] {
  const fixture = readFixture("a table's row\n>>> plugins/notes/manifest.yaml\n");
  const folder = "/workspace/plugins/notes";
  const file = (path: string, content: string) => ({ path, text: content, marks: [], caret: undefined });
  const beside = Object.entries(others).map(([name, content]) =>
    file(name.startsWith("../") ? `/workspace/plugins/${name.slice(3)}` : `${folder}/${name}`, content),
  );
  const code = "plugin.js" in others ? [] : [file(`${folder}/plugin.js`, "export default {};\n")];
  const files = [file(`${folder}/manifest.yaml`, text), ...code, ...beside];
  const { manifest, reason } = openFixture({ ...fixture, files });
  assert.ok(manifest, reason);
  const codes = diagnose(manifest).flatMap(({ severity, code }) => (severity === "error" ? [code.slice(8)] : []));
  return [...new Set(codes)];
}
