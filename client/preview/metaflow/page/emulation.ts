// The Metaflow page as plugins meet it: hidden frames until they register, then frames in slots; its store, its events, its
// warnings. Pure: frames, toasts and time are given to it, so that it runs in a web view and in a test alike.

import { isSlot, pathIn, resourceIn, type Slot, slotsOf, type View } from "./address.js";
import { createDataStore } from "./dataStore.js";
import { createEvents } from "./events.js";
import type { Hands, ListEntry, LogLine, PageView, PluginBox } from "./pageView.js";
import { type FromPlugin, isFields, readMessage } from "./protocol.js";
import { attemptsOf, createRecords, firstAttempt } from "./records.js";
import { boxOf, frameOf, type Registered, registeredAs } from "./registered.js";
import type { Sample } from "./sample.js";
import { toastOf } from "./toast.js";
import { isAtLeast, RECOMMENDED, SUPPORTED } from "./version.js";

export interface PageOptions {
  /** As the service lists them. */
  readonly entries: readonly ListEntry[];
  /** Address of the service without a final slash. */
  readonly service: string;
  readonly sample: Sample;
  readonly view: View;
}

export interface MetaflowPage {
  now(): PageView;
  /** A message of a frame: `frame` is the id of the frame whose window sent it. */
  receive(frame: string, data: unknown): void;
  go(view: View): void;
  chooseAttempt(attempt: string): void;
  /** Opens or closes the header of a collapsable plugin. */
  fold(name: string, isOpen: boolean): void;
  /** Other sample records: subscribers hear of what has changed. */
  use(sample: Sample): void;
  /** An event by the user's hand. */
  call(event: string, data: unknown): void;
}

