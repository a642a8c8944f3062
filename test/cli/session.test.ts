// A whole Buntime session from the terminal against `plugsmith host`: package, upload, reload, list, deploy, roll back, remove.

import assert from "node:assert/strict";
import fs from "node:fs";
import { foundAgain } from "../harness/planted.js";
import { ended, firstLine, type Sandbox, sandbox } from "./plugsmith.js";

const manifest = (version: string) =>
  `name: "@acme/hello"\nversion: "${version}"\nbase: /hello\npluginEntry: plugin.js\nentrypoint: index.html\n`;

describe("plugsmith, a session with a host", () => {
  const token = "planted-key-0815-never-printed";
  let box: Sandbox;
  let url = "";
  const said: string[] = [];
  before(async () => {
    box = sandbox();
    box.write("hello/manifest.yaml", manifest("1.0.0"));
    box.write("hello/plugin.js", "export default { name: 'hello' };\n");
    box.write("hello/index.html", "<!doctype html><title>Hello</title>\n");
    const host = box.start(["host", "--json", "--require-token", "--dir", "state"], { PLUGSMITH_TOKEN: token });
    ({ url } = JSON.parse(await firstLine(host)));
    box.write(
      ".vscode/settings.json",
      JSON.stringify({ "plugsmith.hosts": [{ name: "local", system: "buntime", url }] }),
    );
  });
  after(() => box.end());
  const run = async (...args: string[]) => {
    const ran = await box.run([...args, "--host", "local"], { PLUGSMITH_TOKEN: token });
    said.push(ran.out, ran.err);
    return ran;
  };
  const json = async (...args: string[]) => JSON.parse((await run(...args, "--json")).out);
  const states = async () =>
    (await json("list")).plugins.map(({ name, state }: Record<string, string>) => `${name} ${state}`);

  it("says that the host wants a key, and what to do", async () => {
    const { code, err } = await box.run(["list", "--host", "local"]);
    assert.equal(code, 1);
    assert.match(err, /set PLUGSMITH_TOKEN/);
    const wrong = await box.run(["list", "--host", "local", "--json"], { PLUGSMITH_TOKEN: "another-key-4711" });
    assert.equal(wrong.code, 1);
    const { error } = JSON.parse(wrong.out);
    assert.equal(error.kind, "unauthorised");
    assert.match(error.next, /check the key in PLUGSMITH_TOKEN$/);
    const own = await box.run(["list", "--host", "local"], {
      PLUGSMITH_TOKEN: "another",
      PLUGSMITH_TOKEN_LOCAL: token,
    });
    assert.equal(own.code, 0, own.err);
    assert.doesNotMatch(wrong.out + wrong.err, /another-key-4711/);
  });

  it("shows the plan of a package without writing, then writes the same bytes twice", async () => {
    const plan = await box.run(["package", "hello", "--dry-run"]);
    assert.equal(plan.code, 0);
    assert.match(plan.out, /\+ manifest\.yaml/);
    assert.equal(fs.existsSync(box.at("acme-hello-1.0.0.tgz")), false);
    const first = JSON.parse((await box.run(["package", "hello", "--json"])).out);
    const second = JSON.parse((await box.run(["package", "hello", "-o", "again.tgz", "--json"])).out);
    assert.equal(first.archive.sha256, second.archive.sha256);
    assert.deepEqual(fs.readFileSync(box.at("acme-hello-1.0.0.tgz")), fs.readFileSync(box.at("again.tgz")));
    assert.deepEqual(
      first.files.map((file: { path: string }) => file.path),
      ["index.html", "manifest.yaml", "plugin.js"],
    );
  });

  it("uploads an archive, which runs after a reload only", async () => {
    const uploaded = await run("upload", "acme-hello-1.0.0.tgz");
    assert.equal(uploaded.code, 0, uploaded.err);
    assert.match(uploaded.out, /it is not loaded yet/);
    assert.deepEqual(await states(), ["@acme/hello installed"]);
    const reloaded = await json("reload");
    assert.deepEqual([reloaded.loaded, reloaded.notLoaded], [["@acme/hello"], []]);
    assert.match((await run("list")).out, /^@acme\/hello .*loaded .*\/hello$/m);
  });

  it("deploys a new version and verifies it", async () => {
    box.write("hello/manifest.yaml", manifest("1.1.0"));
    const deployed = await run("deploy", "hello");
    assert.equal(deployed.code, 0, deployed.err);
    assert.match(deployed.out, /^"@acme\/hello" 1\.1\.0 is loaded on local .*\/hello\/$/m);
  });

  it("rolls back to the bundle before", async () => {
    const back = await json("rollback", "@acme/hello");
    assert.equal(back.result, "verified");
    assert.equal(back.plugin.version, "1.0.0");
  });

  it("tells why a plugin isn't loaded, and ends with 1", async () => {
    box.write("hello/manifest.yaml", `${manifest("1.2.0")}enabled: false\n`);
    const { code, out } = await run("deploy", "hello", "--json");
    assert.equal(code, 1);
    const told = JSON.parse(out);
    assert.equal(told.result, "notLoaded");
    assert.match(told.reason, /enabled: false/);
  });

  it("sends nothing when the checker finds an error", async () => {
    box.write("broken/manifest.yaml", "name: ../evil\nversion: 1.0.0\nbase: /evil\npluginEntry: plugin.js\n");
    box.write("broken/plugin.js", "export default {};\n");
    const before = await states();
    const { code, err } = await run("deploy", "broken", "--force");
    assert.equal(code, 1);
    assert.match(err, /^plugsmith: /m);
    assert.deepEqual(await states(), before);
  });

  it("removes the plugin, and says so when there is none", async () => {
    const removed = await run("remove", "@acme/hello");
    assert.equal(removed.code, 0, removed.err);
    assert.match(removed.out, /is removed from local .* and no longer runs/);
    assert.deepEqual(await states(), []);
    assert.equal((await run("remove", "@acme/hello")).code, 1);
  });

  it("asks before a production host is changed, and refuses where nobody can be asked", async () => {
    const row = { name: "prod", system: "buntime", url, level: "production" };
    box.write("prod.json", JSON.stringify([row]));
    const to = ["--host", "prod", "--config", "prod.json"];
    const asked = await box.run(["deploy", "hello", ...to], { PLUGSMITH_TOKEN: token });
    assert.equal(asked.code, 2);
    assert.match(asked.err, /production host; add --yes/);
    const told = await box.run(["reload", "--yes", ...to], { PLUGSMITH_TOKEN: token });
    assert.equal(told.code, 0, told.err);
  });

  it("never printed the token, nor wrote it anywhere", async () => {
    await run("deploy", "hello", "--dry-run", "--json");
    await run("doctor", "--json");
    assert.match(said.at(-2) ?? "", /"name": "sign-in"/);
    assert.deepEqual(foundAgain(token, { texts: said, folders: [box.root] }), []);
  });

  it("says where the local host is, ends at SIGTERM, and has its plugins again afterwards", async () => {
    const dir = ["--dir", "other"];
    const first = box.start(["host", ...dir]);
    const line = await firstLine(first);
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? "";
    box.write("hello/manifest.yaml", manifest("2.0.0"));
    assert.equal((await box.run(["deploy", "hello", "--system", "buntime", "--url", address])).code, 0);
    const end = ended(first);
    first.kill("SIGTERM");
    assert.equal((await end).code, 0);
    const second = box.start(["host", "--json", ...dir]);
    const again = JSON.parse(await firstLine(second));
    const list = await box.run(["list", "--json", "--system", "buntime", "--url", again.url]);
    assert.equal(JSON.parse(list.out).plugins[0].state, "loaded");
  });
});
