// Stand-ins for web view panels: what was sent to each is remembered, a test speaks in place of the page.
import assert from "node:assert/strict";
import { createEmitter } from "../../../client/emitter.js";

export interface Panel {
  title: string;
  /** What the page got, in order. */
  readonly sent: Record<string, unknown>[];
  /** The document that it shows. */
  html(): string;
  /** A message of the page. */
  say(message: unknown): void;
  close(): void;
}

/** The panels that are open, in order. */
export const panels: Panel[] = [];

export function fakePanel(title: string): object {
  const [said, closed] = [createEmitter<unknown>(), createEmitter<void>()];
  const panel: Panel = {
    title,
    sent: [],
    html: () => webview.html,
    say: (message) => said.fire(message),
    close: () => {
      panels.splice(panels.indexOf(panel), 1);
      closed.fire();
    },
  };
  panels.push(panel);
  const webview = {
    html: "",
    cspSource: "vscode",
    asWebviewUri: (uri: unknown) => uri,
    onDidReceiveMessage: said.event,
    postMessage: async (message: Record<string, unknown>) => void panel.sent.push(message),
  };
  return Object.assign(panel, { webview, onDidDispose: closed.event, reveal: () => undefined, dispose: panel.close });
}

/** The message that the page gets last, once it is as wanted. */
export async function lastSent(
  wanted: (message: Record<string, unknown>) => boolean,
): Promise<Record<string, unknown>> {
  for (let turn = 0; turn < 300; turn++) {
    const last = panels.at(-1)?.sent.at(-1);
    if (last !== undefined && wanted(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return assert.fail(`never came; the page got ${JSON.stringify(panels.at(-1)?.sent.slice(-3))}`);
}
