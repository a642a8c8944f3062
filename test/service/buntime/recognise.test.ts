// Which manifests are Buntime's, and why; whatever other tools call manifest.yaml or manifest.json stays silent.

import assert from "node:assert/strict";
import {
  createDiagnose,
  DEFAULT_SETTINGS,
  NO_WORKSPACE,
  parseText,
  recognise,
  type Workspace,
} from "../../../server/service/index.js";
import { memoryFiles } from "../../harness/memoryFiles.js";

const BESIDE = { name: "notes\npluginEntry: plugin.js" };

const OWN: readonly (readonly [
  what: string,
  text: string,
  reason: RegExp,
  others?: Readonly<Record<string, string>>,
])[] = [
  ["an entry", "name: x\npluginEntry: dist/plugin.js", /pluginEntry/],
  ["an entry beside keys of another tool", "pluginEntry: x.js\napplications: []", /pluginEntry/],
  ["a base", "name: x\nbase: /x", /base/],
  ["a wrong base", "name: x\nbase: x/y\ninjectBase: true", /base/],
  ["menus", "menus:\n  - title: X", /menus/],
  ["dependencies", 'name: x\ndependencies:\n  - "@example/y"', /dependencies/],
  ["a described config", "name: x\nconfig:\n  a: { type: string, label: A }", /config/],
  ["a scoped name and enabled", 'name: "@example/x"\nenabled: "false"', /scoped/],
  ["a misspelt entry", "name: x\nplugin_entry: a.js", /plugin_entry/],
  ["its code beside it", "name: x", /plugin\.ts/, { "/w/x/plugin.ts": "" }],
  ["an empty file with its code beside it", "", /plugin\.js/, { "/w/x/plugin.js": "" }],
  ["one word among plugins", "nam", /among/, { "/w/y/manifest.yaml": `name: ${BESIDE.name}` }],
];

const FOREIGN: readonly (readonly [what: string, text: string])[] = [
  ["nothing", ""],
  ["one word", "name"],
  ["a list", "- name: x\n- name: y"],
  ["a name and a list of modules", "name: x\nenabled: true\ndependencies: [core]"],
  ["a base without a slash", "name: x\nbase: x/y"],
  ["a Buntime app", "name: panel\nentrypoint: dist/index.html\nvisibility: protected\nttl: 1h"],
  ["a Buntime app without a name", "entrypoint: index.html\ninjectBase: true\npublicRoutes:\n  GET: [/**]"],
  ["a Kubernetes object", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata: {}"],
  ["several Kubernetes objects", "apiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Pod"],
  ["Cloud Foundry", "applications:\n- name: x\n  memory: 1G\n  buildpacks: [java]"],
  ["old Cloud Foundry", "inherit: base.yml\nname: x\nbuildpack: java"],
  ["Airbyte", "version: 0.1.0\ntype: DeclarativeSource\ncheck: { type: CheckStream }\nstreams: []\ndefinitions: {}"],
  ["a snap", "name: x\nversion: '1'\nbase: core22\nparts: {}\napps: {}\nconfinement: strict"],
  ["Dify", "version: 0.0.1\ntype: plugin\nauthor: example\nname: x\nresource: {}\nplugins: {}\nmeta: {}"],
  ["winget", "PackageIdentifier: Example.App\nPackageVersion: 1.0.0\nManifestType: version"],
  ["a package of another system", "name: x\nversion: 1.0.0\nauthor: Ada\nlicense: MIT\ndependencies:\n  - y"],
  ["a config of another tool", "name: x\nconfig:\n  debug: true"],
];

const FOREIGN_JSON: readonly (readonly [what: string, text: string])[] = [
  ["a web extension", '{ "manifest_version": 3, "name": "x", "version": "1" }'],
  ["a web app", '{ "name": "x", "start_url": "/", "icons": [] }'],
  ["Home Assistant", '{ "domain": "x", "name": "x", "dependencies": [], "config_flow": true }'],
  ["UI5", '{ "sap.app": { "id": "x" }, "sap.ui5": { "dependencies": {} } }'],
  ["Foxx", '{ "name": "x", "main": "index.js", "engines": {}, "dependencies": {} }'],
  ["Metaflow UI", '{ "name": "x", "version": "1", "entrypoint": "index.html", "slot": "run-header" }'],
];

describe("buntime: recognition", () => {
  for (const [what, text, reason, others] of OWN) {
    it(`ours by ${what}`, () => {
      const found = recognised("/w/x/manifest.yaml", text, others, "/w");
      assert.equal(found.manifest?.system.id, "buntime", found.reason);
      assert.match(found.reason, reason);
    });
  }
  for (const [what, text] of FOREIGN) {
    it(`silent on ${what}`, () => {
      const found = recognised("/w/x/manifest.yaml", text, {}, "/w");
      assert.equal(found.manifest, undefined);
      assert.match(found.reason, /Buntime/);
    });
  }
  for (const [what, text] of FOREIGN_JSON) {
    it(`silent on the manifest.json of ${what}`, () => {
      assert.notEqual(recognised("/w/x/manifest.json", text, {}, "/w").manifest?.system.id, "buntime");
    });
  }
  it("reads tabs as a mistake of the text and goes on", () => {
    const { manifest } = recognised(
      "/w/x/manifest.yaml",
      "name: x\npluginEntry: x.js\nmenus:\n\t- title: X\n",
      {},
      "/w",
    );
    assert.ok(manifest);
    assert.deepEqual(codes(manifest), ["buntime/syntax"]);
  });
});

function codes(manifest: Parameters<ReturnType<typeof createDiagnose>>[0]): string[] {
  return createDiagnose()({ ...manifest, workspace: NO_WORKSPACE, root: manifest.root, value: manifest.value }).map(
    ({ code }) => code,
  );
}

/** `/w` stands for a folder called plugins, so that the place can speak. */
function recognised(path: string, text: string, others: Readonly<Record<string, string>> = {}, root: string) {
  const placed = (one: string) => one.replace(root, "/workspace/plugins");
  const contents = new Map(Object.entries(others).map(([name, body]) => [placed(name), body]));
  const workspace: Workspace = { ...NO_WORKSPACE, files: memoryFiles(contents.set(placed(path), text)) };
  return recognise(parseText(`file://${placed(path)}`, text), workspace, DEFAULT_SETTINGS);
}
