// The table of adapters, one row per system. A row without `connect` is a system whose hosts are not reached from here yet:
// it offers no methods, and callers see that from their absence.
import { connectBuntime } from "./buntime/index.js";
import type { HostConfig, HostIo, PluginHost, SystemId } from "./host.js";

export interface Adapter {
  readonly system: SystemId;
  readonly title: string;
  readonly connect?: (config: HostConfig, io: HostIo) => PluginHost;
}

export const adapters: readonly Adapter[] = [
  { system: "buntime", title: "Buntime", connect: connectBuntime },
  { system: "skypilot", title: "SkyPilot" },
  { system: "metaflow", title: "Metaflow UI" },
  { system: "openjourney", title: "OpenJourney" },
];

/** The host behind a row of settings. No request is made until a method is called. */
export function connect(config: HostConfig, io: HostIo = {}): PluginHost {
  const adapter = adapters.find((row) => row.system === config.system);
  return adapter?.connect?.(config, io) ?? { config };
}

export type HostAction = Exclude<keyof PluginHost, "config">;

/** The actions a host of this system offers, for menus: which methods are there. */
export function actionsOf(host: PluginHost): readonly HostAction[] {
  const all: readonly HostAction[] = [
    "describe",
    "list",
    "check",
    "upload",
    "reload",
    "verify",
    "remove",
    "setEnabled",
    "address",
  ];
  return all.filter((action) => host[action] !== undefined);
}
