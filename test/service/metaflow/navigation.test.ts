// From a PLUGINS value to its plugins and back, renaming a plugin, and what completion and hover know by the files.

import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createLanguageService, type Manifest } from "../../../server/service/index.js";
import { type Fixture, readFixture } from "../../harness/fixture.js";
import { preparedAt } from "../../harness/renaming.js";
import { openFixture } from "../../harness/workspace.js";

const service = createLanguageService();

const SERVICE = "services/ui_backend_service";
const PLUGINS = `>>> ${SERVICE}/config.plugins.json
{
  "notes": {},
  "box": { "paths": ["badges", "charts/latency"] },
  "far": { "repository": "https://git.example.org/far.git", "ref": "v1" }
}
`;
const MANIFEST = (folder: string, name: string, more = "") =>
  `>>> ${SERVICE}/plugins/installed/${folder}/manifest.json
{ "name": "${name}", "version": "1.2.0", "entrypoint": "index.html", "slot": "header"${more} }
>>> ${SERVICE}/plugins/installed/${folder}/index.html
<script>parent.postMessage({ type: "PluginRegisterEvent", version: { api: "1.2.0" } }, "*")</script>
`;
const ALL = [
  MANIFEST("notes", "Run notes"),
  MANIFEST("box/badges", "Badges"),
  MANIFEST("box/charts/latency", "Latency"),
];
const at = (path: string) => `/workspace/${SERVICE}/${path}`;

