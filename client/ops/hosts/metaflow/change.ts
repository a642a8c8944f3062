// The acts on a host: a plugin's files into `installed/` and its entry into the PLUGINS value, both out again, and a restart. The
// entry comes last: a service that is restarted in between finds the plugin whole or not at all.

import { factsMember } from "../../pack/bundle.js";
import { filesOfArchive } from "../../transports/files.js";
import type { Reloaded, Removed, ReplicaOutcome, Uploaded } from "../host.js";
import { HostError, withHostNow } from "../hostError.js";
import { pause } from "./pause.js";
import { type Change, type Entry, type PluginsFile, readPlugins, withEntry, writePlugins } from "./pluginsFile.js";
import type { Answered, Service } from "./service.js";
import type { MetaflowShipment } from "./shipment.js";
import type { Site } from "./site.js";
import { type State, stateOf, summaries } from "./state.js";

export async function upload(site: Site, shipment: MetaflowShipment, signal: AbortSignal): Promise<Uploaded> {
  const { identifier, name, version } = shipment;
  const plugins = site.pluginsFile === undefined ? undefined : await readPlugins(site.pluginsFile, "upload");
  const entry = plugins?.entries.get(identifier);
  const after = plugins === undefined ? undefined : withEntry(plugins, entryChange(shipment, entry), "upload");
  const isFetched = isRemote(entry ?? shipment.entry);
  if (site.place === undefined && (after === undefined || !isFetched)) throw nowhere(site, isFetched);
  const files = isFetched ? [] : await filesOf(shipment);
  const replicas = isFetched
    ? await fetched(site, shipment, entry, signal)
    : ((await site.place?.install(identifier, files, signal)) ?? []);
  const written = plugins === undefined || after === undefined ? [] : await register(plugins, after, identifier);
  return {
    name,
    ...(version === undefined ? {} : { version }),
    at: site.place?.where ?? site.pluginsFile ?? "",
    replicas: [...replicas, ...written],
  };
}

async function fetched(site: Site, shipment: MetaflowShipment, entry: Entry | undefined, signal: AbortSignal) {
  return site.fetch === undefined ? [] : [await site.fetch(shipment.identifier, entry ?? shipment.entry, signal)];
}

async function filesOf({ path }: MetaflowShipment) {
  return (await filesOfArchive(path)).filter((file) => file.path !== factsMember);
}

/** The entry is written after the files: when that fails, the files are there and nothing loads them yet. */
async function register(
  before: PluginsFile,
  after: PluginsFile,
  identifier: string,
): Promise<readonly ReplicaOutcome[]> {
  if (before.text === after.text) return [];
  try {
    await writePlugins(before, after, "upload");
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw withHostNow(error, `the files of "${identifier}" are in place, and PLUGINS has what it had`);
  }
  const was = before.entries.has(identifier) ? "changed" : "new";
  return [{ replica: before.file, ok: true, message: `${was} entry "${identifier}" of PLUGINS` }];
}

/** What the host's own entry says stays; what the package knows of it is put back. */
export function entryChange({ identifier, entry }: MetaflowShipment, there: Entry | undefined): Change {
  const fields = Object.fromEntries(
    ["repository", "ref", "parameters", "paths"].flatMap((key) => {
      const value = entry[key];
      return value === undefined || JSON.stringify(value) === JSON.stringify(there?.[key]) ? [] : [[key, value]];
    }),
  );
  return { kind: "set", identifier, fields };
}

export const isRemote = ({ repository }: Entry): boolean => typeof repository === "string" && repository !== "";

export async function remove(site: Site, name: string, signal: AbortSignal): Promise<Removed> {
  const state = await stateOf(site, "removal", signal);
  const plugin = (await summaries(state, signal)).find((one) => one.name === name || one.removeKey === name);
  const identifier = plugin?.removeKey;
  if (plugin === undefined || identifier === undefined || identifier === "") throw unknown(site, name);
  if (site.place === undefined && state.plugins === undefined) throw nowhere(site, false);
  const others = (state.answered?.listed ?? []).filter(
    (one) => one.identifier === identifier && one.name !== plugin.name,
  );
  const file = await unregister(state, identifier);
  const replicas = await site.place?.remove(identifier, signal).catch((error: unknown) => {
    if (!(error instanceof HostError)) throw error;
    throw withHostNow(
      error,
      [file.length > 0 ? "its entry is out of PLUGINS" : undefined, error.hostNow ?? "its folder is still there"]
        .filter(Boolean)
        .join("; "),
    );
  });
  const gone = await restarted(site, identifier, signal);
  const shared = others.map((one) => `"${one.name ?? identifier}"`).join(", ");
  const notes = [
    shared === "" ? undefined : `${shared} had the same entry and folder, and went with it`,
    gone ? undefined : "it runs until the service is restarted",
  ].filter((note) => note !== undefined);
  return {
    name: plugin.name,
    key: identifier,
    gone,
    ...(notes.length === 0 ? {} : { note: notes.join("; ") }),
    replicas: [...file, ...(replicas ?? [])],
  };
}

