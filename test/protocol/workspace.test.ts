// The server's view of folders on a real disk: what a walk finds, what is remembered, and how changes are followed.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createWorkspace, factIndex, walk } from "../../server/workspace/index.js";
import { ownFolder } from "./ownFolder.js";

const MANIFEST = 'name: "hello"\nversion: "1.0.0"\nbase: "/hello"\npluginEntry: dist/plugin.js\n';

describe("workspace", () => {
  const own = ownFolder();
  const { at, write } = own;

  describe("walk", () => {
    const found = async (roots = [own.path]) =>
      (await walk(roots, { wanted: (one) => one.endsWith("/manifest.yaml") })).paths.map((one) =>
        one.slice(own.path.length + 1),
      );

    it("never enters dependency folders, hidden folders and build output", async () => {
      write("plugins/a/manifest.yaml", MANIFEST);
      for (const skipped of ["node_modules/b", ".git/x", ".venv/y", "vendor/z", "a/__pycache__", "lib/site-packages/s"])
        write(`${skipped}/manifest.yaml`, MANIFEST);
      assert.deepEqual(await found(), ["plugins/a/manifest.yaml"]);
    });

    it("honours .gitignore at every depth, and the deeper one wins", async () => {
      write(".gitignore", "generated/\n*.yaml\n!kept/**\n");
      write("generated/manifest.yaml", MANIFEST);
      write("loose/manifest.yaml", MANIFEST);
      write("back/.gitignore", "!manifest.yaml\n");
      write("back/manifest.yaml", MANIFEST);
      assert.deepEqual(await found(), ["back/manifest.yaml"]);
    });

    it("knows the repository's .gitignore when asked for a folder in it, but not when asked for an ignored folder", async () => {
      write(".git/HEAD", "ref: refs/heads/main\n");
      write(".gitignore", "out/\nsecret/\n");
      write("apps/out/manifest.yaml", MANIFEST);
      write("apps/manifest.yaml", MANIFEST);
      write("secret/manifest.yaml", MANIFEST);
      assert.deepEqual(await found([at("apps")]), ["apps/manifest.yaml"]);
      assert.deepEqual(await found([at("secret")]), ["secret/manifest.yaml"]);
    });

    it("follows links to files and not to folders, so that it ends in a circle", async () => {
      write("a/manifest.yaml", MANIFEST);
      fs.symlinkSync(own.path, at("a/round"));
      fs.mkdirSync(at("b"));
      fs.symlinkSync(at("a/manifest.yaml"), at("b/manifest.yaml"));
      assert.deepEqual(await found(), ["a/manifest.yaml", "b/manifest.yaml"]);
    });

    it("knows a virtual environment by its file, whatever it is called", async () => {
      write("mine/manifest.yaml", MANIFEST);
      write("py312/pyvenv.cfg", "home = /usr/bin\n");
      write("py312/lib/manifest.yaml", MANIFEST);
      assert.deepEqual(await found(), ["mine/manifest.yaml"]);
    });

    it("looks behind a link where that is the only way: at the files right there, under the link's name", async () => {
      write("plugins/a/manifest.yaml", MANIFEST);
      write("packages/b/manifest.yaml", MANIFEST);
      write("node_modules/c/manifest.yaml", MANIFEST);
      const outside = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-outside-")));
      fs.mkdirSync(`${outside}/deep`);
      fs.writeFileSync(`${outside}/manifest.yaml`, MANIFEST);
      fs.writeFileSync(`${outside}/deep/manifest.yaml`, MANIFEST);
      fs.symlinkSync("../packages/b", at("plugins/b"));
      fs.symlinkSync("../node_modules/c", at("plugins/c"));
      fs.symlinkSync(outside, at("plugins/d"));
      fs.symlinkSync("..", at("plugins/up"));
      try {
        const all = ["packages/b/manifest.yaml", "plugins/a/manifest.yaml", "plugins/d/manifest.yaml"];
        assert.deepEqual(await found(), all);
        const some = await walk([at("plugins")], { wanted: (one) => one.endsWith("/manifest.yaml") });
        const names = some.paths.map((one) => one.slice(own.path.length + 1));
        assert.deepEqual(names, ["plugins/a/manifest.yaml", "plugins/b/manifest.yaml", "plugins/d/manifest.yaml"]);
        const workspace = createWorkspace({ roots: [own.path] });
        await workspace.changed(["a", "b", "c", "d", "d/deep", "up"].map((one) => at(`plugins/${one}/manifest.yaml`)));
        assert.deepEqual(
          workspace.index.all().map(({ path: one }) => one.slice(own.path.length + 1)),
          ["plugins/a/manifest.yaml", "plugins/d/manifest.yaml"],
        );
      } finally {
        fs.rmSync(outside, { recursive: true });
      }
    });

    it("says when it came to its bound", async () => {
      for (const name of ["a", "b", "c"]) write(`${name}/manifest.yaml`, MANIFEST);
      const wanted = (one: string) => one.endsWith("manifest.yaml");
      const bounded = await walk([own.path], { wanted, maxFolders: 2 });
      assert.equal(bounded.complete, false);
      assert.equal((await walk([own.path], { wanted })).complete, true);
    });
  });

  it("disturbs nobody when facts are equal", () => {
    const index = factIndex();
    const heard: string[][] = [];
    const stop = index.onChange((systems) => heard.push([...systems]));
    const manifest = { path: "/a", system: "buntime", document: "manifest", facts: { name: "a", needs: ["b"] } };
    assert.equal(index.put(manifest), true);
    assert.equal(index.put(structuredClone(manifest)), false);
    assert.equal(index.revision, 1);
    index.put({ ...manifest, facts: { name: "a", needs: [] } });
    stop();
    index.remove("/a");
    assert.deepEqual(heard, [["buntime"], ["buntime"]]);
    assert.equal(index.revision, 3);
  });

  describe("scan and changes", () => {
    const known = (workspace: ReturnType<typeof createWorkspace>) =>
      workspace.index
        .all()
        .map(({ path: one, system, document }) => `${one.slice(own.path.length + 1)} ${system}/${document}`);

    it("learns ours and stays silent about foreign files of the same name", async () => {
      write("mine/manifest.yaml", MANIFEST);
      write("theirs/manifest.yaml", "apiVersion: v1\nkind: ConfigMap\n");
      const workspace = createWorkspace({ roots: [own.path] });
      const scanned = await workspace.scan();
      assert.equal(scanned.paths.length, 2);
      assert.deepEqual(known(workspace), ["mine/manifest.yaml buntime/manifest"]);
      assert.equal(workspace.manifests("buntime").length, 1);
      assert.equal(workspace.manifests("skypilot").length, 0);
    });

    it("follows a manifest that is created, edited and deleted", async () => {
      const workspace = createWorkspace({ roots: [own.path] });
      await workspace.scan();
      write("a/manifest.yaml", MANIFEST);
      assert.equal(await workspace.changed([at("a/manifest.yaml")]), true);
      assert.equal(await workspace.changed([at("a/manifest.yaml")]), false);
      write("a/manifest.yaml", "kind: ConfigMap\n");
      await workspace.changed([at("a/manifest.yaml")]);
      assert.deepEqual(known(workspace), []);
      write("a/manifest.yaml", MANIFEST);
      await workspace.changed([at("a/manifest.yaml")]);
      fs.rmSync(at("a"), { recursive: true });
      await workspace.changed([at("a")]);
      assert.deepEqual(known(workspace), []);
    });

    it("finds manifests in a folder that came as a whole", async () => {
      const workspace = createWorkspace({ roots: [own.path] });
      write("new/one/manifest.yaml", MANIFEST);
      await workspace.changed([at("new")]);
      assert.deepEqual(known(workspace), ["new/one/manifest.yaml buntime/manifest"]);
    });

    it("asks again when a neighbour makes a manifest ours", async () => {
      write("a/manifest.yaml", "name: hello\nversion: 1.0.0\n");
      const workspace = createWorkspace({ roots: [own.path] });
      await workspace.scan();
      assert.deepEqual(known(workspace), []);
      write("a/plugin.ts", "export default () => ({});\n");
      assert.equal(await workspace.changed([at("a/plugin.ts")]), true);
      assert.deepEqual(known(workspace), ["a/manifest.yaml buntime/manifest"]);
    });

    it("never learns from dependency folders and ignored folders, whatever the watcher reports", async () => {
      write(".gitignore", "generated\n");
      const workspace = createWorkspace({ roots: [own.path] });
      for (const name of ["node_modules/x/manifest.yaml", "generated/manifest.yaml"]) {
        write(name, MANIFEST);
        assert.equal(await workspace.changed([at(name)]), false);
      }
      assert.equal(await workspace.changed([at("node_modules"), at("generated")]), false);
    });

    it("looks into files that only may hold a document once all are wanted", async () => {
      const value = `'{"a": {"repository": "https://git.example.org/a.git", "ref": "main"}}'`;
      write("k8s/ui.yaml", `kind: Deployment\nspec:\n  env:\n  - name: PLUGINS\n    value: ${value}\n`);
      const workspace = createWorkspace({ roots: [own.path] });
      await workspace.scan();
      assert.deepEqual(known(workspace), []);
      workspace.configure({ everywhere: true });
      await workspace.scan();
      assert.deepEqual(known(workspace), ["k8s/ui.yaml metaflow/plugins"]);
      write("k8s/ui.yaml", "kind: Deployment\n");
      await workspace.changed([at("k8s/ui.yaml")]);
      assert.deepEqual(known(workspace), []);
    });

    it("keeps what an open editor says over the disk", async () => {
      write("a/manifest.yaml", "kind: ConfigMap\n");
      const workspace = createWorkspace({ roots: [own.path] });
      workspace.files.setOverlay(at("a/manifest.yaml"), { getText: () => MANIFEST });
      await workspace.scan();
      assert.deepEqual(known(workspace), ["a/manifest.yaml buntime/manifest"]);
      const manifest = workspace.recogniseAt(at("a/manifest.yaml"))?.manifest;
      assert.ok(manifest);
      assert.equal(workspace.learn(at("a/manifest.yaml"), [manifest]), false);
      assert.equal(workspace.learn(at("a/manifest.yaml"), []), true);
    });
  });
});
