// What of a Metaflow UI plugin goes into its package, what forbids one, and what a package keeps.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type HostConfig, packerOf } from "../../../client/ops/index.js";
import { badge, badgeFolder, planted } from "../support/badge.js";
import { type Files, removeTemporary, temporary } from "../support/places.js";

describe("the package of a Metaflow UI plugin", () => {
  afterEach(removeTemporary);
  const plan = async (files: Files) => packerOf("metaflow").plan(await badgeFolder(files), {});
  const codes = async (files: Files) => (await plan(files)).findings.map(({ code }) => code);

  it("holds the top-level files alone, ignored build output that the page names included", async () => {
    const { files, leftOut } = await plan(
      badge("1.0.0", { ".gitignore": "plugin.js\nnotes.txt\n", "notes.txt": "x", ".hidden": "x" }),
    );
    assert.deepEqual(
      files.map((file) => file.path),
      ["index.html", "manifest.json", "plugin.js"],
    );
    assert.ok(leftOut.some(({ path: at, rule }) => at.startsWith("src/") && /top are served/.test(rule)));
    assert.ok(leftOut.some(({ path: at }) => at === "notes.txt"));
  });

  it("is refused where the host would pass over it or show nothing", async () => {
    assert.deepEqual(await codes({ "index.html": "" }), ["package/no-manifest"]);
    assert.deepEqual(await codes({ ...badge(), "manifest.json": '{"name": "x",}' }), ["package/no-manifest"]);
    assert.deepEqual(await codes({ ...badge(), "manifest.json": '{"name": "x"}' }), ["metaflow/missing-field"]);
    const deep = '{"name": "x", "version": "1", "entrypoint": "dist/index.html"}';
    assert.deepEqual(await codes({ ...badge(), "manifest.json": deep }), ["metaflow/entrypoint-in-subfolder"]);
    const absent = '{"name": "x", "version": "1", "entrypoint": "page.html"}';
    assert.deepEqual(await codes({ ...badge(), "manifest.json": absent }), ["package/entry-missing"]);
    assert.deepEqual(await codes(badge("1.0.0", { "key.txt": planted })), ["package/secret"]);
  });

  it("reads back with its entry, the same bytes for the same folder", async () => {
    const packer = packerOf("metaflow");
    const folder = await badgeFolder();
    const first = await packer.write(await packer.plan(folder, {}), { file: path.join(await temporary(), "a.tgz") });
    const second = await packer.write(await packer.plan(folder, {}), { file: path.join(await temporary(), "b.tgz") });
    assert.equal(first.sha256, second.sha256);
    const opened = await packer.open(first.path);
    assert.deepEqual({ ...opened, path: "" }, { ...first, path: "" });
    assert.deepEqual(packer.judge(opened), []);
    assert.deepEqual(await packer.claims(folder), true);
    assert.deepEqual(await packer.claims(await temporary()), false);
  });

  it("keeps no credential of the entry", async () => {
    const folder = await badgeFolder();
    const file = path.join(await temporary(), "config.plugins.json");
    const entry = {
      repository: `https://ci:${planted}@git.example.org/x.git`,
      auth: { pass: planted },
      ref: "origin/main",
    };
    await writeFile(file, JSON.stringify({ "flow-badge": entry }));
    const packer = packerOf("metaflow");
    const host: HostConfig = { name: "ui", system: "metaflow", level: "local", own: { pluginsFile: file } };
    const plan = await packer.plan(folder, { host });
    const shipment = await packer.write(plan, { file: path.join(await temporary(), "a.tgz") });
    assert.ok(!JSON.stringify([plan, shipment, await packer.open(shipment.path)]).includes(planted));
  });
});
