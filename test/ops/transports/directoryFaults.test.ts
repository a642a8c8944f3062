// A directory of plugins when a disk is full, work is cancelled, a writer is killed or two write at once: the plugin there is the
// old one or the new one, and what is said of it is true.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { readdir, utimes } from "node:fs/promises";
import path from "node:path";
import { errorText } from "../../../client/ops/index.js";
import { openDirectory } from "../../../client/ops/transports/directory/index.js";
import type { PluginFile } from "../../../client/ops/transports/files.js";
import { hostError } from "../support/errors.js";
import { faultyDisk } from "../support/faultyDisk.js";
import { type Files, removeTemporary, temporary } from "../support/places.js";
import { filesOf, treeOf } from "../support/pluginFiles.js";
import { until } from "../support/waiting.js";

const slowWriter = path.join(__dirname, "..", "support", "slowWriter.js");
const signal = new AbortController().signal;
const first = { "manifest.yaml": "name: hello\n", "dist/a.js": "one" };
const second = { "manifest.yaml": "name: hello\n", "dist/b.js": "two" };

describe("a directory of plugins, when something fails", () => {
  afterEach(removeTemporary);

  for (const call of ["mkdir", "writeFile", "chmod", "rename"] as const) {
    it(`has the former plugin when ${call} fails, whichever time`, async () => {
      for (let time = 1; ; time++) {
        const { root } = await place();
        await openDirectory({ directory: root }).install("@acme/hello", filesOf(first), signal);
        const disk = faultyDisk(call, time, "ENOSPC");
        const work = openDirectory({ directory: root, disk }).install("@acme/hello", filesOf(second), signal);
        const error = await work.then(
          () => undefined,
          () => hostError(work),
        );
        const wanted = error === undefined ? second : first;
        assert.deepEqual(await treeOf(path.join(root, "@acme", "hello")), wanted);
        assert.deepEqual(await readdir(root), ["@acme"]);
        if (error === undefined) return assert.ok(time > 1);
        assert.match(errorText(error), /does not fit: the disk is full; .* has what it had; make room/);
        assert.ok(time < 50);
      }
    });
  }
  it("has nothing when the first installation fails", async () => {
    for (const call of ["mkdir", "writeFile", "chmod", "rename"] as const) {
      const { root } = await place();
      const work = openDirectory({ directory: root, disk: faultyDisk(call, 2, "ENOSPC") }).install(
        "@acme/hello",
        filesOf(first),
        signal,
      );
      if (call === "rename") await work;
      else {
        await hostError(work);
        assert.deepEqual(await readdir(root), [], call);
      }
    }
  });
  it("says where the former plugin lies when it can't be put back, and puts it back the next time", async () => {
    const { root, plugins } = await place();
    await plugins.install("hello", filesOf(first), signal);
    const disk = faultyDisk("rename", 2, "EIO", 99);
    const error = await hostError(openDirectory({ directory: root, disk }).install("hello", filesOf(second), signal));
    assert.match(error.hostNow ?? "", /^the former plugin lies in .*old-0$/);
    const [stage = ""] = await readdir(root);
    await age(path.join(root, stage));
    await plugins.install("other", filesOf(first), signal);
    assert.deepEqual(await treeOf(path.join(root, "hello")), first);
    assert.deepEqual((await readdir(root)).sort(), ["hello", "other"]);
  });
  it("has what it had when the work is cancelled before the exchange", async () => {
    const { plugins, root } = await place();
    await plugins.install("hello", filesOf(first), signal);
    const stop = new AbortController();
    const slow: PluginFile = {
      path: "z",
      bytes: 1,
      read: async () => {
        stop.abort();
        return Buffer.from("z");
      },
    };
    const error = await hostError(plugins.install("hello", [...filesOf(second), slow], stop.signal));
    assert.deepEqual([error.kind, error.hostNow], ["cancelled", `${root} has what it had`]);
    assert.deepEqual(await treeOf(root), { "hello/manifest.yaml": "name: hello\n", "hello/dist/a.js": "one" });
    assert.equal((await hostError(plugins.install("hello", filesOf(second), AbortSignal.abort()))).kind, "cancelled");
  });
  it("keeps a plugin whose removal fails", async () => {
    const { root, plugins } = await place();
    await plugins.install("hello", filesOf(first), signal);
    const error = await hostError(
      openDirectory({ directory: root, disk: faultyDisk("rename", 1, "EBUSY") }).remove("hello", signal),
    );
    assert.match(errorText(error), /is in use; .*hello is still there; stop what uses it/);
    assert.deepEqual(await readdir(root), ["hello"]);
  });
  it("ends with one of two plugins that are written at once, as a whole", async () => {
    const { plugins, root } = await place();
    for (let round = 0; round < 10; round++) {
      const both = [first, second].map((one) => plugins.install("hello", filesOf(one), signal));
      await Promise.all(both);
      const now = await treeOf(path.join(root, "hello"));
      assert.ok([first, second].some((one) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(now))));
      assert.deepEqual(await readdir(root), ["hello"]);
    }
  });
  it("is put right after a writer was killed in the middle", async () => {
    const { plugins, root } = await place();
    await plugins.install("hello", filesOf(first), signal);
    for (const call of ["writeFile", "rename"]) {
      const child = fork(slowWriter, [root, call], { stdio: "ignore" });
      await once(child, "message");
      child.kill("SIGKILL");
      await once(child, "exit");
      if (call === "rename") assert.ok(!(await readdir(root)).includes("hello"));
      const { notes } = await plugins.install("other", filesOf(second), signal);
      const back = 'the former "hello", which a deployment that was killed had moved away, was put back first';
      assert.deepEqual(notes, call === "rename" ? [back] : []);
      assert.deepEqual(await treeOf(path.join(root, "hello")), first);
      assert.deepEqual((await readdir(root)).sort(), ["hello", "other"]);
    }
  });
  it("leaves another writer alone that is at work", async () => {
    const { plugins, root } = await place();
    const child = fork(slowWriter, [root, "writeFile"], {
      stdio: "ignore",
    });
    await once(child, "message");
    await plugins.install("other", filesOf(first), signal);
    assert.equal((await readdir(root)).filter((name) => name.startsWith(".plugsmith-")).length, 1);
    child.kill("SIGKILL");
    await once(child, "exit");
    await plugins.remove("other", signal);
    await until(async () => (await readdir(root)).length === 0);
  });
});

async function place() {
  const root = await temporary();
  return { root, plugins: openDirectory({ directory: root }) };
}

function sorted(tree: Files) {
  return Object.entries(tree).sort();
}

/** As if the writer had died long ago. */
async function age(folder: string): Promise<void> {
  const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
  await utimes(folder, longAgo, longAgo);
}