describe("metaflow: navigation", () => {
  it("leads from identifiers and paths to the plugins' manifests", () => {
    const { manifest, position } = opened([PLUGINS, ...ALL]);
    const targets = ['"notes', '"badges', '"charts'].map((text) => service.definition(manifest, position(text)));
    assert.deepEqual(
      targets.map(([one]) => one?.uri),
      ["notes", "box/badges", "box/charts/latency"].map(
        (folder) => `file://${at(`plugins/installed/${folder}/manifest.json`)}`,
      ),
    );
    assert.deepEqual(service.definition(manifest, position('"far')), []);
  });

  it("finds a plugin's entry in PLUGINS from its manifest", () => {
    const { manifest, position } = opened([...ALL.slice(0, 1), PLUGINS]);
    const found = service.references(manifest, position("Run notes"), false);
    assert.deepEqual(
      found.map(({ uri }) => uri),
      [`file://${at("config.plugins.json")}`],
    );
    assert.equal(service.references(manifest, position("Run notes"), true).length, 2);
  });

  it("renames a plugin in its manifest and where others load its page, and leaves identifiers alone", () => {
    const other = `>>> ${SERVICE}/plugins/installed/copy/manifest.json\n{ "name": "Copy", "version": "1", "entrypoint": "../Run notes/index.html", "slot": "header" }\n`;
    const { manifest, position } = opened([...ALL.slice(0, 1), other, PLUGINS]);
    assert.equal(preparedAt(service, manifest, position("Run notes")).placeholder, "Run notes");
    const renamed = service.rename(manifest, position("Run notes"), 'My "notes"');
    assert.ok("edit" in renamed);
    const changes = renamed.edit.changes ?? {};
    assert.deepEqual(Object.keys(changes).sort(), [
      `file://${at("plugins/installed/copy/manifest.json")}`,
      `file://${at("plugins/installed/notes/manifest.json")}`,
    ]);
    const own = changes[manifest.parsed.uri] ?? [];
    assert.equal(JSON.parse(TextDocument.applyEdits(manifest.parsed.document, own)).name, 'My "notes"');
    for (const name of ["", "a/b", "a?b", "a#b", "..", "50%20"])
      assert.ok("refused" in service.rename(manifest, position("Run notes"), name), name);
  });

  it("renames nothing where two plugins have the name, and at an identifier the folder alone", () => {
    const twin = opened([MANIFEST("notes", "Same"), MANIFEST("more", "Same")]);
    const refused = service.prepareRename(twin.manifest, twin.position("Same"));
    assert.ok(refused && "refused" in refused && /several plugins are called "Same"/.test(refused.refused));
    const entry = opened([PLUGINS, ...ALL]);
    assert.equal(preparedAt(service, entry.manifest, entry.position("notes")).placeholder, "notes");
    const renamed = service.rename(entry.manifest, entry.position("notes"), "minutes");
    assert.ok("refused" in renamed && /can't rename files/.test(renamed.refused), "it is the folder's name");
  });

  it("leads from the entrypoint to the page", () => {
    const { manifest, position } = opened(ALL.slice(0, 1));
    const [found] = service.definition(manifest, position("index.html"));
    assert.equal(found?.uri, `file://${at("plugins/installed/notes/index.html")}`);
  });

  it("completes pages at the top of the folder alone", () => {
    const files = ['>>> x/manifest.json\n{ "name": "x", "version": "1", "entrypoint": "", "slot": "header" }\n'];
    for (const name of ["index.html", "app.js", "dist/deep.html", ".hidden.html"]) files.push(`>>> x/${name}\nx\n`);
    const { manifest, position } = opened(files);
    assert.deepEqual(labels(manifest, position('"", "slot')), ["index.html"]);
  });

  it("completes refs, folders of paths, and identifiers that aren't listed", () => {
    const refs = opened([PLUGINS, ...ALL]);
    assert.deepEqual(labels(refs.manifest, refs.position("v1")).slice(0, 3), [
      "origin/main",
      "origin/master",
      "origin/HEAD",
    ]);
    assert.deepEqual(labels(refs.manifest, refs.position("badges")), ["badges", "charts/latency"]);
    const bare = opened([
      `>>> ${SERVICE}/config.plugins.json\n{\n  "notes": {},\n  \n}\n`,
      MANIFEST("notes", "N"),
      MANIFEST("more", "M"),
    ]);
    const offered = labels(bare.manifest, bare.position("\n}", 0));
    assert.ok(offered.includes("more") && !offered.includes("notes"), offered.join());
  });

  it("says what the page makes of an entrypoint, and what a ref follows", () => {
    const { manifest, position } = opened(ALL.slice(0, 1));
    assert.match(
      hover(manifest, position("index.html")),
      /`\/plugin\/Run notes\/index\.html\?v=1\.2\.0`.*slot `header`/,
    );
    const plugins = opened([PLUGINS.replace("v1", "origin/main"), ...ALL]);
    assert.match(hover(plugins.manifest, plugins.position("origin/main")), /Follows the branch `main`/);
    assert.match(hover(plugins.manifest, plugins.position("https")), /Cloned into `installed\/far`.*`origin\/main`/);
  });

  it("leads from a folder of several plugins to each of them, and says which one an item of paths loads", () => {
    const { manifest, position } = opened([PLUGINS, ...ALL]);
    const [shared] = /"([^"]+)": \{[^}]*"paths"/.exec(manifest.parsed.text)?.slice(1) ?? [];
    assert.ok(shared);
    const found = service.definition(manifest, position(`"${shared}"`, 2));
    assert.deepEqual(
      found.map(({ uri }) => uri.replace(/^.*\/installed\//, "")),
      [`${shared}/badges/manifest.json`, `${shared}/charts/latency/manifest.json`],
    );
    assert.match(hover(manifest, position('"badges"', 2)), /Loads `Badges 1\.2\.0`/);
  });

  it("renames a folder in every value of a file", () => {
    const compose = `>>> ${SERVICE}/compose.yaml\nservices:\n  a:\n    environment:\n      PLUGINS: '{"notes": {"parameters": {}}}'\n  b:\n    environment:\n      PLUGINS: '{"notes": {"paths": []}}'\n`;
    const { manifest, position } = opened([
      `>>> ${SERVICE}/config.plugins.json\n{ "notes": {} }\n`,
      MANIFEST("notes", "N"),
      compose,
    ]);
    const renamed = service.rename(manifest, position('"notes"', 2), "jots", { filesAllowed: true });
    assert.ok("edit" in renamed);
    const edits = (renamed.edit.documentChanges ?? []).flatMap((one) =>
      "edits" in one
        ? one.edits.map(({ range }) => `${one.textDocument.uri.replace(/^.*\//, "")} ${range.start.line}`)
        : [],
    );
    assert.deepEqual(edits, ["config.plugins.json 0", "compose.yaml 3", "compose.yaml 6"]);
  });

  it("completes sandbox tokens behind those that are there, and the folder's name", () => {
    const value = (sandbox: string) => {
      const text = `{ "notes": { "parameters": { "sandbox": "${sandbox}" } } }`;
      const { manifest, position } = opened([`>>> ${SERVICE}/config.plugins.json\n${text}\n`]);
      return { manifest, at: position(`"${sandbox}"`, 1 + sandbox.length) };
    };
    const empty = value("");
    assert.ok(labels(empty.manifest, empty.at).includes("allow-popups"));
    const half = value("allow-forms allow-pop");
    assert.deepEqual(labels(half.manifest, half.at).slice(0, 2), [
      "allow-forms allow-popups",
      "allow-forms allow-modals",
    ]);
    const whole = value("allow-popups");
    assert.ok(labels(whole.manifest, whole.at).includes("allow-popups allow-forms"));
    assert.match(hover(whole.manifest, whole.at), /`allow-popups`: opens windows/);
    const named = opened([`>>> ${SERVICE}/plugins/installed/notes/manifest.json\n{ "slot": "header", "name": "" }\n`]);
    assert.deepEqual(labels(named.manifest, named.position('""', 1)), ["notes"]);
  });

  it("tells a plugin's own name behind its identifier", () => {
    const { manifest } = opened([PLUGINS, ...ALL]);
    const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    assert.deepEqual(
      service.hints(manifest, whole).map(({ label }) => String(label).trim()),
      ['"Run notes" 1.2.0', '"Badges" 1.2.0', '"Latency" 1.2.0'],
    );
  });
});

function opened(files: readonly string[]) {
  const fixture: Fixture = readFixture(`x\n${files.join("")}`);
  const { manifest, reason } = openFixture(fixture);
  assert.ok(manifest, reason);
  const { text, document } = manifest.parsed;
  const position = (part: string, further = 1) => {
    const offset = text.indexOf(part);
    assert.ok(offset >= 0, part);
    return document.positionAt(offset + further);
  };
  return { manifest, position };
}

const labels = (manifest: Manifest, position: { line: number; character: number }): string[] =>
  service.complete(manifest, position).items.map(({ label }) => label);

function hover(manifest: Manifest, position: { line: number; character: number }): string {
  const contents = service.hover(manifest, position)?.contents;
  return contents && typeof contents === "object" && "value" in contents ? contents.value : "";
}
