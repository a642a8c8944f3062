// What the trees say: every state in words, the words that menus go by, and the joins behind them.
import assert from "node:assert/strict";
import type { LedgerEntry } from "../../client/ops/index.js";
import type { HostState, Reach } from "../../client/views/hostStore.js";
import { type HostRecord, modelOf } from "../../client/views/model/index.js";
import { clock } from "../../client/views/model/words.js";
import { local, noRecord, row, sent, state, summary } from "./support/makers.js";

const at = new Date().setHours(14, 2, 0, 0);
const now = "14:02";

describe("a host in the tree", () => {
  const view = (host: HostState) => {
    const [first] = modelOf([host], [], noRecord).hosts;
    assert.ok(first);
    return first;
  };
  const reaches: readonly [Reach, Partial<HostState>, string, string][] = [
    [{ is: "unasked" }, {}, "not asked yet", "quiet"],
    [{ is: "asking" }, {}, "asking …", "quiet"],
    [{ is: "unsupported" }, {}, "can't be reached from here yet", "quiet"],
    [{ is: "answers" }, { at }, "0 plugins · shared", "good"],
    [{ is: "answers" }, { at, plugins: [summary()] }, "1 plugin · shared", "good"],
    [{ is: "answers" }, { at, config: row({ level: "local" }) }, "0 plugins", "good"],
    [{ is: "answers" }, { at, config: row({ level: "production" }) }, "0 plugins · production", "good"],
    [{ is: "keyNeeded", since: at, reason: "r" }, {}, "sign-in needed", "attention"],
    [{ is: "keyNeeded", since: at, reason: "r" }, { at }, `sign-in needed, shown as of ${now}`, "attention"],
    [{ is: "refuses", since: at, reason: "r" }, {}, `refuses to answer since ${now}`, "bad"],
    [{ is: "unreachable", since: at, reason: "r" }, {}, `unreachable since ${now}`, "bad"],
    [{ is: "unreachable", since: at, reason: "r" }, { at }, `unreachable since ${now}, shown as of ${now}`, "bad"],
  ];
  for (const [reach, more, words, mood] of reaches) {
    it(`that is "${reach.is}" reads "${words.replace(now, "…")}"`, () => {
      const { at: _at, ...unasked } = state();
      const shown = view({ ...unasked, reach, ...more });
      assert.deepEqual([shown.state, shown.mood], [words, mood]);
      assert.ok(shown.flags.includes(reach.is));
    });
  }

  it("has sorted words for menus", () => {
    assert.deepEqual(view(state()).flags, [
      "answers",
      "can:open",
      "can:reload",
      "can:signIn",
      "can:upload",
      "inSettings",
      "level:shared",
      "system:buntime",
    ]);
    assert.deepEqual(view(state({ reach: { is: "unsupported" } })).flags, [
      "can:open",
      "inSettings",
      "level:shared",
      "system:buntime",
      "unsupported",
    ]);
  });

  it("can't be edited or signed in to when it is the local host, which is in no settings and needs no key", () => {
    const { flags } = view(state({ config: row({ name: "local host", level: "local" }) }));
    assert.deepEqual(flags, ["answers", "can:open", "can:reload", "can:upload", "level:local", "system:buntime"]);
  });

  it("tells the reason, the age and who is signed in", () => {
    const description = {
      title: "Buntime v0.5",
      version: "0.5.4",
      canEnable: true,
      principal: { name: "ada", permissions: [], namespaces: ["*"] },
    };
    const reach: Reach = { is: "unreachable", since: at, reason: "nothing listens there" };
    const { detail } = view(state({ reach, at, description }));
    assert.deepEqual(detail.split("\n"), [
      "staging (shared)",
      "https://buntime.example.org",
      "Buntime v0.5 (0.5.4), signed in as ada",
      "nothing listens there",
      `as of ${now}`,
    ]);
  });
});

