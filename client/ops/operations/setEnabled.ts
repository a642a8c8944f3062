// Enables or disables a plugin on a host, proves it by the host's list, and writes down what the host has then: disabling changes the
// manifest there, which is no conflict afterwards.
import type { PluginHost, PluginSummary } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";
import type { Ledger } from "../ledger/ledger.js";
import { contentsLeft } from "./left.js";

export interface SwitchOptions {
  readonly host: PluginHost;
  readonly plugin: string;
  readonly to: "enabled" | "disabled";
  readonly signal: AbortSignal;
  readonly ledger?: Ledger;
}

export interface Switched {
  readonly plugin: string;
  /** The host was asked afterwards and is as it was told to be; undefined where it can't be asked. */
  readonly proven?: boolean;
  /** One sentence when it isn't. */
  readonly note?: string;
}

export async function setPluginEnabled({ host, plugin, to, signal, ledger }: SwitchOptions): Promise<Switched> {
  if (host.setEnabled === undefined) {
    throw new HostError({
      kind: "unsupported",
      step: to === "enabled" ? "enabling" : "disabling",
      message: `${host.config.system} hosts can't enable or disable plugins from here`,
      next: "remove the plugin, or deploy it again",
    });
  }
  await host.setEnabled(plugin, to === "enabled", signal);
  const now = (await host.list?.(signal))?.find(({ name }) => name === plugin);
  const switched = { plugin, ...proofOf(plugin, to, host, now) };
  const action = to === "enabled" ? "enable" : "disable";
  try {
    await ledger?.record(host.config, plugin, { action, result: "switched", ...(await contentsLeft(host, plugin)) });
  } catch (error) {
    // The switch stands; only its note is missing.
    if (!(error instanceof HostError)) throw error;
    return { ...switched, note: [switched.note, error.message].filter(Boolean).join("; ") };
  }
  return switched;
}

function proofOf(
  plugin: string,
  to: SwitchOptions["to"],
  host: PluginHost,
  now: PluginSummary | undefined,
): Omit<Switched, "plugin"> {
  if (host.list === undefined) return {};
  const name = `"${host.config.name}"`;
  const runs = now?.state === "loaded" || now?.state === "lingering";
  if (to === "disabled") return runs ? { proven: false, note: `${name} still runs "${plugin}"` } : { proven: true };
  if (runs) return { proven: true };
  const why = now?.note === undefined ? "" : `: ${now.note}`;
  return { proven: false, note: `"${plugin}" is enabled and ${name} does not run it${why}` };
}
