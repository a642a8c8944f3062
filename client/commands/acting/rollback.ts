// "Roll back": puts the bundle that was sent before, or any other that is kept, back on a host, with the same steps and the same proof
// as a deployment.

import { window } from "vscode";
import type { App } from "../../app.js";
import { bundleToGoBackTo, type HostConfig, type LedgerEntry, rollback } from "../../ops/index.js";
import { run } from "../run.js";
import { pickHost, type Target, targetOf } from "../target.js";
import { agree } from "./agree.js";
import { type DeployAnswer, finish } from "./deploy.js";

export async function rollBack(app: App, argument: unknown): Promise<DeployAnswer | undefined> {
  const target = targetOf(argument);
  const host = await pickHost(app, target, "upload", "Roll Back");
  const plugin = host === undefined ? undefined : await pickRecorded(app, host, target);
  if (host === undefined || plugin === undefined) return undefined;
  const to = await entryMeant(app, host, plugin, target.entry);
  if (to === undefined) {
    void window.showInformationMessage(
      `No earlier bundle of "${plugin}" for "${host.name}" that differs from the last is kept here.`,
    );
    return undefined;
  }
  const opening = { name: `open a bundle of ${plugin}`, title: `Opening the bundle of "${plugin}"`, quick: true };
  const { ledger } = app;
  const opened = await run(app, opening, () => bundleToGoBackTo({ host: app.connect(host), ledger, plugin, to }));
  if (opened === undefined) return undefined;
  const agreed = await agree(app, {
    host,
    intent: { operation: "rollback", shipment: opened.shipment },
    force: target.force === "yes",
    target: { plugin, entry: to.id },
  });
  if (agreed === undefined) return undefined;
  const act = {
    name: `roll back ${plugin} on ${host.name}`,
    title: `Rolling "${plugin}" on "${host.name}" back to ${entryWords(to)}`,
    host,
  };
  const delivered = await run(app, act, ({ signal, step }) => {
    const onStep = (_step: unknown, text: string) => step(text);
    return rollback({ host: app.connect(host), plugin, ledger, to, signal, ...agreed, onStep });
  });
  return finish(app, host, plugin, delivered);
}

async function entryMeant(
  app: App,
  host: HostConfig,
  plugin: string,
  id: string | undefined,
): Promise<LedgerEntry | undefined> {
  if (id === undefined) return app.ledger.previous(host, plugin);
  return (await app.ledger.history(host, plugin)).find((entry) => entry.id === id && entry.bundle !== undefined);
}

async function pickRecorded(app: App, host: HostConfig, target: Target): Promise<string | undefined> {
  if (target.plugin !== undefined) return target.plugin;
  const names = new Set([
    ...(app.store.state(host.name)?.plugins ?? []).map((plugin) => plugin.name),
    ...app.board.plugins().map((plugin) => plugin.name),
  ]);
  const rows = [];
  for (const name of names) {
    const to = await app.ledger.previous(host, name);
    if (to !== undefined) rows.push({ label: name, description: `back to ${entryWords(to)}` });
  }
  if (rows.length === 0) {
    void window.showInformationMessage(`Nothing that was sent to "${host.name}" before is kept here.`);
    return undefined;
  }
  const options = { title: `Roll Back on ${host.name}`, placeHolder: "Which plugin?", ignoreFocusOut: true };
  return (await window.showQuickPick(rows, options))?.label;
}

/** "version 1.2.0 as sent on 4 May 2026, 14:02". */
export function entryWords({ version, at }: LedgerEntry): string {
  const when = new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  return version === undefined ? `what was sent on ${when}` : `version ${version}, as sent on ${when}`;
}
