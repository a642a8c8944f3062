// "Deploy": package, plan, agree, upload, reload, read back, and say what is true then.

import { Uri } from "vscode";
import type { LocalPlugin } from "../../../server/protocol.js";
import type { App } from "../../app.js";
import { type Delivered, deliver, type HostConfig, packageFor, packerOf } from "../../ops/index.js";
import { run } from "../run.js";
import { ofItsSystem, pickHost, pickPlugin, targetOf } from "../target.js";
import { agree } from "./agree.js";
import { tellDelivered } from "./delivered.js";
import { type Planned, planned } from "./plan.js";

export interface DeployAnswer {
  readonly host: string;
  readonly plugin: string;
  readonly state: Delivered["verdict"]["state"];
}

export async function deployPlugin(app: App, argument: unknown): Promise<DeployAnswer | undefined> {
  const target = targetOf(argument);
  const host = await pickHost(app, target, "reload", "Deploy", ofItsSystem(app, target));
  if (host === undefined) return undefined;
  const plugin = await pickPlugin(app, target, `Deploy to ${host.name}`, host.system);
  const found = plugin === undefined ? undefined : await planned(app, plugin, host);
  if (plugin === undefined || found === undefined) return undefined;
  const packed = await packing(app, plugin, host, found);
  if (packed === undefined) return undefined;
  const { shipment } = packed;
  const { plan: pack, findings } = found;
  const force = found.force || target.force === "yes";
  const meant = { plugin: plugin.name, root: plugin.root, manifest: plugin.manifest };
  let raised = false;
  const raise = async () => {
    raised = await raisedVersion(app, plugin);
  };
  const intent = { operation: "deploy", shipment } as const;
  const raisable = packerOf(pack.system).raiseVersion === undefined ? {} : { raise };
  const agreed = await agree(app, { host, intent, pack, findings, force, target: meant, ...raisable });
  if (raised) return deployPlugin(app, { host: host.name, root: plugin.root });
  if (agreed === undefined) return undefined;
  const act = {
    name: `deploy ${plugin.name} to ${host.name}`,
    title: `Deploying "${plugin.name}" to "${host.name}"`,
    host,
  };
  const delivered = await run(app, act, ({ signal, step }) => {
    const onStep = (_step: unknown, text: string) => step(text);
    const { ledger } = app;
    const { overwrite } = agreed;
    const options = { host: app.connect(host), action: "deploy", ledger, signal, overwrite, onStep } as const;
    return deliver({ ...options, force: agreed.force }, shipment, findings);
  });
  return finish(app, host, plugin.name, delivered);
}

/** Writes the next version into the plugin's own files; false when that could not be done. */
async function raisedVersion(app: App, plugin: LocalPlugin): Promise<boolean> {
  const act = {
    name: `raise the version of ${plugin.name}`,
    title: "Raising the version",
    quick: true,
    cancellable: false,
  };
  const folder = Uri.parse(plugin.root).fsPath;
  return (await run(app, act, async () => packerOf(plugin.system).raiseVersion?.(folder))) !== undefined;
}

/** The package that is sent, made before the host is asked. */
export async function packing(app: App, plugin: LocalPlugin, host: HostConfig, { plan, force }: Planned) {
  const act = { name: `package ${plugin.name}`, title: `Packing "${plugin.name}"`, quick: true };
  return run(app, act, ({ signal, step }) =>
    packageFor({
      system: plan.system,
      plugin: plan,
      archives: app.archives,
      tools: app.tools(),
      host: app.connect(host),
      signal,
      force,
      onStep: (_step, text) => step(text),
    }),
  );
}

/** Shows the host as it is now, whatever came of the act. */
export async function finish(
  app: App,
  host: HostConfig,
  plugin: string,
  delivered: Delivered | undefined,
): Promise<DeployAnswer | undefined> {
  await app.store.refresh(host.name);
  await app.board.rejoin();
  if (delivered === undefined) return undefined;
  tellDelivered(app, host, plugin, delivered);
  return { host: host.name, plugin, state: delivered.verdict.state };
}
