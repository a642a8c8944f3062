// What hosts last said: refreshes that join, time-outs, failures that lose nothing, rows that change meanwhile.
import assert from "node:assert/strict";
import { createEmitter } from "../../client/emitter.js";
import { createHostRows } from "../../client/hostRows.js";
import { type HostConfig, HostError, type HostErrorKind, type PluginHost } from "../../client/ops/index.js";
import { createHostStore, type HostStore } from "../../client/views/hostStore.js";
import { row, summary } from "./support/makers.js";

const description = { title: "Buntime", canEnable: true };

describe("the store of hosts", () => {
  let setting: unknown;
  let settingChanged: ReturnType<typeof createEmitter<void>>;
  let asked: string[];
  let answer: NonNullable<PluginHost["list"]> | undefined;
  let lines: string[];
  let store: HostStore;

  const connectTo = (config: HostConfig): PluginHost => {
    const list = answer;
    if (list === undefined) return { config };
    return {
      config,
      list: (signal) => {
        asked.push(config.url ?? "");
        return list(signal);
      },
      describe: async () => description,
    };
  };
  const change = (rows: unknown) => {
    setting = rows;
    settingChanged.fire();
  };
  const only = () => {
    const [state] = store.states();
    assert.ok(state);
    return state;
  };

  beforeEach(() => {
    setting = [row()];
    settingChanged = createEmitter<void>();
    asked = [];
    lines = [];
    answer = async () => [summary()];
    const rows = createHostRows({ value: () => setting, onDidChange: settingChanged.event });
    store = createHostStore(rows, connectTo, (line) => lines.push(line), 50);
  });

  it("asks nobody by itself", () => {
    assert.equal(only().reach.is, "unasked");
    assert.deepEqual(asked, []);
  });

  it("keeps what a host said, and when", async () => {
    const before = Date.now();
    await store.refresh("staging");
    const { reach, plugins, at, description: told } = only();
    assert.deepEqual([reach.is, plugins.length, told?.title], ["answers", 1, "Buntime"]);
    assert.ok(at !== undefined && at >= before);
    assert.match(lines.join(), /^refresh staging: 1 plugins in \d+ ms$/);
  });

  it("says while it asks for the first time, and leaves a known answer in place later", async () => {
    const seen: string[] = [];
    store.onDidChange(() => seen.push(only().reach.is));
    await store.refresh();
    await store.refresh();
    assert.deepEqual(seen, ["asking", "answers", "answers", "answers"]);
  });

  it("lets what is known of a silent host stand while it is asked again", async () => {
    answer = () => Promise.reject(failing("unreachable"));
    const seen: string[] = [];
    store.onDidChange(() => seen.push(only().reach.is));
    await store.refresh();
    await store.refresh();
    assert.deepEqual(seen, ["asking", "unreachable", "unreachable", "unreachable"]);
  });

  it("joins a refresh that is under way", async () => {
    await Promise.all([store.refresh("staging"), store.refresh(), store.refresh("staging")]);
    assert.equal(asked.length, 1);
    await store.refresh("staging");
    assert.equal(asked.length, 2);
  });

  it("asks one host, or all of them", async () => {
    setting = [row(), row({ name: "two", url: "https://two.example.org" })];
    await store.refresh("two");
    await store.refresh("nobody");
    assert.deepEqual(asked, ["https://two.example.org"]);
    await store.refresh();
    assert.equal(asked.length, 3);
  });

  it("gives up on a host that does not answer in time", async () => {
    answer = (signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(failing("cancelled")), { once: true });
      });
    await store.refresh();
    const { reach } = only();
    assert.ok(reach.is === "unreachable");
    assert.equal(reach.reason, "it did not answer within 0.05 s");
  });

  it("keeps the former answer with its age when a later refresh fails, and since when it fails", async () => {
    await store.refresh();
    const { at } = only();
    answer = () => Promise.reject(failing("unreachable"));
    await store.refresh();
    const first = only();
    await store.refresh();
    const second = only();
    assert.deepEqual([second.plugins.length, second.at], [1, at]);
    assert.ok(first.reach.is === "unreachable" && second.reach.is === "unreachable");
    assert.equal(second.reach.since, first.reach.since);
    assert.equal(second.reach.reason, "it failed");
  });

  const kinds: readonly [HostErrorKind, string][] = [
    ["unauthorised", "keyNeeded"],
    ["forbidden", "keyNeeded"],
    ["unreachable", "unreachable"],
    ["cancelled", "unreachable"],
    ["refused", "refuses"],
    ["missing", "refuses"],
  ];
  for (const [kind, is] of kinds) {
    it(`takes a failure of kind "${kind}" for "${is}"`, async () => {
      answer = () => Promise.reject(failing(kind));
      await store.refresh();
      assert.equal(only().reach.is, is);
    });
  }

  it("counts the time of another kind of failure anew", async () => {
    answer = () => Promise.reject(failing("unauthorised"));
    await store.refresh();
    const { reach: former } = only();
    await new Promise((resolve) => setTimeout(resolve, 3));
    answer = () => Promise.reject(failing("unreachable"));
    await store.refresh();
    const { reach } = only();
    assert.ok("since" in former && "since" in reach && reach.since > former.since);
  });

  it("logs what nobody expected, and does not fail", async () => {
    answer = () => Promise.reject(new TypeError("odd"));
    await store.refresh();
    assert.equal(only().reach.is, "refuses");
    assert.match(lines.join(), /see the log: TypeError: odd/);
  });

  it("says of a host that can't be reached from here that it can't", async () => {
    answer = undefined;
    assert.equal(only().reach.is, "unsupported");
    await store.refresh();
    assert.equal(only().reach.is, "unsupported");
  });

  it("forgets what a row said that leads elsewhere now, or is gone", async () => {
    await store.refresh();
    change([row({ level: "production" })]);
    assert.deepEqual([only().plugins.length, only().config.level], [1, "production"]);
    change([row({ url: "https://other.example.org" })]);
    assert.deepEqual([only().plugins.length, only().reach.is], [0, "unasked"]);
    await store.refresh();
    change([]);
    change([row({ url: "https://other.example.org" })]);
    assert.equal(only().reach.is, "unasked");
  });

  it("drops the answer of a host whose row has changed while it was asked", async () => {
    let release: () => void = () => undefined;
    answer = () =>
      new Promise((resolve) => {
        release = () => resolve([summary({ name: "of the former host" })]);
      });
    const going = store.refresh();
    change([row({ url: "https://other.example.org" })]);
    answer = async () => [summary()];
    await store.refresh();
    release();
    await going;
    assert.deepEqual(
      only().plugins.map(({ name }) => name),
      ["notes"],
    );
  });
});

function failing(kind: HostErrorKind): HostError {
  return new HostError({ kind, step: "list", message: "it failed", next: "try again" });
}
