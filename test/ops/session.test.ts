// Whole sessions against the local host: from a folder to a loaded plugin and back, with the ledger, restarts and honest verdicts.
import assert from "node:assert/strict";
import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  connect,
  deploy,
  differsFromSent,
  doctorText,
  errorText,
  examine,
  type Ledger,
  type LocalHost,
  openArchive,
  openLedger,
  type PluginHost,
  packageFor,
  planAction,
  planPackage,
  planText,
  removePlugin,
  rollback,
  startLocalHost,
  uploadPlugin,
  writeArchive,
} from "../../client/ops/index.js";
import { foundAgain } from "../harness/planted.js";
import { hostError } from "./support/errors.js";
import { token } from "./support/faultyHost.js";
import { hello, plugin, removeTemporary, temporary, write } from "./support/places.js";

const signal = new AbortController().signal;

describe("a session with the local host", () => {
  let local: LocalHost;
  let host: PluginHost;
  let ledger: Ledger;
  let lines: string[];

  const start = async (directory: string) => {
    lines = [];
    local = await startLocalHost({ directory, apiKey: token, log: (line) => lines.push(line) });
    host = connect({ name: "local", system: "buntime", level: "local", url: local.url }, { token: async () => token });
  };
  const ship = async (folder: string, more: { force?: boolean } = {}) =>
    deploy({ host, plugin: folder, archives: await temporary(), signal, ledger, ...more });
  const names = async () => (await host.list?.(signal))?.map((item) => `${item.name} ${item.state}`);

  beforeEach(async () => {
    await start(await temporary());
    ledger = openLedger(await temporary());
  });

  afterEach(async () => {
    await local.stop();
    await removeTemporary();
  });

  it("deploys, lists, shows, removes", async () => {
    const { verdict } = await ship(await plugin());
    assert.equal(verdict.state, "verified");
    const [listed] = (await host.list?.(signal)) ?? [];
    assert.deepEqual(
      [listed?.name, listed?.state, listed?.base, listed?.routes, listed?.menus[0]?.title],
      ["@acme/hello", "loaded", "/hello", ["/hello/"], "Hello"],
    );
    const page = await fetch(host.address?.({ base: "/hello" }) ?? "");
    assert.match(await page.text(), /<head><base href="\/hello\/" \/><\/head><body>hello 1\.0\.0/);
    assert.equal((await removePlugin({ host, plugin: "@acme/hello", signal, ledger })).gone, true);
    assert.deepEqual(await names(), []);
  });

  it("keeps what is installed and loaded over a restart", async () => {
    await ship(await plugin());
    const { directory } = local;
    await local.stop();
    await start(directory);
    assert.deepEqual(await names(), ["@acme/hello loaded"]);
  });

  it("uploads without loading, then loads by a reload", async () => {
    const shipment = await writeArchive(await planPackage(await plugin()), {
      file: path.join(await temporary(), "a.tgz"),
    });
    await uploadPlugin({ host, shipment: await openArchive(shipment.path), signal, ledger });
    assert.deepEqual(await names(), ["@acme/hello installed"]);
    await host.reload?.(signal);
    assert.deepEqual(await names(), ["@acme/hello loaded"]);
  });

  it("calls a plugin lingering between its removal and the reload", async () => {
    await ship(await plugin());
    await rm(path.join(local.directory, "buntime", "plugins", "@acme"), { recursive: true });
    assert.deepEqual(await names(), ["@acme/hello lingering"]);
  });

  it("disables and enables", async () => {
    await ship(await plugin());
    await host.setEnabled?.("@acme/hello", false, signal);
    assert.deepEqual(await names(), ["@acme/hello disabled"]);
    await host.setEnabled?.("@acme/hello", true, signal);
    assert.deepEqual(await names(), ["@acme/hello loaded"]);
  });

  it("rolls back to the bundle before, and forth again", async () => {
    const folder = await plugin();
    const first = await ship(folder);
    await write(folder, hello("2.0.0"));
    const second = await ship(folder);
    assert.equal(differsFromSent(await ledger.history(host.config, "@acme/hello"), second.shipment.contents), false);
    const back = await rollback({ host, plugin: "@acme/hello", ledger, signal });
    assert.equal(back.verdict.state, "verified");
    assert.equal(back.shipment.contents, first.shipment.contents);
    assert.match(await (await fetch(`${local.url}/hello/`)).text(), /hello 1\.0\.0/);
    assert.equal(differsFromSent(await ledger.history(host.config, "@acme/hello"), second.shipment.contents), true);
    const forth = await rollback({ host, plugin: "@acme/hello", ledger, signal });
    assert.equal(forth.shipment.contents, second.shipment.contents);
  });

  it("brings a removed plugin back", async () => {
    await ship(await plugin());
    await removePlugin({ host, plugin: "@acme/hello", signal, ledger });
    assert.equal((await rollback({ host, plugin: "@acme/hello", ledger, signal })).verdict.state, "verified");
  });

  it("has nothing to roll back to after one deployment", async () => {
    await ship(await plugin());
    const error = await hostError(rollback({ host, plugin: "@acme/hello", ledger, signal }));
    assert.equal(error.kind, "missing");
  });

  it("gives the real reason why a plugin isn't there", async () => {
    const manifest = (more: string) => `name: p\nversion: "1"\npluginEntry: dist/plugin.js\n${more}\n`;
    const verdictFor = async (files: Record<string, string>) => {
      const { verdict } = await ship(await plugin(files), { force: true });
      return verdict.state === "verified" ? "verified" : verdict.code;
    };
    assert.equal(await verdictFor({ "manifest.yaml": manifest("enabled: false") }), "buntime/disabled");
    assert.equal(
      await verdictFor({ "manifest.yaml": manifest("dependencies: [nobody]") }),
      "buntime/dependency-missing",
    );
    assert.equal(await verdictFor({ "manifest.yaml": manifest("base: /a/b") }), "buntime/base-invalid");
    assert.equal(await verdictFor({ "manifest.yaml": manifest("dependencies: [p]") }), "buntime/dependency-cycle");
    assert.equal(
      await verdictFor({ "manifest.yaml": manifest(""), "dist/plugin.js": "export default {" }),
      "buntime/entry-syntax",
    );
    assert.equal(await verdictFor({ "manifest.yaml": manifest("") }), "verified");
  });

  it("repairs a host whose reload breaks on the plugin", async () => {
    await ship(await plugin());
    const broken = await plugin({
      "manifest.yaml": "name: broken\npluginEntry: dist/plugin.js\noptionalDependencies: {a: 1}\n",
    });
    const { verdict } = await ship(broken, { force: true });
    assert.equal(verdict.state === "notLoaded" && verdict.code, "buntime/reload-failed");
    assert.deepEqual(await names(), ["@acme/hello loaded"]);
  });

  it("stops before sending: base taken, dependency missing", async () => {
    await ship(await plugin());
    const rival = await plugin(hello("1.0.0", "rival", "/hello"));
    const error = await hostError(ship(rival));
    assert.match(errorText(error), /belongs to "@acme\/hello"/);
    assert.deepEqual(await names(), ["@acme/hello loaded"]);
  });

  it("never sends a harmful name, forced or not", async () => {
    await ship(await plugin());
    for (const name of [
      ".",
      "..",
      "@acme/",
      "@acme",
      "@acme/../../evil",
      "../evil",
      "a/b",
      "/abs/x",
      "@a/x/y",
      "My Plugin!",
      ".buntime",
    ]) {
      const folder = await plugin({ "manifest.yaml": `name: "${name}"\npluginEntry: dist/plugin.js\n` });
      assert.equal((await hostError(ship(folder, { force: true }))).kind, "refused", name);
      await hostError(Promise.resolve(host.remove?.(name, signal)));
    }
    assert.ok(!lines.some((line) => / (POST|DELETE) .*(evil|%2F%2F|\.\.)/.test(line)));
    assert.deepEqual(await names(), ["@acme/hello loaded"]);
  });

  it("says when the history can't be written, and stands by the deployment", async () => {
    const folder = await temporary();
    await writeFile(path.join(folder, "file"), "");
    ledger = openLedger(path.join(folder, "file"));
    const delivered = await ship(await plugin());
    assert.equal(delivered.verdict.state, "verified");
    assert.equal(delivered.notRecorded?.kind, "tool");
  });

  it("keeps five bundles", async () => {
    const place = await temporary();
    ledger = openLedger(place);
    const folder = await plugin();
    for (let version = 1; version <= 7; version += 1) {
      await write(folder, hello(`${version}.0.0`));
      await ship(folder);
    }
    const files = (await readdir(place, { recursive: true })).filter((name) => name.endsWith(".tgz"));
    assert.equal(files.length, 5);
    const history = await ledger.history(host.config, "@acme/hello");
    assert.equal(history.length, 7);
    assert.ok(!JSON.stringify(history).includes(token));
  });

  it("keeps the token out of everything, although the host repeats it: plans, errors, doctor, logs and files", async () => {
    const [kept, archives] = [await temporary(), await temporary()];
    ledger = openLedger(kept);
    let breaks = false;
    const repeating: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      const said = { "Content-Type": answer.headers.get("Content-Type") ?? "", "X-Echo": token };
      if (breaks && init?.method === "POST") return new Response(JSON.stringify({ error: token }), { status: 500 });
      const text = (await answer.text()).replace(/"(title|installedAt)":"/g, (start) => `${start}${token} `);
      return new Response(text, { status: answer.status, headers: said });
    };
    const log = { info: (line: string) => lines.push(line), debug: (line: string) => lines.push(line) };
    const io = { token: async () => token, fetch: repeating, log };
    host = connect({ ...host.config }, io);
    const said: unknown[] = [];
    const onStep = (...step: readonly string[]) => said.push(step);
    const one = { host, archives, signal, ledger, onStep };
    const folder = await plugin();
    said.push(await deploy({ ...one, plugin: folder }), await host.list?.(signal));
    await write(folder, hello("2.0.0"));
    const { shipment } = await packageFor({ plugin: folder, host, system: "buntime", archives, signal });
    const plan = await planAction({ host, intent: { operation: "deploy", shipment }, signal, ledger });
    said.push(plan, planText(plan));
    breaks = true;
    const failed = await hostError(deploy({ ...one, plugin: folder }));
    said.push(failed, failed.stack, errorText(failed));
    const failedAgain = await hostError(uploadPlugin({ ...one, shipment }));
    said.push(failedAgain, failedAgain.stack);
    const checks = await examine({ host, io, signal });
    said.push(checks, doctorText(host, checks), await ledger.history(host.config, "@acme/hello"));
    assert.match(JSON.stringify(said), /•••/);
    assert.deepEqual(
      (await ledger.history(host.config, "@acme/hello")).map(({ action, result }) => `${action} ${result}`),
      ["upload failed", "deploy failed", "deploy verified"],
    );
    const texts = [...said.map((one) => (typeof one === "string" ? one : (JSON.stringify(one) ?? ""))), ...lines];
    assert.deepEqual(foundAgain(token, { texts, folders: [kept, archives] }), []);
  });
});
