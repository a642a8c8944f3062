// What the page (1.3.14) breaks on in the files of a plugin, case by case: an error must stand exactly where a plugin isn't
// shown, a warning where something written has no effect or another one. Rows stand below the heading of the contract's
// section that tells what happens.

import assert from "node:assert/strict";
import { memoryFiles } from "../../harness/memoryFiles.js";
import { rowsOf, type Sections } from "../agreement/sections.js";
import { FOLDER, keys, problems } from "./judged.js";

type Row = readonly [told: string, files: Readonly<Record<string, string>>, found: readonly string[]];

const HELPER = 'window.parent.postMessage({ type: "PluginRegisterEvent", version: { api: "1.2.0" } }, "*");';
const page = (more: string, rest: Readonly<Record<string, string>> = {}) => ({
  "MetaflowPluginAPI.js": HELPER,
  "index.html": `<script src="MetaflowPluginAPI.js"></script><script>Metaflow.onReady(() => {})</script>${more}`,
  ...rest,
});

const PAGES: Sections<Row> = {
  "1. The short version": [["origin: storage", page("<script>sessionStorage.clear()</script>"), ["w storage-blocked"]]],
  "5.3 Serving files": [
    ["files: all at the top", page('<script src="app.js"></script>', { "app.js": "" }), []],
    ["files: no entrypoint", { "other.html": "" }, ["e entrypoint-missing"]],
    ["files: another case", { "Index.html": "" }, ["e entrypoint-missing"]],
    ["files: a subfolder", page('<script src="js/app.js"></script>', { "js/app.js": "" }), ["w subfolder-file"]],
    ["files: one that isn't there", page('<script src="app.js"></script>'), ["w page-file-missing"]],
  ],
  "5.4 CORS": [
    [
      "origin: a module script",
      page('<script type="module" src="a.js"></script>', { "a.js": "" }),
      ["w module-script-blocked"],
    ],
    ["origin: an inline module", page('<script type="module">let a = 1;</script>'), []],
    [
      "origin: a font",
      page('<style>@font-face { src: url("f.woff2") }</style>', { "f.woff2": "" }),
      ["w font-blocked"],
    ],
    [
      "origin: its own file by fetch",
      page('<script>fetch("data.json")</script>', { "data.json": "" }),
      ["w fetch-blocked"],
    ],
    ["origin: a JSON route by fetch", page('<script>fetch("/api/flows")</script>'), []],
  ],
  "6.1 Service address and URLs": [
    ["files: at the service's root", page('<script src="/app.js"></script>', { "app.js": "" }), ["w rooted-file"]],
  ],
  "6.3 Life of a plugin": [
    ["helper: 1.0.0", page("", { "MetaflowPluginAPI.js": HELPER.replace("1.2.0", "1.0.0") }), ["w helper-outdated"]],
    ["helper: 0.12.0", page("", { "MetaflowPluginAPI.js": HELPER.replace("1.2.0", "0.12.0") }), ["w helper-outdated"]],
    ["helper: 1.1.0", page("", { "MetaflowPluginAPI.js": HELPER.replace("1.2.0", "1.1.0") }), []],
    ["page: nothing registers", { "index.html": "<p>Hello</p>" }, ["w never-registers"]],
  ],
  "6.5 Messages, plugin to page": [
    [
      "helper: an unknown notification",
      page('<script>Metaflow.sendNotification({ type: "error" })</script>'),
      ["i call-without-effect"],
    ],
  ],
  "6.6 Messages, page to plugin": [
    ["helper: a path never filled", page('<script>Metaflow.subscribe("info", f)</script>'), ["i call-without-effect"]],
  ],
  "7. The helper, `MetaflowPluginAPI.js` 1.2.0": [
    ["helper: data that never comes", page("<script>Metaflow.subscribeToInfo(f)</script>"), ["i call-without-effect"]],
    ["helper: a height as text", page('<script>Metaflow.setHeight("9px")</script>'), ["i call-without-effect"]],
    ["helper: register() alone", page("<script>Metaflow.register(() => {})</script>"), ["i call-without-effect"]],
  ],
  "10. What a validator should say": [
    ["helper: absent", { "index.html": page("")["index.html"] }, ["w helper-missing"]],
  ],
};

describe("metaflow: agreement with the page about a plugin's files", () => {
  for (const [section, [told, files, found]] of rowsOf(PAGES)) {
    it(`${section}: page: ${told}`, () => {
      const disk = Object.entries({ ...files, "manifest.json": keys("") });
      const known = memoryFiles(new Map(disk.map(([name, text]) => [`${FOLDER}/${name}`, text])));
      assert.deepEqual(problems(`${FOLDER}/manifest.json`, keys(""), known), found);
    });
  }
});
