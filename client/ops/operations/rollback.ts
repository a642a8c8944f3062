// Puts the bundle before the current one back on a host: the same upload, reload and verify as a deployment, from the ledger.
import type { PluginHost } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";
import { packerOf } from "../hosts/index.js";
import type { LedgerEntry } from "../ledger/entry.js";
import type { Ledger } from "../ledger/ledger.js";
import type { Shipment } from "../pack/shipment.js";
import { type Delivered, type DeployStep, deliver } from "./deliver.js";

export interface RollbackOptions {
  readonly host: PluginHost;
  readonly plugin: string;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  /** A certain entry of the history instead of the one before. */
  readonly to?: LedgerEntry;
  readonly force?: boolean;
  readonly overwrite?: boolean;
  readonly onStep?: (step: DeployStep, text: string) => void;
}

export async function rollback(options: RollbackOptions): Promise<Delivered & { readonly to: LedgerEntry }> {
  const { to, shipment } = await bundleToGoBackTo(options);
  return { ...(await deliver({ ...options, action: "rollback" }, shipment)), to };
}

/** The kept bundle, read and proven to be what was sent then. */
export async function bundleToGoBackTo(
  options: Pick<RollbackOptions, "host" | "ledger" | "plugin" | "to">,
): Promise<{ readonly to: LedgerEntry; readonly shipment: Shipment }> {
  const { host, ledger, plugin } = options;
  const to = options.to ?? (await ledger.previous(host.config, plugin));
  const file = to === undefined ? undefined : ledger.bundle(to);
  if (to === undefined || file === undefined) {
    throw new HostError({
      kind: "missing",
      step: "rollback",
      message: `no earlier bundle of "${plugin}" for "${host.config.name}" that differs from the last is kept here`,
      next: "check out the earlier state of the plugin and deploy that",
    });
  }
  const read = await packerOf(host.config.system).open(file);
  if (read.name !== plugin || (to.sha256 !== undefined && read.sha256 !== to.sha256)) {
    throw new HostError({
      kind: "refused",
      step: "rollback",
      message: `the kept bundle of "${plugin}" is not what was sent then; nothing was sent now`,
      next: "check out the earlier state of the plugin and deploy that",
    });
  }
  return { to, shipment: to.origin === undefined ? read : { ...read, origin: to.origin } };
}