describe("a plugin on a host", () => {
  const view = (
    plugin: Parameters<typeof summary>[0],
    record?: HostRecord,
    here = [local()],
    host: Partial<HostState> = {},
  ) => {
    const [first] = modelOf([state({ plugins: [summary(plugin)], ...host })], here, () => record).hosts;
    const [found] = first?.plugins ?? [];
    assert.ok(found);
    return found;
  };
  const record = (more: Partial<LedgerEntry>, differs?: boolean, there?: HostRecord["there"]): HostRecord => ({
    canGoBack: false,
    entries: [sent(more)],
    sent: sent(more),
    ...(there === undefined ? {} : { there }),
    ...(differs === undefined ? {} : { differs }),
  });

  it("is loaded, installed or lingering, as the host says", () => {
    const words = (["loaded", "installed", "lingering", "disabled", "failed"] as const).map((one) => {
      const { state: text, mood, flags } = view({ state: one });
      assert.ok(flags.includes(one));
      return [text, mood];
    });
    assert.deepEqual(words, [
      ["loaded", "good"],
      ["not loaded · installed", "attention"],
      ["files removed · still loaded", "attention"],
      ["disabled · installed", "quiet"],
      ["failed to load · installed", "bad"],
    ]);
  });

  it("is compared with what was sent from here, and with what is here", () => {
    const cases: readonly [string, ReturnType<typeof view>][] = [
      ["loaded · in sync", view({}, record({}, false, "ours"))],
      ["local newer · loaded", view({}, record({}, true, "ours"))],
      ["host newer · loaded", view({}, record({}, false, "other"))],
      ["changed here and there · loaded", view({}, record({}, true, "other"))],
      ["host newer · loaded 3.0, sent 2.0", view({ version: "3.0" }, record({ version: "2.0" }))],
      ["local newer · loaded 1.0, here 1.1", view({ version: "1.0" }, undefined, [local({ version: "1.1" })])],
      ["host newer · loaded 1.10, here 1.9", view({ version: "1.10" }, undefined, [local({ version: "1.9" })])],
      ["other version · loaded main, here 1.9", view({ version: "main" }, undefined, [local({ version: "1.9" })])],
      ["loaded · only there", view({}, undefined, [])],
      ["loaded 1.0", view({ version: "1.0" }, undefined, [local({ version: "1.0" })])],
      ["loaded · only there", view({}, record({}), [])],
    ];
    for (const [words, shown] of cases) assert.equal(shown.state, words);
  });

  it("is not said to be as it is here before that was read back: the host may run what it ran before", () => {
    assert.equal(view({}, record({ result: "sent" }, false)).state, "not verified · loaded");
    const shown = view({}, record({ result: "notLoaded", reason: "its base is taken" }, false));
    assert.equal(shown.state, "delivery failed · loaded");
    assert.equal(shown.mood, "attention");
    assert.match(shown.detail, /last sent from here on .*, not loaded: its base is taken/);
  });

  it("was not loaded: the host has its files, and the reason is told", () => {
    const shown = view({ state: "installed" }, record({ result: "notLoaded", reason: "its base is taken" }, false));
    assert.equal(shown.state, "not loaded · installed");
    assert.match(shown.detail, /its base is taken/);
    assert.ok(!shown.flags.includes("can:open"));
  });

  it("can be removed where the host lists its files and lets them go", () => {
    assert.ok(view({ removeKey: "notes" }).flags.includes("can:remove"));
    assert.ok(!view({ removeKey: "notes", removable: false }).flags.includes("can:remove"));
    assert.ok(!view({ state: "lingering" }).flags.includes("can:remove"));
  });

  it("can be rolled back, deployed and opened where there is something to go to", () => {
    assert.deepEqual(view({ base: "/notes" }, { canGoBack: true, entries: [] }).flags, [
      "can:deploy",
      "can:open",
      "can:rollback",
      "loaded",
    ]);
    assert.deepEqual(view({}, undefined, []).flags, ["loaded"]);
    assert.equal(view({ base: "/notes" }).address, "https://buntime.example.org/notes/");
    assert.equal(view({ base: "/" }).address, "https://buntime.example.org/");
  });

  it("of a host that fell silent is neither good nor bad, but as of an earlier time", () => {
    const reach: Reach = { is: "unreachable", since: at, reason: "r" };
    const silent = { reach, at, plugins: [summary({ version: "1.0", dependencies: ["gone"] })] };
    const shown = view({}, undefined, [], silent);
    assert.deepEqual([shown.state, shown.mood], [`as of ${now} · loaded 1.0 · only there`, "quiet"]);
    assert.deepEqual(
      shown.parts.map(({ mood }) => mood),
      ["quiet"],
    );
    const differs = view({}, record({}, true), [local()], silent);
    assert.deepEqual([differs.state, differs.mood], [`as of ${now} · local newer · loaded 1.0`, "quiet"]);
  });

  it("is joined with the plugin here by name and system", () => {
    assert.equal(view({}, undefined, [local({ system: "metaflow" })]).local, undefined);
    assert.equal(view({}, undefined, [local({ name: "other" })]).local, undefined);
    assert.equal(view({}).local?.root, "file:///w/notes");
  });

  it("is joined with none of two namesakes here", () => {
    const twins = [local(), local({ root: "file:///w/copy", manifest: "file:///w/copy/manifest.yaml" })];
    assert.equal(view({}, undefined, twins).local, undefined);
  });

  it("shows its routes, menus and what it depends on", () => {
    const { parts } = view(
      {
        routes: ["/notes/"],
        menus: [{ title: "Notes", path: "/notes", items: [{ title: "New", items: [] }] }],
        dependencies: ["there", "idle", "gone"],
        optionalDependencies: ["gone"],
      },
      undefined,
      [],
      {
        plugins: [
          summary({
            routes: ["/notes/"],
            menus: [{ title: "Notes", path: "/notes", items: [{ title: "New", items: [] }] }],
            dependencies: ["there", "idle", "gone"],
            optionalDependencies: ["gone"],
          }),
          summary({ name: "there" }),
          summary({ name: "idle", state: "installed" }),
        ],
      },
    );
    assert.deepEqual(
      parts.map(({ kind, label, state: text, mood, address }) => [kind, label, text, mood, address]),
      [
        ["route", "/notes/", "page", "quiet", "https://buntime.example.org/notes/"],
        ["menu", "Notes", "menu, /notes", "quiet", "https://buntime.example.org/notes/"],
        ["menu", "Notes › New", "menu", "quiet", undefined],
        ["dependency", "there", "loaded · needed dependency", "quiet", undefined],
        ["dependency", "idle", "not loaded · needed dependency", "bad", undefined],
        ["dependency", "gone", "not on this host · needed dependency", "bad", undefined],
        ["dependency", "gone", "not on this host · optional dependency", "attention", undefined],
      ],
    );
    assert.equal(new Set(parts.map(({ kind, id }) => `${kind} ${id}`)).size, parts.length);
  });
});

describe("a time", () => {
  it("has its date when it is not of today", () => {
    const noon = new Date("2024-05-06T12:34:00");
    assert.equal(clock(noon.getTime(), new Date("2024-05-06T20:00:00")), "12:34");
    assert.equal(clock(noon.getTime(), new Date("2024-05-07T20:00:00")), "06/05/2024 12:34");
  });
});
