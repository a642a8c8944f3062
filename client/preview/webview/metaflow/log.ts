// The log of messages, warnings and requests, newest below, as text that can be filtered and cleared.

import type { LogLine } from "../../metaflow/page/pageView.js";
import { shownData } from "../../metaflow/page/shown.js";
import { button, element } from "../dom.js";

export interface Log {
  readonly root: HTMLElement;
  add(line: LogLine): void;
  clear(): void;
}

const most = 500;

export function createLog(): Log {
  const list = element("ol", { class: "log", role: "log", "aria-live": "off", "aria-label": "Messages" });
  const filter = element("input", { type: "search", placeholder: "Filter", "aria-label": "Filter messages" });
  const nothing = element("p", { class: "empty-note", role: "status" }, "No message yet.");
  const matches = (row: Element) => (row.textContent ?? "").toLowerCase().includes(filter.value.toLowerCase());
  const sayWhetherEmpty = () => {
    const isEmpty = [...list.children].every((row) => row.hasAttribute("hidden"));
    nothing.hidden = !isEmpty;
    nothing.textContent = list.children.length > 0 ? "No message matches the filter." : "No message yet.";
  };
  filter.addEventListener("input", () => {
    for (const row of list.children) row.toggleAttribute("hidden", !matches(row));
    sayWhetherEmpty();
  });
  /** A page may post without end: rows are made together, and none that would be gone again at once. */
  const waiting: LogLine[] = [];
  let timer: number | undefined;
  /** Milliseconds; longer while many come. */
  let pause = 30;
  const show = () => {
    timer = undefined;
    const rows = waiting.splice(0).map(rowOf);
    pause = rows.length > 50 ? 1000 : 30;
    for (const row of rows) row.hidden = !matches(row);
    list.append(...rows);
    while (list.children.length > most) list.firstElementChild?.remove();
    sayWhetherEmpty();
  };
  const clear = () => {
    waiting.length = 0;
    list.replaceChildren();
    sayWhetherEmpty();
  };
  const bar = element("div", { class: "bar" }, filter, button("Clear", clear, { class: "quiet" }));
  const root = element("div", { class: "scroll" }, bar, nothing, list);
  /** The newest row stays in sight until the user scrolls up, away from it. */
  let follows = true;
  let isHidden = true;
  let place = 0;
  root.addEventListener("scroll", () => {
    // Behind another tab it loses its place, which is nobody's scrolling; nor is it that rows have come since it was led to its end.
    if (isHidden) return;
    if (root.scrollHeight - root.scrollTop - root.clientHeight < 40) follows = true;
    else if (root.scrollTop < place) follows = false;
    place = root.scrollTop;
  });
  const follow = new ResizeObserver(() => {
    isHidden = root.clientHeight === 0;
    if (!follows || isHidden) return;
    root.scrollTop = root.scrollHeight;
    place = root.scrollTop;
  });
  follow.observe(list);
  follow.observe(root);
  return {
    root,
    add: (line) => {
      waiting.push(line);
      if (waiting.length > most) waiting.shift();
      if (timer === undefined) timer = window.setTimeout(show, pause);
    },
    clear,
  };
}

function rowOf({ from, to, text: words, data, phase, mood }: LogLine): HTMLLIElement {
  const text = words.slice(0, 1000);
  const where = phase === "hidden" ? " (hidden frame)" : "";
  const head = [
    element("time", {}, new Date().toTimeString().slice(0, 8)),
    element(
      "span",
      { class: "route", title: `${from ?? "a removed frame"}${where} → ${to}` },
      `${from ?? "a removed frame"}${where} → ${to}`,
    ),
    element("span", { class: "what", title: text }, text),
  ];
  const shown = data === undefined ? undefined : shownData(data);
  const row = element("li", { class: mood ?? "", "data-route": `${from} → ${to}` });
  if (shown === undefined) row.append(element("div", { class: "line" }, ...head));
  else {
    const short = element("code", { class: "short" }, shown.replace(/\s+/g, " ").slice(0, 160));
    row.append(
      element("details", {}, element("summary", { class: "line" }, ...head, short), element("pre", {}, shown)),
    );
  }
  return row;
}
