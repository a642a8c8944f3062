// Which JSON files are Metaflow UI's, and why; whatever other tools call manifest.json or plugins.json stays silent.

import assert from "node:assert/strict";
import { DEFAULT_SETTINGS, NO_WORKSPACE, parseText, recognise } from "../../../server/service/index.js";
import { memoryFiles } from "../../harness/memoryFiles.js";

type Row = readonly [what: string, text: string, reason: RegExp, path?: string, others?: readonly string[]];

const INSTALLED = "/w/services/ui_backend_service/plugins/installed/notes/manifest.json";

const MANIFESTS: readonly Row[] = [
  ["the guide's least", '{ "name": "x", "version": "1.0.0", "entrypoint": "index.html" }', /page/],
  ["the guide's address", '{ "name": "x", "version": "1.0.0", "entrypoint": "https://hostname/index.html" }', /page/],
  ["an address that is no file", '{ "name": "x", "version": "1", "entrypoint": "https://example.org/" }', /entrypoint/],
  ["a slot alone", '{ "slot": "task-details" }', /slot is task-details/],
  ["an old slot", '{ "name": "x", "slot": "run-tab" }', /slot is run-tab/],
  ["a wrong slot beside name and version", '{ "name": "x", "version": "1", "slot": "sidebar" }', /slot/],
  ["a slot beside a foreign key", '{ "name": "x", "slot": "header", "icons": [] }', /slot/],
  ["container options", '{ "name": "x", "containerProps": {} }', /containerProps/],
  ["a container", '{ "container": "titled-container" }', /container/],
  ["application styles", '{ "useApplicationStyles": false }', /useApplicationStyles/],
  ["an entrypoint of a wrong type", '{ "name": "x", "version": "1", "entrypoint": 5 }', /entrypoint/],
  ["an empty entrypoint", '{ "name": "x", "version": "1", "entrypoint": "" }', /entrypoint/],
  ["a half-typed slot", '{ "name": "x", "version": "1", "entrypoint": "index.html", "sl', /page/],
  ["the helper beside it", '{ "name": "x" }', /MetaflowPluginAPI/, "/w/x/manifest.json", ["/w/x/MetaflowPluginAPI.js"]],
  ["its place, half typed", '{ "na', /plugins\/installed/, INSTALLED],
  ["its place, empty", "", /plugins\/installed/, INSTALLED],
  ["its place, a list", "[]", /plugins\/installed/, INSTALLED],
];

const FOREIGN_MANIFESTS: readonly (readonly [what: string, text: string, path?: string])[] = [
  ["nothing", ""],
  ["a list", '[{ "Config": "x.json", "Layers": [] }]'],
  ["a half-typed name", '{ "name": "x", "ver'],
  ["name and version alone", '{ "name": "x", "version": "1.0.0" }'],
  ["a web extension", '{ "manifest_version": 3, "name": "x", "version": "1", "icons": {} }'],
  ["a web extension in the folder", '{ "manifest_version": 3, "name": "x" }', INSTALLED],
  ["a web app", '{ "name": "x", "short_name": "x", "start_url": "/", "display": "standalone", "icons": [] }'],
  ["Home Assistant", '{ "domain": "x", "name": "x", "codeowners": [], "version": "1", "config_flow": true }'],
  ["UI5", '{ "_version": "1.1.0", "sap.app": { "id": "x" }, "sap.ui5": {} }'],
  ["Foxx", '{ "name": "x", "version": "1", "main": "index.js", "engines": { "arangodb": "^3" } }'],
  ["Figma", '{ "name": "x", "id": "1", "api": "1.0.0", "main": "code.js", "editorType": ["figma"] }'],
  ["Obsidian", '{ "id": "x", "name": "x", "version": "1.0.0", "minAppVersion": "0.15.0" }'],
  ["a desktop extension", '{ "dxt_version": "0.1", "name": "x", "version": "1", "server": { "entry_point": "x.js" } }'],
  ["a bundle's list of files", '{ "index.html": { "file": "assets/index.js", "isEntry": true, "src": "index.html" } }'],
  ["a bundle's entrypoints", '{ "files": { "main.js": "/static/js/main.js" }, "entrypoints": ["main.js"] }'],
  ["a program", '{ "name": "x", "version": "1", "entrypoint": "main.py" }'],
  ["a function", '{ "name": "x", "entrypoint": "app:handler", "runtime": "python3.11" }'],
  ["an image", '{ "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "layers": [] }'],
];

const GIT = "https://git.example.org/ui/x.git";

