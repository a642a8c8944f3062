// The emulated page against a plugin that posts whatever can be posted: it answers as the page does, and nothing breaks.

import assert from "node:assert/strict";
import { createPatience } from "../../../client/preview/metaflow/page/patience.js";
import { shownData } from "../../../client/preview/metaflow/page/shown.js";
import { offered } from "../../../client/preview/site/offered.js";
import { listed, settingFor } from "./metaflowPage.js";

const circle: Record<string, unknown> = { a: 1 };
circle.self = circle;

describe("a hostile plugin on the emulated page", () => {
  const strange: readonly unknown[] = [
    circle,
    10n,
    new Map([[circle, 1n]]),
    new Set([circle]),
    new ArrayBuffer(8),
    Number.NaN,
    /x/,
    new Error("x"),
    JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
    [[], [circle]],
  ];
  const types = [
    "PluginRegisterEvent",
    "PluginHeightCheck",
    "PluginSubscribeToData",
    "PluginSubscribeToEvent",
    "PluginCallEvent",
    "PluginRemoveRequest",
  ];

  it("may put anything into any field", () => {
    const { page, start, box, heard } = settingFor([listed("a"), listed("b")]);
    start("a");
    start("b");
    const frame = box("a").frame?.id ?? "";
    for (const type of types)
      for (const field of ["name", "version", "height", "paths", "events", "event", "data", "type"])
        for (const value of strange) {
          page.receive(frame, { type, name: "a", [field]: value });
          page.receive("hidden 0", { type, name: "a", [field]: value });
          page.receive("no such frame", value);
        }
    for (const value of strange)
      for (const event of ["UPDATE_PLUGIN", "SEND_NOTIFICATION", "__proto__", "toString"])
        page.receive(frame, { type: "PluginCallEvent", name: "a", event, data: value });
    assert.equal(Reflect.get({}, "polluted"), undefined);
    assert.equal(box("b").visible, true);
    assert.deepEqual(heard("b"), ["ReadyToRender"]);
  });
  it("hears its own data again as it was, also what is no JSON", () => {
    const { start, say, posted } = settingFor([listed("a")]);
    start("a");
    say("a", { type: "PluginSubscribeToEvent", events: ["x"] });
    say("a", { type: "PluginCallEvent", event: "x", data: circle });
    assert.equal(posted.at(-1)?.message.data, circle);
  });
  it("may post very often, and subscribe very often", () => {
    const { start, say, posted } = settingFor([listed("a")]);
    start("a");
    const began = performance.now();
    for (let count = 0; count < 5_000; count += 1) say("a", { type: "PluginSubscribeToEvent", events: ["x"] });
    assert.ok(performance.now() - began < 5000, `${performance.now() - began} ms`);
    say("a", { type: "PluginCallEvent", event: "x" });
    assert.equal(posted.filter(({ message }) => message.type === "EventUpdate").length, 5_000);
  });
  it("is heard a thousand times a second, each frame for itself", () => {
    const patience = createPatience();
    const heard = (frame: string, now: number) =>
      Array.from({ length: 1500 }, () => patience.hears(frame, now)).filter(({ isHeard }) => isHeard).length;
    assert.deepEqual([heard("a", 5), heard("a", 900), heard("b", 900), heard("a", 1005)], [1000, 0, 1000, 1000]);
    assert.equal(Array.from({ length: 3000 }, () => patience.hears("c", 1)).filter(({ isFirst }) => isFirst).length, 1);
  });
  it("is heard from its hidden frame no more once that has registered", () => {
    const { page, box, start } = settingFor([listed("a")]);
    start("a");
    page.receive("hidden 0", { type: "PluginHeightCheck", name: "a", height: 9 });
    assert.equal(box("a").frame?.height, 150);
  });
});

describe("data of a message, as text", () => {
  it("reads as JSON", () => {
    for (const value of [1, "x", null, true, [], {}, [1, [2]], { a: { b: [1, { c: "d\n" }] }, e: [] }, [new Date(0)]])
      assert.equal(shownData(value), JSON.stringify(value, undefined, 1));
    assert.equal(shownData({ a: undefined, b: 1 }), '{\n "b": 1\n}');
  });
  it("names what JSON has no words for", () => {
    assert.equal(shownData(circle), '{\n "a": 1,\n "self": [itself again]\n}');
    assert.equal(
      shownData([10n, new ArrayBuffer(1), new Map([["a", 1]]), undefined]).replace(/\s+/g, " "),
      '[ 10n, ArrayBuffer, Map [ [ "a", 1 ] ], undefined ]',
    );
  });
  it("stays short, however large, wide or deep the data is", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    const wide = Array.from({ length: 300_000 }, (_, at) => at);
    const keys = Object.fromEntries(wide.slice(0, 20_000).map((at) => [`key ${at}`.repeat(50), at]));
    for (const value of [deep, wide, keys, "x".repeat(10_000_000), { ["k".repeat(10_000_000)]: 1 }]) {
      const began = performance.now();
      assert.ok(shownData(value).length < 60_000);
      assert.ok(performance.now() - began < 5000);
    }
  });
});

describe("a place that a preview's document asks to be opened", () => {
  const place = { path: "/w/a.py", span: [3, 5] as const };
  const sections = [
    { title: "x", rows: [{ label: "a" }, { label: "b", place }, { label: "c", place: { path: "/w/b" } }] },
  ];
  it("is one that a row offers, and no other file", () => {
    assert.equal(offered(sections, { path: "/w/a.py", span: [3, 5] }), place);
    assert.deepEqual(offered(sections, { path: "/w/b" }), { path: "/w/b" });
    for (const path of ["/etc/passwd", "/w/a.py/../../etc/passwd", "/w/a.py\0", "__proto__", ""])
      assert.equal(offered(sections, { path, span: [3, 5] }), undefined);
    assert.equal(offered(sections, { path: "/w/a.py", span: [0, 1] }), undefined);
    assert.equal(offered([], place), undefined);
  });
});
