// One plugin to several hosts, and on every change, from the terminal.

import assert from "node:assert/strict";
import fs from "node:fs";
import { ended, firstLine, type Sandbox, sandbox } from "./plugsmith.js";

const manifest = (version: string) =>
  `name: "@acme/hello"\nversion: "${version}"\nbase: /hello\npluginEntry: plugin.js\n`;

describe("plugsmith, several hosts and every change", () => {
  let box: Sandbox;
  const key = "planted-key-of-b-4711";
  before(async () => {
    box = sandbox();
    box.write("hello/manifest.yaml", manifest("1.0.0"));
    box.write("hello/plugin.js", "export default { name: 'hello' };\n");
    const url = async (...args: string[]) => {
      const started = box.start(["host", "--json", ...args], { PLUGSMITH_TOKEN: key });
      return JSON.parse(await firstLine(started)).url;
    };
    const row = (name: string, address: string, level = "local") => ({ name, system: "buntime", url: address, level });
    const hosts = [
      row("a", await url("--dir", "a")),
      row("b-1", await url("--dir", "b", "--require-token")),
      row("gone", "http://127.0.0.1:9"),
      row("live", "http://127.0.0.1:9", "production"),
    ];
    box.write(".vscode/settings.json", JSON.stringify({ "plugsmith.hosts": hosts }));
  });
  after(() => box.end());

  it("deploys to each, with each one's own key, and shows a table", async () => {
    const ran = await box.run(["deploy", "hello", "--hosts", "a,b-1"], { PLUGSMITH_TOKEN_B_1: key });
    assert.equal(ran.code, 0, ran.err);
    assert.match(ran.out, /^a {4}loaded {2}1\.0\.0\nb-1 {2}loaded {2}1\.0\.0\n$/);
  });

  it("changes none when one of them can't be planned for, and gives no host another one's key", async () => {
    const ran = await box.run(["deploy", "hello", "--hosts", "a,gone"]);
    assert.equal(ran.code, 1);
    assert.match(ran.err, /gone: .*nothing was sent to any host/);
    const keyless = await box.run(["deploy", "hello", "--hosts", "a,b-1"], { PLUGSMITH_TOKEN: key });
    assert.equal(keyless.code, 1);
    assert.match(keyless.err, /b-1: "b-1" wants a key; .*; set PLUGSMITH_TOKEN_B_1 to a key of this host$/m);
    assert.doesNotMatch(keyless.err + keyless.out, new RegExp(key));
  });

  it("goes on where that is asked, and names the rest", async () => {
    const ran = await box.run(["deploy", "hello", "--hosts", "gone,a", "--keep-going"]);
    assert.equal(ran.code, 1);
    assert.match(ran.out, /^gone {2}failed .*\na {5}loaded/m);
    assert.match(ran.out, /for the rest: plugsmith deploy hello --hosts gone --keep-going$/m);
    const told = JSON.parse((await box.run(["deploy", "hello", "--hosts", "gone,a", "--keep-going", "--json"])).out);
    assert.deepEqual(
      [told.hosts.map((one: { result: string }) => one.result), told.rest],
      [["failed", "verified"], ["gone"]],
    );
  });

  it("shows the plan of each, apart from one another", async () => {
    const ran = await box.run(["deploy", "hello", "--hosts", "a,live", "--dry-run", "--keep-going"]);
    assert.equal(ran.code, 1);
    assert.match(ran.out, /^Deploy .* to a [\s\S]*^live: .*could not be reached/m);
    const { out } = await box.run(["deploy", "hello", "--hosts", "a,live", "--dry-run", "--keep-going", "--json"]);
    const [planned, failed] = JSON.parse(out).hosts;
    assert.deepEqual([planned.plan.host.name, failed.host.name, failed.error.kind], ["a", "live", "unreachable"]);
    const two = await box.run(["deploy", "hello", "--hosts", "a,b-1", "--dry-run"], { PLUGSMITH_TOKEN_B_1: key });
    assert.equal(two.code, 0, two.err);
    assert.match(two.out, /without --dry-run this is done\n\nDeploy .* to b-1 /);
    assert.match(two.out, /On the host now:\n {2}loaded, and its files are 1\.0\.0\n/);
  });

  it("says what is wrong with the names", async () => {
    const wrong = async (...args: string[]) => (await box.run(["deploy", "hello", ...args])).err;
    assert.match(await wrong("--hosts", "a,nobody"), /there is no host "nobody"/);
    assert.match(await wrong("--hosts", "a", "--host", "a"), /leave out --host/);
    assert.match(await wrong("--hosts", "a", "--watch"), /--watch is for one host/);
    assert.match(await wrong("--host", "live", "--watch"), /production host, to which nothing is deployed on change/);
  });

  it("deploys on change until it is stopped", async () => {
    const watching = box.start(["deploy", "hello", "--host", "a", "--watch"]);
    const end = ended(watching);
    const lines: string[] = [];
    watching.stdout?.on("data", (chunk) => lines.push(...String(chunk).trim().split("\n")));
    watching.stderr?.on("data", (chunk) => lines.push(...String(chunk).trim().split("\n")));
    const until = async (pattern: RegExp) => {
      for (let tries = 0; !lines.some((line) => pattern.test(line)) && tries < 400; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      assert.ok(
        lines.some((line) => pattern.test(line)),
        lines.join("\n"),
      );
    };
    await until(/watching hello/);
    box.write("hello/manifest.yaml", manifest("1.1.0"));
    await until(/a {2}loaded {2}1\.1\.0/);
    box.write("hello/plugin.js", "export default {{{\n");
    await until(/plugin\.js/);
    box.write("hello/more.txt", "what was wrong still is, and is not told again\n");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    box.write("hello/plugin.js", "export default { name: 'again' };\n");
    box.write("hello/manifest.yaml", manifest("1.2.0"));
    await until(/a {2}loaded {2}1\.2\.0/);
    fs.renameSync(box.at("hello"), box.at("former"));
    await until(/there is no plugin folder "hello"/);
    box.write("hello/plugin.js", "export default { name: 'made anew' };\n");
    box.write("hello/manifest.yaml", manifest("1.3.0"));
    await until(/a {2}loaded {2}1\.3\.0/);
    watching.kill("SIGINT");
    assert.equal((await end).code, 0);
    assert.equal(lines.filter((line) => line.includes("syntax error")).length, 1, lines.join("\n"));
  });
});
