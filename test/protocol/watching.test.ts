// Facts kept fresh by what the client reports of the disk, of files that nobody has open; and who isn't concerned hears nothing.

import assert from "node:assert/strict";
import { setTimeout as passed } from "node:timers/promises";
import picomatch from "picomatch";
import type { Diagnostic } from "vscode-languageserver/node";
import { HOST_PLUGINS, REMOTE_REFS } from "../../server/protocol.js";
import { FILES, NOTES, openWorkspace, STORE } from "./openWorkspace.js";

const has = (code: string) => (found: readonly Diagnostic[]) => found.some((one) => one.code === code);
const lacks = (code: string) => (found: readonly Diagnostic[]) => !has(code)(found);

const CREATED = 1;
const CHANGED = 2;
const DELETED = 3;

/** Longer than it takes until typing rests, and others hear of it. */
const resting = () => passed(700);

describe("changes on the disk", function () {
  this.timeout(30_000);
  const { uriOf, write, remove, rename, start, told, watched } = openWorkspace();

  it("reach the file that depends on a Python module", async () => {
    const own = "sky/plugins.yaml";
    const text = "plugins:\n- class: acme_sky.core.Plug\n";
    const module = (name: string) =>
      `from sky.server.plugins import BasePlugin\n\nclass ${name}(BasePlugin):\n    def install(self, context):\n        pass\n`;
    const running = await start({
      [own]: text,
      "sky/acme_sky/__init__.py": "",
      "sky/acme_sky/core.py": module("Plug"),
    });
    running.open(uriOf(own), text);
    await told(uriOf(own), lacks("skypilot/class-missing"));
    write("sky/acme_sky/core.py", module("Other"));
    await watched([{ name: "sky/acme_sky/core.py", type: CHANGED }]);
    await told(uriOf(own), has("skypilot/class-missing"));
    write("sky/acme_sky/core.py", module("Plug"));
    await watched([{ name: "sky/acme_sky/core.py", type: CHANGED }]);
    await told(uriOf(own), lacks("skypilot/class-missing"));
  });

  it("count as they stand in an editor, once typing rests there, and no longer when it is closed", async () => {
    const [own, module] = ["sky/plugins.yaml", "sky/plug.py"];
    const text = "plugins:\n- class: plug.Plug\n";
    const written =
      "from sky.server.plugins import BasePlugin\n\nclass Plug(BasePlugin):\n    def install(self, context):\n        pass\n";
    const running = await start({ [own]: text, [module]: written });
    running.open(uriOf(own), text);
    await told(uriOf(own), lacks("skypilot/class-missing"));
    running.open(uriOf(module), written, 1, "python");
    const range = { start: { line: 2, character: 6 }, end: { line: 2, character: 10 } };
    running.change(uriOf(module), 2, [{ range, text: "Other" }]);
    await told(uriOf(own), has("skypilot/class-missing"));
    await running.connection.sendNotification("textDocument/didClose", { textDocument: { uri: uriOf(module) } });
    await told(uriOf(own), lacks("skypilot/class-missing"));
  });

  it("count in an editor for files that aren't open as well, where all are checked", async () => {
    const [own, module] = ["sky/plugins.yaml", "sky/plug.py"];
    const written =
      "from sky.server.plugins import BasePlugin\n\nclass Plug(BasePlugin):\n    def install(self, context):\n        pass\n";
    const running = await start({ [own]: "plugins:\n- class: plug.Plug\n", [module]: written }, { check: "workspace" });
    running.open(uriOf(module), written, 1, "python");
    running.change(uriOf(module), 2, [{ text: written.replace("class Plug", "class Other") }]);
    await told(uriOf(own), has("skypilot/class-missing"));
    running.change(uriOf(module), 3, [{ text: written }]);
    await told(uriOf(own), lacks("skypilot/class-missing"));
  });

  it("count in an editor for an overlay, when they are in its base and no facts change", async () => {
    const [own, base] = ["k8s/overlay/kustomization.yaml", "k8s/base/kustomization.yaml"];
    const [text, sound] = ["resources:\n- ../base\n", "resources:\n- web.yaml\n"];
    const service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec: {}\n";
    const running = await start({ [own]: text, [base]: sound, "k8s/base/web.yaml": service });
    running.open(uriOf(own), text);
    await told(uriOf(own), lacks("openjourney/broken-base"));
    running.open(uriOf(base), sound);
    running.change(uriOf(base), 2, [{ text: `${sound}replicas:\n- name: web\n  count: many\n` }]);
    await told(uriOf(own), has("openjourney/broken-base"));
    running.change(uriOf(base), 3, [{ text: sound }]);
    await told(uriOf(own), lacks("openjourney/broken-base"));
  });

  it("count for a file that an editor alone has, until it is closed", async () => {
    const own = "k8s/kustomization.yaml";
    const text = "configMapGenerator:\n- name: web\n  files:\n  - settings.ini\n";
    const running = await start({ [own]: text });
    running.open(uriOf(own), text);
    await told(uriOf(own), has("openjourney/missing-file"));
    running.open(uriOf("k8s/settings.ini"), "", 1, "ini");
    await told(uriOf(own), lacks("openjourney/missing-file"));
    await running.connection.sendNotification("textDocument/didClose", {
      textDocument: { uri: uriOf("k8s/settings.ini") },
    });
    await told(uriOf(own), has("openjourney/missing-file"));
  });

  it("reach an overlay from its base's manifest, through closed files", async () => {
    const overlay = "k8s/overlay/kustomization.yaml";
    const patch = "  patch: |-\n    - op: remove\n      path: /spec\n";
    const text = `resources:\n- ../base\npatches:\n- target:\n    kind: Service\n    name: web\n${patch}`;
    const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec: {}\n`;
    await start(
      {
        [overlay]: text,
        "k8s/base/kustomization.yaml": "resources:\n- web.yaml\n",
        "k8s/base/web.yaml": service("shop"),
      },
      { check: "workspace" },
    );
    await told(uriOf(overlay), has("openjourney/patch-target-no-match"));
    write("k8s/base/web.yaml", service("web"));
    await watched([{ name: "k8s/base/web.yaml", type: CHANGED }]);
    await told(uriOf(overlay), lacks("openjourney/patch-target-no-match"));
  });

  it("reach a manifest from files of any name that come and go", async () => {
    const own = "k8s/kustomization.yaml";
    const text = "configMapGenerator:\n- name: web\n  files:\n  - settings.ini\n";
    const running = await start({ [own]: text });
    running.open(uriOf(own), text);
    await told(uriOf(own), has("openjourney/missing-file"));
    write("k8s/settings.ini", "");
    await watched([{ name: "k8s/settings.ini", type: CREATED }]);
    await told(uriOf(own), lacks("openjourney/missing-file"));
  });

  it("count for folders by the folder's name alone: removed, created and renamed ones", async () => {
    const own = "plugins/notes/manifest.yaml";
    const off = `${STORE}enabled: false\n`;
    const running = await start({ ...FILES, "plugins/store/manifest.yaml": off });
    running.open(uriOf(own), NOTES);
    await told(uriOf(own), has("buntime/dependency-disabled"));
    remove("plugins/store");
    await watched([{ name: "plugins/store", type: DELETED }]);
    await told(uriOf(own), lacks("buntime/dependency-disabled"));
    write("plugins/new/manifest.yaml", off);
    await watched([{ name: "plugins/new", type: CREATED }]);
    await told(uriOf(own), has("buntime/dependency-disabled"));
    rename("plugins/new", "elsewhere");
    await watched([
      { name: "plugins/new", type: DELETED },
      { name: "elsewhere", type: CREATED },
    ]);
    // There a host may have another copy.
    await told(uriOf(own), (found) =>
      found.some(({ code, severity }) => /-disabled$/.test(`${code}`) && severity === 2),
    );
  });

  it("count for what comes into a new folder a little later, though nobody tells of it", async () => {
    const own = "plugins/notes/manifest.yaml";
    const running = await start(FILES);
    running.open(uriOf(own), NOTES);
    await told(uriOf(own), lacks("buntime/base-taken"));
    write("plugins/copied/README.md", "");
    await watched([{ name: "plugins/copied", type: CREATED }]);
    write("plugins/store/manifest.yaml", `${STORE}enabled: false\n`);
    await watched([{ name: "plugins/store/manifest.yaml", type: CHANGED }]);
    await told(uriOf(own), has("buntime/dependency-disabled"));
    write("plugins/copied/manifest.yaml", NOTES.replace("notes", "others"));
    await told(uriOf(own), has("buntime/base-taken"));
  });

  it("count for what git ignores from now on", async () => {
    const own = "made/manifest.yaml";
    const broken = STORE.replace('"/store"', '"store here"');
    await start({ ".git/HEAD": "", ".gitignore": "", [own]: broken }, { check: "workspace" });
    await told(uriOf(own), (found) => found.length > 0);
    write(".gitignore", "made/\n");
    await watched([{ name: ".gitignore", type: CHANGED }]);
    await told(uriOf(own), (found) => found.length === 0);
  });

  it("are not told again to whom they don't concern", async () => {
    const [own, other] = ["plugins/notes/manifest.yaml", "k8s/kustomization.yaml"];
    const running = await start(FILES, { check: "workspace" });
    running.open(uriOf(own), NOTES);
    await running.diagnostics(uriOf(own), 1);
    const times = () => running.published.filter(({ uri }) => uri === uriOf(own)).length;
    const before = times();
    write("README.md", "");
    await watched([{ name: "README.md", type: CREATED }]);
    write("plugins/store/manifest.yaml", `# a comment\n${STORE}`);
    await watched([{ name: "plugins/store/manifest.yaml", type: CHANGED }]);
    write(other, "resorces: []\n");
    await watched([{ name: other, type: CREATED }]);
    await told(uriOf(other), has("openjourney/unknown-field"));
    assert.equal(times(), before);
  });

  it("in an editor are told to nobody who doesn't read the file", async () => {
    const own = "sky/plugins.yaml";
    const text = "plugins:\n- class: plug.Plug\n";
    const running = await start(
      { [own]: text, "sky/plug.py": "class Plug:\n    pass\n", "README.md": "# Notes\n", "sky/other.py": "" },
      { check: "workspace" },
    );
    running.open(uriOf(own), text);
    await told(uriOf(own), (found) => found.length > 0);
    running.open(uriOf("README.md"), "# Notes\n", 1, "markdown");
    running.open(uriOf("sky/other.py"), "", 1, "python");
    await resting();
    const before = running.published.length;
    running.change(uriOf("README.md"), 2, [{ text: "# Other notes\n" }]);
    running.change(uriOf("sky/other.py"), 2, [{ text: "import plug\n" }]);
    await resting();
    assert.deepEqual(running.published.slice(before), []);
  });

  it("are asked for by globs that take folders in", async () => {
    const running = await start({});
    const { registrations } = await running.registered();
    const [{ registerOptions } = {}] = registrations.filter(({ method }) => method.endsWith("didChangeWatchedFiles"));
    const { watchers } = registerOptions as { watchers: { globPattern: string; kind: number }[] };
    assert.deepEqual(watchers[0], { globPattern: "**/*", kind: 1 | 4 });
  });

  it("are asked for whatever rules read: pages with what they need, entries, and where variables are set", async () => {
    const running = await start({});
    const { registrations } = await running.registered();
    const [{ registerOptions } = {}] = registrations.filter(({ method }) => method.endsWith("didChangeWatchedFiles"));
    const { watchers } = registerOptions as { watchers: { globPattern: string; kind: number }[] };
    const followed = watchers.filter(({ kind }) => kind === CHANGED).map(({ globPattern }) => globPattern);
    const read = [
      ...["manifest.yaml", "plugins.yml", "manifest.json", "plug.py", "pyproject.toml", "a-1-py3-none-any.whl"],
      ...["index.html", "index.htm", "style.css", "app.js", "app.mjs", "plugin.cjs", "plugin.mts", "page.tsx"],
      ...["Kustomization", ".env", ".env.local", "ui.env", ".envrc", "a.properties", "run.sh", ".gitignore"],
      ...["Dockerfile", "Dockerfile.dev", "api.Dockerfile", "ui.dockerfile", "Containerfile"],
    ];
    assert.deepEqual(
      read.filter((name) => !picomatch.isMatch(`/w/deep/${name}`, followed, { dot: true })),
      [],
    );
    for (const name of ["notes.md", "picture.png"])
      assert.ok(!picomatch.isMatch(`/w/deep/${name}`, followed, { dot: true }), name);
  });

  it("bring no problem and no error with news of the wrong shape", async () => {
    const own = "plugins/notes/manifest.yaml";
    const running = await start(FILES);
    running.open(uriOf(own), NOTES);
    const before = await running.diagnostics(uriOf(own), 1);
    const logged: string[] = [];
    running.connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
      logged.push(message);
    });
    const host = { name: "h", system: "buntime", at: Date.now() };
    const wrong: unknown[] = [
      {},
      { hosts: null },
      { hosts: "all" },
      { hosts: [null, 7, {}, { ...host, plugins: null }, { ...host, plugins: {} }] },
      { hosts: [{ ...host, at: "now", plugins: [] }] },
      { hosts: [{ ...host, plugins: [null, 1, {}, { name: 1, base: "/notes" }, { base: "/notes" }] }] },
      { hosts: [{ ...host, system: "another", plugins: [{ name: "x", base: "/notes" }] }] },
      { hosts: [{ ...host, at: Date.now() * 1000, plugins: [] }] },
    ];
    for (const params of wrong) {
      await running.connection.sendNotification(HOST_PLUGINS, params);
      await running.connection.sendNotification(REMOTE_REFS, params);
    }
    await running.connection.sendNotification(HOST_PLUGINS, {
      hosts: [{ ...host, plugins: [{ name: "other", base: "/notes" }] }],
    });
    const after = await told(uriOf(own), has("buntime/base-taken"));
    assert.deepEqual(
      after.filter(({ code }) => !/base-taken|dependency-unknown/.test(`${code}`)),
      before,
    );
    assert.deepEqual(logged, []);
  });
});
