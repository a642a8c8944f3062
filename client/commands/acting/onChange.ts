// "Deploy on Change": while it is on, whatever the build of a plugin writes is deployed to one host. Never to a production host, and to a
// shared one after a question.

import { Uri, window } from "vscode";
import type { App } from "../../app.js";
import { settingFor } from "../../configuration.js";
import { excludesOf } from "../../settings.js";
import { pickHost, pickPlugin, targetOf } from "../target.js";
import { diagnosticsOf } from "./diagnostics.js";

export async function startOnChange(app: App, argument: unknown): Promise<boolean> {
  const target = targetOf(argument);
  const plugin = await pickPlugin(app, target, "Deploy on Change");
  if (plugin === undefined) return false;
  const row = target.host === undefined ? undefined : app.rows.named(target.host);
  if (row?.level === "production") {
    void window.showInformationMessage(`"${row.name}" is a production host; nothing is deployed there on change.`);
    return false;
  }
  const host = await pickHost(
    app,
    target,
    "reload",
    `Deploy ${plugin.name} on Change`,
    ({ system, level }) => system === plugin.system && level !== "production",
  );
  if (host === undefined) return false;
  if (host.level === "shared") {
    const question = `Deploy "${plugin.name}" to ${host.name} on every change?`;
    const detail = `${host.name} is a shared host: others see each version, and all its plugins are reloaded each time.`;
    const go = "Deploy on Change";
    if ((await window.showWarningMessage(question, { modal: true, detail }, go)) !== go) return false;
  }
  await app.loops.stop(host.name, plugin.name);
  const root = Uri.parse(plugin.root);
  app.loops.start(host, plugin, {
    host: app.connect(host),
    archives: app.archives,
    exclude: excludesOf(settingFor("package.exclude", root)),
    diagnostics: () => diagnosticsOf(plugin),
    ledger: app.ledger,
    tools: app.tools(),
    inTurn: (work) => app.inTurn(host.name, work),
  });
  app.log.info(`deploy ${plugin.name} to ${host.name} on change: begun`);
  return true;
}

export async function stopOnChange(app: App, argument: unknown): Promise<boolean> {
  const { host, plugin } = targetOf(argument);
  const running = app.loops.running();
  const meant = running.filter((one) => (host ?? one.host) === one.host && (plugin ?? one.plugin) === one.plugin);
  const [first, ...others] = meant;
  if (first === undefined) {
    void window.showInformationMessage("Nothing is deployed on change.");
    return false;
  }
  const rows = meant.map((one) => ({ label: one.plugin, description: one.host, one }));
  const chosen =
    others.length === 0 ? first : (await window.showQuickPick(rows, { title: "Stop Deploying on Change" }))?.one;
  return chosen !== undefined && app.loops.stop(chosen.host, chosen.plugin);
}
