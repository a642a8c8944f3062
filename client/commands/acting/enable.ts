// "Enable" and "Disable": whether a host loads a plugin that it has, without removing it.

import { window } from "vscode";
import type { App } from "../../app.js";
import { type Switched, setPluginEnabled } from "../../ops/index.js";
import { sentence } from "../../sentence.js";
import { run } from "../run.js";
import { pickHost, pickOnHost, targetOf } from "../target.js";
import { agree } from "./agree.js";

export function enablePlugin(app: App, argument: unknown): Promise<Switched | undefined> {
  return switched(app, argument, "enabled");
}

export function disablePlugin(app: App, argument: unknown): Promise<Switched | undefined> {
  return switched(app, argument, "disabled");
}

async function switched(app: App, argument: unknown, to: "enabled" | "disabled"): Promise<Switched | undefined> {
  const target = targetOf(argument);
  const [verb, operation, doing] =
    to === "enabled" ? (["Enable", "enable", "Enabling"] as const) : (["Disable", "disable", "Disabling"] as const);
  const host = await pickHost(app, target, "setEnabled", verb);
  if (host === undefined) return undefined;
  const plugin = await pickOnHost(app, host, target, verb, ({ state }) =>
    to === "enabled" ? state === "disabled" : state !== "disabled",
  );
  if (plugin === undefined) return undefined;
  const agreed = await agree(app, { host, intent: { operation, plugin } });
  if (agreed === undefined) return undefined;
  const act = { name: `${operation} ${plugin} on ${host.name}`, title: `${doing} "${plugin}" on "${host.name}"`, host };
  const done = await run(app, act, ({ signal }) =>
    setPluginEnabled({ host: app.connect(host), plugin, to, signal, ledger: app.ledger }),
  );
  await app.store.refresh(host.name);
  await app.board.rejoin();
  if (done !== undefined) tell(host.name, to, done);
  return done;
}

function tell(host: string, to: "enabled" | "disabled", { plugin, proven, note }: Switched): void {
  const text = `"${plugin}" is ${to} on "${host}".${note === undefined ? "" : ` ${sentence(note)}`}`;
  void (proven === false ? window.showWarningMessage(text) : window.showInformationMessage(text));
}
