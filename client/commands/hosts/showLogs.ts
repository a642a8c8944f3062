// "Show Logs of Host": the host's own log in a channel, followed; of one plugin alone where one is meant.

import { window } from "vscode";
import type { App } from "../../app.js";
import { pickHost, targetOf } from "../target.js";

export async function showLogs(app: App, argument: unknown): Promise<string | undefined> {
  const target = targetOf(argument);
  const host = await pickHost(app, target, "logs", "Show Logs");
  if (host === undefined) return undefined;
  // Not waited for: it goes on until it is stopped.
  void app.logs.follow(host, target.plugin).catch((error: unknown) => {
    app.log.error(error instanceof Error ? error : String(error));
  });
  return host.name;
}

export async function stopLogs(app: App, argument: unknown): Promise<boolean> {
  const { host } = targetOf(argument);
  const [first, ...others] = app.logs.following();
  if (host !== undefined) return app.logs.stop(host);
  if (first === undefined) {
    void window.showInformationMessage("No log of a host is followed.");
    return false;
  }
  const chosen =
    others.length === 0 ? first : await window.showQuickPick([first, ...others], { title: "Stop Following Logs" });
  return chosen !== undefined && app.logs.stop(chosen);
}
