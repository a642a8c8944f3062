// A directory of plugins on this disk: what may be installed and removed there, and how it lies there then.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { errorText } from "../../../client/ops/index.js";
import { contentsDigest } from "../../../client/ops/pack/plan.js";
import { openDirectory } from "../../../client/ops/transports/directory/index.js";
import { hostError } from "../support/errors.js";
import { removeTemporary, temporary, write } from "../support/places.js";
import { filesOf, filesOfFolder, treeOf } from "../support/pluginFiles.js";
import { skipAloud } from "../support/skipping.js";

const signal = new AbortController().signal;
const first = { "manifest.yaml": "name: hello\n", "dist/a.js": "one" };
const second = { "manifest.yaml": "name: hello\n", "dist/b.js": "two" };

describe("a directory of plugins", () => {
  afterEach(removeTemporary);

  it("gets a plugin, gets another version of it, and loses it", async () => {
    const { plugins, root } = await place();
    assert.deepEqual(await plugins.list(signal), []);
    const made = await plugins.install("@acme/hello", filesOf(first), signal);
    assert.deepEqual([made.at, made.replaced, made.notes], [path.join(root, "@acme", "hello"), false, []]);
    assert.deepEqual(await treeOf(root), {
      "@acme/hello/manifest.yaml": "name: hello\n",
      "@acme/hello/dist/a.js": "one",
    });
    assert.ok((await plugins.install("@acme/hello", filesOf(second), signal)).replaced);
    assert.deepEqual(await treeOf(root), {
      "@acme/hello/manifest.yaml": "name: hello\n",
      "@acme/hello/dist/b.js": "two",
    });
    assert.deepEqual(
      (await plugins.list(signal)).map(({ name }) => name),
      ["@acme/hello"],
    );
    assert.equal(String(await plugins.read("@acme/hello", "dist/b.js", signal)), "two");
    assert.equal(await plugins.read("@acme/hello", "dist/a.js", signal), undefined);
    assert.ok(await plugins.remove("@acme/hello", signal));
    assert.deepEqual(await readdir(root), []);
    assert.ok(!(await plugins.remove("@acme/hello", signal)));
  });
  it("tells what lies there by a digest, equal for equal plugins", async () => {
    const { plugins } = await place();
    assert.equal(await plugins.contents("hello", signal), undefined);
    await plugins.install("hello", filesOf(first), signal);
    const one = await plugins.contents("hello", signal);
    await plugins.install("other", filesOf(first), signal);
    assert.equal(await plugins.contents("other", signal), one);
    const digests = Object.entries(first).map(([name, text]) => ({ path: name, sha256: digestOf(text) }));
    assert.equal(one, contentsDigest(digests.sort((a, b) => (a.path < b.path ? -1 : 1))));
    await plugins.install("other", filesOf(second), signal);
    assert.notEqual(await plugins.contents("other", signal), one);
  });
  it("lets every user read it, as a package does", async () => {
    const { plugins, root } = await place();
    const source = await write(await temporary(), { "run.sh": "#!/bin/sh\n", "sub/data": "x" });
    await chmod(path.join(source, "run.sh"), 0o700);
    await chmod(path.join(source, "sub/data"), 0o600);
    const umask = process.umask(0o077);
    try {
      await plugins.install("hello", await filesOfFolder(source, ["run.sh", "sub/data"]), signal);
    } finally {
      process.umask(umask);
    }
    const modes = await Promise.all(
      ["", "run.sh", "sub", "sub/data"].map((name) => mode(path.join(root, "hello", name))),
    );
    assert.deepEqual(modes, ["755", "644", "755", "644"]);
  });
  it("takes no name and no file that leaves it", async () => {
    const { plugins, root } = await place();
    for (const name of ["..", "../x", "", ".hidden", "@acme", "@acme/..", "a/b", "@a/b/c", "/tmp/x", "a\\b"]) {
      assert.equal((await hostError(plugins.install(name, filesOf(first), signal))).kind, "refused", name);
      assert.equal((await hostError(plugins.remove(name, signal))).kind, "refused", name);
    }
    for (const name of ["../x", "/x", "a/../../x", "a//b", "a\\b", ".git/config", "a\n"]) {
      assert.equal((await hostError(plugins.install("hello", filesOf({ [name]: "x" }), signal))).kind, "refused", name);
    }
    assert.equal((await hostError(plugins.install("hello", [], signal))).message, "the plugin has no files");
    assert.deepEqual(await readdir(root), []);
  });
  it("is not written through links", async () => {
    const { plugins, root } = await place();
    const elsewhere = await temporary();
    await symlink(elsewhere, path.join(root, "hello"));
    await symlink(elsewhere, path.join(root, "@acme"));
    for (const name of ["hello", "@acme/x"]) {
      assert.match((await hostError(plugins.install(name, filesOf(first), signal))).message, /is a link to /);
    }
    assert.deepEqual(
      (await plugins.list(signal)).map(({ name, link }) => [name, link]),
      [["hello", elsewhere]],
    );
    assert.ok(await plugins.remove("hello", signal));
    assert.ok((await stat(elsewhere)).isDirectory());
  });
  it("has to be there", async () => {
    const { root } = await place();
    const gone = openDirectory({ directory: path.join(root, "gone") });
    for (const work of [gone.list(signal), gone.install("x", filesOf(first), signal), gone.remove("x", signal)]) {
      assert.match(errorText(await hostError(work)), /there is no directory .*gone; mount the volume, or correct/);
    }
    await write(root, { file: "" });
    assert.match(
      (await hostError(openDirectory({ directory: path.join(root, "file") }).list(signal))).message,
      /is a file/,
    );
  });
  it("in a git checkout is refused where the host would overwrite that, and nowhere else", async () => {
    const { root } = await place();
    await write(root, { ".git/HEAD": "ref: refs/heads/main\n" });
    const directory = path.join(root, "plugins", "installed");
    await mkdir(directory, { recursive: true });
    const careful = openDirectory({ directory, insideGit: "refuse" });
    const error = await hostError(careful.install("hello", filesOf(first), signal));
    assert.match(
      errorText(error),
      /lies in the git checkout .*uncommitted work there would be lost.*has what it had; use a directory outside/,
    );
    await openDirectory({ directory }).install("hello", filesOf(first), signal);
    const outside = (await place()).root;
    await write(outside, { "cloned/.git/HEAD": "" });
    const own = openDirectory({ directory: outside, insideGit: "refuse" });
    assert.match(
      (await hostError(own.install("cloned", filesOf(first), signal))).message,
      /is a git checkout, which the host keeps/,
    );
    await own.install("hello", filesOf(first), signal);
  });
  it("that may not be written is told with its owner", async function () {
    if (process.getuid?.() === 0) return void skipAloud(this, "the superuser may write everywhere");
    const { plugins, root } = await place();
    await chmod(root, 0o555);
    const error = await hostError(plugins.install("hello", filesOf(first), signal));
    assert.deepEqual([error.kind, error.hostNow], ["forbidden", `${root} has what it had`]);
    assert.match(error.message, /may not be changed by you \(it belongs to user \d+, group \d+, mode 555\)/);
    await chmod(root, 0o755);
  });
});

async function place() {
  const root = await temporary();
  return { root, plugins: openDirectory({ directory: root }) };
}

async function mode(file: string): Promise<string> {
  return ((await stat(file)).mode & 0o777).toString(8);
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
