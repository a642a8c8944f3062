// The emulation against the contract's tables: registration, slots, messages in both directions, replay, events.

import assert from "node:assert/strict";
import { STANDARD } from "../../../client/preview/metaflow/page/sample.js";
import { isAtLeast } from "../../../client/preview/metaflow/page/version.js";
import { listed, settingFor, warnings } from "./metaflowPage.js";

describe("the emulated Metaflow page", () => {
  describe("registration", () => {
    it("follows the trace of a start: hidden frame, its removal, slot frame, ReadyToRender, DataUpdate", () => {
      const { page, start, say, heard, wait, posted } = settingFor([listed("taskp", { slot: "task-details" })]);
      assert.deepEqual(
        page.now().hidden.map(({ name, src, sandbox }) => [name, src, sandbox]),
        [["taskp", "/s/api/plugin/taskp/index.html?v=1.0.0", "allow-scripts "]],
      );
      wait();
      start("taskp");
      assert.deepEqual(page.now().hidden, []);
      say("taskp", { type: "PluginSubscribeToData", paths: ["metadata"] });
      say("taskp", { type: "PluginHeightCheck", height: 240 });
      assert.deepEqual(heard("taskp"), ["ReadyToRender", `DataUpdate metadata ${JSON.stringify(STANDARD.metadata)}`]);
      const [ready] = posted;
      assert.deepEqual(ready?.message, {
        type: "ReadyToRender",
        config: {
          ...listed("taskp"),
          config: { ...listed("taskp", { slot: "task-details" }).config, visible: true, useApplicationStyles: true },
        },
        resource: { flow_id: "HelloFlow", run_number: "42", step_name: "start", task_id: "7" },
        settings: { timezone: "+00:00|197" },
      });
      assert.equal(page.now().boxes[0]?.frame?.height, 240);
    });
    it("never gives ReadyToRender to the hidden frame, and loses its other messages", () => {
      const { page, posted, box, start, lines } = settingFor([listed("a")]);
      page.receive("hidden 0", { type: "PluginSubscribeToData", name: "a", paths: ["run-metadata"] });
      page.receive("hidden 0", { type: "PluginHeightCheck", name: "a", height: 9 });
      assert.equal(posted.length, 0);
      assert.match(warnings(lines)[0] ?? "", /PluginSubscribeToData is lost: .*only while it stands in its slot/);
      assert.match(warnings(lines)[1] ?? "", /PluginHeightCheck is lost/);
      start("a");
      assert.equal(box("a").frame?.height, 150);
      assert.deepEqual(
        posted.map(({ message }) => message.type),
        ["ReadyToRender"],
      );
    });
    it("answers each registration in a slot", () => {
      const { start, say, heard } = settingFor([listed("a")]);
      start("a");
      say("a", { type: "PluginRegisterEvent", version: { api: "1.2.0" } });
      assert.deepEqual(heard("a"), ["ReadyToRender", "ReadyToRender"]);
    });
    it("takes three numbers for a version", () => {
      for (const right of ["0.13.0", "0.13.1", "0.14", "1", "1.2.0-beta", "0.13.0rc1"])
        assert.ok(isAtLeast(right, "0.13.0"), right);
      for (const wrong of ["0.12.9", "0.13", "0", "", "v1.2.0", "0.x.1"]) assert.ok(!isAtLeast(wrong, "0.13.0"), wrong);
    });
    it("refuses an old API, warns of an older one, and refuses a slot that is none", () => {
      const old = listed("old");
      const older = listed("older");
      const tab = listed("tab", { slot: "run-tab" });
      const { page, start, lines } = settingFor([old, older, tab]);
      start("old", 0, "0.12.0");
      start("older", 1, "1.0.0");
      start("tab", 2);
      assert.deepEqual(
        page.now().hidden.map(({ name }) => name),
        ["old", "tab"],
      );
      assert.deepEqual([...page.now().refused.keys()], ["old", "tab"]);
      assert.match(page.now().refused.get("old") ?? "", /^it uses version 0\.12\.0 .* refuses it$/);
      const told = warnings(lines);
      assert.match(told[0] ?? "", /0\.12\.0.*0\.13\.0 or newer and refuses/);
      assert.match(told[1] ?? "", /1\.0\.0.*recommends 1\.1\.0/);
      assert.match(told[2] ?? "", /no valid slot.*run-tab/);
    });
    it("drops a registration of wrong shape, and says why", () => {
      const { page, lines } = settingFor([listed("a")]);
      page.receive("hidden 0", { type: "PluginRegisterEvent", name: "a" });
      page.receive("hidden 0", { type: "PluginRegisterEvent", version: { api: "1.2.0" } });
      page.receive("hidden 0", { type: "PluginRegisterEvent", name: "b", version: { api: "1.2.0" } });
      assert.equal(page.now().hidden.length, 1);
      assert.match(
        lines.map(({ text }) => text).join("\n"),
        /"version" has to be[\s\S]*"name" has to be[\s\S]*no plugin of the list/,
      );
    });
    it("registers the first of two plugins of one name, and a plugin whose name is a number never", () => {
      const { page, start } = settingFor([listed("a"), listed("a", { slot: "header" }), { ...listed("7"), name: 7 }]);
      start("a");
      page.receive("hidden 2", { type: "PluginRegisterEvent", name: "7", version: { api: "1.2.0" } });
      assert.deepEqual(
        page.now().boxes.map(({ slot }) => slot),
        ["run-header"],
      );
      assert.deepEqual(
        page.now().hidden.map(({ name }) => name),
        ["7"],
      );
    });
    it("folds runs of slashes, appends the version as it is, and resolves no address", () => {
      const source = (entrypoint: string, version: unknown = "1") =>
        settingFor([listed("a", { entrypoint, version })]).page.now().hidden[0]?.src;
      assert.equal(source("/index.html"), "/s/api/plugin/a/index.html?v=1");
      assert.equal(source("index.html?x=1"), "/s/api/plugin/a/index.html?x=1?v=1");
      assert.equal(source("https://host/page.html"), "/s/api/plugin/a/https://host/page.html?v=1");
      assert.equal(source("//host/page.html", null), "/s/api/plugin/a/host/page.html?v=null");
    });
  });

  describe("slots and containers", () => {
    it("has the slots of each view, plugins of a slot by name", () => {
      const entries = ["top-nav", "header", "run-header", "task-details"].map((slot) => listed(`b ${slot}`, { slot }));
      const { page, start } = settingFor([...entries, listed("a", { slot: "header" })]);
      for (const { name } of [...entries, listed("a")]) start(String(name));
      const shown = () => page.now().boxes.map(({ name }) => name);
      assert.deepEqual(shown(), ["b top-nav", "a", "b header", "b run-header", "b task-details"]);
      page.go("run");
      assert.deepEqual(shown(), ["b top-nav", "a", "b header", "b run-header"]);
      page.go("home");
      assert.deepEqual(shown(), ["b top-nav", "a", "b header"]);
      assert.equal(page.now().address, "/");
    });
    it("keeps documents, and makes new ones for another task, run or attempt", () => {
      const { page, start, box } = settingFor([
        listed("h", { slot: "header" }),
        listed("r"),
        listed("t", { slot: "task-details" }),
      ]);
      for (const name of ["h", "r", "t"]) start(name);
      const ids = () => ["h", "r", "t"].map((name) => box(name).frame?.id);
      const [header, run, task] = ids();
      page.go("run");
      page.go("task");
      assert.deepEqual([ids()[0], ids()[1]], [header, run]);
      assert.notEqual(ids()[2], task);
      const before = ids();
      page.chooseAttempt("1");
      assert.deepEqual([ids()[0], ids()[1]], [header, run]);
      assert.notEqual(ids()[2], before[2]);
      page.use({ ...STANDARD, resource: { ...STANDARD.resource, run_number: "43" } });
      assert.equal(ids()[0], header);
      assert.notEqual(ids()[1], run);
    });
    it("closes a collapsable container first, content inside; without animation no content until it is opened", () => {
      const props = (containerProps: unknown) => ({ containerProps });
      const { page, start, box } = settingFor([
        listed("a"),
        listed("b", props({ animated: false })),
        listed("c", props({ initialState: true, showIcon: "false" })),
        listed("d", { container: "sticky", height: 40 }),
        listed("e", { container: "drawer" }),
      ]);
      for (const name of ["a", "b", "c", "d", "e"]) start(name);
      assert.deepEqual([box("a").isOpen, box("a").frame === undefined], [false, false]);
      assert.equal(box("b").frame, undefined);
      page.fold("b", true);
      assert.notEqual(box("b").frame, undefined);
      assert.deepEqual([box("c").isOpen, box("c").hasIcon], [true, false]);
      assert.deepEqual([box("d").container, box("d").stickyHeight], ["sticky", 40]);
      assert.equal(box("e").container, "collapsable");
    });
    it("appends the sandbox words of the parameters", () => {
      const { page } = settingFor([listed("a", {}, { sandbox: "allow-popups allow-forms" }), listed("b", {}, null)]);
      assert.deepEqual(
        page.now().hidden.map(({ sandbox }) => sandbox),
        ["allow-scripts allow-popups allow-forms", "allow-scripts "],
      );
    });
  });

  it("takes any height that is a number, drops others, and knows no remove", () => {
    const { start, say, box, lines } = settingFor([listed("a")]);
    start("a");
    for (const height of [0, -3, 10.5]) {
      say("a", { type: "PluginHeightCheck", height });
      assert.equal(box("a").frame?.height, height);
    }
    say("a", { type: "PluginHeightCheck", height: "90" });
    say("a", { type: "PluginRemoveRequest" });
    assert.equal(box("a").frame?.height, 10.5);
    assert.match(lines.map(({ text }) => text).join("\n"), /"height" has to be a number[\s\S]*no effect/);
  });
  it("lets one plugin speak for another, and says so", () => {
    const { page, start, box, lines } = settingFor([listed("a"), listed("b")]);
    start("a");
    start("b");
    page.receive(box("a").frame?.id ?? "", { type: "PluginHeightCheck", name: "b", height: 77 });
    assert.equal(box("b").frame?.height, 77);
    assert.ok(lines.some(({ text, from }) => from === "a" && /under the name "b"/.test(text)));
  });
  it("ignores what is of no protocol of its", () => {
    const { page, posted } = settingFor([listed("a")]);
    for (const data of [null, 3, "x", [], { type: "webpackOk" }, { type: 3 }]) page.receive("hidden 0", data);
    assert.equal(posted.length, 0);
    assert.equal(page.now().hidden.length, 1);
  });
});
