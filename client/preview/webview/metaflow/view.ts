// The Metaflow preview: the emulated page above, what goes on in it below. Frames' messages go to the emulation when their
// window is one of ours, and nowhere else.

import type { FromView, Samples, ToView } from "../../metaflow/messages.js";
import { SLOTS, type Slot, type View, viewOf } from "../../metaflow/page/address.js";
import { createPage, type MetaflowPage } from "../../metaflow/page/emulation.js";
import type { ListEntry, LogLine } from "../../metaflow/page/pageView.js";
import { createPatience, mostMessages } from "../../metaflow/page/patience.js";
import { createSilence } from "../../metaflow/page/silence.js";
import { sandboxFor } from "../../metaflow/sandbox.js";
import { button, chooser, element, failureOf, refill, tabs } from "../dom.js";
import { hostOf } from "../host.js";
import { createVisits } from "../visits.js";
import { createCanvas, VIEWS } from "./canvas.js";
import { createEventForm } from "./eventForm.js";
import { createLog } from "./log.js";
import { createPluginList, stateOf } from "./plugins.js";
import { createToasts } from "./toasts.js";

type Start = Extract<ToView, { readonly is: "start" }>;

export function showMetaflow(root: HTMLElement): void {
  const host = hostOf<ToView, FromView>();
  const isWeb = document.body.dataset.web === "true";
  let started: Start | undefined;
  let samples: Samples = { names: [], chosen: undefined, notes: [] };
  let page: MetaflowPage | undefined;
  let view: View | undefined;
  /** What went wrong on the extension's side, until a load goes well. */
  let failed: string | undefined;
  /** Where the first plugin is tried instead of its manifest's slot. */
  let slot: Slot | undefined;
  const silence = createSilence({
    after: (milliseconds, work) => {
      const timer = window.setTimeout(work, milliseconds);
      return () => window.clearTimeout(timer);
    },
    hidden: () => page?.now().hidden ?? [],
    ask: ({ name, src }) => {
      const refusal = page?.now().refused.get(name);
      if (refusal === undefined) host.send({ is: "silent", name, src, hasSpoken: spoken.has(name) });
      else tellWhy(name, [refusal]);
    },
  });
  const spoken = new Set<string>();
  const patience = createPatience();

  const log = createLog();
  const visits = createVisits((text, { name }) => log.add({ from: name, to: "preview", text, mood: "attention" }));
  const toasts = createToasts();
  const list = createPluginList((folder, on) => host.send({ is: "choose", folder, on }));
  const events = createEventForm((event, data) => page?.call(event, data));
  const canvas = createCanvas({
    fold: (name, isOpen) => page?.fold(name, isOpen),
    sandbox: (words) => sandboxFor(words, { isWeb }),
    made: (frame) => visits.watch(frame),
  });
  const bar = element("div", { class: "toolbar", role: "group", "aria-label": "Page" });
  const banner = element("div", { class: "banner", role: "status" });
  const messages = element("div", {}, log.root);
  const plugins = element("div", {}, list.root);
  const sending = element("div", {}, events);
  const dock = element(
    "div",
    { class: "dock" },
    tabs("What goes on", [
      { title: "Messages", panel: messages },
      { title: "Plugins", panel: plugins },
      { title: "Send Event", panel: sending },
    ]),
    messages,
    plugins,
    sending,
  );
  const stage = element("div", { class: "stage" }, canvas.root, toasts.root);
  root.replaceChildren(bar, banner, stage, dock);

  const note = (line: LogLine) => log.add(line);
  const tellWhy = (name: string, reasons: readonly string[]) => {
    if (!silence.told(name, reasons)) return;
    for (const text of reasons) note({ from: "page", to: name, text: `has not registered: ${text}`, mood: "bad" });
    draw();
  };
  const draw = () => {
    window.clearTimeout(soon);
    soon = undefined;
    const now = page?.now();
    for (const name of silence.look())
      note({ from: "page", to: name, text: "it has registered after all", mood: "good" });
    if (now !== undefined) canvas.draw(now);
    list.draw(started?.plugins ?? [], now, silence.reasons());
    drawBar();
    drawBanner();
  };
  /** Frames that come or go are drawn at once, all else in a moment and together: a plugin may post without end. */
  let drawn = "";
  let soon: number | undefined;
  const drawSoon = () => {
    const now = page?.now();
    const standing = JSON.stringify([now?.view, now?.hidden, now?.boxes.map(({ frame }) => frame?.id)]);
    if (standing === drawn) {
      soon ??= window.setTimeout(draw, 100);
      return;
    }
    drawn = standing;
    draw();
  };
  const drawBar = () => {
    const now = page?.now();
    const key = [
      now?.view,
      now?.attempt,
      now?.attempts,
      samples.names,
      samples.chosen,
      slot,
      own(),
      started?.entries.length,
    ];
    refill(bar, key, () => [
      element("span", { class: "segments", role: "group", "aria-label": "View" }, ...VIEWS.map(viewButton)),
      ...(now?.view === "task" ? [attemptChooser(now.attempts, now.attempt)] : []),
      ...(started?.entries.length === 0 ? [] : [slotChooser()]),
      sampleChooser(),
      button(samples.chosen === undefined ? "Save as File" : "Edit Sample", () => host.send({ is: "editSample" }), {
        class: "quiet",
        "data-keep": "edit",
      }),
      element("span", { class: "gap" }),
      groundChooser(),
      button("Reload", () => host.send({ is: "reload" }), { class: "quiet", "data-keep": "reload" }),
    ]);
  };
  const groundChooser = () => {
    const grounds = [
      { value: "light", label: "light, as the host" },
      { value: "dark", label: "dark" },
    ];
    return chooser("Background", grounds, canvas.root.dataset.ground ?? "light", (ground) => {
      canvas.root.dataset.ground = ground;
      // Only a new document gets the ground that browsers put below it: a page of the other kind would be unreadable.
      if (started !== undefined) start(started);
    });
  };
  const viewButton = ({ value, label }: (typeof VIEWS)[number]) =>
    button(label, () => page?.go(value), {
      "aria-pressed": String(page?.now().view === value),
      "data-keep": `view-${value}`,
    });
  const attemptChooser = (attempts: readonly string[], chosen: string) =>
    chooser(
      "Attempt",
      attempts.map((attempt) => ({ value: attempt, label: attempt })),
      chosen,
      (attempt) => page?.chooseAttempt(attempt),
    );
  const own = () => started?.entries[0]?.config.slot;
  const slotChooser = () => {
    const written = { value: "", label: `${String(own() ?? "none")} (manifest)` };
    const others = SLOTS.filter((one) => one !== own()).map((one) => ({ value: one, label: one }));
    return chooser("Slot", [written, ...others], slot ?? "", (chosen) => {
      slot = SLOTS.find((one) => one === chosen);
      view = viewOf(slot ?? own());
      if (started !== undefined) start(started);
    });
  };
  const sampleChooser = () => {
    const standard = { value: "", label: "built in" };
    const own = samples.names.map((name) => ({ value: name, label: name }));
    const last = samples.names.length > 0 ? [{ value: "\n", label: "new file …" }] : [];
    return chooser("Sample", [standard, ...own, ...last], samples.chosen ?? "", (name) =>
      host.send(name === "\n" ? { is: "newSample" } : { is: "sample", name: name === "" ? undefined : name }),
    );
  };
  const drawBanner = () => {
    const now = page?.now();
    const reasons = silence.reasons();
    const shown = started?.plugins.filter(({ isShown }) => isShown) ?? [];
    const wrong = shown.flatMap((plugin) => {
      const { words, mood } = stateOf(plugin, now, reasons);
      const [first, ...further] = reasons.get(plugin.title) ?? [];
      const why = first === undefined ? "" : `: ${first}`;
      return mood === "bad" ? [`"${plugin.title}" ${words}${why}`, ...further] : [];
    });
    const problem =
      samples.problem === undefined ? [] : [`${samples.chosen}: ${samples.problem}. The last right records stay`];
    const none =
      started?.plugins.length === 0
        ? "No Metaflow plugin is known here yet. See the manifest's problems; the page is loaded as soon as one is found."
        : "No plugin is on the page; choose some under Plugins.";
    const empty = started !== undefined && shown.length === 0 ? [none] : [];
    const lines = [...wrong, ...problem, ...empty, ...samples.notes];
    const broken = failed === undefined ? [] : [failed];
    refill(banner, [broken, lines], () => [
      ...broken.map((text) => failureOf(text, () => host.send({ is: "reload" }))),
      ...lines.map((text) => element("p", {}, text)),
    ]);
    banner.classList.toggle("bad", broken.length + wrong.length + problem.length > 0);
  };

  const tried = (entry: ListEntry, at: number): ListEntry =>
    at === 0 && slot !== undefined ? { ...entry, config: { ...entry.config, slot } } : entry;
  const start = (message: Start) => {
    canvas.clear();
    spoken.clear();
    failed = undefined;
    // A plugin that gets another slot is followed there.
    const [before, now] = [started?.entries[0], message.entries[0]];
    const hasMoved = before !== undefined && before.name === now?.name && before.config.slot !== now?.config.slot;
    if (hasMoved && slot === undefined) view = message.view;
    started = message;
    samples = message.samples;
    view ??= message.view;
    page = undefined;
    page = createPage(
      { entries: message.entries.map(tried), service: message.service, sample: message.sample, view },
      {
        post: (frame, to) => canvas.windowOf(frame)?.postMessage(to, "*"),
        changed: () => {
          view = page?.now().view ?? view;
          drawSoon();
        },
        toast: toasts.add,
        note,
        later: (work) => void window.setTimeout(work, 250),
      },
    );
    silence.begin();
    draw();
  };

  host.listen(
    (message) => {
      if (message.is === "start") start(message);
      if (message.is === "sample") {
        samples = message.samples;
        page?.use(message.sample);
        draw();
      }
      if (message.is === "requested")
        note({ from: "browser", to: "service", text: message.text, ...(message.failed && { mood: "bad" as const }) });
      if (message.is === "why") tellWhy(message.name, message.reasons);
      if (message.is === "failed") {
        failed = message.text;
        drawBanner();
      }
    },
    (source, data) => {
      const frame = canvas.frameOf(source);
      if (frame === undefined || page === undefined || visits.took(source, data)) return;
      const { isHeard, isFirst } = patience.hears(frame, performance.now());
      const text = `posts more than ${mostMessages} messages a second: the others are not heard here`;
      if (isFirst) note({ from: frame, to: "preview", text, mood: "bad" });
      if (!isHeard) return;
      const hidden = page.now().hidden.find(({ id }) => id === frame);
      if (hidden !== undefined) spoken.add(hidden.name);
      page.receive(frame, data);
    },
  );
  banner.replaceChildren(element("p", {}, "Loading …"));
  host.send({ is: "ready" });
}
