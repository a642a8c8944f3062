// Before and after a change, from the terminal: the plan, the stop at somebody else's work, the history and the way back.

import assert from "node:assert/strict";
import fs from "node:fs";
import { firstLine, type Sandbox, sandbox } from "./plugsmith.js";

const manifest = (version: string) =>
  `name: "@acme/hello"\nversion: "${version}"\nbase: /hello\npluginEntry: plugin.js\nentrypoint: index.html\n`;

describe("plugsmith, acting with care", () => {
  let box: Sandbox;
  before(async () => {
    box = sandbox();
    box.write("hello/manifest.yaml", manifest("1.0.0"));
    box.write("hello/plugin.js", "export default { name: 'hello' };\n");
    box.write("hello/index.html", "<!doctype html><title>Hello</title>\n");
    const { url } = JSON.parse(await firstLine(box.start(["host", "--json", "--dir", "state"])));
    const row = (name: string, level: string) => ({ name, system: "buntime", url, level });
    const hosts = [row("local", "local"), row("team", "shared"), row("prod", "production")];
    box.write(".vscode/settings.json", JSON.stringify({ "plugsmith.hosts": hosts, "plugsmith.history.keep": 3 }));
  });
  after(() => box.end());
  const on = (host: string, ...args: string[]) => box.run([...args, "--host", host]);
  const run = (...args: string[]) => on("local", ...args);
  const json = async (...args: string[]) => JSON.parse((await run(...args, "--json")).out);

  it("shows with --dry-run what would change, and changes nothing", async () => {
    const told = await run("deploy", "hello", "--dry-run");
    assert.equal(told.code, 0, told.err);
    assert.match(told.out, /^Deploy "@acme\/hello" 1\.0\.0 to local/);
    assert.match(told.out, /add {5}plugin "@acme\/hello" 1\.0\.0/);
    assert.match(told.out, /nothing was changed; without --dry-run this is done/);
    const { plan } = await json("deploy", "hello", "--dry-run");
    assert.deepEqual(plan.gains.routes, ["/hello/"]);
    assert.deepEqual((await json("list")).plugins, []);
    assert.match((await run("upload", "hello", "--dry-run")).out, /^ +\d+ B {2}plugin\.js$/m);
    for (const args of [["upload", "hello"], ["reload"]]) {
      const ran = await run(...args, "--dry-run");
      assert.equal(ran.code, 0, ran.err);
      assert.match(ran.out, /Changes:/);
    }
    assert.deepEqual((await json("list")).plugins, []);
  });

  it("ends a dry run with 1 where the act would be refused, and says why", async () => {
    box.write("needy/manifest.yaml", 'name: needy\nversion: "1"\npluginEntry: p.js\ndependencies: ["absent"]\n');
    box.write("needy/p.js", "export default {};\n");
    const ran = await run("deploy", "needy", "--dry-run");
    assert.equal(ran.code, 1);
    assert.match(ran.out, /this would be refused: "absent" is not on "local"/);
    assert.equal((await json("deploy", "needy", "--dry-run")).refused.step, "deploy");
  });

  it("stops at what somebody else has put there, until it is told to overwrite", async () => {
    assert.equal((await run("deploy", "hello")).code, 0);
    fs.writeFileSync(box.at("state/buntime/plugins/@acme/hello/index.html"), "theirs");
    box.write("hello/manifest.yaml", manifest("1.1.0"));
    const stopped = await run("deploy", "hello");
    assert.equal(stopped.code, 1);
    assert.match(
      stopped.err,
      /has something else of "@acme\/hello" 1\.0\.0.*nothing was sent; .*--overwrite replaces it/,
    );
    assert.equal((await run("deploy", "hello", "--dry-run")).code, 1);
    const forced = await run("deploy", "hello", "--overwrite");
    assert.equal(forced.code, 0, forced.err);
  });

  it("says where whose work it is can't be told, and goes on", async () => {
    const ran = await box.run(["deploy", "hello", "--host", "local"], { PLUGSMITH_HOME: box.at("other-home") });
    assert.equal(ran.code, 0, ran.err);
    box.write("hello/index.html", "<!doctype html><title>Hello again</title>\n");
    const other = await box.run(["deploy", "hello", "--host", "local"], { PLUGSMITH_HOME: box.at("third-home") });
    assert.equal(other.code, 0, other.err);
    assert.match(other.err, /note: .* of which nothing was sent from here/);
  });

  it("lists the history, and goes back to any entry that is kept", async () => {
    const { entries } = await json("history", "@acme/hello");
    assert.deepEqual(
      entries.map(({ action, result, version }: Record<string, string>) => `${action} ${result} ${version}`),
      ["deploy verified 1.1.0", "deploy verified 1.0.0"],
    );
    const text = await run("history", "@acme/hello");
    assert.match(text.out, /deploy {2}1\.0\.0 {2}verified {2}kept/);
    const back = await run("rollback", "@acme/hello", "--to", entries[1].id, "--overwrite", "--json");
    assert.equal(back.code, 0, back.out + back.err);
    assert.equal(JSON.parse(back.out).plugin.version, "1.0.0");
    const wrong = await run("rollback", "@acme/hello", "--to", "nothing");
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /has no entry "nothing"; plugsmith history lists them/);
  });

  it("disables and enables, and proves it", async () => {
    const off = await run("disable", "@acme/hello");
    assert.equal(off.code, 0, off.err);
    assert.match((await run("list")).out, /@acme\/hello .*disabled/);
    assert.deepEqual((await json("enable", "@acme/hello")).enabled, { plugin: "@acme/hello", proven: true });
    assert.equal((await run("disable", "nobody")).code, 1);
    const none = await run("remove", "nobody");
    assert.match(none.err, /"nobody"; nothing was changed; choose a plugin that plugsmith list shows$/m);
  });

  it("says which hosts have a log that can be read, and what is wrong with a number of lines", async () => {
    const none = await run("logs");
    assert.equal(none.code, 2);
    assert.match(none.err, /the log of "local" can't be read from here; add "kubernetes"/);
    const pods = [{ name: "pods", system: "buntime", kubernetes: { context: "nowhere-at-all" } }];
    box.write("pods.json", JSON.stringify(pods));
    const odd = await box.run(["logs", "--config", "pods.json", "--tail", "all"]);
    assert.match(odd.err, /--tail takes a number of lines, not "all"/);
  });

  it("wants --yes where nobody can be asked: on production for each change, on a shared host for what takes away", async () => {
    for (const args of [["deploy", "hello"], ["reload"], ["disable", "@acme/hello"], ["remove", "@acme/hello"]]) {
      const ran = await on("prod", ...args);
      assert.equal(ran.code, 2, ran.out);
      assert.match(ran.err, /"prod" .* is a production host; add --yes/);
    }
    assert.equal((await on("team", "reload")).code, 0);
    assert.equal((await on("team", "remove", "@acme/hello")).code, 2);
    assert.equal((await on("team", "remove", "@acme/hello", "--yes", "--overwrite")).code, 0);
  });
});
