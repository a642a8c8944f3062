// "Roll back": puts the bundle that was sent before back on a host, with the same steps and the same proof as a deployment.

import { window } from "vscode";
import type { App } from "../app.js";
import { type HostConfig, type LedgerEntry, rollback } from "../ops/index.js";
import { confirmAct } from "./confirm.js";
import { type DeployAnswer, finish } from "./deploy.js";
import { size } from "./plan.js";
import { run } from "./run.js";
import { pickHost, type Target, targetOf } from "./target.js";

export async function rollBack(app: App, argument: unknown): Promise<DeployAnswer | undefined> {
  const target = targetOf(argument);
  const host = await pickHost(app, target, "upload", "Roll Back");
  const plugin = host === undefined ? undefined : await pickRecorded(app, host, target);
  if (host === undefined || plugin === undefined) return undefined;
  const to = await app.ledger.previous(host, plugin);
  if (to === undefined) {
    void window.showInformationMessage(`No earlier bundle of "${plugin}" for "${host.name}" is kept here.`);
    return undefined;
  }
  const question = `Roll "${plugin}" on ${host.name} back to ${words(to)}?`;
  if (!(await confirmAct(host, question, [origin(to)], { verb: "Roll Back", ask: "sharedToo" }))) return undefined;
  const act = {
    name: `roll back ${plugin} on ${host.name}`,
    title: `Rolling "${plugin}" on "${host.name}" back to ${words(to)}`,
    host,
  };
  const delivered = await run(app, act, ({ signal, step }) =>
    rollback({ host: app.connect(host), plugin, ledger: app.ledger, to, signal, onStep: (_step, text) => step(text) }),
  );
  return finish(app, host, plugin, delivered);
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
    if (to !== undefined) rows.push({ label: name, description: `back to ${words(to)}` });
  }
  if (rows.length === 0) {
    void window.showInformationMessage(`Nothing that was sent to "${host.name}" before is kept here.`);
    return undefined;
  }
  return (await window.showQuickPick(rows, { title: `Roll Back on ${host.name}`, placeHolder: "Which plugin?" }))
    ?.label;
}

function words({ version, at }: LedgerEntry): string {
  const when = new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  return `${version === undefined ? "what" : `version ${version},`} sent on ${when}`.replace(", sent", " as sent");
}

function origin(entry: LedgerEntry): string {
  return [
    entry.bytes === undefined ? "" : size(entry.bytes),
    entry.result === "verified" ? "It was verified then." : "It was not verified then.",
  ]
    .filter(Boolean)
    .join("; ");
}
