// "Remove": takes a plugin off a host, by the key that the host understands, after a question that fits what is lost.

import { window } from "vscode";
import type { App } from "../app.js";
import { type HostConfig, type Removed, removePlugin } from "../ops/index.js";
import { sentence } from "../sentence.js";
import { confirmAct } from "./confirm.js";
import { run } from "./run.js";
import { pickHost, type Target, targetOf } from "./target.js";

export async function removeFromHost(app: App, argument: unknown): Promise<Removed | undefined> {
  const target = targetOf(argument);
  const host = await pickHost(app, target, "remove", "Remove");
  if (host === undefined) return undefined;
  const name = await pickRemovable(app, host, target);
  if (name === undefined || !(await sure(app, host, name))) return undefined;
  const act = { name: `remove ${name} from ${host.name}`, title: `Removing "${name}" from "${host.name}"`, host };
  const removed = await run(app, act, ({ signal }) =>
    removePlugin({ host: app.connect(host), plugin: name, signal, ledger: app.ledger }),
  );
  await app.store.refresh(host.name);
  await app.board.rejoin();
  if (removed !== undefined) tell(host, removed);
  return removed;
}

async function pickRemovable(app: App, host: HostConfig, target: Target): Promise<string | undefined> {
  if (target.plugin !== undefined) return target.plugin;
  await app.store.refresh(host.name);
  const plugins = (app.store.state(host.name)?.plugins ?? []).filter(
    (plugin) => plugin.removeKey !== undefined && plugin.removable !== false,
  );
  if (plugins.length === 0) {
    void window.showInformationMessage(`"${host.name}" has no plugin that can be removed.`);
    return undefined;
  }
  const rows = plugins.map(({ name, version, state }) => ({
    label: name,
    description: [version, state].filter(Boolean).join(" · "),
  }));
  return (await window.showQuickPick(rows, { title: `Remove from ${host.name}`, placeHolder: "Which plugin?" }))?.label;
}

async function sure(app: App, host: HostConfig, name: string): Promise<boolean> {
  const there = app.store.state(host.name)?.plugins.find((plugin) => plugin.name === name);
  const key = there?.removeKey;
  const needing = (app.store.state(host.name)?.plugins ?? []).filter((plugin) => plugin.dependencies.includes(name));
  const kept = (await app.ledger.history(host, name)).some((entry) => entry.bundle !== undefined);
  const detail = [
    `Its files are deleted on ${host.name}${key === undefined || key === name ? "" : ` (as "${key}")`}, then the host reloads.`,
    needing.length === 0
      ? ""
      : `Plugins that need it stop as well: ${needing.map((plugin) => plugin.name).join(", ")}.`,
    kept ? "A bundle that was sent from here is kept; Roll Back brings it back." : "No bundle of it is kept here.",
  ];
  // Without a way back, a local host asks too.
  const ask = kept ? "sharedToo" : "always";
  return confirmAct(host, `Remove "${name}" from ${host.name}?`, detail, { verb: "Remove", ask });
}

function tell(host: HostConfig, { name, gone, note }: Removed): void {
  const more = note === undefined ? "" : ` ${sentence(note)}`;
  if (gone) void window.showInformationMessage(`"${name}" is removed from "${host.name}" and no longer runs.${more}`);
  else void window.showWarningMessage(`The files of "${name}" are removed from "${host.name}".${more}`);
}
