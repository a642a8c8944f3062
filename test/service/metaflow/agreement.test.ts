// What the Metaflow UI service (2.5.1) and its page (1.3.14) take, break on and refuse, case by case: an error must stand
// exactly where a plugin isn't loaded or isn't shown, a warning where something written has no effect or another one. Rows
// stand below the heading of the contract's section that tells what happens; nothing beside the file is known here.

import assert from "node:assert/strict";
import { rowsOf, type Sections } from "../agreement/sections.js";
import { FOLDER, keys, problems } from "./judged.js";

/** `found` as `problems` names them. */
type Row = readonly [told: string, text: string, found: readonly string[]];

const named = (name: string) => `{ "name": ${name}, "version": "1", "entrypoint": "index.html", "slot": "header" }`;
const versioned = (version: string) =>
  `{ "name": "notes", "version": ${version}, "entrypoint": "index.html", "slot": "header" }`;
const entering = (entrypoint: string) =>
  `{ "name": "notes", "version": "1", "entrypoint": ${entrypoint}, "slot": "header" }`;
const placed = (slot: string) => `{ "name": "notes", "version": "1", "entrypoint": "index.html", "slot": ${slot} }`;

const MANIFESTS: Sections<Row> = {
  "2. manifest.json": [
    ["manifest: no slot", '{ "name": "n", "version": "1", "entrypoint": "i.html" }', ["w slot-missing"]],
    ["version: a number", versioned("2"), ["i wrong-type"]],
    ["version: null", versioned("null"), ["i wrong-type"]],
    ["version: # cuts the address", versioned('"1#2"'), ["w version-leaks"]],
    ["version: & adds a parameter", versioned('"1&2"'), ["w version-leaks"]],
    ["version: any other text", versioned('"next release?"'), []],
    ["name: null", named("null"), ["e wrong-type"]],
    ["entrypoint: null", entering("null"), ["e wrong-type"]],
    ["entrypoint: a number", entering("1"), ["e wrong-type"]],
    ["slot: task-details", placed('"task-details"'), []],
    ["slot: run-header", placed('"run-header"'), []],
    ["slot: top-nav", placed('"top-nav"'), []],
    ["slot: run-tab, of an older page", placed('"run-tab"'), ["e bad-slot"]],
    ["slot: headless, of an older page", placed('"headless"'), ["e bad-slot"]],
    ["slot: another case", placed('"Header"'), ["e bad-slot"]],
    ["slot: null", placed("null"), ["e bad-slot"]],
    ["slot: a list", placed('["header"]'), ["e bad-slot"]],
    ["visible: false", keys('"visible": false'), []],
    ["visible: a text", keys('"visible": "no"'), ["w wrong-type"]],
    ["container: none", keys('"container": "none"'), []],
    ["container: sticky with a height", keys('"container": "sticky", "height": 48'), []],
    ["container: unknown", keys('"container": "collapsible"'), ["w bad-value"]],
    [
      "containerProps: all",
      keys('"containerProps": { "initialState": true, "animated": false, "showIcon": "false" }'),
      [],
    ],
    ["containerProps: showIcon as a boolean", keys('"containerProps": { "showIcon": false }'), ["w wrong-type"]],
    ["containerProps: title", keys('"containerProps": { "title": "x" }'), ["w title-ignored"]],
    ["containerProps: none", keys('"container": "none", "containerProps": {}'), ["w container-props-ignored"]],
    ["containerProps: a list", keys('"containerProps": []'), ["w wrong-type"]],
    ["height: not sticky", keys('"height": 48'), ["w height-ignored"]],
    ["height: a text", keys('"container": "sticky", "height": "48px"'), ["w wrong-type"]],
  ],
  "2.1 What makes the service refuse a manifest": [
    ["manifest: the four keys", keys(""), []],
    ["manifest: further keys", keys('"team": "ui", "settings": { "a": [1, null] }'), []],
    ["manifest: no name", '{ "version": "1", "entrypoint": "i.html", "slot": "header" }', ["e missing-field"]],
    ["manifest: no version", '{ "name": "n", "entrypoint": "i.html", "slot": "header" }', ["e missing-field"]],
    ["manifest: no entrypoint", '{ "name": "n", "version": "1", "slot": "header" }', ["e missing-field"]],
    ["manifest: a comment", `// ours\n${keys("")}`, ["e syntax"]],
    ["manifest: a trailing comma", keys("").replace(" }", ", }"), ["e syntax"]],
    ["manifest: a byte order mark", `\ufeff${keys("")}`, ["e syntax"]],
    ["manifest: UTF-16", [...keys("")].map((letter) => `${letter}\0`).join(""), ["e syntax"]],
    ["manifest: NaN", keys('"height": NaN, "container": "sticky"'), ["e syntax"]],
    ["manifest: Infinity", keys('"limit": Infinity'), ["e syntax"]],
    ["manifest: -Infinity", keys('"limit": -Infinity'), ["e syntax"]],
    ["manifest: single quotes", keys("'a': 1"), ["e syntax"]],
    ["manifest: a key that stands twice", keys('"slot": "top-nav"'), ["w duplicate-key"]],
  ],
  "2.2 Names": [
    ["name: letters, spaces, accents, quotes", named('"Läufe & \\"notes\\" + 5 %"'), []],
    ["name: a number", named("5"), ["e wrong-type"]],
    ["name: empty", named('""'), ["e bad-value"]],
    ["name: /", named('"a/b"'), ["e name-not-routable"]],
    ["name: \\", named('"a\\\\b"'), ["e name-not-routable"]],
    ["name: ?", named('"a?b"'), ["e name-not-routable"]],
    ["name: #", named('"a#b"'), ["e name-not-routable"]],
    ["name: .", named('"."'), ["e name-not-routable"]],
    ["name: ..", named('".."'), ["e name-not-routable"]],
    ["name: % and two hex digits", named('"50%25"'), ["e name-not-routable"]],
    ["name: % and one hex digit", named('"50%2"'), []],
    ["name: three dots", named('"..."'), []],
  ],
  "2.3 Entrypoint rule": [
    ["entrypoint: a page at the top", entering('"index.html"'), []],
    ["entrypoint: ./", entering('"./index.html"'), []],
    ["entrypoint: one slash in front", entering('"/index.html"'), []],
    ["entrypoint: a query", entering('"index.html?x=1"'), []],
    ["entrypoint: a fragment", entering('"index.html#top"'), []],
    ["entrypoint: another plugin's page", entering('"../other/page.html"'), ["i entrypoint-of-other-plugin"]],
    ["entrypoint: a subfolder", entering('"dist/index.html"'), ["e entrypoint-in-subfolder"]],
    ["entrypoint: https, as the guide shows", entering('"https://host/page.html"'), ["w entrypoint-absolute"]],
    ["entrypoint: //", entering('"//host/page.html"'), ["e entrypoint-absolute"]],
    ["entrypoint: out of the routes", entering('"../../x.html"'), ["e entrypoint-leaves-folder"]],
    ["entrypoint: the folder", entering('"./"'), ["e entrypoint-missing"]],
    ["entrypoint: empty", entering('""'), ["e bad-value"]],
  ],
  "5.3 Serving files": [
    ["entrypoint: a script", entering('"plugin.js"'), ["w entrypoint-not-page"]],
    ["entrypoint: a picture", entering('"shot.png"'), ["w entrypoint-not-page"]],
    ["entrypoint: no ending is sent as bytes", entering('"index"'), ["w entrypoint-not-page"]],
  ],
  "6.2 Iframes": [["sandbox: in the manifest", keys('"sandbox": "allow-popups"'), ["w sandbox-in-manifest"]]],
  "6.7 Styles": [
    ["useApplicationStyles: true", keys('"useApplicationStyles": true'), ["i styles-unreachable"]],
    ["useApplicationStyles: false", keys('"useApplicationStyles": false'), []],
  ],
};

