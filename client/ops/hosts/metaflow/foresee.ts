// What an act will change on a host, worked out without changing anything: folders, the PLUGINS value as a diff, the restart.
import type { Change, Intent } from "../host.js";
import { entryChange, isRemote } from "./change.js";
import { type PluginsFile, readPlugins, withEntry } from "./pluginsFile.js";
import { metaflowShipment } from "./shipment.js";
import type { Site } from "./site.js";
import { type State, stateOf, summaries } from "./state.js";

export async function foresee(site: Site, intent: Intent, signal: AbortSignal): Promise<readonly Change[]> {
  if (intent.operation === "reload") return reloadChanges(site, signal);
  const state = await stateOf(site, "plan", signal);
  if (!("shipment" in intent)) return intent.operation === "remove" ? removal(state, intent.plugin, signal) : [];
  const shipment = metaflowShipment(intent.shipment);
  const { identifier, name, version, contents, entries } = shipment;
  const { plugins, folders } = state;
  const entry = plugins?.entries.get(identifier);
  const after = plugins === undefined ? undefined : withEntry(plugins, entryChange(shipment, entry), "plan");
  const written = plugins === undefined || after === undefined ? [] : entryChanges(plugins, after, identifier);
  const restart = intent.operation === "upload" ? [] : await restartChanges(site, after, signal);
  const what = `plugin "${name}"${version === undefined ? "" : ` ${version}`}`;
  if (isRemote(entry ?? shipment.entry)) {
    const where = `${site.host}, from its repository`;
    return [
      { action: "keep", what, where, detail: "no file is sent: the service fetches it itself" },
      ...written,
      ...restart,
    ];
  }
  const there = folders?.some((one) => one.identifier === identifier) ?? false;
  const same = there && (await site.place?.contents(identifier, signal)) === contents;
  const where = `${site.place?.where ?? "installed"}/${identifier}`;
  const before = state.answered?.listed.find((one) => one.identifier === identifier)?.version;
  const detail = same
    ? "by the same files"
    : `${entries.length} files${before === undefined ? "" : `, over version ${before}`}`;
  const files: Change = { action: there ? "replace" : "add", what, where, detail };
  return [...(await madeFolder(site)), files, ...written, ...restart];
}

async function madeFolder({ place }: Site): Promise<readonly Change[]> {
  if (place === undefined || (await place.isToBeMade?.()) !== true) return [];
  return [{ action: "add", what: "the folder of all plugins", where: place.where, detail: "it is not there yet" }];
}

async function removal(state: State, name: string, signal: AbortSignal): Promise<readonly Change[]> {
  const all = await summaries(state, signal);
  const plugin = all.find((one) => one.name === name || one.removeKey === name);
  const identifier = plugin?.removeKey;
  if (plugin === undefined || identifier === undefined) return [];
  const { plugins, site } = state;
  const after = plugins?.entries.has(identifier)
    ? withEntry(plugins, { kind: "remove", identifier }, "plan")
    : undefined;
  const written = plugins === undefined || after === undefined ? [] : entryChanges(plugins, after, identifier);
  const folder: readonly Change[] =
    plugin.path === undefined ? [] : [{ action: "remove", what: `plugin "${plugin.name}"`, where: plugin.path }];
  return [...written, ...folder, ...(await restartChanges(site, after ?? plugins, signal))];
}

/** The value alone, its credentials masked: other variables of the file are nobody's business here. */
function entryChanges(before: PluginsFile, after: PluginsFile, identifier: string): readonly Change[] {
  if (before.text === after.text) return [];
  const had = before.entries.has(identifier);
  const has = after.entries.has(identifier);
  return [
    {
      action: had && has ? "replace" : has ? "add" : "remove",
      what: `entry "${identifier}" of PLUGINS`,
      where: before.file,
      diff: { file: before.file, before: `${before.shown ?? ""}\n`, after: `${after.shown ?? ""}\n` },
    },
  ];
}

async function reloadChanges(site: Site, signal: AbortSignal): Promise<readonly Change[]> {
  const plugins = site.pluginsFile === undefined ? undefined : await readPlugins(site.pluginsFile, "plan");
  return restartChanges(site, plugins, signal);
}

async function restartChanges(
  site: Site,
  plugins: PluginsFile | undefined,
  signal: AbortSignal,
): Promise<readonly Change[]> {
  const more = plugins === undefined ? undefined : await site.restart?.foresee?.(plugins.text, signal);
  return [...(more ?? []), ...restartChange(site)];
}

function restartChange({ restart, host }: Site): readonly Change[] {
  if (restart === undefined) return [];
  return [{ action: "restart", what: restart.what, where: host, detail: "every plugin is loaded anew" }];
}
