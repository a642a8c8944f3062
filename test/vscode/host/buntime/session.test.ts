// A plugin's way from the editor to the local host and back by the commands alone, and what the host itself says after each.
// Questions can't be answered here; what asks is told by the UI suite.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as tar from "tar";
import { commands } from "vscode";
import { folder, inFolder, write } from "../documents";
import { loadedOn, pageAt, statusOf } from "../hostApi";
import { logged } from "../log";
import { until } from "../waiting";

const notes = "@example/plugin-notes";
const host = "local host";

interface Answer {
  readonly state: string;
}

interface Packed {
  readonly path: string;
  readonly sha256: string;
}

describe("a session with the local host", () => {
  let url: string;

  before(async () => {
    url = await run<string>("startLocalHost");
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    await until("the plugin to be known", async () => {
      const root = inFolder("buntime/plugin-notes").toString();
      return (await run<Packed | undefined>("package", { root, file: fileOf("known.tgz") })) !== undefined;
    });
  });

  after(() => run("stopLocalHost"));

  it("starts one host only, however often it is asked", async () => {
    assert.equal(await run("startLocalHost"), url);
  });

  it("packs the same bytes from the same files", async () => {
    const first = await pack("first.tgz");
    const second = await pack("second.tgz");
    assert.equal(first.sha256, second.sha256);
    const bytes = readFileSync(second.path);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), second.sha256);
    assert.deepEqual(readFileSync(first.path), bytes);
    assert.deepEqual(membersOf(second.path), [
      "package/built/client/index.html",
      "package/built/plugin.js",
      "package/manifest.yaml",
    ]);
  });

  it("uploads without effect until a reload", async () => {
    await emptied(url);
    await run("upload", { host, plugin: notes });
    assert.deepEqual(await loadedOn(url), []);
    await run("reload", { host });
    assert.deepEqual(await loadedOn(url), [notes]);
  });

  it("deploys, and says loaded because the host says so", async () => {
    const answer = await run<Answer>("deploy", { host, plugin: notes });
    assert.deepEqual(answer, { host, plugin: notes, state: "verified" });
    assert.deepEqual(await loadedOn(url), [notes]);
    assert.equal(await statusOf(`${url}/notes/`), 200);
  });

  it("deploys the archive's folder by its manifest, as the editor's title does", async () => {
    const manifest = inFolder("buntime/plugin-notes/manifest.yaml");
    const answer = await commands.executeCommand<Answer>("plugsmith.deploy", manifest);
    assert.equal(answer.state, "verified");
  });

  it("keeps what it has over a stop and a start", async () => {
    await run("deploy", { host, plugin: notes });
    await run("stopLocalHost");
    await assert.rejects(statusOf(`${url}/notes/`));
    assert.equal(await run("startLocalHost"), url, "the same address again");
    assert.deepEqual(await loadedOn(url), [notes]);
  });

  it("says what is true of a host that is down", async () => {
    await run("stopLocalHost");
    try {
      assert.equal(await run("deploy", { host, plugin: notes, root: undefined }), undefined);
    } finally {
      await run("startLocalHost");
    }
  });

  it("sends nothing of a plugin that needs one which isn't there, and says so", async () => {
    await emptied(url);
    await pluginAt("needy", 'dependencies:\n  - "@example/absent"\n');
    assert.equal(await run("deploy", { host, root: inFolder("needy").toString() }), undefined);
    await logged(/refused at check: "@example\/absent" is not on .*nothing was sent/);
    assert.deepEqual(await loadedOn(url), []);
  });

  it("says why a plugin that the host took is not loaded", async () => {
    await pluginAt("idle", "enabled: false\n");
    const answer = await run<Answer>("deploy", { host, root: inFolder("idle").toString() });
    assert.equal(answer.state, "notLoaded");
    await logged(/idle is not loaded on local host: .*enabled/);
    await run("remove", { host, plugin: "@example/idle" });
  });

  it("rolls back to the bundle before", async () => {
    await emptied(url);
    const root = inFolder("back").toString();
    for (const version of ["1.0.0", "2.0.0"]) {
      await write("back/index.html", `<!doctype html><title>version ${version}</title>`);
      await pluginAt("back", "entrypoint: index.html\n", version);
      const answer = await run<Answer>("deploy", { host, root, plugin: "@example/back" });
      assert.equal(answer.state, "verified");
      assert.match(await pageAt(`${url}/back/`), new RegExp(`version ${version}`));
    }
    const answer = await run<Answer>("rollback", { host, plugin: "@example/back" });
    assert.equal(answer.state, "verified");
    assert.match(await logged(/roll back @example\/back on local host: done/), /done/);
    assert.match(await pageAt(`${url}/back/`), /version 1\.0\.0/);
    await run("remove", { host, plugin: "@example/back" });
  });

  it("removes without asking what was sent from here", async () => {
    await run("deploy", { host, plugin: notes });
    const removed = await run<{ gone: boolean }>("remove", { host, plugin: notes });
    assert.equal(removed.gone, true);
    assert.equal((await loadedOn(url)).includes(notes), false);
    assert.equal(await statusOf(`${url}/notes/`), 404);
  });
});

/** A plugin in a folder of its own, named after that. */
async function pluginAt(place: string, more: string, version = "1.0.0"): Promise<void> {
  await write(`${place}/plugin.js`, "export default {};\n");
  const text = `name: "@example/${place}"\nversion: "${version}"\nbase: /${place}\npluginEntry: plugin.js\n${more}`;
  await write(`${place}/manifest.yaml`, text);
}

function run<T = unknown>(command: string, target?: unknown): Thenable<T> {
  return commands.executeCommand<T>(`plugsmith.${command}`, target);
}

async function pack(name: string): Promise<Packed> {
  return run<Packed>("package", { plugin: notes, file: fileOf(name) });
}

function fileOf(name: string): string {
  return path.join(folder().fsPath, name);
}

function membersOf(file: string): readonly string[] {
  const names: string[] = [];
  tar.list({ file, sync: true, onReadEntry: (entry) => names.push(entry.path) });
  return names.filter((name) => !name.endsWith("/")).sort();
}

/** Takes off what an earlier test left. */
async function emptied(url: string): Promise<void> {
  for (const plugin of await loadedOn(url)) await run("remove", { host, plugin });
}
