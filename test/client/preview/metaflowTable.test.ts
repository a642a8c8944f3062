// The protocol between the Metaflow page and its plugins, row by row: each message with its right and its wrong shapes and what
// comes of it, each event that the page hears, each message of the page with exactly its fields, each slot.

import assert from "node:assert/strict";
import type { View } from "../../../client/preview/metaflow/page/address.js";
import { STANDARD } from "../../../client/preview/metaflow/page/sample.js";
import { listed, type Setting, settingFor, warnings } from "./metaflowPage.js";

const version = { api: "1.2.0" };

/** "a" and "b" in the slot of the run, registered. */
function two(): Setting {
  const setting = settingFor([listed("a"), listed("b")]);
  setting.start("a");
  setting.start("b");
  setting.wait();
  setting.posted.length = 0;
  return setting;
}

interface Row {
  readonly message: Readonly<Record<string, unknown>>;
  /** Types of the answers to "a". */
  readonly answers?: readonly string[];
  /** What is said of it. */
  readonly said?: RegExp;
}

const rows: readonly Row[] = [
  { message: { type: "PluginRegisterEvent", version }, answers: ["ReadyToRender"] },
  { message: { type: "PluginRegisterEvent", version: { api: "1.2.0", more: 1 } }, answers: ["ReadyToRender"] },
  { message: { type: "PluginRegisterEvent" }, said: /"version" has to be/ },
  { message: { type: "PluginRegisterEvent", version: "1.2.0" }, said: /"version" has to be/ },
  { message: { type: "PluginRegisterEvent", version: { api: 1 } }, said: /"version" has to be/ },
  { message: { type: "PluginRegisterEvent", version, name: 7 }, said: /"name" has to be .* is 7/ },
  { message: { type: "PluginRegisterEvent", version, name: "c" }, said: /no plugin of the list is called so/ },

  { message: { type: "PluginHeightCheck", height: 12 } },
  { message: { type: "PluginHeightCheck" }, said: /"height" has to be a number, and is absent/ },
  { message: { type: "PluginHeightCheck", height: "12" }, said: /and is "12"/ },
  { message: { type: "PluginHeightCheck", height: null }, said: /and is null/ },

  {
    message: { type: "PluginSubscribeToData", paths: ["metadata", "run-metadata"] },
    answers: ["DataUpdate", "DataUpdate"],
  },
  { message: { type: "PluginSubscribeToData", paths: "task-info" }, answers: ["DataUpdate"] },
  { message: { type: "PluginSubscribeToData", paths: ["info", "run-info", "no such path"] } },
  { message: { type: "PluginSubscribeToData" }, said: /"paths" is absent or empty/ },
  { message: { type: "PluginSubscribeToData", paths: [] }, said: /"paths" is absent or empty/ },
  { message: { type: "PluginSubscribeToData", paths: "" }, said: /"paths" is absent or empty/ },

  { message: { type: "PluginSubscribeToEvent", events: ["x", "y"] } },
  { message: { type: "PluginSubscribeToEvent", events: "x" } },
  { message: { type: "PluginSubscribeToEvent" }, said: /"events" is absent or empty/ },
  { message: { type: "PluginSubscribeToEvent", events: [] }, said: /"events" is absent or empty/ },
  { message: { type: "PluginSubscribeToEvent", events: "" }, said: /"events" is absent or empty/ },

  { message: { type: "PluginCallEvent", event: "x", data: 1 }, said: /nobody listens to the event "x"/ },
  { message: { type: "PluginCallEvent" }, said: /"event" is absent or empty/ },
  { message: { type: "PluginCallEvent", event: "" }, said: /"event" is absent or empty/ },

  { message: { type: "PluginRemoveRequest" }, said: /has no effect/ },

  { message: { type: "PluginUnknown" }, said: /of another protocol/ },
  { message: { type: "ReadyToRender", config: {} }, said: /of another protocol/ },
  { message: { type: "DataUpdate", path: "metadata", data: {} }, said: /of another protocol/ },
];

