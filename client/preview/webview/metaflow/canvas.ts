// The emulated page in the document: its regions, the containers of plugins, and one real frame for each plugin. A frame stays
// the same element as long as its id is the same.

import type { Slot, View } from "../../metaflow/page/address.js";
import type { FrameView, PageView, PluginBox } from "../../metaflow/page/pageView.js";
import { button, element, place } from "../dom.js";

export interface Canvas {
  readonly root: HTMLElement;
  draw(now: PageView): void;
  /** The id of the frame that a window belongs to. */
  frameOf(source: MessageEventSource | null): string | undefined;
  windowOf(frame: string): Window | null;
  /** Removes every frame. */
  clear(): void;
}

export interface CanvasActions {
  fold(name: string, isOpen: boolean): void;
  /** Words of the attribute as the frame gets it. */
  sandbox(words: string): string;
  /** A new frame, before it has loaded anything. */
  made(frame: HTMLIFrameElement): void;
}

export function createCanvas(actions: CanvasActions): Canvas {
  const frames = new Map<string, HTMLIFrameElement>();
  const boxes = new Map<string, HTMLElement>();
  const slots = {
    "top-nav": slotElement("top-nav"),
    header: slotElement("header"),
    "run-header": slotElement("run-header"),
    "task-details": slotElement("task-details"),
  };
  const hidden = element("div", { class: "hidden-frames", "aria-hidden": "true" });
  const address = element("code", { class: "address" });
  const runTitle = element("h2");
  const run = element("section", { class: "region" }, runTitle, slots["run-header"]);
  const task = element("section", { class: "region" }, element("h2", {}, "Task"), slots["task-details"]);
  const bar = element("div", { class: "appbar" }, element("b", {}, "Metaflow"), address, slots.header);
  const root = element(
    "div",
    { class: "page", role: "region", "aria-label": "The page" },
    slots["top-nav"],
    bar,
    run,
    task,
    hidden,
  );

  const frameFor = (view: FrameView): HTMLIFrameElement => {
    const known = frames.get(view.id);
    if (known !== undefined) return known;
    const { name, src, sandbox } = view;
    const made = element("iframe", { name, title: name, sandbox: actions.sandbox(sandbox), src });
    frames.set(view.id, made);
    actions.made(made);
    return made;
  };
  const boxFor = (box: PluginBox): HTMLElement => {
    const known = boxes.get(box.name) ?? element("div", { class: "box", "data-plugin": box.name });
    boxes.set(box.name, known);
    known.style.display = box.visible ? "block" : "none";
    known.dataset.container = box.container;
    place(known, [...headOf(box, known, actions), bodyOf(box, known, frameFor)]);
    return known;
  };
  return {
    root,
    draw: (now) => {
      address.textContent = now.address;
      runTitle.textContent = `Run ${now.address.split("/")[2] ?? ""} details`;
      run.hidden = now.view === "home";
      task.hidden = now.view !== "task";
      for (const [slot, parent] of Object.entries(slots)) {
        const here = now.boxes.filter((box) => box.slot === slot);
        parent.classList.toggle("empty", here.length === 0);
        place(parent, here.map(boxFor));
      }
      const hiding = now.hidden.map(frameFor);
      for (const frame of hiding) {
        frame.width = "0";
        frame.height = "0";
      }
      place(hidden, hiding);
      const alive = new Set([...now.hidden, ...now.boxes.flatMap(({ frame }) => frame ?? [])].map(({ id }) => id));
      for (const id of [...frames.keys()]) if (!alive.has(id)) frames.delete(id);
      for (const name of [...boxes.keys()]) if (!now.boxes.some((box) => box.name === name)) boxes.delete(name);
    },
    frameOf: (source) => [...frames].find(([, frame]) => source !== null && frame.contentWindow === source)?.[0],
    windowOf: (frame) => frames.get(frame)?.contentWindow ?? null,
    clear: () => {
      for (const frame of frames.values()) frame.remove();
      frames.clear();
      boxes.clear();
    },
  };
}

function slotElement(slot: Slot): HTMLElement {
  return element("div", { class: "slot empty", "data-slot": slot });
}

/** The header row of a titled or collapsable container, kept once made. */
function headOf(box: PluginBox, parent: HTMLElement, { fold }: CanvasActions): readonly HTMLElement[] {
  if (box.container !== "collapsable" && box.container !== "titled-container") return [];
  const known = parent.querySelector<HTMLElement>(":scope > .head");
  if (box.container === "titled-container") return [known ?? element("div", { class: "head" }, iconOf(box), box.title)];
  const head =
    known ??
    button(box.title, () => fold(box.name, head.getAttribute("aria-expanded") !== "true"), { class: "head fold" });
  if (known === null) head.prepend(...[iconOf(box)].filter((icon) => icon !== undefined));
  head.setAttribute("aria-expanded", String(box.isOpen));
  return [head];
}

function iconOf({ hasIcon }: PluginBox): HTMLElement | undefined {
  return hasIcon ? element("span", { class: "plug", "aria-hidden": "true" }) : undefined;
}

function bodyOf(box: PluginBox, parent: HTMLElement, frameFor: (view: FrameView) => HTMLIFrameElement): HTMLElement {
  const body = parent.querySelector<HTMLElement>(":scope > .body") ?? element("div", { class: "body" });
  body.hidden = !box.isOpen;
  if (box.stickyHeight !== undefined) body.style.height = `${box.stickyHeight}px`;
  const frame = box.frame && frameFor(box.frame);
  if (frame !== undefined && box.frame !== undefined) frame.setAttribute("height", String(box.frame.height));
  place(body, frame === undefined ? [] : [frame]);
  return body;
}

export const VIEWS: readonly { readonly value: View; readonly label: string }[] = [
  { value: "home", label: "Home" },
  { value: "run", label: "Run" },
  { value: "task", label: "Task" },
];
