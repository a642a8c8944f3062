// A Buntime by its management API alone, behind the words every host shares.
// Each operation opens its own connection; this file only says which operation is which.
import type { HostConfig, HostDescription, HostIo, PluginHost } from "../host.js";
import { refuseHarmful, reload, remove, setEnabled, upload } from "./change.js";
import { checkAgainst } from "./check.js";
import { type Connection, capabilitiesOf, type Generation, installedOn, open } from "./connection.js";
import { allFiles, filesByApi, fingerprintOf, type HostFiles } from "./files.js";
import { foreseen } from "./foresee.js";
import { harmOf } from "./harm.js";
import { withReasons } from "./idle.js";
import { type Inventory, inventory } from "./list.js";
import { buntimeShipment } from "./shipment.js";
import { verdictOn } from "./verify.js";

export function connectApi(config: HostConfig, io: HostIo): PluginHost {
  const session = (step: string, signal: AbortSignal) => open(config, io, step, signal);
  return {
    config,
    describe: async (signal) => describeConnection(await session("connection", signal), signal),
    list: async (signal) => {
      const connection = await session("list", signal);
      const found = await inventory(connection, "list", signal);
      return (await withReasons(found, filesOn(connection, found, "list"), signal)).plugins;
    },
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
    harmOf,
    remove: async (name, signal) => remove(await session("removal", signal), name, signal),
    setEnabled: async (name, enabled, signal) =>
      setEnabled(await session(enabled ? "enabling" : "disabling", signal), name, enabled, signal),
    foresee: async (intent, signal) => {
      const where = `the management API at ${URL.parse(config.url ?? "")?.host ?? ""}`;
      const found = await inventory(await session("plan", signal), "plan", signal);
      return foreseen(intent, found, { files: [where], reload: [where] });
    },
    fingerprint: async (plugin, signal) => {
      const connection = await session("comparison", signal);
      const found = await inventory(connection, "comparison", signal);
      if (!found.installed.some(({ name }) => name === plugin)) return undefined;
      const files = filesOn(connection, found, "comparison")(plugin);
      // It is there; what it is can't be told where its files can't be looked at.
      return (files === undefined ? undefined : await fingerprintOf(files, signal)) ?? {};
    },
    files: async (plugin, signal) => {
      const connection = await session("comparison", signal);
      const found = await inventory(connection, "comparison", signal);
      const files = filesOn(connection, found, "comparison")(plugin);
      return files === undefined ? undefined : allFiles(files, signal);
    },
    address: (plugin) => addressOf(config, plugin),
  };
}

/** The files of a plugin where the host has an API for them. */
function filesOn(connection: Connection, { installed, capabilities }: Inventory, step: string) {
  return (plugin: string): HostFiles | undefined => {
    const item = installed.find(({ name, source }) => name === plugin && source !== "built-in");
    return item === undefined || !capabilities.features.files ? undefined : filesByApi(connection, item, step);
  };
}

export async function describeConnection(connection: Connection, signal: AbortSignal): Promise<HostDescription> {
  const installed = await installedOn(connection, "connection", signal);
  const { generation, features, principal } = await capabilitiesOf(connection, installed, "connection", signal);
  return {
    title: titles[generation],
    canEnable: features.enable,
    ...(connection.version === undefined ? {} : { version: connection.version }),
    ...(principal === undefined ? {} : { principal }),
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
