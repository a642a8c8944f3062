// What a Buntime host does on load, case by case, against what we say: an error where the plugin isn't loaded, the base
// answers 500 or the host comes down; no error where it loads. Each row names the part of the host that decides: "file",
// "fields", "base", "order" (dependencies), "routes", "worker", "scan", "entry", "upload".

import assert from "node:assert/strict";
import { createDiagnose } from "../../../server/service/index.js";
import { readFixture } from "../../harness/fixture.js";
import { openFixture } from "../../harness/workspace.js";

type Row = readonly [part: string, text: string, errors: readonly string[], others?: Readonly<Record<string, string>>];

const N = "name: notes\npluginEntry: plugin.js\n";
const B = `${N}base: /notes\n`;
const store = (more = "") => ({ "../store/manifest.yaml": `name: store\npluginEntry: plugin.js\n${more}` });

const LOADED: readonly Row[] = [
  ["file: JSON text", '{ "name": "notes", "pluginEntry": "plugin.js" }', []],
  ["file: a byte order mark", `\ufeff${N}`, []],
  ["file: CRLF", N.replace(/\n/g, "\r\n"), []],
  ["file: a key that stands twice", `${N}version: "1"\nversion: "2"\n`, []],
  ["fields: unknown keys", `${N}limit: 5\nnested: { a: [1] }\n`, []],
  ["fields: any scope", 'name: "@hyper/plugin-x"\npluginEntry: plugin.js\n', []],
  ["fields: no version", N, []],
  ["fields: a version that is a number", `${N}version: 1.0\n`, []],
  ["fields: False", `${N}enabled: False\n`, []],
  ["fields: enabled as text", `${N}enabled: "false"\n`, []],
  ["fields: enabled without a value", `${N}enabled:\n`, []],
  ["base: the root", `${N}base: /\n`, []],
  ["base: one segment", `${N}base: /My_notes-2\n`, []],
  ["base: /health", `${N}base: /health\n`, []],
  ["base: /api behind a prefix", `${N}base: /api\n`, []],
  ["base: none", N, []],
  ["base: one that another plugin has", B, [], store("base: /notes\n")],
  ["order: an empty list", `${N}dependencies: []\n`, []],
  ["order: a list without a value", `${N}dependencies:\n`, []],
  ["order: one that isn't known here", `${N}dependencies: ["@example/elsewhere"]\n`, []],
  ["order: an optional one that is disabled", `${N}optionalDependencies: [store]\n`, [], store("enabled: false\n")],
  ["order: one that loads", `${N}dependencies: [store]\n`, [], store()],
  ["order: two plugins of one name", N, [], { "../other/manifest.yaml": N }],
  ["routes: for all methods", `${B}publicRoutes: ["/a", "/b/**"]\n`, []],
  ["routes: by method", `${B}publicRoutes: { ALL: [/a], GET: [/b] }\n`, []],
  ["routes: a method in lower case", `${B}publicRoutes: { get: [/b] }\n`, []],
  ["routes: a text, in a plugin without a base", `${N}publicRoutes: /b\n`, []],
  ["menus: an item without a title", `${B}menus: [{ path: /notes, icon: "lucide:key" }]\n`, []],
  ["worker: durations", `${B}timeout: 30s\nttl: 1m\nidleTimeout: 1m\n`, []],
  ["worker: seconds", `${B}timeout: 10\nttl: 0\nidleTimeout: 20\n`, []],
  ["worker: an idle timeout above the ttl", `${B}timeout: 5\nttl: 60\nidleTimeout: 120\n`, []],
  ["worker: a size of any case", `${B}maxBodySize: 10 MB\n`, []],
  ["worker: a size above the ceiling", `${B}maxBodySize: 1gb\n`, []],
  ["worker: a bad value without a base", `${N}timeout: -5\n`, []],
  ["entry: a file that is there", N, []],
  ["entry: a missing one with a fall-back", "name: notes\npluginEntry: dist/plugin.js\n", []],
  ["entry: none written, plugin.js is there", "name: notes\nbase: /notes\n", []],
  ["entry: a page that is missing", `${B}entrypoint: web/index.html\n`, []],
];

