// "Deploy to Several Hosts": chosen from a list, each one agreed to before the first is changed, then a few at a time, with a table of
// what came of each and a way to resume the rest.

import { commands, window } from "vscode";
import type { LocalPlugin } from "../../../server/protocol.js";
import type { App } from "../../app.js";
import {
  type Delivered,
  deliver,
  deliveredRow,
  type Ended,
  type HostConfig,
  onEachHost,
  restOf,
  type Shipment,
} from "../../ops/index.js";
import { run } from "../run.js";
import { mayAct, pickPlugin, targetOf } from "../target.js";
import { type Agreed, agree } from "./agree.js";
import { packing } from "./deploy.js";
import { type Planned, planned } from "./plan.js";

export interface SeveralAnswer {
  readonly results: readonly { readonly host: string; readonly state: Ended<Delivered>["state"] }[];
}

export async function deployToSeveral(app: App, argument: unknown): Promise<SeveralAnswer | undefined> {
  if (!mayAct()) return undefined;
  const target = targetOf(argument);
  const plugin = await pickPlugin(app, target, "Deploy to Several Hosts");
  const hosts = plugin === undefined ? undefined : await pickHosts(app, plugin, namesIn(argument));
  if (plugin === undefined || hosts === undefined) return undefined;
  const afterFailure = hosts.length === 1 ? "stop" : await askAfterFailure();
  if (afterFailure === undefined) return undefined;
  const ready: Ready[] = [];
  for (const host of hosts) {
    const one = await agreedTo(app, plugin, host);
    if (one === undefined) return undefined;
    ready.push(one);
  }
  const act = {
    name: `deploy ${plugin.name} to ${hosts.length} hosts`,
    title: `Deploying "${plugin.name}" to ${hosts.length} hosts`,
  };
  const ends = await run(app, act, ({ signal, step }) => {
    let over = 0;
    return onEachHost<Delivered>({
      hosts: ready.map(({ adapter }) => adapter),
      afterFailure,
      signal,
      isFailure: ({ verdict }) => verdict.state !== "verified",
      work: (adapter) =>
        sent(
          app,
          ready.find((one) => one.adapter === adapter),
          signal,
        ),
      onEnd: () => step(`${++over} of ${ready.length} are done`),
    });
  });
  await Promise.all(hosts.map(({ name }) => app.store.refresh(name)));
  await app.board.rejoin();
  if (ends === undefined) return undefined;
  tell(app, plugin, ends);
  return { results: ends.map(({ host, state }) => ({ host: host.config.name, state })) };
}

interface Ready {
  readonly host: HostConfig;
  readonly adapter: ReturnType<App["connect"]>;
  readonly found: Planned;
  readonly shipment: Shipment;
  readonly agreed: Agreed;
}

async function agreedTo(app: App, plugin: LocalPlugin, host: HostConfig): Promise<Ready | undefined> {
  const found = await planned(app, plugin, host);
  const packed = found === undefined ? undefined : await packing(app, plugin, host, found);
  if (found === undefined || packed === undefined) return undefined;
  const { plan: pack, findings, force } = found;
  const { shipment } = packed;
  const agreed = await agree(app, { host, intent: { operation: "deploy", shipment }, pack, findings, force });
  return agreed === undefined ? undefined : { host, adapter: app.connect(host), found, shipment, agreed };
}

async function sent(app: App, ready: Ready | undefined, signal: AbortSignal): Promise<Delivered> {
  if (ready === undefined) throw new Error("a host that was not agreed to");
  const { host, adapter, shipment, found, agreed } = ready;
  const { force, overwrite } = agreed;
  const options = { host: adapter, action: "deploy", ledger: app.ledger, signal, force, overwrite } as const;
  return app.inTurn(host.name, () => deliver(options, shipment, found.findings));
}

async function pickHosts(
  app: App,
  plugin: LocalPlugin,
  named: readonly string[],
): Promise<readonly HostConfig[] | undefined> {
  const able = app.rows.all().filter((row) => row.system === plugin.system && app.connect(row).reload !== undefined);
  if (able.length === 0) {
    void window.showInformationMessage(`No host is known that "${plugin.name}" can be deployed to.`);
    return undefined;
  }
  if (named.length > 0) return able.filter(({ name }) => named.includes(name));
  const rows = able.map((host) => ({ label: host.name, description: `${host.level} · ${host.url ?? ""}`, host }));
  const options = {
    title: `Deploy ${plugin.name}`,
    placeHolder: "Which hosts?",
    canPickMany: true,
    ignoreFocusOut: true,
  } as const;
  const chosen = await window.showQuickPick(rows, options);
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map(({ host }) => host);
}

async function askAfterFailure(): Promise<"stop" | "go on" | undefined> {
  const rows = [
    {
      label: "Stop at the First Failure",
      detail: "Hosts that were not begun keep what they have.",
      after: "stop" as const,
    },
    { label: "Go On with the Others", detail: "Each host comes to its own end.", after: "go on" as const },
  ];
  return (await window.showQuickPick(rows, { title: "When One Fails", ignoreFocusOut: true }))?.after;
}

function tell(app: App, plugin: LocalPlugin, ends: readonly Ended<Delivered>[]): void {
  const rest = restOf(ends).map(({ config }) => config.name);
  const rows = ends.map((ended) => deliveredRow(ended));
  const wide = Math.max(...rows.map(([host]) => host.length));
  const table = rows
    .map(([host, result, detail]) => `${host.padEnd(wide)}  ${result.padEnd(10)}  ${detail}`.trimEnd())
    .join("\n");
  for (const [host, result, detail] of rows)
    app.log.info(`deploy ${plugin.name} to ${host}: ${result}${detail === "" ? "" : `: ${detail}`}`);
  const [show, resume] = ["Show Table", "Resume the Rest"] as const;
  const done = ends.length - rest.length;
  const text = `"${plugin.name}" is loaded on ${done} of ${ends.length} hosts.`;
  const message = rest.length === 0 ? window.showInformationMessage : window.showWarningMessage;
  void message(text, ...(rest.length === 0 ? [show] : [resume, show])).then(async (choice) => {
    if (choice === show) await app.showText(`Deployment of ${plugin.name}`, `${table}\n`);
    if (choice === resume) {
      const { root, manifest, name } = plugin;
      await commands.executeCommand("plugsmith.deployToSeveral", { plugin: name, root, manifest, hosts: rest });
    }
  });
}

function namesIn(argument: unknown): readonly string[] {
  const hosts: unknown = typeof argument === "object" && argument !== null ? Reflect.get(argument, "hosts") : undefined;
  return Array.isArray(hosts) ? hosts.filter((name) => typeof name === "string") : [];
}
