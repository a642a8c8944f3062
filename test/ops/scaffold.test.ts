// New plugins: every system's scaffold packs, and where it has code, that runs: under Node, in Python, in a page, by kubectl.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { runInNewContext } from "node:vm";
import {
  adapters,
  connect,
  deploy,
  nameProblem,
  packerOf,
  scaffold,
  scaffoldName,
  startLocalHost,
} from "../../client/ops/index.js";
import { skipWithoutKubectl } from "./support/cluster/index.js";
import { hostError } from "./support/errors.js";
import { removeTemporary, temporary, write } from "./support/places.js";
import { skipAloud } from "./support/skipping.js";

const signal = new AbortController().signal;

describe("a new plugin", () => {
  afterEach(removeTemporary);

  const made = async (system: string, name = "my-notes") =>
    scaffold({ system, folder: path.join(await temporary(), "plugins", name) });

  for (const { system } of adapters) {
    it(`of ${system} has the files that it says, without a place left open`, async () => {
      const { folder, files, opens } = await made(system);
      const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
      assert.equal(names.length, files.length);
      assert.ok(files.includes(path.relative(folder, opens).split(path.sep).join("/")));
      for (const file of files)
        assert.doesNotMatch(
          await readFile(path.join(folder, file), "utf8"),
          /\$\{(?:\d|name|title|module|Class)/,
          file,
        );
    });
  }

  it("is packed as it stands, where packages can be made", async () => {
    for (const system of ["buntime", "metaflow", "skypilot"]) {
      const { folder, name } = await made(system);
      const packer = packerOf(system);
      assert.equal(await packer.claims(folder), true, system);
      const plan = await packer.plan(folder, {});
      assert.deepEqual(
        (await packer.preflight(plan, [])).filter(({ severity }) => severity !== "information"),
        [],
        system,
      );
      assert.equal(plan.name, name);
    }
  });

  it("of Buntime runs: its entry answers, and the local host loads it", async () => {
    const { folder } = await made("buntime");
    const code = await readFile(path.join(folder, "plugin.js"), "utf8");
    const { default: create } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const lines: string[] = [];
    const plugin = create({ name: "my-notes" });
    plugin.onInit({ logger: { info: (line: string) => lines.push(line) } });
    const answer: Response = plugin.routes.fetch(new Request("http://it.example.org/api/hello"));
    assert.deepEqual([await answer.json(), lines], [{ message: "hello" }, ["my-notes says hello"]]);
    assert.equal(plugin.routes.fetch(new Request("http://it.example.org/else")).status, 404);
    const local = await startLocalHost({ directory: await temporary() });
    try {
      const host = connect({ name: "local", system: "buntime", level: "local", url: local.url });
      const { verdict } = await deploy({ host, plugin: folder, archives: await temporary(), signal });
      assert.equal(verdict.state, "verified");
    } finally {
      await local.stop();
    }
  });

  it("of Metaflow UI registers by its frame's name, and shows the run", async () => {
    const { folder } = await made("metaflow");
    const script =
      /<script>([\s\S]*)<\/script>/.exec(await readFile(path.join(folder, "index.html"), "utf8"))?.[1] ?? "";
    const sent: unknown[] = [];
    const heard: ((event: object) => void)[] = [];
    const parent = { postMessage: (message: unknown) => sent.push(structuredClone(message)) };
    const shown = { textContent: "" };
    const window = {
      name: "my-notes",
      parent,
      addEventListener: (_type: string, listener: (event: object) => void) => heard.push(listener),
    };
    runInNewContext(script, { window, document: { getElementById: () => shown, body: { scrollHeight: 20 } } });
    assert.deepEqual(sent, [{ type: "PluginRegisterEvent", name: "my-notes", version: { api: "1.2.0" } }]);
    heard[0]?.({ source: parent, data: { type: "ReadyToRender", resource: { flow_id: "HelloFlow", run_number: 3 } } });
    assert.equal(shown.textContent, "My notes: HelloFlow 3");
    assert.deepEqual(sent[1], { type: "PluginHeightCheck", name: "my-notes", height: 20 });
  });

  it("of SkyPilot imports, is a plugin, and answers its route", async function () {
    const { folder } = await made("skypilot");
    const python = pythonHere();
    if (python === undefined) return skipAloud(this, "python3 is not here");
    const stub = await write(await temporary(), {
      "sky/__init__.py": "",
      "sky/server/__init__.py": "",
      "sky/server/plugins.py":
        "import abc\nclass BasePlugin(abc.ABC):\n    @abc.abstractmethod\n    def install(self, context): ...\n",
    });
    const program = [
      "import sys; sys.path[:0] = sys.argv[1:]",
      "from my_notes.plugin import MyNotesPlugin",
      "routes = {}",
      "class App:",
      "    def get(self, path): return lambda f: routes.setdefault(path, f)",
      "class Context: app = App()",
      "class Elsewhere: app = None",
      "MyNotesPlugin().install(Elsewhere())",
      "plugin = MyNotesPlugin(greeting='moin'); plugin.install(Context())",
      "print(plugin.name, plugin.version, routes['/plugins/my-notes/hello']())",
    ].join("\n");
    const out = execFileSync(python, ["-c", program, stub, folder], { encoding: "utf8" });
    assert.equal(out.trim(), "my-notes 0.1.0 {'message': 'moin'}");
    assert.match(await readFile(path.join(folder, "plugins.yaml"), "utf8"), /class: my_notes\.plugin\.MyNotesPlugin/);
  });

  it("of OpenJourney is rendered by kubectl, and its program answers", async function () {
    await skipWithoutKubectl(this);
    const { folder } = await made("openjourney");
    const rendered = execFileSync("kubectl", ["kustomize", path.join(folder, "kubernetes")], { encoding: "utf8" });
    for (const name of ["my-notes-deployment", "my-notes-service"]) assert.ok(rendered.includes(`name: ${name}`));
    assert.match(await readFile(path.join(folder, "Dockerfile"), "utf8"), /COPY plugins\/my-notes\/app\/server\.py/);
    const python = pythonHere();
    if (python === undefined) return skipAloud(this, "python3 is not here");
    const program = "import sys; sys.path.insert(0, sys.argv[1]); import server; print(server.convert('hello'))";
    assert.equal(execFileSync(python, ["-c", program, path.join(folder, "app")], { encoding: "utf8" }).trim(), "HELLO");
  });

  it("never takes the place of something", async () => {
    const folder = await write(path.join(await temporary(), "here"), { "mine.txt": "mine" });
    const error = await hostError(scaffold({ system: "buntime", folder }));
    assert.match(error.message, /"here" is not empty; nothing is overwritten/);
    assert.deepEqual(await readdir(folder), ["mine.txt"]);
    const file = path.join(folder, "mine.txt");
    assert.match(
      (await hostError(scaffold({ system: "buntime", folder: file, name: "x" }))).message,
      /no folder that can be used/,
    );
    const below = await hostError(scaffold({ system: "buntime", folder: path.join(file, "x") }));
    assert.equal(below.step, "new");
    assert.deepEqual(await readdir(folder), ["mine.txt"]);
  });

  it("is called like its folder, in the form that all systems take", () => {
    assert.deepEqual(["Run Notes", "runNotes", "_x_", "ümlaut"].map(scaffoldName), [
      "run-notes",
      "run-notes",
      "x",
      "mlaut",
    ]);
    for (const bad of ["", "-x", "x-", "1x", "X", "a".repeat(41), "sky", "import"])
      assert.ok(nameProblem(bad) !== undefined, bad);
    assert.equal(nameProblem("run-notes2"), undefined);
  });
});

function pythonHere(): string | undefined {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return "python3";
  } catch {
    return undefined;
  }
}
