// "Reload": lets a host load its plugins anew, and says how many it runs then.

import { window } from "vscode";
import type { App } from "../../app.js";
import type { Reloaded } from "../../ops/index.js";
import { run } from "../run.js";
import { pickHost, targetOf } from "../target.js";
import { agree } from "./agree.js";
import { failedReplicas } from "./delivered.js";

export async function reloadHost(app: App, argument: unknown): Promise<Reloaded | undefined> {
  const host = await pickHost(app, targetOf(argument), "reload", "Reload");
  if (host === undefined || (await agree(app, { host, intent: { operation: "reload" } })) === undefined)
    return undefined;
  const act = { name: `reload ${host.name}`, title: `Reloading the plugins of "${host.name}"`, host };
  const reloaded = await run(app, act, async ({ signal }) => app.connect(host).reload?.(signal));
  await app.store.refresh(host.name);
  await app.board.rejoin();
  if (reloaded !== undefined) tell(app, host.name, reloaded);
  return reloaded;
}

function tell(app: App, name: string, { milliseconds, replicas }: Reloaded): void {
  const plugins = app.store.state(name)?.plugins ?? [];
  const loaded = plugins.filter((plugin) => plugin.state === "loaded").length;
  const idle = plugins.filter(({ state }) => state === "installed" || state === "failed");
  const rest =
    idle.length === 0 ? "" : ` Installed but not loaded: ${idle.map((plugin) => `"${plugin.name}"`).join(", ")}.`;
  const text = `"${name}" has reloaded in ${milliseconds} ms and runs ${loaded === 1 ? "1 plugin" : `${loaded} plugins`}.`;
  const failed = failedReplicas(replicas);
  void (failed === "" ? window.showInformationMessage(text + rest) : window.showWarningMessage(text + rest + failed));
}
