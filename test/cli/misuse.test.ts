// Help and misuse: texts that help, exit code 2, and nothing done.

import assert from "node:assert/strict";
import fs from "node:fs";
import { fromRoot } from "../harness/root.js";
import { type Sandbox, sandbox } from "./plugsmith.js";

const words =
  "check new deploy package upload reload list logs remove rollback history enable disable doctor entry host server";
const COMMANDS = words.split(" ");

describe("plugsmith, help and misuse", () => {
  let box: Sandbox;
  before(() => {
    box = sandbox();
  });
  after(() => box.end());

  it("shows every command in its overview", async () => {
    for (const args of [[], ["--help"], ["help"]]) {
      const { code, out } = await box.run(args);
      assert.equal(code, 0);
      const [, listed = ""] = out.split("Commands:\n");
      assert.deepEqual(
        [...listed.matchAll(/^ {2}(\w+)\b.* {2}\S/gm)].map(([, name]) => name),
        COMMANDS,
      );
    }
  });

  for (const name of COMMANDS) {
    it(`has the same help for ${name} in both spellings, within 100 columns, and all of it in its documentation`, async () => {
      const [one, other] = await Promise.all([box.run(["help", name]), box.run([name, "--help"])]);
      assert.deepEqual([one.code, one.out], [0, other.out]);
      assert.match(one.out, new RegExp(`^Usage: plugsmith ${name} `));
      for (const line of one.out.split("\n")) assert.ok(line.length <= 100, line);
      const page = fs.readFileSync(fromRoot("docs", "cli.md"), "utf8");
      assert.match(page, new RegExp(`^\\| \`${name}[ \`]`, "m"));
      const options = [...one.out.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, option = ""]) => option);
      for (const option of options.filter((found) => !["--help", "--clientProcessId"].includes(found)))
        assert.ok(page.includes(option), `${name} ${option}`);
    });
  }

  it("tells its version", async () => {
    assert.match((await box.run(["--version"])).out, /^\d+\.\d+\.\d+\n$/);
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["an unknown command", ["deploi"], /no command "deploi"; did you mean "deploy"\?/],
    ["an unknown option", ["check", "--fromat", "json"], /no option "--fromat"; did you mean "--format"\?/],
    ["an unknown value", ["check", "--format", "jsn"], /--format doesn't know "jsn"; did you mean "json"\?/],
    ["an unknown severity", ["check", "--min-severity", "fatal"], /write "error", "warning", "information" or "hint"/],
    ["a missing value", ["list", "--host", "--config"], /--host needs a value/],
    ["a value for a switch", ["list", "--json=yes"], /--json takes no value/],
    ["a missing operand", ["deploy"], /"deploy" needs DIR/],
    ["a surplus operand", ["list", "more"], /doesn't know what to do with "more"/],
    ["an option before the command", ["--json", "list"], /write the command first/],
    ["a path that isn't there", ["check", "nowhere"], /there is no file or folder "nowhere"/],
    ["a plugin folder that isn't there", ["package", "nowhere"], /there is no folder "nowhere"/],
    ["no host", ["list"], /which host\?/],
    ["half an address", ["list", "--url", "http://127.0.0.1:1"], /--url needs --system/],
    ["an unknown system", ["list", "--system", "bun", "--url", "http://127.0.0.1:1"], /no known "system"/],
    ["an address that is none", ["list", "--system", "buntime", "--url", "nonsense"], /not an address/],
    ["a port that is none", ["host", "--port", "high"], /--port takes a number/],
    ["a server without a channel", ["server"], /needs --stdio/],
  ];
  for (const [title, args, message] of wrong) {
    it(`refuses ${title}`, async () => {
      const { code, out, err } = await box.run(args);
      assert.match(err, message);
      assert.match(err, /^see: plugsmith /m);
      assert.deepEqual([code, out], [2, ""]);
    });
  }

  it("tells misuse as data where data is wanted, on stdout alone", async () => {
    const { code, out, err } = await box.run(["list", "--host", "nowhere", "--json"]);
    const { error } = JSON.parse(out) as { error: Record<string, string> };
    assert.deepEqual([code, err, error.kind, error.next], [2, "", "misuse", "see: plugsmith help list"]);
    assert.match(error.message ?? "", /no host "nowhere"/);
    const late = await box.run(["check", "--", "--json"]);
    assert.deepEqual([late.code, late.out], [2, ""]);
  });

  it("says whose plugin a folder is when the host is of another system", async () => {
    await box.run(["new", "buntime", "whose"]);
    const sent = await box.run(["deploy", "whose", "--system", "skypilot", "--url", "http://127.0.0.1:1", "--json"]);
    const { error } = JSON.parse(sent.out) as { error: Record<string, string> };
    assert.match(
      error.message ?? "",
      /^"whose" is a Buntime plugin and nothing for the SkyPilot host "127\.0\.0\.1:1"/,
    );
    assert.match(error.next ?? "", /a host of Buntime/);
    assert.equal(sent.code, 1);
    await box.run(["new", "openjourney", "plugins/shown"]);
    const shown = await box.run(["deploy", "plugins/shown", "--system", "buntime", "--url", "http://127.0.0.1:1"]);
    assert.match(shown.err, /^plugsmith: "shown" is an OpenJourney plugin and nothing for the Buntime host/m);
  });

  it("says where the local host can't keep its plugins", async () => {
    const taken = sandbox();
    taken.write(".plugsmith", "a file in the folder's place\n");
    const { code, err } = await taken.run(["host"]);
    await taken.end();
    assert.equal(code, 2);
    assert.match(
      err,
      /^plugsmith: the folder \.plugsmith can't be made here \(E[A-Z]+\); name another one with --dir$/m,
    );
  });

  it("finds hosts by name in settings and config files, and names the nearest one", async () => {
    const row = { name: "staging", system: "buntime", url: "http://127.0.0.1:1" };
    box.write(
      "hosts.json",
      JSON.stringify({ hosts: [row, { name: "no", system: "buntime", token: "x", url: row.url }] }),
    );
    const near = await box.run(["list", "--host", "stagin", "--config", "hosts.json"]);
    assert.equal(near.code, 2);
    assert.match(near.err, /there is no host "stagin" in "hosts\.json".*holds "token".*did you mean "staging"\?/s);
    const unsound = await box.run(["list", "--host", "no", "--config", "hosts.json"]);
    assert.match(unsound.err, /^plugsmith: host "no" holds "token".*\("hosts\.json"\)$/m);
    const absent = await box.run(["list", "--config", "nope.json"]);
    assert.equal(absent.code, 2);
    assert.match(absent.err, /^plugsmith: there is no config file "nope\.json"$/m);
    box.write("broken.json", '{\n  "hosts": [\n');
    const broken = await box.run(["list", "--config", "broken.json"]);
    assert.equal(broken.code, 2);
    assert.match(broken.err, /^plugsmith: the config file "broken\.json" is not JSON: there is a mistake in line 3$/m);
    box.write("plugin/.vscode/settings.json", JSON.stringify({ "plugsmith.hosts": [row] }));
    box.write("plugin/manifest.yaml", "name: hello\nversion: 1.0.0\npluginEntry: plugin.js\n");
    box.write("plugin/plugin.js", "export default {};\n");
    const unreachable = await box.run(["upload", "plugin"]);
    assert.equal(unreachable.code, 1);
    assert.match(unreachable.err, /^plugsmith: /);
  });
});
