// Removes a plugin from a host and writes that down, so that "differs from what was sent" and rollback know of it.
import type { PluginHost, Removed } from "../hosts/host.js";
import { HostError, withHostNow } from "../hosts/hostError.js";
import type { Ledger } from "../ledger/ledger.js";
import { afterRemoval } from "./askedAfter.js";
import { lookForConflict, overwriteRefused } from "./conflict.js";
import { notOffered } from "./refusals.js";

export interface RemoveOptions {
  readonly host: PluginHost;
  readonly plugin: string;
  readonly signal: AbortSignal;
  readonly ledger?: Ledger;
  /** Remove what somebody else has put there since. */
  readonly overwrite?: boolean;
}

export async function removePlugin(options: RemoveOptions): Promise<Removed> {
  const { host, plugin, signal, ledger } = options;
  if (host.remove === undefined) throw notOffered(host);
  if (options.overwrite !== true) {
    const found = await lookForConflict({ host, plugin, signal, ...(ledger === undefined ? {} : { ledger }) });
    if (found.state === "other") throw overwriteRefused(plugin, found);
  }
  const removed = await host.remove(plugin, signal).catch(async (error: unknown) => {
    if (!(error instanceof HostError)) throw error;
    const now = await afterRemoval(host, plugin, error);
    throw now === undefined ? error : withHostNow(error, now);
  });
  try {
    await ledger?.record(host.config, plugin, { action: "remove", result: "removed" });
  } catch (error) {
    // The removal stands; only its note is missing.
    if (error instanceof HostError)
      return { ...removed, note: [removed.note, error.message].filter(Boolean).join("; ") };
    throw error;
  }
  return removed;
}
