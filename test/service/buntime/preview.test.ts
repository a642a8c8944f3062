// What the preview says of a Buntime plugin: page, menus, public routes, environment, and what needs the host.

import assert from "node:assert/strict";
import { createLanguageService, type Preview } from "../../../server/service/index.js";
import { readFixture } from "../../harness/fixture.js";
import { openFixture } from "../../harness/workspace.js";

function previewOf(manifest: string, files: readonly string[] = ["built/index.html"]): Preview {
  const others = files.map((name) => `>>> ${name}\nx`);
  const { manifest: found } = openFixture(readFixture(["title", ">>> manifest.yaml", manifest, ...others].join("\n")));
  const preview = found && createLanguageService().preview(found);
  if (!preview) throw new Error("there is no preview");
  return preview;
}

const rows = ({ sections }: Preview, title: string) =>
  (sections.find((one) => one.title === title)?.rows ?? []).map(({ label, detail }) => `${label} | ${detail ?? ""}`);

const PLUGIN = `name: "@a/notes"
base: /notes
pluginEntry: built/plugin.js
entrypoint: built/index.html
injectBase: true
`;

describe("the preview of a Buntime plugin", () => {
  it("shows the page, and the paths that can be opened", () => {
    const preview = previewOf(
      `${PLUGIN}menus:\n- {title: Notes, icon: "lucide:x", path: /notes}\n- title: More\n  items:\n  - {title: Deep, path: /notes/deep}\n- {icon: "lucide:y"}\n`,
    );
    assert.deepEqual(rows(preview, "Page"), ["/notes/ | built/index.html, for every path below that names no file"]);
    assert.deepEqual(
      preview.pages?.map(({ path }) => path),
      ["/notes/", "/notes/deep"],
    );
    assert.deepEqual(rows(preview, "Menus"), [
      "Notes | /notes · lucide:x",
      "More | ",
      "More › Deep | /notes/deep",
      "an item without a title | lucide:y",
    ]);
  });
  it("marks public routes, from the base, and those of a method that is none", () => {
    const list = previewOf(`${PLUGIN}publicRoutes: [/api/health, "(.*)x"]\n`);
    assert.deepEqual(rows(list, "Public routes"), [
      "/notes/api/health | public · every method",
      "(.*)x | public · every method",
    ]);
    const map = previewOf(`${PLUGIN}publicRoutes:\n  GET: [/a]\n  ALL: [/b]\n  get: [/c]\n`);
    assert.deepEqual(rows(map, "Public routes"), [
      "/notes/a | public · GET",
      "/notes/b | public · every method",
      "/notes/c | public · get",
    ]);
    assert.equal(map.sections.find(({ title }) => title === "Public routes")?.rows[2]?.mood, "bad");
  });
  it("tells which variables the page sees", () => {
    const usual = previewOf(`${PLUGIN}env: {PUBLIC_A: 1, SECRET: 2}\n`);
    assert.deepEqual(rows(usual, "Environment"), [
      "PUBLIC_A | in window.__env__ of the page",
      "SECRET | for the worker alone",
    ]);
    const own = previewOf(`${PLUGIN}env: {PUBLIC_A: 1, SEC: 2}\nenvPrefix: [SEC]\n`);
    assert.match(rows(own, "Environment")[1] ?? "", /__env__/);
  });
  it("says that the host does not load it, or does not take it as it is", () => {
    const off = previewOf(`${PLUGIN}enabled: false\n`);
    assert.match(rows(off, "Page")[1] ?? "", /^enabled: false \| the host does not load the plugin/);
    const [refused, page] = previewOf(PLUGIN.replace("base: /notes", "base: /notes/")).sections;
    assert.deepEqual([refused?.title, page?.title], ["The host does not take it as it is", "Page"]);
    assert.match(refused?.rows[0]?.label ?? "", /"\/notes\/"/);
    const routes = previewOf(`${PLUGIN}publicRoutes: [/:id]\n`).sections;
    const [route] = routes.find(({ title }) => title === "Public routes")?.rows ?? [];
    assert.equal(route?.mood, "attention");
    assert.match(route?.notes?.[0] ?? "", /\/:id/);
  });
  it("says what there is no page for, and why", () => {
    const page = (manifest: string, files: readonly string[] = []) => rows(previewOf(manifest, files), "Page")[0];
    assert.match(page(PLUGIN) ?? "", /built\/index\.html is not there; build it/);
    assert.match(page(PLUGIN, ["index.html"]) ?? "", /the host takes index\.html instead/);
    assert.match(page("name: x\nbase: /x\npluginEntry: p.js\n") ?? "", /no entrypoint/);
    assert.match(page("name: x\npluginEntry: p.js\n") ?? "", /without a base/);
    assert.equal(previewOf(PLUGIN, []).noPage, "built/index.html is not there; build it");
    assert.equal(previewOf(PLUGIN).noPage, undefined);
    assert.match(page("name: x\nbase: /x\nentrypoint: run.ts\npluginEntry: p.js\n") ?? "", /run\.ts runs in a worker/);
  });
});