async function unregister({ plugins }: State, identifier: string): Promise<readonly ReplicaOutcome[]> {
  if (plugins === undefined || !plugins.entries.has(identifier)) return [];
  await writePlugins(plugins, withEntry(plugins, { kind: "remove", identifier }, "removal"), "removal");
  return [{ replica: plugins.file, ok: true, message: `entry "${identifier}" is out of PLUGINS` }];
}

/** Whether a restart proved that the identifier is gone. */
async function restarted(site: Site, identifier: string, signal: AbortSignal): Promise<boolean> {
  if (site.restart === undefined || site.service === undefined) return false;
  await reload(site, signal);
  const { listed } = await site.service.list("removal", signal);
  return !listed.some((one) => one.identifier === identifier);
}

/** Restarts the service and waits until it answers. What it lists by then may still grow. */
export async function reload(site: Site, signal: AbortSignal): Promise<Reloaded> {
  const { restart, service } = site;
  if (restart === undefined) throw noRestart(site);
  const began = Date.now();
  const answered = await (async () => {
    await restart.run(signal);
    return service === undefined ? undefined : answering(site, service, signal);
  })().catch((error: unknown) => {
    throw notByPlugin(error);
  });
  const listed = answered?.listed ?? [];
  const scanned = listed.map(({ name, identifier, version }) => ({
    name: name ?? identifier,
    ...(version === undefined ? {} : { version }),
  }));
  return { scanned, milliseconds: Date.now() - began };
}

/** A page that is served to browsers can't keep the service from starting: lateness is not the plugin's doing. */
function notByPlugin(error: unknown): unknown {
  if (!(error instanceof HostError) || !(error.timedOut || error.status === 500)) return error;
  const { kind, step, message, next, said, hostNow, answerLost } = error;
  const more = { ...(said === undefined ? {} : { said }), ...(hostNow === undefined ? {} : { hostNow }) };
  return new HostError({ kind, step, message, next, answerLost, ...more, cause: error });
}

const patience = 60_000;

/** Asks again while the service starts: nothing listens, a proxy says 502, or the answer is cut off. */
async function answering({ io }: Site, service: Service, signal: AbortSignal): Promise<Answered> {
  const until = Date.now() + (io.timeouts?.reload ?? patience);
  for (;;) {
    try {
      return await service.list("reload", signal);
    } catch (error) {
      if (!isStarting(error) || Date.now() >= until) throw error;
      await pause(signal);
    }
  }
}

export function isStarting(error: unknown): boolean {
  return error instanceof HostError && (error.kind === "unreachable" || (error.status ?? 0) >= 500);
}

function unknown({ host }: Site, name: string): HostError {
  const message = `${host} has no plugin "${name}": it is neither listed nor configured, and no folder has that name`;
  return new HostError({ kind: "missing", step: "removal", message, next: "refresh to see what the host has" });
}

function nowhere({ host }: Site, isFetched: boolean): HostError {
  return new HostError({
    kind: "unsupported",
    step: "upload",
    message: `${host} does not say where its ${isFetched ? "PLUGINS value" : "plugins"} can be changed`,
    next: isFetched
      ? 'add "pluginsFile" to the host, or change the PLUGINS value by hand'
      : 'add "directory" (its plugins/installed folder) or "kubernetes" with a directory to the host',
  });
}

function noRestart({ host }: Site): HostError {
  return new HostError({
    kind: "unsupported",
    step: "reload",
    message: `${host} reads its plugins at its start alone, and its row names no way to restart it`,
    next: 'add "restart" to the host, such as ["docker", "compose", "up", "-d", "ui"], or restart it by hand',
  });
}
