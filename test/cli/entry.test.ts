// `plugsmith entry`: entries of PLUGINS in the file where they live, with a real git repository behind them.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { simpleGit } from "simple-git";
import { type Sandbox, sandbox } from "./plugsmith.js";

const planted = "planted-password-0123456789";

describe("plugsmith entry", () => {
  let box: Sandbox;
  beforeEach(() => {
    box = sandbox();
  });
  afterEach(() => box.end());
  const text = (name: string) => fs.readFileSync(box.at(name), "utf8");

  async function repository(): Promise<string> {
    box.write("repo/manifest.json", "{}");
    const git = simpleGit(box.at("repo"));
    await git.init(["--initial-branch=main"]);
    await git
      .addConfig("user.name", "Ann")
      .addConfig("user.email", "ann@example.org")
      .addConfig("commit.gpgsign", "false");
    await git.add(".").commit("first").addTag("v1");
    return `file://${box.at("repo")}`;
  }

  it("adds a git plugin once its ref is known to load, and refuses one that would not", async () => {
    const address = await repository();
    box.write("ui.env", "PORT=1\nPLUGINS={}\n");
    const set = ["entry", "set", "run-notes", "--file", "ui.env", "--repository", address];
    const missing = await box.run([...set, "--json"]);
    assert.equal(missing.code, 1);
    const said = JSON.parse(missing.out);
    assert.deepEqual([said.written, said.findings[0].code], [false, "metaflow/ref-not-loaded"]);
    assert.match(
      said.findings[0].message,
      /"origin\/master", which the repository does not have; write "origin\/main"/,
    );
    assert.equal(text("ui.env"), "PORT=1\nPLUGINS={}\n");
    const dry = await box.run([...set, "--ref", "origin/main", "--dry-run"]);
    assert.equal(dry.code, 0);
    assert.match(dry.out, /^\+ .*"ref": "origin\/main"$/m);
    assert.equal(text("ui.env"), "PORT=1\nPLUGINS={}\n");
    assert.equal((await box.run([...set, "--ref", "origin/main"])).code, 0);
    assert.equal(text("ui.env"), `PORT=1\nPLUGINS={"run-notes": {"repository": "${address}", "ref": "origin/main"}}\n`);
    const stays = await box.run(["entry", "set", "run-notes", "--file", "ui.env", "--ref", "main"]);
    assert.equal(stays.code, 0);
    assert.match(stays.err, /stays at the commit that it clones first/);
  });

  it("sets, lists and removes a local plugin; credentials come from a file and are never shown", async () => {
    box.write("compose.yaml", "services:\n  ui:\n    environment:\n      PLUGINS: '{}' # plugins\n");
    box.write("auth.json", JSON.stringify({ user: "ci", pass: planted }));
    const file = ["--file", "compose.yaml"];
    const set = await box.run([
      "entry",
      "set",
      "badge",
      ...file,
      "--parameters",
      '{"cost": "$5"}',
      "--auth",
      "auth.json",
    ]);
    assert.equal(set.code, 0, set.err);
    assert.match(text("compose.yaml"), /"parameters": \{"cost": "\$\$5"\}.*planted.* # plugins/);
    const list = await box.run(["entry", "list", ...file]);
    assert.match(list.out, /^badge {2}local {2}.*"cost":"\$5"/);
    const json = await box.run(["entry", "list", ...file, "--json"]);
    assert.deepEqual(JSON.parse(json.out).entries.badge.auth, { user: "•••", pass: "•••" });
    const unset = await box.run(["entry", "set", "badge", ...file, "--unset", "auth,parameters"]);
    assert.equal(unset.code, 0);
    assert.ok(![set, list, json, unset].some(({ out, err }) => (out + err).includes(planted)));
    const removed = await box.run(["entry", "remove", "badge", ...file]);
    assert.equal(removed.code, 0);
    assert.match(text("compose.yaml"), /PLUGINS: '\{\}' # plugins/);
    const again = await box.run(["entry", "remove", "badge", ...file]);
    assert.equal(again.code, 1);
    assert.match(again.err, /has no entry "badge"/);
  });

  it("prints the value for a shell, which reads back the same", async function () {
    if (process.platform === "win32") this.skip();
    const value = { a: { parameters: { note: 'it\'s $HOME `x` "q" #1 \\ é' } } };
    box.write("config.plugins.json", JSON.stringify(value));
    const copied = async (form: string) =>
      (await box.run(["entry", "copy", "--file", "config.plugins.json", "--for", form])).out;
    const shell = `${await copied("shell")}\nprintf %s "$PLUGINS"`;
    assert.deepEqual(JSON.parse(execFileSync("sh", ["-c", shell], { encoding: "utf8" })), value);
    const docker = `set -- ${(await copied("docker")).trim()}; printf %s "\${2#PLUGINS=}"`;
    assert.deepEqual(JSON.parse(execFileSync("sh", ["-c", docker], { encoding: "utf8" })), value);
  });

  it("takes the file from the host's row", async () => {
    box.write(
      ".vscode/settings.json",
      JSON.stringify({ "plugsmith.hosts": [{ name: "ui", system: "metaflow", pluginsFile: "deploy/ui.env" }] }),
    );
    box.write("deploy/ui.env", 'PLUGINS={"a": {}}\n');
    assert.match((await box.run(["entry", "list", "--host", "ui"])).out, /^a {2}local/);
    fs.rmSync(box.at("deploy/ui.env"));
    assert.match((await box.run(["entry", "list", "--host", "ui"])).out, /^no entries in /);
  });

  it("says what is wrong with a call, and touches nothing", async () => {
    box.write(
      "two.yaml",
      "services:\n  a:\n    environment:\n      PLUGINS: '{}'\n  b:\n    environment:\n      PLUGINS: '{}'\n",
    );
    box.write("nohosts.json", "[]");
    box.write("empty.env", "");
    const misuses: readonly (readonly [readonly string[], RegExp])[] = [
      [["frobnicate"], /doesn't know "frobnicate"/],
      [["set", "--file", "x.env"], /needs the entry's name/],
      [["list"], /which file\?/],
      [
        ["list", "--host", "ui", "--config", "nohosts.json"],
        /no host "ui".*; add it there, or name a file with --config/,
      ],
      [["list", "--file", "notes.txt"], /no kind of file/],
      [["set", "a", "--file", "x.env", "--parameters", "[]"], /--parameters wants a JSON object/],
      [["set", "a", "--file", "x.env", "--unset", "color"], /no field "color"/],
      [["set", "a", "--file", "x.env", "--auth", "none.json"], /can't be read/],
      [["copy", "--file", "empty.env"], /holds no PLUGINS value/],
      [["copy", "--file", "x.env"], /there is no file "x\.env"/],
      [["list", "--file", "x.env"], /there is no file "x\.env"/],
      [["remove", "a", "--file", "x.env"], /there is no file "x\.env"/],
    ];
    for (const [args, said] of misuses) {
      const { code, err } = await box.run(["entry", ...args]);
      assert.equal(code, 2, args.join(" "));
      assert.match(err, said);
    }
    const several = await box.run(["entry", "set", "a", "--file", "two.yaml"]);
    assert.match(`${several.code} ${several.err}`, /^1 .*several PLUGINS values \(lines 4, 7\)/);
    assert.equal((await box.run(["entry", "set", "a", "--file", "two.yaml", "--line", "7"])).code, 0);
    assert.match(text("two.yaml"), /PLUGINS: '\{\}'[\s\S]*PLUGINS: '\{"a": \{\}\}'/);
  });
});
