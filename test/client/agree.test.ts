// How much is asked before a host is changed: by its level, by what is there, by what speaks against it.

import "./support/editor.js";

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { agree } from "../../client/commands/acting/agree.js";
import { disablePlugin } from "../../client/commands/acting/enable.js";
import { reloadHost } from "../../client/commands/acting/reload.js";
import { removeFromHost } from "../../client/commands/acting/remove.js";
import type { Finding, Fingerprint, HostConfig, PluginHost, PluginSummary } from "../../client/ops/index.js";
import { appFor, type Setup } from "./support/app.js";
import { editor } from "./support/editor.js";
import { summary } from "./support/makers.js";

describe("before a host is changed", () => {
  let folder: string;
  const did: string[] = [];
  const there: { fingerprint: Fingerprint | undefined; plugins: PluginSummary[]; findings: Finding[] } = {
    fingerprint: undefined,
    plugins: [],
    findings: [],
  };
  const connect = (config: HostConfig): PluginHost => ({
    config,
    list: async () => there.plugins,
    check: async () => there.findings,
    fingerprint: async () => there.fingerprint,
    files: async () => [{ path: "a.js", bytes: Buffer.from("theirs") }],
    upload: async ({ name }) => ({ name }),
    reload: async () => {
      did.push(`reload ${config.name}`);
      return { scanned: [], milliseconds: 1 };
    },
    remove: async (name) => {
      did.push(`remove ${name}`);
      return { name, key: name, gone: true };
    },
    setEnabled: async (name, enabled) => {
      did.push(`${enabled ? "enable" : "disable"} ${name}`);
      there.plugins = there.plugins.map((one) => ({ ...one, state: enabled ? "loaded" : "disabled" }));
    },
  });
  const setup: () => Setup = () => ({ connect, ledger: path.join(folder, "ledger"), directory: folder });
  const rowOf = (level: HostConfig["level"]) => {
    const url = "https://host.example.org";
    editor.workspace.set("hosts", [{ name: "it", system: "buntime", url, level }]);
    return { name: "it", system: "buntime", url, level } as const;
  };
  const shipment = async () => {
    const file = path.join(folder, "notes.tgz");
    await writeFile(file, "");
    const facts = { system: "buntime", name: "notes", version: "2.0.0", path: file, bytes: 0, sha256: "b".repeat(64) };
    return { ...facts, contents: "ours", entries: [], manifest: { values: {}, disabled: false } } as never;
  };

  beforeEach(async () => {
    editor.reset();
    did.length = 0;
    Object.assign(there, { fingerprint: undefined, plugins: [], findings: [] });
    folder = await mkdtemp(path.join(os.tmpdir(), "plugsmith-agree-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("asks nothing on a local host", async () => {
    rowOf("local");
    await reloadHost(appFor(setup()).app, { host: "it" });
    assert.deepEqual(did, ["reload it"]);
  });

  it("shows the plan once on a shared host, and leaves it as it is on Escape", async () => {
    rowOf("shared");
    const { app } = appFor(setup());
    editor.answers.push(undefined);
    await reloadHost(app, { host: "it" });
    assert.deepEqual(did, []);
    assert.match(
      editor.shown.join("\n"),
      /Reload the plugins of it .*: \$\(check\) Reload, .*Show the Whole Plan, Changes/,
    );
    editor.answers.push("Show the Whole Plan", "Reload");
    await reloadHost(app, { host: "it" });
    assert.deepEqual(did, ["reload it"]);
    assert.ok(editor.shown.some((text) => text.startsWith("shows Plan: Reload the plugins of it")));
  });

  it("wants the name of a production host, exactly", async () => {
    rowOf("production");
    const { app } = appFor(setup());
    for (const typed of [undefined, "yes", "IT"]) {
      editor.answers.push(typed);
      await reloadHost(app, { host: "it" });
    }
    assert.deepEqual(did, []);
    editor.answers.push("it");
    await reloadHost(app, { host: "it" });
    assert.deepEqual(did, ["reload it"]);
    assert.ok(editor.shown.some((text) => text.startsWith("Type it to reload")));
  });

  it("asks on a local host too where what is removed can't be brought back", async () => {
    rowOf("local");
    there.plugins = [summary({ removeKey: "notes" })];
    const { app } = appFor(setup());
    editor.answers.push(undefined);
    await removeFromHost(app, { host: "it", plugin: "notes" });
    assert.deepEqual(did, []);
    editor.answers.push("Remove");
    await removeFromHost(app, { host: "it", plugin: "notes" });
    assert.deepEqual(did, ["remove notes"]);
  });

  it("stops at what somebody else has put there; shows it, and overwrites on the user's word alone", async () => {
    const host = rowOf("local");
    const { app } = appFor(setup());
    const ours = await shipment();
    await app.ledger.record(host, "notes", { action: "deploy", result: "verified", shipment: ours });
    there.fingerprint = { contents: "theirs", version: "1.5.0" };
    const proposal = { host, intent: { operation: "upload", shipment: ours } } as const;
    there.findings = [];
    editor.answers.push(undefined);
    assert.equal(await agree(app, proposal), undefined);
    assert.match(editor.shown.join("\n"), /"it" has something else of "notes" 1\.5\.0 than the 2\.0\.0 that was sent/);
    editor.answers.push("Overwrite");
    assert.equal((await agree(app, proposal))?.overwrite, true);
  });

  it("sends nothing when the host has something against it, says what, and offers to go on all the same", async () => {
    const host = rowOf("local");
    const { app, log } = appFor(setup());
    there.findings = [{ severity: "error", code: "buntime/base-taken", message: 'base "/a" is taken' }];
    const proposal = { host, intent: { operation: "upload", shipment: await shipment() } } as const;
    assert.equal(await agree(app, proposal), undefined);
    assert.match(log.join("\n"), /upload notes to it: refused at check: base "\/a" is taken; nothing was sent/);
    assert.equal(editor.shown.at(-1), 'Base "/a" is taken. Nothing was sent to "it".');
    assert.equal((await agree(app, { ...proposal, force: true }))?.force, true);
  });

  it("disables after the plan, and says what is true then", async () => {
    rowOf("local");
    there.plugins = [summary()];
    const { app } = appFor(setup());
    assert.deepEqual(await disablePlugin(app, { host: "it", plugin: "notes" }), { plugin: "notes", proven: true });
    assert.deepEqual(did, ["disable notes"]);
    assert.equal(editor.shown.at(-1), '"notes" is disabled on "it".');
  });
});
