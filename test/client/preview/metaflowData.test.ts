// The emulation's records and events against the contract: merged whole records, replay, silence; subscribers, notifications.

import assert from "node:assert/strict";
import { STANDARD } from "../../../client/preview/metaflow/page/sample.js";
import { listed, settingFor, warnings } from "./metaflowPage.js";

describe("the emulated Metaflow page's", () => {
  describe("data", () => {
    it("sends an empty update of metadata first, then the whole record", () => {
      const { start, say, heard, wait } = settingFor([listed("t", { slot: "task-details" })]);
      start("t");
      say("t", { type: "PluginSubscribeToData", paths: "metadata" });
      wait();
      assert.deepEqual(heard("t").slice(1), [
        "DataUpdate metadata {}",
        `DataUpdate metadata ${JSON.stringify(STANDARD.metadata)}`,
      ]);
    });
    it("doubles updates for a repeated subscription, and stays silent for paths that the page never fills", () => {
      const { page, start, say, heard } = settingFor([listed("r")], "run");
      start("r");
      for (const paths of [["run-metadata"], ["run-metadata"], ["info", "run-info"], []])
        say("r", { type: "PluginSubscribeToData", paths });
      const before = heard("r").length;
      assert.equal(before, 3);
      page.use({ ...STANDARD, "run-metadata": { more: "1" } });
      assert.deepEqual(
        heard("r").slice(before),
        Array(2).fill('DataUpdate run-metadata {"ds-type":"local","attempt":"0","more":"1"}'),
      );
    });
    it("empties the paths of a view that is left without a word, and replays {} to whoever subscribes then", () => {
      const { page, start, say, heard, wait } = settingFor([listed("h", { slot: "header" })]);
      start("h");
      wait();
      say("h", { type: "PluginSubscribeToData", paths: ["task-info"] });
      const before = heard("h").length;
      page.go("run");
      assert.equal(heard("h").length, before);
      say("h", { type: "PluginSubscribeToData", paths: ["task-info"] });
      assert.deepEqual(heard("h").slice(before), ["DataUpdate task-info {}"]);
    });
    it("keeps nothing of another task's records when the sample is about one", () => {
      const { page, start, say, heard, wait } = settingFor([listed("h", { slot: "header" })]);
      start("h");
      wait();
      say("h", { type: "PluginSubscribeToData", paths: ["run-metadata", "metadata", "task-info"] });
      const before = heard("h").length;
      const resource = { ...STANDARD.resource, task_id: "8" };
      page.use({ ...STANDARD, resource, metadata: { b: "2" }, "run-metadata": { c: "3" }, "task-info": { d: 4 } });
      wait();
      assert.deepEqual(heard("h").slice(before), [
        'DataUpdate run-metadata {"c":"3"}',
        'DataUpdate task-info {"d":4,"attempt_id":0}',
        'DataUpdate metadata {"b":"2"}',
      ]);
    });
    it("mixes task rows into task-info when the sample says so", () => {
      const { start, say, posted } = settingFor([listed("t", { slot: "task-details" })], "task", {
        ...STANDARD,
        taskInfoHoldsRows: true,
      });
      start("t");
      say("t", { type: "PluginSubscribeToData", paths: ["task-info"] });
      const data = posted.at(-1)?.message.data;
      assert.ok(typeof data === "object" && data !== null && "0" in data);
    });
    it("overlays the metadata of an attempt", () => {
      const { page, start, say, wait, heard } = settingFor([listed("h", { slot: "header" })]);
      start("h");
      wait();
      say("h", { type: "PluginSubscribeToData", paths: ["metadata"] });
      page.chooseAttempt("1");
      wait();
      assert.match(heard("h").at(-1) ?? "", /"attempt":"1"/);
    });
  });

  describe("events", () => {
    it("reach every subscriber, the caller included, and are not replayed", () => {
      const { start, say, heard } = settingFor([listed("a"), listed("b")]);
      start("a");
      start("b");
      say("a", { type: "PluginCallEvent", event: "ping", data: 0 });
      say("a", { type: "PluginSubscribeToEvent", events: ["ping"] });
      say("b", { type: "PluginSubscribeToEvent", events: "ping" });
      say("a", { type: "PluginCallEvent", event: "ping", data: 1 });
      say("a", { type: "PluginCallEvent", event: "ping" });
      assert.deepEqual(heard("a").slice(1), ["EventUpdate ping 1", "EventUpdate ping"]);
      assert.deepEqual(heard("b").slice(1), ["EventUpdate ping 1", "EventUpdate ping"]);
    });
    it("that nobody hears are told of; an empty one is dropped", () => {
      const { start, say, lines } = settingFor([listed("a")]);
      start("a");
      say("a", { type: "PluginCallEvent", event: "nobody" });
      say("a", { type: "PluginCallEvent", event: "" });
      assert.match(
        lines.map(({ text }) => text).join("\n"),
        /nobody listens to the event "nobody"[\s\S]*"event" is absent/,
      );
    });
    it("SEND_NOTIFICATION is a toast: a text is of type info, a wrong one is nothing", () => {
      const { start, say, toasts, lines } = settingFor([listed("a")]);
      start("a");
      for (const data of [
        "hello",
        { type: "danger", message: "<b>" },
        "",
        { type: "loud", message: "x" },
        { type: "info" },
      ])
        say("a", { type: "PluginCallEvent", event: "SEND_NOTIFICATION", data });
      assert.deepEqual(toasts, [
        { type: "info", message: "hello" },
        { type: "danger", message: "<b>" },
      ]);
      assert.equal(warnings(lines).length, 3);
    });
    it("UPDATE_PLUGIN shows and hides a plugin, also another one, and keeps its frame", () => {
      const { start, say, box } = settingFor([listed("a"), listed("b", { visible: false })]);
      start("a");
      start("b");
      const frame = box("b").frame?.id;
      assert.equal(box("b").visible, false);
      const update = (data: unknown) => say("a", { type: "PluginCallEvent", event: "UPDATE_PLUGIN", data });
      update({ slot: "run-header", name: "b", visible: true });
      assert.deepEqual([box("b").visible, box("b").frame?.id], [true, frame]);
      update({ slot: "header", name: "b", visible: false });
      update({ slot: "run-header", name: "b", visible: "no" });
      assert.equal(box("b").visible, true);
    });
    it("by hand reach plugins", () => {
      const { page, start, say, heard } = settingFor([listed("a")]);
      start("a");
      say("a", { type: "PluginSubscribeToEvent", events: ["go"] });
      page.call("go", { n: 1 });
      assert.deepEqual(heard("a").slice(1), ['EventUpdate go {"n":1}']);
    });
  });
});
