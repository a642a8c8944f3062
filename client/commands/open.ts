// What tree items open: a page of a host in the browser, a manifest in an editor.

import { env, Uri, window } from "vscode";
import type { App } from "../app.js";
import { mayAct, targetOf } from "./target.js";

export async function openPage(_app: App, argument: unknown): Promise<boolean> {
  const { address } = targetOf(argument);
  // Hosts say these paths; nothing but a page is ever opened.
  if (!mayAct() || address === undefined || !/^https?:\/\//.test(address)) return false;
  return env.openExternal(Uri.parse(address));
}

export async function openManifest(app: App, argument: unknown): Promise<void> {
  const { manifest, plugin } = targetOf(argument);
  const file = manifest ?? app.board.plugins().find((one) => one.name === plugin)?.manifest;
  if (file !== undefined) await window.showTextDocument(Uri.parse(file));
}
