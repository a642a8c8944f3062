// The plugins of a Buntime host: what it runs joined with what is installed, each with its state in one word.
// Older hosts list folders instead of names; what cannot be matched is said, not guessed.
import { definedOf } from "../../values.js";
import type { PluginMenu, PluginSummary } from "../host.js";
import { type Capabilities, type Connection, capabilitiesOf, installedOn, oddAnswer } from "./connection.js";
import { removalProblem } from "./names.js";
import { type InstalledItem, type LoadedItem, readLoaded } from "./wire.js";

export interface Inventory {
  readonly host: string;
  readonly api: string;
  readonly capabilities: Capabilities;
  readonly plugins: readonly PluginSummary[];
  /** As the host lists them; two copies of one name both appear. */
  readonly installed: readonly InstalledItem[];
  readonly loaded: readonly LoadedItem[];
}

export async function inventory(connection: Connection, step: string, signal: AbortSignal): Promise<Inventory> {
  const installed = await installedOn(connection, step, signal);
  const loaded = await loadedOn(connection, step, signal);
  const capabilities = await capabilitiesOf(connection, installed, step, signal);
  return {
    host: connection.host,
    api: connection.api,
    capabilities,
    installed,
    loaded,
    plugins: joined(loaded, installed, capabilities),
  };
}

export async function loadedOn(
  connection: Connection,
  step: string,
  signal: AbortSignal,
): Promise<readonly LoadedItem[]> {
  const loaded = readLoaded(await connection.get(step, "/plugins/loaded", signal));
  if (loaded === undefined) throw oddAnswer(connection, step, "its list of loaded plugins is not a list");
  return loaded;
}

function joined(
  loaded: readonly LoadedItem[],
  installed: readonly InstalledItem[],
  capabilities: Capabilities,
): readonly PluginSummary[] {
  const byName = new Map<string, InstalledItem>();
  // The host loads the first copy it finds, and built-in ones are found first.
  const ordered = [...installed].sort((a, b) => Number(b.source === "built-in") - Number(a.source === "built-in"));
  for (const item of ordered) if (!byName.has(item.name)) byName.set(item.name, item);
  const folders = capabilities.removeKey === "folder";
  const running = loaded.map((item) => runningPlugin(item, byName.get(item.name), folders));
  const names = new Set(loaded.map((item) => item.name));
  const others = [...byName.values()].filter((item) => !names.has(item.name)).map((item) => idlePlugin(item, folders));
  const twice = new Set(installed.filter((item) => byName.get(item.name) !== item).map((item) => item.name));
  return [...running, ...others].map((plugin) =>
    twice.has(plugin.name)
      ? {
          ...plugin,
          note: "installed twice; the host runs the copy it finds first, built-in ones before uploaded ones",
        }
      : plugin,
  );
}

function runningPlugin(item: LoadedItem, files: InstalledItem | undefined, folders: boolean): PluginSummary {
  const facts = {
    name: item.name,
    ...definedOf({ base: item.base }),
    routes: routesOf(item),
    menus: item.menus,
    dependencies: item.dependencies,
    optionalDependencies: item.optionalDependencies,
  };
  if (files !== undefined) return { ...facts, ...filesOf(files), state: "loaded" };
  if (folders)
    return { ...facts, state: "loaded", note: "this host lists folders, and no folder has the plugin's name" };
  return {
    ...facts,
    state: "lingering",
    note: "its files are not in the installed list: removed and not reloaded since, or reached by a link",
  };
}

function idlePlugin(item: InstalledItem, folders: boolean): PluginSummary {
  return {
    name: item.name,
    ...filesOf(item),
    state: "installed",
    routes: [],
    menus: [],
    dependencies: [],
    optionalDependencies: [],
    ...(folders ? { note: "a folder of this host; the plugin in it may be loaded under another name" } : {}),
  };
}

function filesOf(item: InstalledItem): Partial<PluginSummary> {
  const removable = item.removable ?? removalProblem(item.name) === undefined;
  return { removeKey: item.name, removable, ...definedOf({ source: item.source, path: item.path }) };
}

export function routesOf(item: Pick<LoadedItem, "base" | "menus">): readonly string[] {
  const paths = new Set<string>();
  if (item.base !== undefined) paths.add(item.base === "/" ? "/" : `${item.base}/`);
  const walk = (menus: readonly PluginMenu[]) => {
    for (const menu of menus) {
      if (menu.path !== undefined && !paths.has(`${menu.path}/`)) paths.add(menu.path);
      walk(menu.items);
    }
  };
  walk(item.menus);
  return [...paths];
}
