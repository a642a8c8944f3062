// Entries of PLUGINS by the editor's questions: what the file holds afterwards, what is shown before, and what is left alone.

import "./support/editor.js";

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { simpleGit } from "simple-git";
import {
  addGitPlugin,
  addLocalPlugin,
  copyPluginsValue,
  editPluginsEntry,
  removePluginsEntry,
} from "../../client/commands/entries/commands.js";
import { appFor } from "./support/app.js";
import { editor } from "./support/editor.js";

const planted = "planted-password-0123456789";

describe("entries of PLUGINS", () => {
  let folder: string;
  let file: string;
  const text = () => readFileSync(file, "utf8");
  const { app, log } = appFor();

  beforeEach(() => {
    editor.reset();
    log.length = 0;
    folder = mkdtempSync(path.join(tmpdir(), "plugsmith-entries-"));
    file = path.join(folder, "ui.env");
    writeFileSync(file, "PORT=1\nPLUGINS={}\n");
    editor.workspace.set("hosts", [{ name: "ui", system: "metaflow", pluginsFile: file }]);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const host = { host: "ui" };

  async function repository(): Promise<string> {
    const at = path.join(folder, "run-notes.git");
    writeFileSync(path.join(folder, "manifest.json"), "{}");
    const git = simpleGit(folder);
    await git.init(["--initial-branch=main"]);
    await git
      .addConfig("user.name", "Ann")
      .addConfig("user.email", "a@example.org")
      .addConfig("commit.gpgsign", "false");
    await git.add("manifest.json").commit("first").addTag("v1").clone(folder, at, ["--bare"]);
    return `file://${at}`;
  }

  it("are added with a repository's own ref, shown as a difference first", async () => {
    const address = await repository();
    editor.answers.push(address, "run-notes", "origin/main", '{"color": "blue"}', "", "The Common One", "Add");
    assert.equal(await addGitPlugin(app, host), "run-notes");
    const entry = `{"run-notes": {"repository": "${address}", "ref": "origin/main", "parameters": {"color": "blue"}}}`;
    assert.equal(text(), `PORT=1\nPLUGINS=${entry}\n`);
    assert.ok(editor.shown.includes('compares Add "run-notes": 1 and 1 files'));
  });

  it("are not written when the user gives up at the difference", async () => {
    editor.answers.push("badge", '{"cost": 5}', "", undefined);
    assert.equal(await addLocalPlugin(app, host), undefined);
    assert.equal(text(), "PORT=1\nPLUGINS={}\n");
  });

  it("say what the service would not load, and are written only in spite of that", async () => {
    const address = await repository();
    editor.answers.push(address, "run-notes", "$(edit) Another Ref", "nowhere", "", "", "None", undefined);
    assert.equal(await addGitPlugin(app, host), undefined);
    assert.match(editor.shown.at(-1) ?? "", /no branch and no tag "nowhere".*Add Anyway/);
    assert.equal(text(), "PORT=1\nPLUGINS={}\n");
  });

  it("are changed field by field and removed", async () => {
    writeFileSync(file, 'PLUGINS={"badge": {"parameters": {"a": 1}, "paths": ["x"], "mine": 1}}\n');
    editor.answers.push("badge", '{"a": 2}', "", "Change");
    assert.equal(await editPluginsEntry(app, host), "badge");
    assert.equal(text(), 'PLUGINS={"badge": {"parameters": {"a": 2}, "mine": 1}}\n');
    editor.answers.push("badge", "Remove");
    assert.equal(await removePluginsEntry(app, host), "badge");
    assert.equal(text(), "PLUGINS={}\n");
  });

  it("keep a password out of everything but the file", async () => {
    const address = await repository();
    editor.answers.push(address, "run-notes", "v1", "", "", "User and Password", "ci", planted, "Add");
    assert.equal(await addGitPlugin(app, host), "run-notes");
    assert.match(text(), new RegExp(`"auth": \\{"user": "ci", "pass": "${planted}"\\}`));
    assert.ok(!JSON.stringify([editor.shown, log]).includes(planted));
  });

  it("are copied in the quoting of the chosen place", async () => {
    writeFileSync(file, 'PLUGINS={"badge": {"parameters": {"a": "it\'s"}}}\n');
    editor.answers.push("Shell");
    assert.equal(await copyPluginsValue(app, host), "shell");
    assert.deepEqual(editor.copied, ['export PLUGINS=\'{"badge":{"parameters":{"a":"it\\u0027s"}}}\'']);
  });

  it("are neither asked about nor written in an untrusted workspace", async () => {
    editor.isTrusted = false;
    assert.equal(await addGitPlugin(app, host), undefined);
    assert.equal(await removePluginsEntry(app, host), undefined);
    assert.deepEqual([...new Set(editor.shown)], ["Hosts are reached from trusted workspaces only."]);
  });
});
