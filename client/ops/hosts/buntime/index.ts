// The Buntime adapter: its management API behind the words every host shares.
// Each operation opens its own connection; this file only says which operation is which.
import type { HostConfig, HostDescription, HostIo, PluginHost } from "../host.js";
import { refuseHarmful, reload, remove, setEnabled, upload } from "./change.js";
import { checkAgainst } from "./check.js";
import { capabilitiesOf, type Generation, installedOn, open } from "./connection.js";
import { inventory } from "./list.js";
import { buntimeShipment } from "./shipment.js";
import { verdictOn } from "./verify.js";

export function connectBuntime(config: HostConfig, io: HostIo): PluginHost {
  const session = (step: string, signal: AbortSignal) => open(config, io, step, signal);
  return {
    config,
    describe: async (signal): Promise<HostDescription> => {
      const connection = await session("connection", signal);
      const installed = await installedOn(connection, "connection", signal);
      const { generation, features, principal } = await capabilitiesOf(connection, installed, "connection", signal);
      return {
        title: titles[generation],
        generation,
        api: connection.api,
        features,
        ...(connection.version === undefined ? {} : { version: connection.version }),
        ...(principal === undefined ? {} : { principal }),
      };
    },
    list: async (signal) => (await inventory(await session("list", signal), "list", signal)).plugins,
    check: async (shipment, signal) =>
      checkAgainst(buntimeShipment(shipment), await inventory(await session("check", signal), "check", signal)),
    upload: async (shipment, signal) => {
      const ours = buntimeShipment(shipment);
      refuseHarmful(ours);
      return upload(await session("upload", signal), ours, signal);
    },
    reload: async (signal) => reload(await session("reload", signal), signal),
    verify: async (shipment, reloaded, signal) => {
      const now = await inventory(await session("verification", signal), "verification", signal);
      return verdictOn(buntimeShipment(shipment), reloaded, now);
    },
    remove: async (name, signal) => remove(await session("removal", signal), name, signal),
    setEnabled: async (name, enabled, signal) =>
      setEnabled(await session(enabled ? "enabling" : "disabling", signal), name, enabled, signal),
    address: (plugin) => addressOf(config, plugin),
  };
}

const titles: Readonly<Record<Generation, string>> = {
  seed: "Buntime before v0.2.26",
  zo: "Buntime v0.2.26",
  dj: "Buntime v0.4 or newer",
};

function addressOf(
  config: HostConfig,
  plugin: { readonly base?: string; readonly hasPage?: boolean },
): string | undefined {
  if (config.url === undefined || plugin.base === undefined || plugin.hasPage === false) return undefined;
  return plugin.base === "/" ? `${config.url}/` : `${config.url}${plugin.base}/`;
}
