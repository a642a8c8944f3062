// "Refresh": asks one host or all, and the language server. Failures show in the tree, not in messages.

import { window } from "vscode";
import type { App } from "../app.js";
import { mayAct, targetOf } from "./target.js";

export async function refresh(app: App, argument: unknown): Promise<void> {
  if (!mayAct()) return;
  const { host } = targetOf(argument);
  app.board.recheck();
  await window.withProgress({ location: { viewId: "plugsmith.hosts" } }, () =>
    Promise.all([app.store.refresh(host), app.board.reread()]),
  );
}
