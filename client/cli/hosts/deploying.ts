// A deployment from the terminal in its two halves: packed and agreed to, one host after the other since people are asked; then sent.

import path from "node:path";
import {
  type ActionPlan,
  type Delivered,
  deliver,
  type Finding,
  type Ledger,
  type PluginHost,
  packageFor,
  planAction,
  type Shipment,
} from "../../ops/index.js";
import type { Call } from "../command.js";
import { packOptions } from "./packing.js";

export interface Prepared {
  readonly host: PluginHost;
  readonly shipment: Shipment;
  readonly findings: readonly Finding[];
  readonly plan: ActionPlan;
}

/** Packs the plugin for this host, and plans: nothing is changed there. */
export async function prepared(
  call: Call,
  host: PluginHost,
  folder: string,
  archives: string,
  ledger: Ledger,
): Promise<Prepared> {
  const { terminal, signal } = call;
  const onStep = (_step: unknown, text: string) => terminal.progress(text);
  const { system, name } = host.config;
  // Each host its own folder: packages for different hosts may differ.
  const own = path.join(archives, Buffer.from(name).toString("hex").slice(0, 60));
  const options = { ...(await packOptions(call, folder)), host, system, archives: own, onStep };
  const { plan: pack, shipment, findings } = await packageFor(options);
  terminal.progress(`asking ${name}`);
  const intent = { operation: "deploy", shipment } as const;
  const plan = await planAction({ host, intent, signal, ledger, pack, findings });
  return { host, shipment, findings, plan };
}

export function sent(call: Call, { host, shipment, findings }: Prepared, ledger: Ledger): Promise<Delivered> {
  const { terminal, signal, on } = call;
  const onStep = (_step: unknown, text: string) => terminal.progress(`${host.config.name}: ${text}`);
  const act = { host, action: "deploy", signal, ledger, onStep } as const;
  return deliver({ ...act, force: on("force"), overwrite: on("overwrite") }, shipment, findings);
}
