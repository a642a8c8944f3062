// Asks a host what an operation would change there, and joins that with the package and with what was sent before. Changes nothing.
import type { Finding, Intent, PluginHost } from "../hosts/host.js";
import { packerOf } from "../hosts/index.js";
import type { Ledger } from "../ledger/ledger.js";
import type { PackPlan } from "../pack/plan.js";
import { lookForConflict } from "./conflict.js";
import { type ActionPlan, planOf } from "./plan.js";

export interface PlanQuestion {
  readonly host: PluginHost;
  readonly intent: Intent;
  readonly signal: AbortSignal;
  readonly ledger?: Ledger;
  /** How the shipment was packed, where it was packed just now. */
  readonly pack?: PackPlan;
  /** What packing found; the host's own check is added. */
  readonly findings?: readonly Finding[];
}

export async function planAction(question: PlanQuestion): Promise<ActionPlan> {
  const { host, intent, signal, ledger, pack, findings = [] } = question;
  const shipment = "shipment" in intent ? intent.shipment : undefined;
  // One after another: the first that fails says why, and a host is not asked four things at once.
  const onHost = shipment === undefined ? [] : ((await host.check?.(shipment, signal)) ?? []);
  const plugins = await host.list?.(signal);
  const plugin = shipment?.name ?? ("plugin" in intent ? intent.plugin : undefined);
  const conflict =
    plugin === undefined || intent.operation === "enable" || intent.operation === "disable"
      ? undefined
      : await lookForConflict({
          host,
          plugin,
          signal,
          ...(shipment === undefined ? {} : { contents: shipment.contents }),
          ...(ledger === undefined ? {} : { ledger }),
        });
  const changes = await host.foresee?.(intent, signal);
  const offered = shipment === undefined ? undefined : packerOf(shipment.system).offers?.(shipment);
  return planOf({
    config: host.config,
    intent,
    findings: [...findings, ...onHost],
    ...(plugins === undefined ? {} : { plugins }),
    ...(conflict === undefined ? {} : { conflict }),
    ...(changes === undefined ? {} : { changes }),
    ...(offered === undefined ? {} : { offered }),
    ...(pack === undefined ? {} : { pack }),
  });
}
