// Several hosts at once, and deploying on change.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import {
  connect,
  deploy,
  deployOnChange,
  HostError,
  type LocalHost,
  type LoopState,
  onEachHost,
  type PluginHost,
  restOf,
  startLocalHost,
} from "../../client/ops/index.js";
import { plugin, removeTemporary, temporary } from "./support/places.js";
import { until } from "./support/waiting.js";

const signal = new AbortController().signal;
const named = (name: string): PluginHost => ({ config: { name, system: "buntime", level: "local" } });
const failure = () => new HostError({ kind: "refused", step: "upload", message: "no", next: "yes" });

describe("several hosts", () => {
  const hosts = ["a", "b", "c", "d", "e"].map(named);
  const ends = async (bad: readonly string[], afterFailure: "stop" | "go on", stop = signal) => {
    let [now, most] = [0, 0];
    const ended = await onEachHost({
      hosts,
      atOnce: 2,
      afterFailure,
      signal: stop,
      isFailure: (answer: string) => answer.startsWith("bad"),
      work: async ({ config }) => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        if (bad.includes(config.name)) throw failure();
        return config.name === "e" ? "bad answer" : "good";
      },
    });
    assert.ok(most <= 2);
    return ended;
  };

  it("each come to their own end, a few at a time, in the order they were named", async () => {
    const ended = await ends(["b"], "go on");
    assert.deepEqual(
      ended.map(({ host, state }) => `${host.config.name} ${state}`),
      ["a done", "b failed", "c done", "d done", "e notDone"],
    );
    assert.deepEqual(
      restOf(ended).map(({ config }) => config.name),
      ["b", "e"],
    );
  });

  it("are not begun any more after the first failure, and can be resumed", async () => {
    const ended = await ends(["a"], "stop");
    assert.equal(ended[0]?.state, "failed");
    assert.deepEqual(
      ended.slice(2).map(({ state }) => state),
      ["notBegun", "notBegun", "notBegun"],
    );
    assert.deepEqual(
      restOf(ended).map(({ config }) => config.name),
      ["a", "c", "d", "e"],
    );
  });

  it("are left as they are once it is cancelled", async () => {
    const ended = await ends([], "go on", AbortSignal.abort());
    assert.ok(ended.every(({ state }) => state === "notBegun"));
  });
});

describe("deploying on change", () => {
  let local: LocalHost;
  beforeEach(async () => {
    local = await startLocalHost({ directory: await temporary() });
  });
  afterEach(async () => {
    await local.stop();
    await removeTemporary();
  });

  const started = async (folder: string, contents?: string) => {
    const states: LoopState[] = [];
    const host = connect({ name: "local", system: "buntime", level: "local", url: local.url });
    let [now, most] = [0, 0];
    const loop = deployOnChange({
      host,
      folder,
      archives: await temporary(),
      quiet: 20,
      ...(contents === undefined ? {} : { contents }),
      inTurn: async (work) => {
        now += 1;
        most = Math.max(most, now);
        try {
          return await work();
        } finally {
          now -= 1;
        }
      },
      onState: (state) => states.push(state),
    });
    const ends = () => states.filter(({ is }) => is === "delivered" || is === "failed");
    return { loop, states, host, ends, most: () => most };
  };

  it("sends what the build wrote, once for many writes, never two at once, and proves it", async () => {
    const folder = await plugin();
    const { loop, ends, most, host } = await started(folder);
    for (let round = 0; round < 5; round += 1) {
      await writeFile(path.join(folder, "dist/plugin.js"), `export default () => ({ round: ${round} });\n`);
      loop.changed();
    }
    await until(() => ends().length === 1);
    const [first] = ends();
    assert.equal(first?.is === "delivered" && first.delivered.verdict.state, "verified");
    await writeFile(path.join(folder, "dist/plugin.js"), "export default () => ({ round: 9 });\n");
    loop.changed();
    await until(() => ends().length === 2);
    assert.equal(most(), 1);
    assert.deepEqual(
      (await host.list?.(signal))?.map(({ state }) => state),
      ["loaded"],
    );
    await loop.stop();
  });

  it("sends nothing when what goes into the package is as before", async () => {
    const folder = await plugin({ ".pluginignore": "src\n", "src/a.ts": "1" });
    const host = connect({ name: "local", system: "buntime", level: "local", url: local.url });
    const { shipment } = await deploy({ host, plugin: folder, archives: await temporary(), signal });
    const { loop, ends, states } = await started(folder, shipment.contents);
    await writeFile(path.join(folder, "src/a.ts"), "2");
    loop.changed();
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual([ends().length, states.length], [0, 1]);
    await writeFile(path.join(folder, "dist/plugin.js"), "export default 1;\n");
    loop.changed();
    await until(() => ends().length === 1);
    await loop.stop();
  });

  it("tells what is wrong and goes on with the next change", async () => {
    const folder = await plugin();
    const { loop, ends } = await started(folder);
    await writeFile(path.join(folder, "dist/plugin.js"), "export default {{{\n");
    loop.changed();
    await until(() => ends().length === 1);
    const [failed] = ends();
    assert.match(failed?.is === "failed" ? failed.error.message : "", /plugin\.js/);
    await writeFile(path.join(folder, "dist/plugin.js"), "export default {};\n");
    loop.changed();
    await until(() => ends().length === 2);
    assert.equal(ends()[1]?.is, "delivered");
    await loop.stop();
    loop.changed();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(ends().length, 2);
  });
});
