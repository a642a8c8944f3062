// SkyPilot's whole way on this machine, with a real Python, a real pip and a server that really imports what its file lists: build,
// prove, install, merge, restart, read back, and back again when the server does not come up.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { wheelBytes } from "../../../client/ops/hosts/skypilot/packer.js";
import {
  connect,
  deploy,
  errorText,
  openLedger,
  type PluginHost,
  packerOf,
  removePlugin,
  rollback,
} from "../../../client/ops/index.js";
import { createRun, type Run } from "../../../client/ops/transports/process.js";
import { hostError } from "../support/errors.js";
import { removeTemporary, temporary, write } from "../support/places.js";
import { skipAloud } from "../support/skipping.js";
import { pluginCode, project, quickTools } from "../support/skypilot/project.js";
import { lacking, type SkypilotServer, skypilotServer } from "../support/skypilot/server.js";

const signal = new AbortController().signal;

describe("SkyPilot on this machine", function () {
  this.timeout(60_000);
  let server: SkypilotServer;
  let host: PluginHost;

  before(function () {
    const why = lacking();
    if (why !== undefined) skipAloud(this, why);
  });
  beforeEach(async () => {
    server = await skypilotServer();
    host = connect(server.config, server.io);
  });
  afterEach(async () => {
    server.sky("api", "stop");
    await removeTemporary();
  });

  const ledger = async () => openLedger(await temporary());
  const ship = async (folder: string, more: object = {}) =>
    deploy({ host, plugin: folder, archives: await temporary(), signal, tools: quickTools, ...more });
  const read = (name: string) => readFile(path.join(server.home, name), "utf8");
  const list = async () =>
    (await host.list?.(signal))?.map(({ name, version, state }) => `${name} ${version} ${state}`);

  it("deploys a first plugin: builds, proves, installs, writes the file, starts and reads back", async () => {
    server = await skypilotServer("real");
    host = connect(server.config, server.io);
    const { verdict, uploaded } = await ship(await project(), { tools: {} });
    assert.equal(verdict.state, "verified", JSON.stringify(verdict));
    assert.equal(await read("plugins.yaml"), await readFile(path.join(await project(), "plugins.yaml"), "utf8"));
    assert.deepEqual(await list(), ["example-audit 0.1.0 loaded"]);
    assert.equal(uploaded.version, "0.1.0");
    assert.ok(uploaded.replicas?.some(({ message }) => message === "example-audit 0.1.0 is installed"));
  });

  it("tells why a server's very first start fails, when there was no log before", async () => {
    const fails = pluginCode().replace(
      "install(self, context): pass",
      'install(self, context): raise KeyError("no pool")',
    );
    const error = await hostError(ship(await project({ "example_audit/plugin.py": fails })));
    assert.match(error.message, /the server did not start: KeyError: 'no pool'/);
  });

  it("keeps comments and other entries, and goes back to the version before", async () => {
    const own =
      "# Of the operators.\ncontroller_wheel_path: /opt/wheels # fixed\n\nplugins:\n- class: example_other.Other   # theirs\n";
    const other = `from sky.server.plugins import BasePlugin\nclass Other(BasePlugin):\n    def install(self, context): pass\n`;
    const site = path.join(
      server.folder,
      "venv/lib",
      (await readdir(path.join(server.folder, "venv/lib")))[0] ?? "",
      "site-packages",
    );
    await write(site, { "example_other.py": other });
    await write(server.home, { "plugins.yaml": own });
    const history = await ledger();
    await ship(await project(), { ledger: history });
    const merged = await read("plugins.yaml");
    assert.match(
      merged,
      /^# Of the operators\.\ncontroller_wheel_path: \/opt\/wheels # fixed\n\nplugins:\n- class: example_other\.Other # theirs\n- class: example_audit\.plugin\.AuditPlugin # ours\n {2}parameters:\n {4}log_path: \/tmp\/audit\.log\n$/,
    );
    const second = await ship(await project({}, "0.2.0"), { ledger: history });
    assert.equal(second.verdict.state, "verified");
    assert.deepEqual(await list(), ["example_other undefined loaded", "example-audit 0.2.0 loaded"]);
    const back = await rollback({ host, plugin: "example-audit", ledger: history, signal });
    assert.equal(back.verdict.state, "verified", JSON.stringify(back.verdict));
    assert.deepEqual(await list(), ["example_other undefined loaded", "example-audit 0.1.0 loaded"]);
    assert.equal(await read("plugins.yaml"), merged);
  });

  it("stops at a class that the server's Python would not load, before anything is changed", async () => {
    await ship(await project());
    const before = await read("plugins.yaml");
    const cases: readonly (readonly [string, RegExp])[] = [
      [
        "import nowhere_to_be_found\n",
        /can't be imported in the server's Python \(ModuleNotFoundError: No module named 'nowhere_to_be_found'\)/,
      ],
      ["class AuditPlugin: pass\n", /does not derive from BasePlugin/],
      ["def install(:\n", /SyntaxError/],
      ["from sky.server.plugins import BasePlugin\nclass AuditPlugin(BasePlugin): pass\n", /leaves install abstract/],
      [pluginCode().replace('log_path="audit.log"', ""), /does not take its parameters/],
      ["import os; os._exit(3)\n", /failed with exit code 3|ended without an answer/],
    ];
    for (const [code, words] of cases) {
      const error = await hostError(ship(await project({ "example_audit/plugin.py": code }, "0.2.0")));
      assert.match(errorText(error), words);
      assert.equal(await read("plugins.yaml"), before);
    }
    assert.deepEqual(await list(), ["example-audit 0.1.0 loaded"]);
  });

  it("puts everything back when the server does not come up, and says so", async () => {
    await ship(await project());
    const before = await read("plugins.yaml");
    const fails = pluginCode("0.2.0").replace("self.log_path = log_path", 'raise RuntimeError("no room for a log")');
    const history = await ledger();
    const error = await hostError(
      ship(await project({ "example_audit/plugin.py": fails, "plugins.yaml": `${before}  # more\n` }, "0.2.0"), {
        ledger: history,
      }),
    );
    assert.match(error.message, /the server did not start: RuntimeError: no room for a log/);
    assert.match(error.hostNow ?? "", /example-audit 0\.1\.0 is installed again, and the server runs again/);
    assert.equal(await read("plugins.yaml"), before);
    assert.deepEqual(await list(), ["example-audit 0.1.0 loaded"]);
    assert.equal((await history.history(server.config, "example-audit"))[0]?.result, "failed");
    assert.deepEqual((await readdir(path.join(server.home, ".plugsmith"))).sort(), ["sent.json", "wheels"]);
  });

  it("leaves what somebody else wrote meanwhile, and says so", async () => {
    await ship(await project());
    const fails = pluginCode("0.2.0").replace("self.log_path = log_path", 'raise RuntimeError("no")');
    const folder = await project(
      { "example_audit/plugin.py": fails, "plugins.yaml": "plugins:\n- class: example_audit.plugin.AuditPlugin\n" },
      "0.2.0",
    );
    await host.upload?.(await packed(folder), signal);
    await writeFile(path.join(server.home, "plugins.yaml"), "plugins: []\n# by hand\n");
    const restarted = await host.reload?.(signal);
    assert.deepEqual(restarted?.scanned, []);
    await host.upload?.(await packed(folder), signal);
    await writeFile(
      path.join(server.home, "plugins.yaml"),
      "plugins: [{class: example_audit.plugin.AuditPlugin}]\n# by hand\n",
    );
    const error = await hostError(host.reload?.(signal) ?? Promise.resolve());
    assert.match(error.hostNow ?? "", /plugins\.yaml was changed by somebody else meanwhile, and stays/);
    assert.match(await read("plugins.yaml"), /# by hand/);
  });

  it("is as it was when an installation is cancelled midway", async () => {
    const stop = new AbortController();
    const run: Run = (request) => {
      if (request.args.includes("install")) setTimeout(() => stop.abort(), 20);
      return createRun()(request);
    };
    const shipment = await packed(await project());
    const error = await hostError(
      connect(server.config, { ...server.io, run }).upload?.(shipment, stop.signal) ?? Promise.resolve(),
    );
    assert.deepEqual([error.kind, error.isAsBefore], ["cancelled", true]);
    assert.match(error.hostNow ?? "", /the server runs what it ran before$/);
    assert.deepEqual(
      (await readdir(server.home)).filter((name) => name !== ".plugsmith"),
      ["keep"],
    );
    assert.equal(await host.fingerprint?.("example-audit", signal), undefined);
  });

  it("is told to be down when even what it had does not start", async () => {
    const config = {
      ...server.config,
      own: { ...server.config.own, restart: [process.execPath, "-e", "process.exit(3)"] },
    };
    const broken = connect(config, server.io);
    await broken.upload?.(await packed(await project()), signal);
    const error = await hostError(broken.reload?.(signal) ?? Promise.resolve());
    assert.match(error.message, /the server did not start: .*exit code 3/);
    assert.match(
      error.hostNow ?? "",
      /the new plugins\.yaml is gone, example-audit is uninstalled again, and still it does not start \(.*\): it is down/,
    );
    assert.equal(error.isAsBefore, false);
  });

  it("carries the wheel to where controllers get it from, displaces the older one, and refuses a name that they have seen", async () => {
    const remote = { "remote_plugins.yaml": "plugins:\n- class: example_audit.plugin.ControllerAuditPlugin\n" };
    const wheels = () => readdir(path.join(server.home, "wheels"));
    await ship(await project(remote));
    assert.deepEqual(await wheels(), ["example_audit-0.1.0-py3-none-any.whl"]);
    assert.match(
      await read("plugins.yaml"),
      new RegExp(`controller_wheel_path: ${path.join(server.home, "wheels")}\n`),
    );
    assert.match(await read("remote_plugins.yaml"), /ControllerAuditPlugin/);
    const changed = { ...remote, "example_audit/more.py": "x = 1\n" };
    const error = await hostError(ship(await project(changed)));
    assert.match(
      error.message,
      /another example_audit-0\.1\.0-py3-none-any\.whl; controllers that have seen this name skip it, so raise the version above 0\.1\.0/,
    );
    const again = await project(changed);
    assert.deepEqual(await packerOf("skypilot").raiseVersion?.(again), {
      file: path.join(again, "pyproject.toml"),
      from: "0.1.0",
      to: "0.1.1",
    });
    await ship(again);
    assert.deepEqual(await wheels(), ["example_audit-0.1.1-py3-none-any.whl"]);
  });

  it("foresees what an act changes, with the files as they will read", async () => {
    const shipment = await packed(await project());
    const changes = (await host.foresee?.({ operation: "deploy", shipment }, signal)) ?? [];
    assert.deepEqual(
      changes.map(({ action, what }) => `${action} ${what}`),
      [
        "add package example-audit 0.1.0 (pip install example_audit-0.1.0-py3-none-any.whl)",
        "add plugins.yaml",
        "restart sky api stop; sky api start",
      ],
    );
    assert.match(changes[1]?.diff?.after ?? "", /AuditPlugin/);
    assert.deepEqual(await readdir(server.home), ["keep"]);
  });

  it("tells its fingerprint until somebody else installs another", async () => {
    const folder = await project();
    const { shipment } = await ship(folder);
    assert.equal((await host.fingerprint?.("example-audit", signal))?.contents, shipment.contents);
    const other = await project({ "example_audit/more.py": "x = 2\n" }, "0.1.0");
    const wheel = path.join(await temporary(), "example_audit-0.1.0-py3-none-any.whl");
    await writeFile(wheel, await wheelBytes((await packed(other)).path));
    execFileSync(server.python, ["-m", "pip", "install", "--force-reinstall", wheel]);
    const now = await host.fingerprint?.("example-audit", signal);
    assert.ok(now?.contents !== undefined && now.contents !== shipment.contents);
    assert.equal(await host.fingerprint?.("nothing", signal), undefined);
  });

  it("removes a plugin's entries, restarts, and leaves its package", async () => {
    await ship(
      await project({ "remote_plugins.yaml": "plugins:\n- class: example_audit.plugin.ControllerAuditPlugin\n" }),
    );
    const removed = await removePlugin({ host, plugin: "example-audit", signal });
    assert.deepEqual(
      [removed.gone, removed.note],
      [true, "its package example-audit stays installed and is not loaded"],
    );
    assert.match(await read("plugins.yaml"), /plugins: \[\]/);
    assert.deepEqual(await readdir(path.join(server.home, "wheels")), []);
    assert.deepEqual(await list(), []);
    assert.match(
      (await hostError(host.remove?.("example-audit", signal) ?? Promise.resolve())).message,
      /list no class of "example-audit"/,
    );
  });

  it("says what a doctor finds", async () => {
    await ship(await project());
    const checks = (await host.doctor?.(signal)) ?? [];
    assert.deepEqual(
      checks.filter(({ state }) => state !== "good"),
      [],
    );
    assert.ok(checks.some(({ detail }) => detail === "imports from example-audit 0.1.0"));
    await writeFile(path.join(server.home, "plugins.yaml"), "plugins:\n- class: nowhere.Plugin\n");
    const bad = (await host.doctor?.(signal))?.find(({ state }) => state === "bad");
    assert.match(bad?.detail ?? "", /the module of "nowhere\.Plugin" can't be imported/);
  });

  it("shows the log, and follows it", async () => {
    server.sky("api", "start");
    const stop = new AbortController();
    const lines: string[] = [];
    for await (const { text } of host.logs?.(undefined, { follow: true, tail: 5 }, stop.signal) ?? []) {
      lines.push(text);
      if (lines.length === 1) server.sky("api", "start");
      if (lines.length === 2) stop.abort();
    }
    assert.match(lines[1] ?? "", /^starting with/);
  });

  async function packed(folder: string) {
    const packer = packerOf("skypilot");
    const plan = await packer.plan(folder, {});
    return packer.write(plan, { file: path.join(await temporary(), "audit.tgz"), signal, tools: quickTools });
  }
});
