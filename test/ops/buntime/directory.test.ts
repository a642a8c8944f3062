// Buntime's plugins directory as a mounted volume: with the host's address beside it, and without.
import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  connect,
  deploy,
  type LocalHost,
  openLedger,
  packageFor,
  planAction,
  removePlugin,
  rollback,
  startLocalHost,
  uploadPlugin,
} from "../../../client/ops/index.js";
import { hostError } from "../support/errors.js";
import { hello, plugin, removeTemporary, temporary } from "../support/places.js";

const signal = new AbortController().signal;

describe("a Buntime's plugins directory", () => {
  let local: LocalHost;
  let directory: string;
  beforeEach(async () => {
    local = await startLocalHost({ directory: await temporary() });
    directory = path.join(local.directory, "buntime/plugins");
  });
  afterEach(async () => {
    await local.stop();
    await removeTemporary();
  });

  it("gets the files whole, and the address reloads and proves", async () => {
    const host = connect({ name: "volume", system: "buntime", level: "local", url: local.url, directory });
    const ledger = openLedger(await temporary());
    const { verdict, uploaded } = await deploy({
      host,
      plugin: await plugin(),
      archives: await temporary(),
      signal,
      ledger,
    });
    assert.equal(verdict.state, "verified");
    assert.deepEqual(
      uploaded.replicas?.map(({ message }) => message),
      ["copied, there was nothing before"],
    );
    const plan = await planAction({ host, intent: { operation: "remove", plugin: "@acme/hello" }, signal, ledger });
    assert.equal(plan.conflict?.state, "ours");
    assert.equal(plan.changes[0]?.where, path.join(directory, "@acme/hello"));
    await writeFile(path.join(directory, "@acme/hello/dist/plugin.js"), "export default {};");
    assert.equal((await hostError(removePlugin({ host, plugin: "@acme/hello", signal, ledger }))).step, "conflict");
    const removed = await removePlugin({ host, plugin: "@acme/hello", signal, ledger, overwrite: true });
    assert.equal(removed.gone, true);
    assert.deepEqual(await readdir(directory), []);
  });

  it("alone takes files and says what it has, not what runs", async () => {
    const host = connect({ name: "volume", system: "buntime", level: "local", directory });
    assert.equal(host.reload, undefined);
    const { shipment } = await packageFor({
      system: "buntime",
      plugin: await plugin(),
      archives: await temporary(),
      signal,
    });
    await uploadPlugin({ host, shipment, signal });
    const [listed] = (await host.list?.(signal)) ?? [];
    assert.deepEqual([listed?.name, listed?.version, listed?.state], ["@acme/hello", "1.0.0", "installed"]);
    assert.match(listed?.note ?? "", /whether the host runs it can't be told/);
    assert.equal((await host.fingerprint?.("@acme/hello", signal))?.contents, shipment.contents);
    const error = await hostError(deploy({ host, plugin: await plugin(), archives: await temporary(), signal }));
    assert.equal(error.kind, "unsupported");
    assert.match(error.next, /add a "url"/);
    const ledger = openLedger(await temporary());
    for (const version of ["1.0.0", "1.1.0"]) {
      const source = await plugin(hello(version));
      const packed = await packageFor({ system: "buntime", plugin: source, archives: await temporary(), signal });
      await uploadPlugin({ host, shipment: packed.shipment, signal, ledger });
    }
    const back = await rollback({ host, plugin: "@acme/hello", ledger, signal });
    assert.ok(back.verdict.state === "notLoaded");
    assert.match(back.verdict.reason, /can't be told to load them from here/);
    assert.equal((await host.list?.(signal))?.[0]?.version, "1.0.0");
    assert.equal((await ledger.history(host.config, "@acme/hello"))[0]?.result, "sent");
    const removed = await removePlugin({ host, plugin: "@acme/hello", signal });
    assert.deepEqual([removed.gone, (removed.note ?? "").includes("reload or restart it")], [false, true]);
  });
});
