// A page in a frame, with what is known of it in sections below; or the sections alone, where there is no page.

import type { FromSite, SiteState, ToSite } from "../../site/messages.js";
import { button, chooser, element, failureOf, refill, tabs } from "../dom.js";
import { hostOf } from "../host.js";
import { createLog } from "../metaflow/log.js";
import { createVisits } from "../visits.js";
import { sectionsOf } from "./sections.js";

export function showSite(root: HTMLElement): void {
  const host = hostOf<ToSite, FromSite>();
  let isDrawn = false;
  let frame: { readonly key: number; readonly element: HTMLIFrameElement } | undefined;

  const bar = element("div", { class: "toolbar", role: "group", "aria-label": "Page" });
  const failure = element("div", { class: "banner bad", role: "alert" });
  const notes = element("div", { class: "banner", role: "status" }, element("p", {}, "Loading …"));
  const stage = element("div", { class: "stage" });
  const sections = element("div", { class: "sections" });
  const log = createLog();
  const visits = createVisits((text) => log.add({ from: "page", to: "preview", text, mood: "attention" }));
  const details = element("div", {}, sections);
  const requests = element("div", {}, log.root);
  const heads = tabs("About the page", [
    { title: "What It Is", panel: details },
    { title: "Requests", panel: requests },
  ]);
  const dock = element("div", { class: "dock" }, heads, details, requests);
  for (const one of [bar, stage, dock]) one.hidden = true;
  root.replaceChildren(bar, failure, notes, stage, dock);

  const draw = (now: SiteState) => {
    isDrawn = true;
    const isPage = now.sources.length > 0;
    for (const one of [bar, stage, heads]) one.hidden = !isPage;
    dock.hidden = false;
    root.classList.toggle("whole", !isPage);
    refill(bar, [now.sources, now.source, now.pages, now.path], () => barOf(now));
    drawFrame(now);
    refill(notes, now.notes, () =>
      now.notes.map(({ text, isBad }) => element("p", { class: isBad ? "is-bad" : "" }, text)),
    );
    refill(sections, now.sections, () => {
      const parts = sectionsOf(now.sections, (place) => host.send({ is: "open", place }));
      return parts.length > 0 ? parts : [nothingKnown()];
    });
  };
  const barOf = (now: SiteState) => {
    const path = element("input", {
      type: "text",
      value: now.path,
      "aria-label": "Path",
      class: "path",
      spellcheck: "false",
      "data-keep": "path",
    });
    path.addEventListener("keydown", (event) => {
      if (event.key === "Enter") host.send({ is: "go", path: path.value });
    });
    const sources = now.sources.map(({ id, label }) => ({ value: id, label }));
    const pages = now.pages.map((page) => ({ value: page.path, label: page.label }));
    const isListed = now.pages.some((page) => page.path === now.path);
    const all = isListed ? pages : [{ value: now.path, label: "another path" }, ...pages];
    return [
      chooser("From", sources, now.source ?? "", (id) => host.send({ is: "source", id })),
      ...(now.pages.length > 1 || (now.pages.length > 0 && !isListed)
        ? [chooser("Page", all, now.path, (to) => host.send({ is: "go", path: to }))]
        : []),
      path,
      button("Reload", () => host.send({ is: "reload" }), { class: "quiet", "data-keep": "reload" }),
      button("Open in Browser", () => host.send({ is: "browse" }), {
        class: "quiet",
        "data-keep": "browse",
        disabled: now.frame === undefined,
      }),
    ];
  };
  const drawFrame = ({ frame: wanted, noPage }: SiteState) => {
    if (wanted === undefined) {
      frame = undefined;
      const why = noPage === undefined ? "." : `: ${noPage}.`;
      return stage.replaceChildren(element("p", { class: "empty-note" }, `There is no page to show${why}`));
    }
    if (frame?.key === wanted.key) return;
    const { src, key } = wanted;
    const sandbox = isOurs(src) ? wanted.sandbox.replace("allow-same-origin", "").trim() : wanted.sandbox;
    frame = { key, element: element("iframe", { class: "site", title: "The page", src, sandbox }) };
    visits.watch(frame.element);
    stage.replaceChildren(frame.element);
  };

  host.listen(
    (message) => {
      if (message.is === "state") {
        failure.replaceChildren();
        draw(message.state);
      }
      if (message.is === "failed") {
        // "Loading …" would be untrue.
        if (!isDrawn) notes.replaceChildren();
        failure.replaceChildren(failureOf(message.text, () => host.send({ is: "reload" })));
      }
      if (message.is === "requested")
        log.add({ from: "page", to: "server", text: message.text, ...(message.mood && { mood: message.mood }) });
    },
    (source, data) => void visits.took(source, data),
  );
  host.send({ is: "ready" });
}

/** A page that had the origin of this window, or of one around it, could reach into it: a host behind VS Code's own address. */
function isOurs(src: string): boolean {
  const around = [window.origin, ...(location.ancestorOrigins ?? [])];
  return around.includes(URL.parse(src)?.origin ?? "null");
}

function nothingKnown(): HTMLElement {
  const words = "Nothing is known of this file yet. See its problems; this is filled as soon as it can be read.";
  return element("p", { class: "empty-note" }, words);
}