const REFUSED: readonly Row[] = [
  ["file: several documents", `${N}---\nname: two\n`, ["several-documents"]],
  ["file: tabs as indentation", `${N}menus:\n\t- title: X\n`, ["syntax"]],
  ["fields: no name", "pluginEntry: plugin.js\nbase: /notes\n", ["missing-field"]],
  ["fields: an empty name", 'name: ""\npluginEntry: plugin.js\n', ["name-invalid"]],
  ["fields: a name that is a number", "name: 42\npluginEntry: plugin.js\n", ["name-invalid"]],
  ["base: two segments", `${N}base: /a/b\n`, ["base-invalid"]],
  ["base: a slash at the end", `${N}base: /a/\n`, ["base-invalid"]],
  ["base: no slash", `${N}base: notes\n`, ["base-invalid"]],
  ["base: other characters", `${N}base: /a.b\n`, ["base-invalid"]],
  ["base: an empty text", `${N}base: ""\n`, ["base-invalid"]],
  ["base: without a value", `${N}base:\n`, ["base-invalid"]],
  ["base: a number", `${N}base: 5\n`, ["base-invalid"]],
  ["base: /.well-known", `${N}base: /.well-known\n`, ["base-invalid"]],
  ["order: a text", `${N}dependencies: store\n`, ["dependencies-not-a-list"]],
  ["order: a map", `${N}dependencies: { store: 1 }\n`, ["dependencies-not-a-list"]],
  ["order: an optional text", `${N}optionalDependencies: store\n`, ["dependencies-not-a-list"]],
  ["order: itself", `${N}dependencies: [notes]\n`, ["dependency-cycle"]],
  ["order: itself, optionally", `${N}optionalDependencies: [notes]\n`, ["dependency-cycle"]],
  ["order: a cycle", `${N}dependencies: [store]\n`, ["dependency-cycle"], store("dependencies: [notes]\n")],
  [
    "order: a cycle of optional ones",
    `${N}optionalDependencies: [store]\n`,
    ["dependency-cycle"],
    store("optionalDependencies: [notes]\n"),
  ],
  ["order: one that is disabled", `${N}dependencies: [store]\n`, ["dependency-disabled"], store("enabled: false\n")],
  ["order: one that fails", `${N}dependencies: [store]\n`, ["dependency-left-out"], store("base: x\n")],
  ["routes: a text, below a base", `${B}publicRoutes: /b\n`, ["worker-field"]],
  ["worker: a negative timeout", `${B}timeout: -5\n`, ["worker-field"]],
  ["worker: a ttl below the timeout", `${B}ttl: 5\n`, ["ttl-below-timeout"]],
  ["worker: an idle timeout below it", `${B}ttl: 60\nidleTimeout: 5\n`, ["ttl-below-timeout"]],
  ["worker: no duration", `${B}timeout: soon\n`, ["bad-duration"]],
  ["worker: no size", `${B}maxBodySize: big\n`, ["worker-field"]],
  ["worker: negative requests", `${B}maxRequests: -1\n`, ["worker-field"]],
  ["entry: a directory", "name: notes\npluginEntry: lib\n", ["entry-is-directory"], { "lib/a.js": "" }],
  ["entry: null for a plugin", N, ["entry-not-a-plugin"], { "plugin.js": "export default null;\n" }],
  ["upload: the plugins directory", "name: .\npluginEntry: plugin.js\n", ["name-harmful"]],
  ["upload: a whole scope", 'name: "@acme/"\npluginEntry: plugin.js\n', ["name-harmful"]],
  ["upload: out of the directory", "name: ../evil\npluginEntry: plugin.js\n", ["name-harmful"]],
  ["upload: two levels deep", "name: a/b\npluginEntry: plugin.js\n", ["name-out-of-reach"]],
  ["upload: cut to another plugin", 'name: "@a/x/y"\npluginEntry: plugin.js\n', ["name-harmful"]],
];

describe("buntime: agreement with the host", () => {
  for (const row of LOADED) it(`loads ${row[0]}`, () => assert.deepEqual(errorsOf(row), []));
  for (const row of REFUSED) it(`says no to ${row[0]}`, () => assert.deepEqual(errorsOf(row), row[2]));
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
