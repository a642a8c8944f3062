// Metaflow UI plugins on the local host: from a folder to a listed plugin and back.
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { simpleGit } from "simple-git";
import {
  connect,
  deploy,
  errorText,
  type Ledger,
  type LocalHost,
  openLedger,
  type PluginHost,
  removePlugin,
  rollback,
  startLocalHost,
} from "../../../client/ops/index.js";
import { badge, badgeFolder } from "../support/badge.js";
import { hostError } from "../support/errors.js";
import { metaflowService } from "../support/metaflowService.js";
import { removeTemporary, temporary } from "../support/places.js";

const signal = new AbortController().signal;
describe("a session with the local host's Metaflow UI", () => {
  let local: LocalHost;
  let host: PluginHost;
  let ledger: Ledger;
  const ship = async (folder: string) => deploy({ host, plugin: folder, archives: await temporary(), signal, ledger });

  beforeEach(async () => {
    local = await startLocalHost({ directory: await temporary() });
    host = connect({ name: "local", system: "metaflow", level: "local", url: local.url });
    ledger = openLedger(await temporary());
  });

  afterEach(async () => {
    await local.stop();
    await removeTemporary();
  });

  it("deploys, lists, rolls back and removes", async () => {
    const { verdict } = await ship(await badgeFolder());
    assert.equal(verdict.state, "verified", JSON.stringify(verdict));
    const [restart] = (await host.foresee?.({ operation: "reload" }, signal)) ?? [];
    assert.equal(`${restart?.action} ${restart?.what}`, "restart the service of the local host, by its own route");
    const newer = await ship(await badgeFolder(badge("1.1.0")));
    assert.equal(newer.verdict.state, "verified");
    const [listed] = (await host.list?.(signal)) ?? [];
    assert.deepEqual(
      [listed?.name, listed?.version, listed?.state, listed?.removeKey],
      ["Flow badge", "1.1.0", "loaded", "flow-badge"],
    );
    const back = await rollback({ host, plugin: "Flow badge", ledger, signal });
    assert.equal(back.verdict.state === "verified" && back.verdict.plugin.version, "1.0.0");
    const removed = await removePlugin({ host, plugin: "Flow badge", signal, ledger });
    assert.deepEqual([removed.gone, removed.key], [true, "flow-badge"]);
    assert.deepEqual(await host.list?.(signal), []);
    const config = await readFile(path.join(local.directory, "metaflow/config.plugins.json"), "utf8");
    assert.deepEqual(JSON.parse(config), {});
    const again = await rollback({ host, plugin: "Flow badge", ledger, signal });
    assert.equal(again.verdict.state, "verified");
  });

  it("keeps a fingerprint by which somebody else's change is seen", async () => {
    const { shipment } = await ship(await badgeFolder());
    assert.equal((await host.fingerprint?.("Flow badge", signal))?.contents, shipment.contents);
    await writeFile(path.join(local.directory, "metaflow/installed/flow-badge/index.html"), "other");
    assert.notEqual((await host.fingerprint?.("Flow badge", signal))?.contents, shipment.contents);
    assert.equal(await host.fingerprint?.("nobody", signal), undefined);
  });

  it("gets a plugin of a repository cloned, as a service would clone it", async () => {
    const source = await badgeFolder(badge("3.0.0"));
    await simpleGit(source).init(["--initial-branch=main"]);
    const git = simpleGit(source).addConfig("user.name", "Ann").addConfig("user.email", "ann@example.org");
    await git.addConfig("commit.gpgsign", "false").add(".").commit("first");
    const config = path.join(local.directory, "metaflow/config.plugins.json");
    await mkdir(path.dirname(config), { recursive: true });
    await writeFile(config, JSON.stringify({ "flow-badge": { repository: `file://${source}`, ref: "origin/main" } }));
    const { verdict, uploaded } = await ship(source);
    assert.equal(verdict.state, "verified", JSON.stringify(verdict));
    assert.match(uploaded.replicas?.[0]?.message ?? "", /^cloned at [0-9a-f]{12}$/);
    assert.equal((await ship(source)).verdict.state, "verified");
  });

  it("is told from a genuine service, whose folders stay unknown", async () => {
    const service = await metaflowService(await temporary());
    try {
      const genuine = connect({ name: "ui", system: "metaflow", level: "local", url: service.url });
      assert.deepEqual(await genuine.list?.(signal), []);
      const error = await hostError(genuine.reload?.(signal) ?? Promise.resolve());
      assert.match(errorText(error), /names no way to restart it; add "restart"/);
    } finally {
      await service.stop();
    }
  });
});
