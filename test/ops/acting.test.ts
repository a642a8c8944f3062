// Before and after an act on a host: the plan, the stop at somebody else's work, what is written down, and the way back.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import {
  type ActionPlan,
  connect,
  deploy,
  type Intent,
  type Ledger,
  type LocalHost,
  lookForConflict,
  openLedger,
  type PluginHost,
  packageFor,
  planAction,
  planText,
  removePlugin,
  rollback,
  setPluginEnabled,
  startLocalHost,
  uploadPlugin,
} from "../../client/ops/index.js";
import { hostError } from "./support/errors.js";
import { hello, plugin, removeTemporary, temporary, write } from "./support/places.js";

const signal = new AbortController().signal;

describe("acting on a host", () => {
  let local: LocalHost;
  let host: PluginHost;
  let ledger: Ledger;

  const packed = async (folder: string) =>
    packageFor({ system: "buntime", plugin: folder, archives: await temporary(), signal });
  const ship = async (folder: string, more: { overwrite?: boolean } = {}) =>
    deploy({ host, plugin: folder, archives: await temporary(), signal, ledger, ...more });
  const planned = (intent: Intent): Promise<ActionPlan> => planAction({ host, intent, signal, ledger });
  const conflict = (name = "@acme/hello") => lookForConflict({ host, plugin: name, ledger, signal });
  /** Somebody else's hands on the host. */
  const meddle = () =>
    writeFile(path.join(local.directory, "buntime/plugins/@acme/hello/dist/client/index.html"), "<html>theirs</html>");

  beforeEach(async () => {
    local = await startLocalHost({ directory: await temporary() });
    host = connect({ name: "local", system: "buntime", level: "local", url: local.url });
    ledger = openLedger(await temporary());
  });
  afterEach(async () => {
    await local.stop();
    await removeTemporary();
  });

  it("is planned without changing anything: what is added, what it brings, what is in the package", async () => {
    const { shipment, plan: pack, findings } = await packed(await plugin());
    const plan = await planAction({ host, intent: { operation: "deploy", shipment }, signal, ledger, pack, findings });
    assert.deepEqual(
      plan.changes.map(({ action, what }) => `${action} ${what}`),
      ['add plugin "@acme/hello" 1.0.0', "restart all plugins, by a reload"],
    );
    assert.deepEqual(plan.gains, { routes: ["/hello/"], menus: ["Hello"] });
    assert.equal(plan.conflict?.state, "absent");
    assert.equal(plan.package?.files.length, 3);
    assert.match(
      planText(plan),
      /^Deploy "@acme\/hello" 1\.0\.0 to local \(http.*\), a local host\n\nChanges:\n {2}add/,
    );
    assert.deepEqual(await host.list?.(signal), []);
  });

  it("tells what is overwritten, who depends on it, and which pages and menus go", async () => {
    await ship(await plugin());
    const other = hello("1.0.0", "@acme/other", "/other");
    const manifest = `${String(other["manifest.yaml"])}dependencies: ["@acme/hello"]\n`;
    await ship(await write(path.join(await temporary(), "other"), { ...other, "manifest.yaml": manifest }));
    const moved = (await packed(await plugin(hello("2.0.0", "@acme/hello", "/moved")))).shipment;
    const plan = await planned({ operation: "deploy", shipment: moved });
    assert.equal(plan.there?.state, "loaded");
    assert.equal(plan.conflict?.state, "ours");
    assert.deepEqual(plan.dependents, ["@acme/other"]);
    assert.deepEqual([plan.gains.routes, plan.losses.routes], [["/moved/"], ["/hello/"]]);
    const removal = await planned({ operation: "remove", plugin: "@acme/hello" });
    assert.deepEqual(removal.losses, { routes: ["/hello/"], menus: ["Hello"] });
    assert.match(planText(removal), /Plugins on the host that need it:\n {2}@acme\/other/);
    const slip = await planned({ operation: "remove", plugin: "@acme/helo" });
    assert.deepEqual(
      slip.findings.map(({ message }) => message),
      ['"local" does not list a plugin "@acme/helo"'],
    );
  });

  it("stops at what somebody else has changed, and goes on when told to overwrite it", async () => {
    await ship(await plugin());
    assert.equal((await conflict()).state, "ours");
    await meddle();
    const found = await conflict();
    assert.equal(found.state, "other");
    assert.match(
      found.said,
      /^"local" has something else of "@acme\/hello" 1\.0\.0 \(changed on .*\) than the 1\.0\.0 that was sent/,
    );
    const next = await plugin(hello("1.1.0"));
    const error = await hostError(ship(next));
    assert.deepEqual([error.kind, error.step, error.hostNow], ["refused", "conflict", "nothing was sent"]);
    assert.equal((await conflict()).state, "other");
    const { shipment } = await packed(next);
    assert.equal((await hostError(uploadPlugin({ host, shipment, signal, ledger }))).step, "conflict");
    assert.equal((await hostError(removePlugin({ host, plugin: "@acme/hello", signal, ledger }))).step, "conflict");
    assert.equal((await ship(next, { overwrite: true })).verdict.state, "verified");
    assert.equal((await conflict()).state, "ours");
  });

  it("takes nothing for a conflict that can't be told: never sent from here, or the same files", async () => {
    await ship(await plugin());
    const { shipment } = await packed(await plugin());
    const fresh = openLedger(await temporary());
    const question = { host, plugin: "@acme/hello", ledger: fresh, signal };
    const stranger = await lookForConflict(question);
    assert.equal(stranger.state, "unknown");
    assert.match(stranger.said, /of which nothing was sent from here/);
    assert.equal((await lookForConflict({ ...question, contents: shipment.contents })).state, "same");
    await removePlugin({ host, plugin: "@acme/hello", signal, ledger });
    assert.equal((await conflict()).state, "absent");
  });

  it("counts its own disabling as no conflict, proves it, and lists the plugin as disabled", async () => {
    await ship(await plugin());
    const off = await setPluginEnabled({ host, plugin: "@acme/hello", to: "disabled", signal, ledger });
    assert.deepEqual(off, { plugin: "@acme/hello", proven: true });
    const [listed] = (await host.list?.(signal)) ?? [];
    assert.deepEqual([listed?.state, listed?.version], ["disabled", "1.0.0"]);
    assert.equal((await conflict()).state, "ours");
    const on = await setPluginEnabled({ host, plugin: "@acme/hello", to: "enabled", signal, ledger });
    assert.equal(on.proven, true);
    assert.equal((await conflict()).state, "ours");
  });

  it("lists as failed, with the reason, what a host can't load", async () => {
    const files = hello("1.0.0", "@acme/needy", "/needy");
    const manifest = `${String(files["manifest.yaml"])}dependencies: ["@acme/absent"]\n`;
    const { shipment } = await packed(
      await write(path.join(await temporary(), "n"), { ...files, "manifest.yaml": manifest }),
    );
    await host.upload?.(shipment, signal);
    await host.reload?.(signal);
    const [listed] = (await host.list?.(signal)) ?? [];
    assert.equal(listed?.state, "failed");
    assert.equal(listed?.reason?.code, "buntime/dependency-missing");
    assert.match(listed?.note ?? "", /"@acme\/absent".* is not on "local"/);
  });

  it("goes back to any bundle that is kept, by its entry", async () => {
    for (const version of ["1.0.0", "1.1.0", "1.2.0"]) await ship(await plugin(hello(version)));
    const history = await ledger.history(host.config, "@acme/hello");
    const first = history.find(({ version }) => version === "1.0.0");
    assert.ok(first);
    const back = await rollback({ host, plugin: "@acme/hello", ledger, signal, to: first });
    assert.deepEqual([back.shipment.version, back.verdict.state], ["1.0.0", "verified"]);
    assert.equal((await host.fingerprint?.("@acme/hello", signal))?.version, "1.0.0");
  });
});
