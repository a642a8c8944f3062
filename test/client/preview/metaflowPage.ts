// The emulated Metaflow page with hands that write down what it does; time passes when a test says so.

import type { View } from "../../../client/preview/metaflow/page/address.js";
import { createPage, type MetaflowPage } from "../../../client/preview/metaflow/page/emulation.js";
import type { ListEntry, LogLine, PluginBox } from "../../../client/preview/metaflow/page/pageView.js";
import { type Sample, STANDARD } from "../../../client/preview/metaflow/page/sample.js";
import type { Toast } from "../../../client/preview/metaflow/page/toast.js";

export interface Setting {
  readonly page: MetaflowPage;
  /** "frame message": what was posted to frames. */
  readonly posted: { readonly frame: string; readonly message: Record<string, unknown> }[];
  readonly toasts: Toast[];
  readonly lines: LogLine[];
  /** Lets the time pass that the page waits for. */
  wait(): void;
  /** The plugin registers in its hidden frame and again in its slot. */
  start(name: string, at?: number, api?: string): void;
  say(name: string, message: Record<string, unknown>): void;
  box(name: string): PluginBox;
  /** Types and texts of the messages that the frame of a plugin got. */
  heard(name: string): string[];
}

export function listed(name: string, config: Record<string, unknown> = {}, parameters: unknown = {}): ListEntry {
  const standard = { name, version: "1.0.0", entrypoint: "index.html", slot: "run-header" };
  return { identifier: name, name, parameters, config: { ...standard, ...config } };
}

export function settingFor(entries: readonly ListEntry[], view: View = "task", sample: Sample = STANDARD): Setting {
  const posted: { frame: string; message: Record<string, unknown> }[] = [];
  const toasts: Toast[] = [];
  const lines: LogLine[] = [];
  const waiting: (() => void)[] = [];
  const page = createPage(
    { entries, service: "/s/api", sample, view },
    {
      post: (frame, message) => void posted.push({ frame, message: { ...message } }),
      changed: () => undefined,
      toast: (toast) => void toasts.push(toast),
      note: (line) => void lines.push(line),
      later: (work) => void waiting.push(work),
    },
  );
  const box = (name: string) => {
    const found = page.now().boxes.find((one) => one.name === name);
    if (found === undefined) throw new Error(`"${name}" stands in no slot`);
    return found;
  };
  const say = (name: string, message: Record<string, unknown>) =>
    page.receive(box(name).frame?.id ?? "", { name, ...message });
  return {
    page,
    posted,
    toasts,
    lines,
    wait: () => {
      for (const work of waiting.splice(0)) work();
    },
    start: (name, at = entries.findIndex((one) => one.name === name), api = "1.2.0") => {
      const register = { type: "PluginRegisterEvent", name, version: { api } };
      page.receive(`hidden ${at}`, register);
      const frame = page.now().boxes.find((one) => one.name === name)?.frame;
      if (frame !== undefined) page.receive(frame.id, register);
    },
    say,
    box,
    heard: (name) =>
      posted
        .filter(({ frame }) => frame === box(name).frame?.id)
        .map(({ message: { type, path, event, data } }) =>
          [type, path, event, data === undefined ? "" : JSON.stringify(data)].filter(Boolean).join(" "),
        ),
  };
}

/** What the genuine page writes to the browser's console. */
export const warnings = (lines: readonly { readonly to: string; readonly text: string }[]) =>
  lines.filter(({ to }) => to === "console").map(({ text }) => text);