export function createPage(options: PageOptions, hands: Hands): MetaflowPage {
  const store = createDataStore();
  const events = createEvents();
  const registered: Registered[] = [];
  const heights = new Map<string, number>();
  const refused = new Map<string, string>();
  const now = { view: options.view, sample: options.sample, attempt: firstAttempt(options.sample) };
  const records = createRecords(
    store,
    hands.later,
    (place) => place.view === now.view && place.sample === now.sample && place.attempt === now.attempt,
  );
  /** Counts the documents of a slot: another number is another document. */
  const documents: Record<Slot, number> = { "top-nav": 0, header: 0, "run-header": 0, "task-details": 0 };
  let boxes: readonly PluginBox[] = [];

  events.subscribe("page", "UPDATE_PLUGIN", showOrHide);
  events.subscribe("page", "SEND_NOTIFICATION", notify);
  records.move(undefined, { ...now });
  settle();

  return {
    now: () => ({
      address: pathIn(now.view, now.sample.resource),
      view: now.view,
      attempt: now.attempt,
      attempts: attemptsOf(now.sample),
      hidden: hiddenFrames(),
      refused,
      boxes,
    }),
    receive,
    go: (view) => {
      const before = now.view;
      now.view = view;
      if (before === "task" && view !== "task") documents["task-details"] += 1;
      if (before !== "home" && view === "home") documents["run-header"] += 1;
      records.move(before, { ...now });
      settle();
    },
    chooseAttempt: (attempt) => {
      now.attempt = attempt;
      documents["task-details"] += 1;
      records.chooseAttempt({ ...now });
      settle();
    },
    fold: (name, isOpen) => {
      for (const one of named(name)) one.isOpen = isOpen;
      settle();
    },
    use: (sample) => {
      const isAnother = (where: View) => pathIn(where, sample.resource) !== pathIn(where, now.sample.resource);
      const [isElsewhere, isOtherRun] = [isAnother("task"), isAnother("run")];
      now.sample = sample;
      if (!attemptsOf(sample).includes(now.attempt)) now.attempt = firstAttempt(sample);
      if (isOtherRun) documents["run-header"] += 1;
      if (isElsewhere) documents["task-details"] += 1;
      if (isElsewhere) records.replace({ ...now });
      else records.fill({ ...now });
      settle();
    },
    call: (event, data) => {
      note({ from: "you", to: "plugins", text: `event ${event}`, data });
      deliver(event, data);
      settle();
    },
  };

  // Registration

  function receive(frame: string, data: unknown): void {
    const reading = readMessage(data);
    const own = nameOf(frame);
    if (reading.is === "foreign")
      return void note({ from: own, to: "page", text: "a message of another protocol", data });
    if (reading.is === "dropped") {
      const text = `${reading.type} is dropped: ${reading.why}`;
      return void note({ from: own, to: "page", text, data, mood: "bad" });
    }
    const { message } = reading;
    const isForeignName = own !== undefined && message.name !== own;
    note({ from: own, to: "page", text: message.type, data, phase: phaseOf(frame) });
    if (isForeignName) {
      const known = options.entries.some(({ name }) => name === message.name);
      const what = known ? "speaks for another plugin, which the page allows" : "no plugin of the list is called so";
      note({ from: own, to: "page", text: `it comes under the name "${message.name}": ${what}`, mood: "attention" });
    }
    if (message.type === "PluginRegisterEvent") register(message.name, message.version.api);
    // The hidden frame stays for a moment behind its registration, and is heard no more.
    const isOver = phaseOf(frame) === "hidden" && !isForeignName;
    const hearing = isOver ? [] : boxes.filter(({ name, frame: has }) => name === message.name && has !== undefined);
    for (const box of hearing) inSlot(box, message);
    if (message.type !== "PluginRegisterEvent" && hearing.length === 0) {
      const text = `${message.type} is lost: a plugin is heard only while it stands in its slot`;
      note({ from: "page", to: "console", text, mood: "attention" });
    }
    settle();
  }

  function register(name: string, api: string): void {
    const entry = options.entries.find((one) => one.name === name);
    if (entry === undefined || named(name).length > 0) return;
    const { slot } = entry.config;
    const warn = (text: string, mood: "attention" | "bad") =>
      note({ from: "page", to: "console", text: `"${name}" ${text}`, mood });
    const refuse = (text: string) => {
      refused.set(name, `it ${text}`);
      warn(text, "bad");
    };
    if (!isSlot(slot)) return void refuse(`gave no valid slot, so it isn't shown: ${JSON.stringify(slot) ?? "none"}`);
    if (!isAtLeast(api, SUPPORTED))
      return void refuse(`uses version ${api} of the plugin API; the page wants ${SUPPORTED} or newer and refuses it`);
    if (!isAtLeast(api, RECOMMENDED))
      warn(`uses version ${api} of the plugin API; the page recommends ${RECOMMENDED} or newer`, "attention");
    registered.push(registeredAs(entry));
    note({ from: "page", to: name, text: `registered in the slot ${slot}; the hidden frame is removed`, mood: "good" });
  }

  function hiddenFrames() {
    return options.entries.flatMap((entry, at) =>
      named(String(entry.name)).length > 0 ? [] : [{ id: `hidden ${at}`, ...frameOf(entry, options.service) }],
    );
  }

  // A plugin in its slot

  function inSlot({ frame, name, entry }: PluginBox, message: FromPlugin): void {
    if (frame === undefined) return;
    const post = (to: Parameters<Hands["post"]>[1]) => {
      note({ from: "page", to: name, text: to.type, data: to, phase: "slot" });
      hands.post(frame.id, to);
    };
    switch (message.type) {
      case "PluginRegisterEvent": {
        const { sample, view } = now;
        const config = { ...entry, config: { visible: true, useApplicationStyles: true, ...entry.config } };
        const resource = resourceIn(view, sample.resource);
        return void post({ type: "ReadyToRender", config, resource, settings: sample.settings });
      }
      case "PluginHeightCheck":
        heights.set(frame.id, message.height);
        return;
      case "PluginSubscribeToData":
        for (const path of message.paths)
          store.subscribe(frame.id, path, (data) => post({ type: "DataUpdate", path, data }));
        return;
      case "PluginSubscribeToEvent":
        for (const event of message.events)
          events.subscribe(frame.id, event, (data) =>
            post({ type: "EventUpdate", event, ...(data === undefined ? {} : { data }) }),
          );
        return;
      case "PluginCallEvent":
        return void deliver(message.event, message.data);
      case "PluginRemoveRequest":
        return void note({ from: "page", to: name, text: "PluginRemoveRequest has no effect", mood: "attention" });
    }
  }

  function deliver(event: string, data: unknown): void {
    if (events.call(event, data) > 0) return;
    note({ from: "page", to: "console", text: `nobody listens to the event "${event}"`, data, mood: "attention" });
  }

  function showOrHide(data: unknown): void {
    const isRight =
      isFields(data) &&
      typeof data.slot === "string" &&
      typeof data.name === "string" &&
      typeof data.visible === "boolean";
    if (!isRight) {
      const text = "UPDATE_PLUGIN wants {slot, name, visible}: text, text, true or false; nothing happens";
      return void note({ from: "page", to: "console", text, data, mood: "bad" });
    }
    const meant = named(String(data.name)).filter(({ entry }) => entry.config.slot === data.slot);
    for (const one of meant) one.visible = data.visible === true;
    if (meant.length > 0) return;
    const text = `UPDATE_PLUGIN names "${data.name}" in the slot "${data.slot}", where no such plugin stands; nothing happens`;
    note({ from: "page", to: "console", text, data, mood: "attention" });
  }

  function notify(data: unknown): void {
    const toast = toastOf(data);
    if (toast !== undefined) return void hands.toast(toast);
    const text = "SEND_NOTIFICATION wants a text, or {type, message}; nothing happens";
    note({ from: "page", to: "console", text, data, mood: "bad" });
  }

  // What is to be seen

  /** Works out anew which plugins stand where. A frame that goes takes its subscriptions along. */
  function settle(): void {
    const before = boxes;
    const sorted = [...registered].sort((a, b) => (String(a.entry.name) < String(b.entry.name) ? -1 : 1));
    boxes = slotsOf(now.view).flatMap((slot) =>
      sorted
        .filter(({ entry }) => entry.config.slot === slot)
        .map((one) => {
          const id = `slot ${String(one.entry.name)} ${documents[slot]}`;
          return boxOf(one, slot, { id, height: heights.get(id) ?? 150, ...frameOf(one.entry, options.service) });
        }),
    );
    const staying = new Set(boxes.map(({ frame }) => frame?.id));
    for (const { frame } of before) {
      if (frame === undefined || staying.has(frame.id)) continue;
      store.unsubscribe(frame.id);
      events.unsubscribe(frame.id);
      heights.delete(frame.id);
    }
    hands.changed();
  }

  function named(name: string): Registered[] {
    return registered.filter(({ entry }) => entry.name === name);
  }

  function nameOf(frame: string): string | undefined {
    const hidden = /^hidden (\d+)$/.exec(frame)?.[1];
    if (hidden !== undefined) return String(options.entries[Number(hidden)]?.name);
    return boxes.find((box) => box.frame?.id === frame)?.name;
  }

  function note(line: LogLine): void {
    hands.note(line);
  }
}

const phaseOf = (frame: string) => (frame.startsWith("hidden") ? "hidden" : "slot");
