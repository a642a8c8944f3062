// The list of the workspace's Metaflow plugins: which stand on the page, how each is doing, and what is otherwise here.

import type { PluginChoice } from "../../metaflow/messages.js";
import type { PageView } from "../../metaflow/page/pageView.js";
import { element, refill } from "../dom.js";

export interface PluginList {
  readonly root: HTMLElement;
  draw(
    plugins: readonly PluginChoice[],
    now: PageView | undefined,
    reasons: ReadonlyMap<string, readonly string[]>,
  ): void;
}

export function createPluginList(choose: (folder: string, on: boolean) => void): PluginList {
  const list = element("ul", { class: "plugins" });
  return {
    root: element("div", {}, list),
    draw: (plugins, now, reasons) => {
      const rows = plugins.map((plugin) => {
        const notes = [...plugin.notes, ...(reasons.get(plugin.title) ?? [])];
        return { plugin, ...stateOf(plugin, now, reasons), notes };
      });
      refill(list, rows, () => (rows.length === 0 ? [nobody()] : rows.map((row) => rowOf(row, choose))));
    },
  };
}

function nobody(): HTMLElement {
  return element("li", { class: "empty-note" }, "No Metaflow plugin is known in this workspace.");
}

interface Row {
  readonly plugin: PluginChoice;
  readonly words: string;
  readonly mood: string;
  readonly notes: readonly string[];
}

function rowOf({ plugin, words, mood, notes }: Row, choose: (folder: string, on: boolean) => void): HTMLElement {
  const { folder, title, detail, isShown } = plugin;
  const box = element("input", { type: "checkbox", checked: isShown, "data-keep": folder });
  box.addEventListener("change", () => choose(folder, box.checked));
  return element(
    "li",
    { class: mood },
    element("label", {}, box, element("b", {}, title), element("span", { class: "quiet" }, detail)),
    element("span", { class: "state" }, words),
    ...notes.map((note) => element("p", { class: "note" }, note)),
  );
}

export function stateOf(
  plugin: PluginChoice,
  now: PageView | undefined,
  reasons: ReadonlyMap<string, readonly string[]>,
): { readonly words: string; readonly mood: string } {
  if (!plugin.isShown) return { words: "not on the page", mood: "" };
  if (plugin.refused !== undefined) return { words: `not listed by the service: ${plugin.refused}`, mood: "bad" };
  const box = now?.boxes.find(({ name }) => name === plugin.title);
  if (box !== undefined) {
    const hidden = box.visible ? "" : ", hidden";
    return { words: `in the slot ${box.slot}${hidden}`, mood: "good" };
  }
  if (reasons.has(plugin.title)) return { words: "has not registered", mood: "bad" };
  const waits = now?.hidden.some(({ name }) => name === plugin.title) ?? true;
  return waits
    ? { words: "loading in its hidden frame …", mood: "" }
    : { words: "its slot is not in this view", mood: "good" };
}
