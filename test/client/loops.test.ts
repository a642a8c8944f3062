// Plugins that are deployed on change: each loop has its own problem at the manifest, and one that ends takes its own along.

import "./support/editor.js";

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createLoops, type Loops } from "../../client/views/loops.js";
import { editor } from "./support/editor.js";
import { local, row } from "./support/makers.js";

describe("plugins that are deployed on change", () => {
  let folder: string;
  let loops: Loops;

  beforeEach(async () => {
    editor.reset();
    folder = await mkdtemp(path.join(os.tmpdir(), "plugsmith-loops-"));
    await writeFile(path.join(folder, "manifest.yaml"), 'name: notes\nversion: "1"\npluginEntry: plugin.js\n');
    await writeFile(path.join(folder, "plugin.js"), "export default {{{\n");
    loops = createLoops(
      async () => undefined,
      () => undefined,
    );
  });
  afterEach(async () => {
    loops.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const failing = () =>
    [...editor.problems].filter(([, messages]) => messages.length > 0).map(([name]) => name.split(".")[2]);
  const until = async (hosts: readonly string[]) => {
    for (let tries = 0; failing().join() !== hosts.join() && tries < 200; tries++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    assert.deepEqual(failing(), hosts);
  };

  it("have a problem for each host, and the others' stays when one ends", async () => {
    const root = pathToFileURL(folder).href;
    const plugin = local({ root, manifest: `${root}/manifest.yaml` });
    for (const name of ["team", "staging"]) {
      const host = row({ name });
      loops.start(host, plugin, { host: { config: host }, archives: folder, quiet: 10 });
    }
    editor.written.fire();
    await until(["team", "staging"]);
    await loops.stop("team", "notes");
    await until(["staging"]);
    assert.match(loops.words("staging", "notes") ?? "", /^on change: failed/);
  });
});
