// Which plugin and which host a command is about, when the caller names one and when it doesn't.

import "./support/editor.js";

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { signIn } from "../../client/commands/hosts/signIn.js";
import { pickHost, pickPlugin } from "../../client/commands/target.js";
import { appFor } from "./support/app.js";
import { editor } from "./support/editor.js";

describe("a folder that no list has yet", () => {
  let folder: string;

  beforeEach(async () => {
    editor.reset();
    folder = await mkdtemp(path.join(os.tmpdir(), "plugsmith-folder-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const picked = (plugin?: string) => {
    return pickPlugin(appFor().app, { root: pathToFileURL(folder).href, plugin }, "Deploy");
  };

  it("is called by the name that its manifest gives", async () => {
    await writeFile(path.join(folder, "manifest.yml"), 'name: "@example/notes"\nversion: "1.0.0"\n');
    const plugin = await picked("another");
    assert.deepEqual([plugin?.name, plugin?.version], ["@example/notes", "1.0.0"]);
    assert.match(plugin?.manifest ?? "", /\/manifest\.yml$/);
  });

  it("is called by its own name when no manifest gives one", async () => {
    assert.equal((await picked())?.name, path.basename(folder));
    assert.equal((await picked("notes"))?.name, "notes");
  });
});

describe("signing in", () => {
  it("is not offered for the local host, which needs no key", async () => {
    editor.reset();
    const { app } = appFor({ connect: (config) => ({ config, list: async () => [] }) });
    app.rows.setLocal("http://127.0.0.1:4000");
    assert.equal(await signIn(app, { host: "local host" }), false);
    assert.equal(await signIn(app, undefined), false);
    assert.deepEqual(new Set(editor.shown), new Set(["The local host needs no key."]));
  });
});

describe("a host that can't do what is wanted", () => {
  it("is named, with the way to what it lacks, and no other host is offered in its place", async () => {
    editor.reset();
    const { app } = appFor({ connect: (config) => ({ config, list: async () => [] }) });
    app.rows.setLocal("http://127.0.0.1:4000");
    for (const target of [{ host: "local host" }, {}])
      assert.equal(await pickHost(app, target, "remove", "Remove"), undefined);
    const text = '"Remove" is not possible on "local host" as its row in the settings stands.';
    assert.deepEqual(editor.shown, [text, text]);
  });
});