const PLUGINS: readonly Row[] = [
  ["an address", `{ "x": "${GIT}" }`, /registers/],
  ["an ssh address", '{ "x": "git@git.example.org:ui/x.git" }', /registers/],
  ["an address of a known site without .git", '{ "x": "https://github.com/example/x" }', /registers/],
  ["a repository", `{ "x": { "repository": "${GIT}" }, "y": {} }`, /registers/],
  ["a branch for the ref", `{ "x": { "repository": "${GIT}", "branch": "main" } }`, /registers/],
  [
    "a branch for the ref beside an empty entry",
    `{ "x": { "repository": "${GIT}", "branch": "main" }, "y": {} }`,
    /registers/,
  ],
  ["a tag for the ref", `{ "x": { "repository": "${GIT}", "tag": "v1.0.0" } }`, /registers/],
  ["parameters", '{ "x": {}, "y": { "parameters": { "color": "yellow" } } }', /registers/],
  ["credentials", '{ "auth": { "user": "x", "pass": "y" } }', /registers/],
  ["a misspelt key beside a known one", '{ "x": { "repositry": "y", "ref": "origin/main" } }', /registers/],
  ["wrong entries beside a right one", `{ "x": null, "y": 5, "z": "${GIT}" }`, /registers/],
  ["a plugin beside it", '{ "notes": {} }', /notes/, "/w/plugins.json", ["/w/notes/manifest.json"]],
  ["the service's file name", "", /file of this name/, "/w/config.plugins.json"],
  ["the service's folder", "[]", /service's folder/, "/w/services/ui_backend_service/plugins.json"],
  ["another name", `{ "x": "${GIT}" }`, /registers/, "/w/ui.plugins.json"],
  [
    "an address of Metaflow beside a shell's name",
    `{ "x": "${GIT}", "y": "https://git.example.org/zsh/metaflow-x.git" }`,
    /registers/,
  ],
  [
    "an entry with settings beside one of vim's name",
    `{ "x": { "repository": "${GIT}" }, "y": "https://git.example.org/ui/vim-x.git" }`,
    /registers/,
  ],
  [
    "the service's file name, whatever it lists",
    '{ "x": "https://git.example.org/ui/vim-x.git" }',
    /file of this name/,
    "/w/config.plugins.json",
  ],
];

const FOREIGN_PLUGINS: readonly (readonly [what: string, text: string, path?: string, others?: readonly string[]])[] = [
  ["nothing", ""],
  ["an empty object", "{}"],
  ["a list", '["a", "b"]'],
  ["empty objects", '{ "a": {}, "b": {} }'],
  ["a list of plugins", '{ "plugins": [{ "name": "x" }] }'],
  ["switches", '{ "a": true, "b": false }'],
  ["versions", '{ "a": "1.2.0", "b": "^3" }'],
  ["web addresses", '{ "docs": "https://example.org/docs", "home": "https://example.org" }'],
  ["a package", `{ "name": "x", "version": "1", "repository": "${GIT}" }`],
  ["a registry", `{ "x": { "repository": "${GIT}", "version": "1", "author": "Ann", "license": "MIT" } }`],
  ["a lock file", `{ "x": { "repository": "${GIT}", "branch": "main", "commit": "4f2a9c1" } }`],
  [
    "a lock file in which some have no commit",
    `{ "x": { "repository": "${GIT}", "branch": "main", "commit": "4f2a9c1" }, "y": { "repository": "${GIT}", "tag": "v1" } }`,
  ],
  ["a branch of what is no address", '{ "x": { "repository": "example/x", "branch": "main" } }'],
  ["a branch and no repository", '{ "x": { "url": "https://git.example.org/x.git", "branch": "main" } }'],
  ["Jenkins", '{ "plugins": { "git": { "version": "1", "url": "https://updates.example.org/git.hpi" } } }'],
  ["settings of an editor", '{ "x": { "enabled": true, "settings": {} }, "y": { "enabled": false } }'],
  ["vim's plugins", `{ "x": "${GIT}", "fugitive": "https://git.example.org/tpope/vim-fugitive.git" }`],
  ["vim's plugins by their ending", '{ "gundo": "http://git.example.org/sjl/gundo.vim.git" }'],
  ["tmux's plugins", '{ "sensible": "git@git.example.org:tmux-plugins/tmux-sensible.git" }'],
  ["a plugin of asdf", '{ "nodejs": "https://git.example.org/asdf-vm/asdf-nodejs.git" }'],
  ["addresses in vim's folder", `{ "x": "${GIT}" }`, "/home/ann/.vim/plugins.json"],
  ["addresses in a folder of settings", `{ "x": "${GIT}" }`, "/home/ann/dotfiles/shell/plugins.json"],
  ["branches of vim's plugins", '{ "x": { "repository": "https://git.example.org/ann/x.vim.git", "branch": "main" } }'],
  ["branches beside a vimrc", `{ "x": { "repository": "${GIT}", "branch": "main" } }`, "/w/plugins.json", ["/w/vimrc"]],
  ["addresses beside a vimrc", `{ "x": "${GIT}" }`, "/w/plugins.json", ["/w/vimrc"]],
  ["a schema's file", `{ "$schema": "https://example.org/x.json", "x": "${GIT}" }`],
];

describe("metaflow: recognition", () => {
  for (const [what, text, reason, path = "/w/x/manifest.json", others = []] of MANIFESTS)
    it(`a manifest by ${what}`, () => isOurs("manifest", path, text, reason, others));
  for (const [what, text, reason, path = "/w/plugins.json", others = []] of PLUGINS)
    it(`a PLUGINS value by ${what}`, () => isOurs("plugins", path, text, reason, others));
  for (const [what, text, path = "/w/x/manifest.json"] of FOREIGN_MANIFESTS)
    it(`no manifest: ${what}`, () => isForeign(path, text));
  for (const [what, text, path = "/w/plugins.json", others = []] of FOREIGN_PLUGINS)
    it(`no PLUGINS value: ${what}`, () => isForeign(path, text, others));
});

function isOurs(document: string, path: string, text: string, reason: RegExp, others: readonly string[]): void {
  const found = recognised(path, text, others);
  assert.equal(found.manifest?.system.id, "metaflow", found.reason);
  assert.equal(found.manifest?.kind.id, document);
  assert.match(found.reason, reason);
}

function isForeign(path: string, text: string, others: readonly string[] = []): void {
  const found = recognised(path, text, others);
  assert.equal(found.manifest, undefined, found.reason);
  assert.match(found.reason, /not Metaflow UI/);
}

function recognised(path: string, text: string, others: readonly string[]) {
  const files = memoryFiles(new Map([...others, path].map((one) => [one, one === path ? text : ""])));
  return recognise(parseText(`file://${path}`, text), { ...NO_WORKSPACE, files }, DEFAULT_SETTINGS);
}