describe("the protocol of the Metaflow page", () => {
  describe("from a plugin to the page", () => {
    for (const { message, answers = [], said } of rows)
      it(`${JSON.stringify(message)}: ${answers.join(", ") || "no answer"}`, () => {
        const { say, posted, lines } = two();
        lines.length = 0;
        say("a", { ...message });
        assert.deepEqual(
          posted.map(({ message: { type } }) => type),
          answers,
        );
        const words = lines.filter(({ to }) => to !== "a").map(({ text }) => text);
        if (said === undefined) assert.equal(words.length, 1, words.join("\n"));
        else assert.match(lines.map(({ text }) => text).join("\n"), said);
      });
    it("is heard by `type` and `name` alone: not by its window, as a plugin may speak for another", () => {
      const { page, posted, box } = two();
      page.receive(box("a").frame?.id ?? "", { type: "PluginSubscribeToData", name: "b", paths: "metadata" });
      assert.deepEqual(
        posted.map(({ frame }) => frame),
        [box("b").frame?.id],
      );
    });
  });

  describe("from the page to a plugin", () => {
    const fieldsOf = (message: Record<string, unknown> | undefined) => Object.keys(message ?? {}).sort();
    it("ReadyToRender has the whole entry, the address, and settings", () => {
      const entry = { ...listed("a", { visible: false, extra: [1] }, { unit: "ms" }), files: ["x"], ref: null };
      const { start, posted } = settingFor([entry], "run");
      start("a");
      const message = posted[0]?.message;
      assert.deepEqual(fieldsOf(message), ["config", "resource", "settings", "type"]);
      assert.deepEqual(message?.config, { ...entry, config: { ...entry.config, useApplicationStyles: true } });
      assert.deepEqual(message?.resource, { flow_id: "HelloFlow", run_number: "42" });
      assert.deepEqual(message?.settings, STANDARD.settings);
    });
    it("DataUpdate has its path and the whole record", () => {
      const { say, posted } = two();
      say("a", { type: "PluginSubscribeToData", paths: ["run-metadata"] });
      assert.deepEqual(posted[0]?.message, {
        type: "DataUpdate",
        path: "run-metadata",
        data: STANDARD["run-metadata"],
      });
    });
    it("EventUpdate has its event and the data, which is absent where the caller gave none", () => {
      const { say, posted } = two();
      say("b", { type: "PluginSubscribeToEvent", events: ["x"] });
      for (const data of [0, null, false, ""]) say("a", { type: "PluginCallEvent", event: "x", data });
      say("a", { type: "PluginCallEvent", event: "x" });
      assert.deepEqual(
        posted.map(({ message }) => message),
        [
          ...[0, null, false, ""].map((data) => ({ type: "EventUpdate", event: "x", data })),
          { type: "EventUpdate", event: "x" },
        ],
      );
    });
    it("no event comes from the page itself: not for its own, nor when the user moves on", () => {
      const { page, say, posted } = two();
      say("a", { type: "PluginSubscribeToEvent", events: ["SEND_NOTIFICATION", "UPDATE_PLUGIN", "load"] });
      page.go("run");
      page.go("task");
      page.chooseAttempt("1");
      assert.equal(posted.length, 0);
      say("b", { type: "PluginCallEvent", event: "SEND_NOTIFICATION", data: "x" });
      assert.deepEqual(
        posted.map(({ message }) => message.event),
        ["SEND_NOTIFICATION"],
      );
    });
  });

  describe("events that the page hears", () => {
    const toasts: readonly (readonly [data: unknown, toast: unknown])[] = [
      ["text", { type: "info", message: "text" }],
      ...["success", "info", "warning", "danger", "default"].map(
        (type) =>
          [
            { type, message: "m" },
            { type, message: "m" },
          ] as const,
      ),
      ["", undefined],
      [undefined, undefined],
      [null, undefined],
      [7, undefined],
      [["text"], undefined],
      [{ message: "m" }, undefined],
      [{ type: "info" }, undefined],
      [{ type: "error", message: "m" }, undefined],
      [{ type: "info", message: 7 }, undefined],
    ];
    for (const [data, toast] of toasts)
      it(`SEND_NOTIFICATION ${JSON.stringify(data)}: ${toast === undefined ? "nothing" : JSON.stringify(toast)}`, () => {
        const setting = two();
        setting.say("a", { type: "PluginCallEvent", event: "SEND_NOTIFICATION", data });
        assert.deepEqual(setting.toasts, toast === undefined ? [] : [toast]);
      });
    const updates: readonly (readonly [data: unknown, isVisible: boolean])[] = [
      [{ slot: "run-header", name: "b", visible: false }, false],
      [{ slot: "header", name: "b", visible: false }, true],
      [{ slot: "run-header", name: "c", visible: false }, true],
      [{ slot: "run-header", name: "b" }, true],
      [{ slot: "run-header", name: "b", visible: 0 }, true],
      [{ name: "b", visible: false }, true],
      [{ slot: "run-header", visible: false }, true],
      [null, true],
    ];
    for (const [data, isVisible] of updates)
      it(`UPDATE_PLUGIN ${JSON.stringify(data)}: ${isVisible ? "nothing" : "hidden"}`, () => {
        const { say, box, lines } = two();
        const frame = box("b").frame?.id;
        say("a", { type: "PluginCallEvent", event: "UPDATE_PLUGIN", data });
        assert.equal(warnings(lines).filter((text) => /nothing happens/.test(text)).length, isVisible ? 1 : 0);
        assert.deepEqual([box("b").visible, box("b").frame?.id], [isVisible, frame]);
        say("b", {
          type: "PluginCallEvent",
          event: "UPDATE_PLUGIN",
          data: { slot: "run-header", name: "b", visible: true },
        });
        assert.equal(box("b").visible, true);
      });
  });

  describe("slots", () => {
    const table: readonly (readonly [slot: string, views: readonly View[], newDocument: readonly string[]])[] = [
      ["top-nav", ["home", "run", "task"], []],
      ["header", ["home", "run", "task"], []],
      ["run-header", ["run", "task"], ["run"]],
      ["task-details", ["task"], ["run", "task", "attempt"]],
    ];
    for (const [slot, views, anew] of table)
      it(`${slot}: in ${views.join(", ")}; a new document for another ${anew.join(", ") || "page alone"}`, () => {
        const { page, start, box } = settingFor([listed("a", { slot })]);
        start("a");
        const here = (["home", "run", "task"] as const).filter((view) => {
          page.go(view);
          return page.now().boxes.length > 0;
        });
        assert.deepEqual(here, views);
        const { resource } = STANDARD;
        const changes = {
          run: () => page.use({ ...STANDARD, resource: { ...resource, run_number: "43" } }),
          task: () => page.use({ ...STANDARD, resource: { ...resource, run_number: "43", task_id: "9" } }),
          attempt: () => page.chooseAttempt("1"),
        };
        const changed = Object.entries(changes).flatMap(([what, change]) => {
          const before = box("a").frame?.id;
          change();
          return box("a").frame?.id === before ? [] : [what];
        });
        assert.deepEqual(changed, anew);
      });
    for (const slot of ["run-tab", "headless", "Header", "", null, undefined, 3])
      it(`${JSON.stringify(slot) ?? "none"}: none, so the plugin is never shown`, () => {
        const { page, start } = settingFor([listed("a", { slot })]);
        start("a");
        assert.deepEqual([page.now().boxes.length, page.now().hidden.length], [0, 1]);
      });
    it("keep the resource that was sent first, wherever the user goes", () => {
      const { page, start, say, posted } = settingFor([listed("a", { slot: "header" })], "home");
      start("a");
      page.go("task");
      assert.deepEqual(
        posted.map(({ message }) => message.resource),
        [{}],
      );
      say("a", { type: "PluginRegisterEvent", version });
      assert.deepEqual(posted.at(-1)?.message.resource, STANDARD.resource);
    });
  });
});