const git = (more: string) =>
  `{ "notes": { "repository": "https://git.example.org/notes.git"${more && `, ${more}`} } }`;
const ref = (text: string) => git(`"ref": ${text}`);
const address = (text: string) => `{ "notes": { "repository": ${text}, "ref": "origin/main" } }`;
const auth = (text: string) => git(`"ref": "origin/main", "auth": ${text}`);

const VALUES: Sections<Row> = {
  "3.1 Where it is read": [
    ["value: empty object in config.plugins.json", "{}", []],
    ["value: a number", "5", ["e wrong-type"]],
    ["value: true", "true", ["e wrong-type"]],
    ["value: a text", '"notes"', ["e wrong-type"]],
    ["value: a list", '["notes"]', ["e wrong-type"]],
    ["value: a comment", '{ /* ours */ "notes": {} }', ["e syntax"]],
    ["value: a trailing comma", '{ "notes": {}, }', ["e syntax"]],
  ],
  "3.2 Shape": [
    ["entry: a local plugin", '{ "notes": {} }', []],
    ["entry: an empty text is a local plugin", '{ "notes": "" }', []],
    ["entry: an address", '{ "notes": "https://git.example.org/notes.git" }', ["w ref-default"]],
    ["entry: null", '{ "notes": null }', ["e bad-entry"]],
    ["entry: true", '{ "notes": true }', ["e bad-entry"]],
    ["entry: a number", '{ "notes": 1 }', ["e bad-entry"]],
    ["entry: a list", '{ "notes": [] }', ["e bad-entry"]],
    ["entry: one refused, the others load", '{ "notes": null, "more": {} }', ["e bad-entry"]],
    ["entry: a key that isn't read", '{ "notes": { "enabled": true } }', ["w ignored-field"]],
    ["entry: an identifier that stands twice", '{ "notes": {}, "notes": {} }', ["w duplicate-key"]],
    ["identifier: empty", '{ "": {} }', ["e bad-identifier"]],
    ["identifier: absolute", '{ "/srv/notes": {} }', ["e bad-identifier"]],
    ["identifier: ..", '{ "../notes": {} }', ["e bad-identifier"]],
    ["identifier: a path", '{ "a/b": {} }', ["i nested-identifier"]],
    ["repository: null is a local plugin", '{ "notes": { "repository": null } }', []],
    ["repository: a number", '{ "notes": { "repository": 5 } }', ["e wrong-type"]],
    ["ref: of a local plugin", '{ "notes": { "ref": "v1" } }', ["i ref-without-repository"]],
    ["parameters: an object", '{ "notes": { "parameters": { "a": 1 } } }', []],
    ["parameters: null", '{ "notes": { "parameters": null } }', ["w parameters-not-object"]],
    ["parameters: a text", '{ "notes": { "parameters": "a" } }', ["w parameters-not-object"]],
    ["parameters: a list", '{ "notes": { "parameters": [] } }', ["w parameters-not-object"]],
    ["paths: empty", '{ "box": { "paths": [] } }', ["w bad-value"]],
    ["paths: a text", '{ "box": { "paths": "a" } }', ["w wrong-type"]],
    ["paths: an item that is no text", '{ "box": { "paths": ["a", 5] } }', ["e wrong-type"]],
    ["paths: ..", '{ "box": { "paths": ["../x"] } }', ["e path-leaves-folder"]],
    ["paths: absolute", '{ "box": { "paths": ["/x"] } }', ["e path-leaves-folder"]],
    ["auth: null takes the default away", auth("null"), []],
    ["auth: a text", auth('"ci:x"'), ["e wrong-type"]],
    ["auth: a list", auth("[]"), ["e wrong-type"]],
    ["default auth: an object", '{ "auth": { "user": "ci", "pass": "x" }, "notes": {} }', []],
    ["default auth: null", '{ "auth": null, "notes": {} }', []],
    ["default auth: a list", '{ "auth": [], "notes": {} }', ["w bad-auth"]],
    ["default auth: a text is cloned", '{ "auth": "https://git.example.org/n.git", "notes": {} }', ["w bad-auth"]],
  ],
  "3.3 Repository addresses": [
    ["repository: http", address('"http://git.example.org/notes.git"'), []],
    ["repository: file", address('"file:///srv/notes.git"'), []],
    ["repository: a path", address('"/srv/notes.git"'), []],
    ["repository: git", address('"git://git.example.org/notes.git"'), []],
    ["repository: ssh without credentials", address('"ssh://git@git.example.org/n.git"'), ["i ssh-without-auth"]],
    ["repository: user@host:path", address('"git@git.example.org:n.git"'), ["i ssh-without-auth"]],
    ["repository: a password", address('"https://ci:x-secret@git.example.org/n.git"'), ["w password-in-address"]],
    ["auth: user and pass", auth('{ "user": "ci", "pass": "x" }'), []],
    ["auth: password, as the page's guide shows", auth('{ "user": "ci", "password": "x" }'), ["w auth-password"]],
    ["auth: user alone over http", auth('{ "user": "ci" }'), ["w auth-unusable"]],
    ["auth: pass alone", auth('{ "pass": "x" }'), ["w auth-unusable"]],
    ["auth: the agent over http", auth('{ "agent": true }'), ["w auth-unusable"]],
  ],
  "3.4 ref": [
    ["ref: empty is origin/master", ref('""'), ["w ref-default"]],
    ["ref: null is origin/master", ref("null"), ["w ref-default"]],
    ["ref: origin/<branch>", ref('"origin/main"'), []],
    ["ref: origin/HEAD", ref('"origin/HEAD"'), []],
    ["ref: origin", ref('"origin"'), []],
    ["ref: refs/remotes/origin/<branch>", ref('"refs/remotes/origin/main"'), []],
    ["ref: a bare branch", ref('"main"'), ["w ref-never-follows"]],
    ["ref: refs/heads/<branch>", ref('"refs/heads/main"'), ["w ref-never-follows"]],
    ["ref: HEAD", ref('"HEAD"'), ["w ref-never-follows"]],
    ["ref: a tag", ref('"v1.2.0"'), []],
    ["ref: tags/x", ref('"tags/v1.2.0"'), []],
    ["ref: refs/tags/x", ref('"refs/tags/v1.2.0"'), []],
    ["ref: a full commit id, as the guide shows", ref(`"${"0123456789abcdef0123".repeat(2)}"`), ["w ref-commit"]],
    ["ref: a short commit id", ref('"0a1b2c3"'), ["w ref-commit"]],
    ["ref: HEAD~1", ref('"HEAD~1"'), ["e ref-expression"]],
    ["ref: origin/master~1", ref('"origin/master~1"'), ["e ref-expression"]],
    ["ref: master@{0}", ref('"master@{0}"'), ["e ref-expression"]],
    ["ref: a number", ref("5"), ["e wrong-type"]],
  ],
  "3.6 Several plugins in one folder or repository": [
    ["paths: folders", '{ "box": { "paths": ["a", "b/c", "./d/"] } }', []],
  ],
  "4.1 Why a plugin is missing: log lines": [
    ["repository: no such scheme", address('"htps://git.example.org/n.git"'), ["e address-scheme"]],
  ],
  "6.2 Iframes": [["sandbox: tokens", '{ "notes": { "parameters": { "sandbox": "allow-popups allow-forms" } } }', []]],
  "10. What a validator should say": [
    ["sandbox: both", '{ "notes": { "parameters": { "sandbox": "allow-same-origin" } } }', ["w same-origin-sandbox"]],
  ],
};

describe("metaflow: agreement with the service and its page", () => {
  for (const [section, [told, text, found]] of rowsOf(MANIFESTS))
    it(`${section}: manifest.json: ${told}`, () => assert.deepEqual(problems(`${FOLDER}/manifest.json`, text), found));
  for (const [section, [told, text, found]] of rowsOf(VALUES))
    it(`${section}: PLUGINS: ${told}`, () => assert.deepEqual(problems("/w/config.plugins.json", text), found));
});
