// Which plugins.yaml files are SkyPilot's: own and foreign contents, with the reason that the status item shows.

import assert from "node:assert/strict";
import { URI } from "vscode-uri";
import { DEFAULT_SETTINGS, parseText, recognise, type Workspace } from "../../../server/service/index.js";
import { memoryFiles } from "../../harness/memoryFiles.js";

type Row = readonly [what: string, path: string, text: string, reason: RegExp];

const OWN: readonly Row[] = [
  ["a list of classes", "/w/plugins.yaml", "plugins:\n- class: a.B\n", /by class/],
  ["a wheel path alone", "/w/plugins.yaml", "controller_wheel_path: dist\n", /controller_wheel_path/],
  ["an empty file", "/w/plugins.yaml", "", /empty/],
  ["comments only", "/w/plugins.yaml", "# later\n", /empty/],
  ["an unfinished list", "/w/plugins.yaml", "plugins:\n", /unfinished/],
  ["an empty list", "/w/plugins.yaml", "plugins: []\n", /unfinished/],
  ["a misspelt class", "/w/plugins.yaml", "plugins:\n- clas: my_plugin.MyPlugin\n", /by class/],
  ["a flag without a class", "/w/plugins.yaml", "plugins:\n- upload_to_controller: true\n", /by class/],
  ["an unknown field more", "/w/plugins.yaml", "plugins:\n- class: a.B\n  enabled: true\n", /by class/],
  ["a list at the top", "/w/plugins.yaml", "- class: a.B\n", /by class/],
  ["a map of plugins", "/w/plugins.yaml", "plugins:\n  audit:\n    class: a.B\n", /have a class/],
  ["a misspelt list", "/w/plugins.yaml", "plugin:\n- class: a.B\n", /unfinished key/],
  ["anything in .sky", "/home/ann/.sky/plugins.yaml", "plugins: x\n", /\.sky/],
  ["anything in a folder of SkyPilot", "/w/skypilot/plugins.yml", "plugins:\n- my_plugin\n", /folder of SkyPilot/],
  ["beside remote_plugins.yaml", "/pair/plugins.yaml", "plugins:\n- my_plugin\n", /lies beside/],
  ["the remote file", "/w/remote_plugins.yaml", "plugins:\n", /of this name/],
  ["JSON in YAML", "/w/plugins.yaml", '{"plugins": [{"class": "a.B"}]}', /by class/],
];

const FOREIGN: readonly Row[] = [
  ["k9s", "/w/k9s/plugins.yaml", "plugins:\n  fred:\n    shortCut: Ctrl-L\n    command: kubectl\n", /no list/],
  ["k9s, just begun", "/home/ann/.config/k9s/plugins.yaml", "plugins:\n", /no list/],
  ["k9s, old form", "/w/plugins.yml", "plugin:\n  fred:\n    shortCut: Ctrl-L\n", /no list/],
  ["Jenkins", "/w/plugins.yaml", "plugins:\n- artifactId: git\n  source:\n    version: latest\n", /no list/],
  ["Grafana", "/w/plugins.yaml", "apiVersion: 1\napps:\n- type: example-app\n", /apiVersion/],
  ["Kubernetes", "/w/plugins.yaml", "apiVersion: v1\nkind: ConfigMap\ndata:\n  plugins: ''\n", /apiVersion/],
  ["Kubernetes in remote_plugins.yaml", "/w/remote_plugins.yaml", "apiVersion: v1\nkind: ConfigMap\n", /apiVersion/],
  ["a list of names", "/w/plugins.yaml", "plugins:\n- git\n- docker\n", /no list/],
  ["names in comments", "/w/plugins.yaml", "plugins:\n# - name: git\n", /no list/],
  ["Java classes", "/w/plugins.yaml", "plugins:\n- class: org.example.Plugin\n  id: x\n", /no list/],
  ["PHP classes", "/w/plugins.yaml", "plugins:\n- class: App\\Plugin\n", /no list/],
  [
    "many other fields",
    "/w/plugins.yaml",
    "plugins:\n- name: x\n  class: a.B\n  url: y\n  order: 1\n",
    /aren't SkyPilot's/,
  ],
  ["what is handed to a class", "/w/plugins.yaml", "plugins:\n- class: a.B\n  kwargs: {}\n", /aren't SkyPilot's/],
  ["a text", "/w/plugins.yaml", "see the wiki\n", /no map/],
  ["another name", "/w/plugin.yaml", "plugins:\n- class: a.B\n", /no plugin manifest/],
];

const workspace: Workspace = {
  files: memoryFiles(new Map([["/pair/remote_plugins.yaml", ""]])),
  roots: ["/w", "/pair"],
  manifests: () => [],
  hosts: [],
  open: () => undefined,
  documents: () => [],
};

describe("skypilot recognition", () => {
  for (const [what, path, text, reason] of OWN)
    it(`takes ${what}`, () => {
      const found = look(path, text);
      assert.equal(found.manifest?.system.id, "skypilot", found.reason);
      assert.match(found.reason, reason);
    });
  for (const [what, path, text, reason] of FOREIGN)
    it(`leaves ${what} alone`, () => {
      const found = look(path, text);
      assert.equal(found.manifest, undefined);
      assert.match(found.reason, reason);
    });
});

const look = (path: string, text: string) =>
  recognise(parseText(URI.file(path).toString(), text), workspace, DEFAULT_SETTINGS);
