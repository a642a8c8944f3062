// Plan before act: what an operation is going to change on a host, as data, before anything changes. Pure; `planAction` asks the host
// for the facts, `planText` puts it into words.
import type {
  Change,
  Finding,
  HostConfig,
  HostLevel,
  Intent,
  Offered,
  PluginMenu,
  PluginState,
  PluginSummary,
  SystemId,
} from "../hosts/host.js";
import type { LeftOut, PackPlan } from "../pack/plan.js";
import type { Shipment } from "../pack/shipment.js";
import { definedOf } from "../values.js";
import type { Conflict } from "./conflict.js";

export type Operation = Intent["operation"];

export interface ActionPlan {
  readonly operation: Operation;
  readonly host: { readonly name: string; readonly system: SystemId; readonly level: HostLevel; readonly url?: string };
  /** Absent for a reload, which is about all of them. */
  readonly plugin?: { readonly name: string; readonly version?: string };
  readonly package?: PlannedPackage;
  readonly changes: readonly Change[];
  /** What the host lists of the plugin now. */
  readonly there?: { readonly state: PluginState; readonly version?: string };
  readonly conflict?: Conflict;
  /** Plugins on the host that need this one. */
  readonly dependents: readonly string[];
  readonly gains: PagesAndMenus;
  readonly losses: PagesAndMenus;
  /** Errors stop the operation unless it is forced. */
  readonly findings: readonly Finding[];
}

export interface PlannedPackage {
  readonly bytes: number;
  readonly sha256: string;
  readonly contents: string;
  readonly files: readonly { readonly path: string; readonly bytes?: number; readonly rule?: string }[];
  readonly leftOut: readonly LeftOut[];
  /** What was run to make it. */
  readonly steps: readonly string[];
  /** "a1b2c3d with changes that are not committed". */
  readonly origin?: string;
}

export interface PagesAndMenus {
  readonly routes: readonly string[];
  readonly menus: readonly string[];
}

export interface PlanFacts {
  readonly config: HostConfig;
  readonly intent: Intent;
  readonly changes?: readonly Change[];
  /** Undefined where the host can't list. */
  readonly plugins?: readonly PluginSummary[];
  readonly conflict?: Conflict;
  readonly offered?: Offered;
  readonly findings: readonly Finding[];
  readonly pack?: PackPlan;
}

export function planOf(facts: PlanFacts): ActionPlan {
  const { config, intent, plugins = [], conflict } = facts;
  const plugin = pluginOf(intent);
  const there = plugins.find(({ name }) => name === plugin?.name);
  const { name, system, level, url } = config;
  const [before, after] = [pagesOf(there), afterwards(intent, there, facts.offered)];
  const shipment = "shipment" in intent ? intent.shipment : undefined;
  return {
    operation: intent.operation,
    host: { name, system, level, ...definedOf({ url }) },
    ...(plugin === undefined ? {} : { plugin }),
    ...(shipment === undefined ? {} : { package: packageOf(shipment, facts.pack) }),
    changes: facts.changes ?? usualChanges(intent, config, there),
    ...(there === undefined ? {} : { there: { state: there.state, ...definedOf({ version: there.version }) } }),
    ...definedOf({ conflict }),
    dependents: plugins.filter((one) => plugin !== undefined && needs(one, plugin.name)).map((one) => one.name),
    gains: minus(after, before),
    losses: minus(before, after),
    findings: [...facts.findings, ...notListed(facts, plugin, there)],
  };
}

/**
 * A plugin that is to be removed or switched and that the host does not list: a slip of the pen where the host foresees nothing that
 * would change but by a restart, else perhaps one that failed.
 */
function notListed(
  { config, intent, plugins, changes }: PlanFacts,
  plugin: ActionPlan["plugin"],
  there: PluginSummary | undefined,
): readonly Finding[] {
  if (plugins === undefined || plugin === undefined || there !== undefined || "shipment" in intent) return [];
  const message = `"${config.name}" does not list a plugin "${plugin.name}"`;
  const isNothing = changes?.every(({ action }) => action === "restart") === true;
  return [{ severity: isNothing ? "error" : "warning", code: "plugsmith/not-listed", message }];
}

function pluginOf(intent: Intent): ActionPlan["plugin"] {
  if (intent.operation === "reload") return undefined;
  if (!("shipment" in intent)) return { name: intent.plugin };
  const { name, version } = intent.shipment;
  return { name, ...definedOf({ version }) };
}

function needs(other: PluginSummary, name: string): boolean {
  return other.name !== name && [...other.dependencies, ...other.optionalDependencies].includes(name);
}

/** What a person will find on the host when it is done; an upload alone changes nothing of that. */
function afterwards(intent: Intent, there: PluginSummary | undefined, offered: Offered | undefined): PagesAndMenus {
  if (intent.operation === "remove" || intent.operation === "disable") return nothing;
  if (intent.operation === "deploy" || intent.operation === "rollback")
    return offered === undefined ? pagesOf(there) : { routes: offered.routes, menus: titles(offered.menus) };
  return pagesOf(there);
}

const nothing: PagesAndMenus = { routes: [], menus: [] };

function pagesOf(plugin: PluginSummary | undefined): PagesAndMenus {
  return plugin === undefined ? nothing : { routes: plugin.routes, menus: titles(plugin.menus) };
}

function titles(menus: readonly PluginMenu[], above = ""): readonly string[] {
  return menus.flatMap(({ title, items }) => {
    const whole = above === "" ? title : `${above} › ${title}`;
    return [whole, ...titles(items, whole)];
  });
}

function minus(one: PagesAndMenus, other: PagesAndMenus): PagesAndMenus {
  const without = (all: readonly string[], gone: readonly string[]) => all.filter((item) => !gone.includes(item));
  return { routes: without(one.routes, other.routes), menus: without(one.menus, other.menus) };
}

function packageOf(shipment: Shipment, pack: PackPlan | undefined): PlannedPackage {
  const { bytes, sha256, contents, entries, origin } = shipment;
  const commit = origin && `${origin.commit.slice(0, 7)}${origin.dirty ? " with changes that are not committed" : ""}`;
  return {
    bytes,
    sha256,
    contents,
    files: pack?.files ?? entries.map((path) => ({ path })),
    leftOut: pack?.leftOut ?? [],
    steps: pack?.steps ?? [],
    ...definedOf({ origin: commit }),
  };
}

/** For hosts that don't foresee: what the operation's name says. */
function usualChanges(intent: Intent, { name }: HostConfig, there: PluginSummary | undefined): readonly Change[] {
  const reload: Change = { action: "restart", what: "all plugins, by a reload", where: name };
  switch (intent.operation) {
    case "reload":
      return [reload];
    case "remove":
      return [{ action: "remove", what: `plugin "${intent.plugin}"`, where: name }, reload];
    case "enable":
    case "disable":
      return [{ action: "replace", what: `"enabled" of plugin "${intent.plugin}"`, where: name }, reload];
    default: {
      const { name: plugin, version } = intent.shipment;
      const what = `plugin "${plugin}"${version === undefined ? "" : ` ${version}`}`;
      const put: Change = { action: there === undefined ? "add" : "replace", what, where: name };
      return intent.operation === "upload" ? [put] : [put, reload];
    }
  }
}
