// A Buntime whose plugins' directory is mounted here: files are put and read there, whole or not at all; the management API, where the
// row has an address, lists, reloads and proves. Without an address, what is there can be said, and not what runs.
import { openDirectory, type PluginDirectory } from "../../transports/directory/index.js";
import { filesOfArchive } from "../../transports/files.js";
import type { Change, HostConfig, HostIo, Intent, PluginHost, PluginSummary, Removed } from "../host.js";
import { HostError } from "../hostError.js";
import { connectApi } from "./api.js";
import { refuseHarmful } from "./change.js";
import { checkAgainst } from "./check.js";
import { open } from "./connection.js";
import { allFiles, fingerprintOf, type HostFiles, heldFiles } from "./files.js";
import { inventory } from "./list.js";
import { removalProblem } from "./names.js";
import { type ManifestFacts, parseManifest } from "./packing/manifest.js";
import { buntimeShipment } from "./shipment.js";

export function connectDirectory(config: HostConfig, directory: string, io: HostIo): PluginHost {
  const plugins = openDirectory({ directory });
  const api = config.url === undefined ? undefined : connectApi(config, io);
  const files = async (plugin: string, signal: AbortSignal): Promise<HostFiles | undefined> => {
    const folder = await folderOf(plugins, plugin, signal);
    return folder === undefined ? undefined : heldFiles((stop) => plugins.files(folder, stop));
  };
  return {
    ...(api === undefined ? { list: (signal) => installed(plugins, signal) } : api),
    config,
    ...(api === undefined
      ? {}
      : {
          check: async (shipment, signal) => {
            const now = await inventory(await open(config, io, "check", signal), "check", signal);
            return checkAgainst(buntimeShipment(shipment), now, "copying");
          },
        }),
    upload: async (shipment, signal) => {
      const ours = buntimeShipment(shipment);
      refuseHarmful(ours);
      const { name, version } = ours;
      const { at, replaced, notes } = await plugins.install(name, await filesOfArchive(ours.path), signal);
      const message = [replaced ? "replaced the former files" : "copied, there was nothing before", ...notes].join(
        "; ",
      );
      const replicas = [{ replica: at, ok: true, message }];
      return { name, at, replicas, ...(version === undefined ? {} : { version }) };
    },
    remove: async (name, signal): Promise<Removed> => {
      const folder = await folderOf(plugins, name, signal);
      if (folder === undefined) throw notThere(name, plugins.path);
      const harm = removalProblem(folder);
      if (harm !== undefined) throw refusedRemoval(harm);
      await plugins.remove(folder, signal);
      const removed = { name, key: folder };
      if (api?.reload === undefined) {
        const note =
          "its files are gone; whether the host still runs it can't be told without an address: reload or restart it";
        return { ...removed, gone: false, note };
      }
      await api.reload(signal);
      const still = (await api.list?.(signal))?.find((one) => one.name === name);
      if (still === undefined) return { ...removed, gone: true };
      return {
        ...removed,
        gone: false,
        note: `"${name}" is still there after the reload: the host has another copy of it`,
      };
    },
    foresee: (intent, signal) => foresee(config, plugins, intent, signal),
    fingerprint: async (plugin, signal) => {
      const found = await files(plugin, signal);
      return found === undefined ? undefined : fingerprintOf(found, signal);
    },
    files: async (plugin, signal) => {
      const found = await files(plugin, signal);
      return found === undefined ? undefined : allFiles(found, signal);
    },
  };
}

/** By the manifests, as the host would find them; a folder without one is none of its plugins. */
async function installed(plugins: PluginDirectory, signal: AbortSignal): Promise<readonly PluginSummary[]> {
  const found: PluginSummary[] = [];
  for (const { name: folder, path } of await plugins.list(signal)) {
    const manifest = await manifestIn(plugins, folder, signal);
    if (manifest?.name === undefined) continue;
    const { name, version, disabled, dependencies, optionalDependencies } = manifest;
    found.push({
      name,
      state: disabled ? "disabled" : "installed",
      removeKey: folder,
      path,
      routes: [],
      menus: [],
      dependencies,
      optionalDependencies,
      note: disabled
        ? 'its manifest says "enabled: false"'
        : "its files are there; whether the host runs it can't be told without an address",
      ...(version === undefined ? {} : { version }),
    });
  }
  return found;
}

/** The folder with this name in its manifest, as the host reads it, or of this name itself. */
async function folderOf(plugins: PluginDirectory, plugin: string, signal: AbortSignal): Promise<string | undefined> {
  const folders = (await plugins.list(signal)).map(({ name }) => name);
  const named = [plugin, ...folders.filter((folder) => folder !== plugin)].filter((folder) => folders.includes(folder));
  for (const folder of named) if ((await manifestIn(plugins, folder, signal))?.name === plugin) return folder;
  return folders.find((folder) => folder === plugin);
}

async function manifestIn(
  plugins: PluginDirectory,
  folder: string,
  signal: AbortSignal,
): Promise<ManifestFacts | undefined> {
  for (const file of ["manifest.yaml", "manifest.yml"]) {
    const bytes = await plugins.read(folder, file, signal);
    const reading = bytes === undefined ? undefined : parseManifest(bytes.toString("utf8"), file);
    if (reading?.found === true) return reading.manifest;
  }
  return undefined;
}

async function foresee(
  config: HostConfig,
  plugins: PluginDirectory,
  intent: Intent,
  signal: AbortSignal,
): Promise<readonly Change[]> {
  const reload: readonly Change[] =
    config.url === undefined
      ? []
      : [
          {
            action: "restart",
            what: "all plugins, by a reload",
            where: config.url,
            detail: "requests to plugins fail while that goes on",
          },
        ];
  if (intent.operation === "reload") return reload;
  const name = "shipment" in intent ? intent.shipment.name : intent.plugin;
  const folder = await folderOf(plugins, name, signal);
  const where = `${plugins.path}/${folder ?? name}`;
  if (intent.operation === "remove") return [{ action: "remove", what: `the files of "${name}"`, where }, ...reload];
  if (!("shipment" in intent))
    return [{ action: "replace", what: `"enabled" in the manifest of "${name}"`, where }, ...reload];
  const { version } = intent.shipment;
  const what = `plugin "${name}"${version === undefined ? "" : ` ${version}`}`;
  const put: Change = { action: folder === undefined ? "add" : "replace", what, where };
  return intent.operation === "upload" ? [put] : [put, ...reload];
}

function notThere(name: string, where: string): HostError {
  const next = "refresh the list; someone may have removed it already";
  return new HostError({ kind: "missing", step: "removal", message: `there is no plugin "${name}" in ${where}`, next });
}

function refusedRemoval(harm: string): HostError {
  const next = "remove it on the host itself if it must go";
  return new HostError({ kind: "refused", step: "removal", message: `${harm}; nothing was removed`, next });
}
