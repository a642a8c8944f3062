// Metaflow UI hosts: from a plugin's folder to a listed plugin, over a service with its quirks.
import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { simpleGit } from "simple-git";
import { readPlugins, withEntry, writePlugins } from "../../../client/ops/hosts/metaflow/pluginsFile.js";
import { connect, deploy, errorText, examine, type HostConfig, packerOf } from "../../../client/ops/index.js";
import { badge, badgeFolder, planted } from "../support/badge.js";
import { hostError } from "../support/errors.js";
import { type MetaflowService, metaflowService } from "../support/metaflowService.js";
import { type Files, removeTemporary, temporary, write } from "../support/places.js";

const signal = new AbortController().signal;

describe("a Metaflow UI host", () => {
  let service: MetaflowService;
  let folder: string;

  const start = async (options: Parameters<typeof metaflowService>[1] = {}, env = "PORT=1\nPLUGINS={}\n") => {
    folder = await temporary();
    await mkdir(path.join(folder, "installed"));
    await writeFile(path.join(folder, "ui.env"), env);
    service = await metaflowService(folder, options);
  };
  const row = (more: Partial<HostConfig> = {}): HostConfig => ({
    name: "ui",
    system: "metaflow",
    level: "shared",
    url: service.url,
    directory: path.join(folder, "installed"),
    own: { pluginsFile: path.join(folder, "ui.env"), restart: service.restart },
    ...more,
  });
  const host = (more: Partial<HostConfig> = {}) =>
    connect(row(more), { timeouts: { reload: 3000 }, token: async () => planted });
  const packed = async (files: Files = badge()) => {
    const packer = packerOf("metaflow");
    const plan = await packer.plan(await badgeFolder(files), { host: row() });
    return packer.write(plan, { file: path.join(await temporary(), "badge.tgz") });
  };
  const deployed = async (files?: Files, more: Partial<HostConfig> = {}) =>
    deploy({ host: host(more), plugin: await badgeFolder(files), archives: await temporary(), signal });

  afterEach(async () => {
    await service.stop();
    await removeTemporary();
  });

  it("gets the folder and the entry in its .env file, is restarted, and lists the plugin", async () => {
    await start();
    const { verdict, uploaded } = await deployed();
    assert.equal(verdict.state, "verified", JSON.stringify(verdict));
    assert.equal(service.starts(), 2);
    assert.equal(await readFile(path.join(folder, "ui.env"), "utf8"), 'PORT=1\nPLUGINS={"flow-badge": {}}\n');
    assert.deepEqual(
      uploaded.replicas?.map(({ ok, message }) => [ok, message.replace(folder, "")]),
      [
        [true, "new at /installed/flow-badge"],
        [true, 'new entry "flow-badge" of PLUGINS'],
      ],
    );
  });

  it("gets its folder of plugins with the first one, as the plan says, and nothing where the path is wrong", async () => {
    await start();
    const installed = path.join(folder, "installed");
    await rm(installed, { recursive: true });
    const shipment = await packed();
    const plan = async (more?: Partial<HostConfig>) => host(more).foresee?.({ operation: "deploy", shipment }, signal);
    assert.deepEqual((await plan())?.[0], {
      action: "add",
      what: "the folder of all plugins",
      where: installed,
      detail: "it is not there yet",
    });
    const checks = await examine({ host: host(), io: {}, signal });
    assert.equal(checks.find(({ name }) => name === "directory")?.state, "attention");
    assert.deepEqual(await host().list?.(signal), []);
    await assert.rejects(readdir(installed));
    assert.equal((await deployed()).verdict.state, "verified");
    assert.deepEqual(await readdir(installed), ["flow-badge"]);
    const wrong = { directory: path.join(folder, "instaled", "plugins") };
    assert.match((await hostError(deployed(badge("1.1.0"), wrong))).message, /there is no directory .*instaled/);
    assert.deepEqual((await readdir(folder)).sort(), ["installed", "ui.env"]);
  });

  it("is asked again while its list grows", async () => {
    await start({ grows: true });
    const { verdict } = await deployed();
    assert.equal(verdict.state, "verified", JSON.stringify(verdict));
  });

  it("is found behind the prefix /api", async () => {
    await start({ prefix: "/api" });
    assert.equal((await deployed()).verdict.state, "verified");
    assert.equal((await host().describe?.(signal))?.title, "Metaflow UI service 2.5.1");
  });

  it("tells beforehand what will change, with the value as a diff and no other variable", async () => {
    await start({}, `SECRET=${planted}\nPLUGINS={"auth": {"user": "ci", "pass": "${planted}"}}\n`);
    const shipment = await packed();
    const changes = (await host().foresee?.({ operation: "deploy", shipment }, signal)) ?? [];
    assert.deepEqual(
      changes.map(({ action, what }) => [action, what.replace(service.restart.join(" "), "the command")]),
      [
        ["add", 'plugin "Flow badge" 1.0.0'],
        ["add", 'entry "flow-badge" of PLUGINS'],
        ["restart", "the command"],
      ],
    );
    assert.match(changes[1]?.diff?.after ?? "", /"flow-badge": \{\}/);
    assert.ok(!JSON.stringify(changes).includes(planted));
    assert.equal(service.starts(), 1);
  });

  it("is not sent files of a plugin that it fetches from a repository", async () => {
    const address = "https://git.example.org/ui/flow-badge.git";
    await start({}, `PLUGINS={"flow-badge": "${address}"}\n`);
    const source = await badgeFolder();
    await simpleGit(source).init();
    const git = simpleGit(source).addConfig("user.name", "Ann").addConfig("user.email", "ann@example.org");
    await git.addConfig("commit.gpgsign", "false").add(".").commit("first");
    await writeFile(path.join(source, "index.html"), "<!doctype html>changed");
    const plan = await packerOf("metaflow").plan(source, { host: row() });
    assert.deepEqual(
      plan.findings.map(({ code, message }) => [code, message.replace(/[;:].*/, "")]),
      [
        ["metaflow/from-repository", 'the entry "flow-badge" has a repository'],
        ["metaflow/not-pushed", "uncommitted changes will not be in it"],
        ["metaflow/not-pushed", "the repository has no remote yet"],
      ],
    );
    const shipment = await packed();
    await host().upload?.(shipment, signal);
    assert.equal(await readFile(path.join(folder, "ui.env"), "utf8"), `PLUGINS={"flow-badge": "${address}"}\n`);
    const [plugin] = (await host().list?.(signal)) ?? [];
    assert.match(plugin?.note ?? "", /could not fetch or check out origin\/master/);
  });

  it("refuses a folder inside a git checkout, which the service would overwrite", async () => {
    await start();
    await simpleGit(folder).init();
    const error = await hostError(deployed());
    assert.match(errorText(error), /lies in the git checkout .* uncommitted work there would be lost/);
    assert.equal(await readFile(path.join(folder, "ui.env"), "utf8"), "PORT=1\nPLUGINS={}\n");
  });

  it("says why a plugin isn't loaded, by its own rules", async () => {
    await start({}, 'PLUGINS={"gone": {}, "broken": {}, "nameless": {}, "late": {}}\n');
    await write(path.join(folder, "installed"), {
      "broken/manifest.json": "{,}",
      "nameless/manifest.json": '{"version": "1", "entrypoint": "index.html"}',
      "unregistered/manifest.json": JSON.stringify({ name: "u", version: "1", entrypoint: "index.html" }),
      "late/manifest.json": JSON.stringify({ name: "l", version: "1", entrypoint: "index.html" }),
    });
    const plugins = (await host().list?.(signal)) ?? [];
    const note = (name: string) => plugins.find((plugin) => plugin.removeKey === name)?.note ?? "";
    assert.match(note("gone"), /there is no such folder/);
    assert.match(note("broken"), /manifest\.json is not JSON/);
    assert.match(note("nameless"), /has no "name"/);
    assert.match(note("unregistered"), /no entry in PLUGINS.*add "unregistered": \{\}/);
    assert.match(note("late"), /has not been restarted since/);
  });

  it("says that it wasn't restarted when the old version is listed", async () => {
    await start();
    await deployed();
    const { verdict } = await deployed(badge("2.0.0"), {
      own: { pluginsFile: path.join(folder, "ui.env"), restart: [process.execPath, "-e", "0"] },
    });
    assert.ok(verdict.state === "notLoaded");
    assert.deepEqual(verdict.code, "metaflow/not-restarted");
    assert.match(verdict.reason, /lists version "1\.0\.0".*"2\.0\.0" was sent/);
  });

  it("without a file for PLUGINS is told the entry to add by hand", async () => {
    await start();
    const { verdict, findings } = await deployed(undefined, { own: { restart: service.restart } });
    assert.deepEqual(
      findings.map(({ code }) => code),
      ["metaflow/no-plugins-file"],
    );
    assert.ok(verdict.state === "notLoaded");
    assert.match(verdict.next, /PLUGINS has "flow-badge": \{\}/);
  });

  it("stands against a second plugin of one name", async () => {
    await start();
    await deployed();
    await writeFile(path.join(folder, "ui.env"), 'PLUGINS={"flow-badge": {}}\n');
    const other = await write(path.join(await temporary(), "other-badge"), badge());
    const error = await hostError(deploy({ host: host(), plugin: other, archives: await temporary(), signal }));
    assert.match(errorText(error), /already the name of the plugin "flow-badge"/);
  });

  it("lists in spite of NaN and names the culprit", async () => {
    await start();
    service.answers((response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end('[{"identifier": "a", "name": "A", "config": {"slot": "header", "x": NaN}, "files": []}]');
    });
    const [plugin] = (await host().list?.(signal)) ?? [];
    assert.match(plugin?.note ?? "", /no longer in PLUGINS/);
    const [check] = (await host().doctor?.(signal)) ?? [];
    assert.match(`${check?.state} ${check?.detail}`, /bad .*"A" hold NaN or Infinity/);
  });

  it("behind a sign-in page, or at a wrong address, gets a sentence", async () => {
    await start();
    const page = (status: number, type: string, text: string) => {
      service.answers((response) => {
        response.writeHead(status, { "Content-Type": type });
        response.end(text);
      });
    };
    const list = async () => errorText(await hostError(host().list?.(signal) ?? Promise.resolve()));
    page(200, "text/html", "<html><title>Sign in</title>");
    assert.match(await list(), /answers \/plugin with a web page .*"Sign in"/);
    page(401, "text/plain", `no ${planted}`);
    assert.match(await list(), /a proxy in front of it asks/);
    page(200, "application/json", '{"status": 404}');
    assert.match(await list(), /no list of plugins/);
    page(502, "text/plain", "Bad Gateway");
    assert.match(await list(), /status 502/);
  });

  it("whose restart fails says what the command said, and keeps the truth of the files", async () => {
    await start();
    const command = `console.error("no such service"); process.exit(3)`;
    const own = { pluginsFile: path.join(folder, "ui.env"), restart: [process.execPath, "-e", command] };
    const error = await hostError(deployed(undefined, { own }));
    assert.match(errorText(error), /no such service.*the host has the files of "Flow badge"/);
  });

  it("keeps a PLUGINS file that can't be read as one", async () => {
    await start();
    const shipment = await packed();
    await writeFile(path.join(folder, "ui.env"), "PLUGINS={not json}\n");
    const error = await hostError(host().upload?.(shipment, signal) ?? Promise.resolve());
    assert.match(errorText(error), /ui\.env:1: the value is not JSON.*correct the PLUGINS value first/);
    assert.equal(await readFile(path.join(folder, "ui.env"), "utf8"), "PLUGINS={not json}\n");
    assert.deepEqual(await readdir(path.join(folder, "installed")), []);
  });

  it("keeps a PLUGINS file that somebody changed since it was read", async () => {
    await start();
    const file = path.join(folder, "ui.env");
    const before = await readPlugins(file, "upload");
    const after = withEntry(before, { kind: "set", identifier: "x", fields: {} }, "upload");
    await writeFile(file, "PLUGINS={}\nMINE=1\n");
    const error = await hostError(writePlugins(before, after, "upload"));
    assert.match(errorText(error), /changed by somebody else meanwhile/);
    assert.equal(await readFile(file, "utf8"), "PLUGINS={}\nMINE=1\n");
  });

  it("is examined: list, folder, value, restart", async () => {
    await start();
    const sound = (await host().doctor?.(signal)) ?? [];
    assert.deepEqual(
      sound.map(({ name, state }) => [name, state]),
      [
        ["list of plugins", "good"],
        ["folder of plugins", "good"],
        ["PLUGINS value", "good"],
        ["restart", "good"],
      ],
    );
    await rm(path.join(folder, "installed"), { recursive: true });
    const own = { pluginsFile: path.join(folder, "ui.env"), restart: ["docker", "compose", "restart", "ui"] };
    const states = async (more: Partial<HostConfig>) =>
      ((await host({ own, ...more }).doctor?.(signal)) ?? []).map(({ state }) => state);
    assert.deepEqual(await states({}), ["good", "attention", "good", "attention"]);
    const lost = { ...own, restart: ["restart-that-is-nowhere"] };
    assert.deepEqual((await states({ own: lost })).at(-1), "bad");
    const wrong = { directory: path.join(folder, "nowhere", "installed") };
    assert.deepEqual(await states(wrong), ["good", "bad", "good", "attention"]);
  });
});
