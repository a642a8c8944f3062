// "Deploy": plan, confirm, package, upload, reload, read back, and say what is true then.

import type { App } from "../app.js";
import { type Delivered, deploy, type HostConfig } from "../ops/index.js";
import { confirmSending } from "./confirm.js";
import { tellDelivered } from "./delivered.js";
import { planned } from "./plan.js";
import { run } from "./run.js";
import { pickHost, pickPlugin, targetOf } from "./target.js";

export interface DeployAnswer {
  readonly host: string;
  readonly plugin: string;
  readonly state: Delivered["verdict"]["state"];
}

export async function deployPlugin(app: App, argument: unknown): Promise<DeployAnswer | undefined> {
  const target = targetOf(argument);
  const host = await pickHost(app, target, "upload", "Deploy");
  if (host === undefined) return undefined;
  const plugin = await pickPlugin(app, target, `Deploy to ${host.name}`);
  const found = plugin === undefined ? undefined : await planned(app, plugin);
  if (plugin === undefined || found === undefined || !(await confirmSending(app, found, host, "Deploy")))
    return undefined;
  const act = {
    name: `deploy ${plugin.name} to ${host.name}`,
    title: `Deploying "${plugin.name}" to "${host.name}"`,
    host,
  };
  const delivered = await run(app, act, ({ signal, step }) =>
    deploy({
      host: app.connect(host),
      plugin: found.plan,
      archives: app.archives,
      ledger: app.ledger,
      force: found.force,
      signal,
      onStep: (_step, text) => step(text),
    }),
  );
  return finish(app, host, plugin.name, delivered);
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
