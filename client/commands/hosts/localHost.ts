// Starts and stops the local host of this window.

import { commands, env, Uri, window } from "vscode";
import type { App } from "../../app.js";
import { localHostName, localMetaflowName } from "../../localHostName.js";
import { run } from "../run.js";
import { mayAct } from "../target.js";

export async function startLocal(app: App): Promise<string | undefined> {
  if (!mayAct()) return undefined;
  const act = { name: "start the local host", title: "Starting the local host", quick: true, cancellable: false };
  const url = await run(app, act, () => app.localHost.start());
  if (url === undefined) return undefined;
  await commands.executeCommand("setContext", "plugsmith.localHostRuns", true);
  await Promise.all([localHostName, localMetaflowName].map((name) => app.store.refresh(name)));
  const [hosts, copy, open] = ["Show in Hosts", "Copy Address", "Open Page"] as const;
  const text = `The local host runs at ${url} until this window closes. It serves plugins' pages and doesn't run their server code.`;
  void window.showInformationMessage(text, hosts, copy, open).then(async (choice) => {
    if (choice === hosts) await app.reveal(localHostName);
    if (choice === copy) await env.clipboard.writeText(url);
    if (choice === open) await env.openExternal(Uri.parse(url));
  });
  return url;
}

export async function stopLocal(app: App): Promise<void> {
  const act = { name: "stop the local host", title: "Stopping the local host", quick: true, cancellable: false };
  await run(app, act, () => app.localHost.stop());
  await commands.executeCommand("setContext", "plugsmith.localHostRuns", false);
}
