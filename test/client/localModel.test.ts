// What the tree of the workspace's plugins says: where each is, what is wrong with it, and which of two namesakes it is.
import assert from "node:assert/strict";
import type { HostState, Reach } from "../../client/views/hostStore.js";
import { type HostRecord, modelOf } from "../../client/views/model/index.js";
import { clock } from "../../client/views/model/words.js";
import { local, noRecord, row, sent, state, summary } from "./support/makers.js";

const at = new Date().setHours(14, 2, 0, 0);
const now = "14:02";

describe("a plugin of the workspace", () => {
  const view = (hosts: readonly HostState[], here = [local()], record?: HostRecord) => {
    const [first] = modelOf(hosts, here, () => record).plugins;
    assert.ok(first);
    return first;
  };

  it("is only here while every host of its system answers without it", () => {
    assert.equal(view([state()]).state, "only here");
    assert.equal(view([]).state, "");
    assert.equal(view([state(), state({ reach: { is: "asking" } })]).state, "");
  });

  it("says where it is, the host that needs attention first", () => {
    const one = state({ plugins: [summary()] });
    const two = state({ config: row({ name: "two" }), plugins: [summary({ state: "installed", version: "2.0" })] });
    assert.equal(view([one]).state, "loaded on staging");
    assert.equal(view([one, two]).state, "not loaded on two");
    assert.equal(view([one, two]).mood, "attention");
  });

  it("is where a host has it now rather than where one had it before", () => {
    const reach: Reach = { is: "unreachable", since: at, reason: "r" };
    const silent = state({ config: row({ name: "silent" }), reach, at, plugins: [summary({ state: "installed" })] });
    assert.equal(view([silent]).state, `not loaded as of ${now} on silent`);
    assert.equal(view([silent]).mood, "quiet");
    assert.equal(view([silent, state({ plugins: [summary()] })]).state, "loaded on staging");
  });

  it("tells its errors before all else, and its version", () => {
    const { state: text, mood } = view([state()], [local({ errors: 2, version: "1.0" })]);
    assert.deepEqual([text, mood], ["2 errors · only here · 1.0", "bad"]);
  });

  it("shows each host of its system, whether it is there or not", () => {
    const hosts = [
      state(),
      state({ config: row({ name: "other", system: "metaflow" }) }),
      state({ config: row({ name: "no" }), reach: { is: "unsupported" } }),
      state({ config: row({ name: "down" }), reach: { is: "unreachable", since: at, reason: "r" } }),
    ];
    assert.deepEqual(
      view(hosts).hosts.map(({ host, state: text, flags }) => [host, text, flags.join(" ")]),
      [
        ["staging", "only here", "absent can:deploy"],
        ["down", `unreachable since ${now}, shown as of ${clock(hosts[3]?.at ?? 0)}`, "absent can:deploy"],
      ],
    );
  });

  it("shows what a host said before with its age", () => {
    const reach: Reach = { is: "unreachable", since: at, reason: "r" };
    const [shown] = view([state({ reach, at, plugins: [summary()] })]).hosts;
    assert.equal(shown?.state, `as of ${now} · loaded`);
  });

  it("can be rolled back on a host that has lost it", () => {
    const [shown] = view([state()], [local()], { canGoBack: true, sent: sent(), entries: [] }).hosts;
    assert.deepEqual(shown?.flags, ["absent", "can:deploy", "can:rollback"]);
    assert.match(shown?.detail ?? "", /last sent from here/);
  });

  it("is packed and deployed where its system's hosts take packages", () => {
    assert.deepEqual(view([]).flags, ["can:deploy", "can:package"]);
    assert.deepEqual(view([], [local({ system: "other" as never })]).flags, []);
  });

  it("with a namesake is told from it by as much of its path as that takes", () => {
    const places = (...manifests: readonly string[]) =>
      modelOf(
        [],
        manifests.map((manifest) => local({ manifest })),
        noRecord,
      ).plugins.map((plugin) => plugin.state);
    assert.deepEqual(places("file:///w/n/manifest.yaml", "file:///w/n/manifest.yml"), [
      "manifest.yaml",
      "manifest.yml",
    ]);
    assert.deepEqual(places("file:///a/n/manifest.yaml", "file:///b%20c/n/manifest.yaml"), [
      "a/n/manifest.yaml",
      "b c/n/manifest.yaml",
    ]);
  });
});
