// Joins what hosts said with the plugins of the workspace and the record of what was sent, and puts each state into words.
// Pure: the trees only draw what is here.

import type { LocalPlugin } from "../../server/protocol.js";
import { localHostName } from "../localHostName.js";
import type { HostConfig, HostLevel, LedgerEntry, PluginSummary } from "../ops/index.js";
import type { HostState } from "./hostStore.js";
import { partsOf } from "./parts.js";
import { clock, count, describe, levelWord, pageOf, sentWords } from "./words.js";

/** What is recorded here of one plugin on one host. */
export interface HostRecord {
  readonly sent?: LedgerEntry;
  /** True when the files here are not what was last sent; undefined when that isn't known. */
  readonly differs?: boolean;
  readonly canGoBack: boolean;
}

export type RecordOf = (host: HostConfig, plugin: string) => HostRecord | undefined;

/** How much the user should mind; icons follow from it, words never depend on it. */
export type Mood = "good" | "attention" | "bad" | "quiet";

export interface HostView {
  readonly name: string;
  readonly level: HostLevel;
  readonly url?: string;
  /** "3 plugins", "unreachable since 14:02". */
  readonly state: string;
  readonly detail: string;
  readonly mood: Mood;
  readonly plugins: readonly PluginView[];
  /** Sorted words for menus: "asked", "can:reload", "can:upload", "level:local". */
  readonly flags: readonly string[];
}

export interface PluginView {
  readonly name: string;
  readonly host: string;
  readonly state: string;
  readonly detail: string;
  readonly mood: Mood;
  readonly parts: readonly PluginPart[];
  readonly flags: readonly string[];
  readonly address?: string;
  readonly local?: LocalPlugin;
}

export interface PluginPart {
  readonly kind: "route" | "menu" | "dependency";
  readonly id: string;
  readonly label: string;
  readonly state: string;
  readonly mood: Mood;
  readonly address?: string;
}

export interface LocalView {
  readonly plugin: LocalPlugin;
  readonly state: string;
  readonly detail: string;
  readonly mood: Mood;
  /** The plugin on each host of its system. */
  readonly hosts: readonly LocalOnHost[];
  readonly flags: readonly string[];
}

export interface LocalOnHost {
  readonly host: string;
  readonly state: string;
  readonly detail: string;
  readonly mood: Mood;
  readonly flags: readonly string[];
  readonly address?: string;
}

export interface Model {
  readonly hosts: readonly HostView[];
  readonly plugins: readonly LocalView[];
}

export function modelOf(hosts: readonly HostState[], local: readonly LocalPlugin[], recordOf: RecordOf): Model {
  return {
    hosts: hosts.map((host) => hostView(host, local, recordOf)),
    plugins: local.map((plugin) => localView(plugin, local, hosts, recordOf)),
  };
}

function hostView(host: HostState, local: readonly LocalPlugin[], recordOf: RecordOf): HostView {
  const { config, reach } = host;
  const plugins = host.plugins.map((plugin) => {
    const mine = local.find((one) => one.system === config.system && one.name === plugin.name);
    return pluginView(plugin, host, mine, recordOf(config, plugin.name));
  });
  const { state, mood } = hostState(host);
  const facts = [
    `${config.name} (${config.level})`,
    config.url ?? "",
    describe(host),
    "reason" in reach ? reach.reason : "",
    host.at === undefined ? "" : `as of ${clock(host.at)}`,
  ];
  const can = reach.is === "unsupported" ? [] : ["can:reload", "can:upload"];
  const listed = config.name === localHostName ? [] : ["inSettings"];
  return {
    name: config.name,
    level: config.level,
    ...(config.url === undefined ? {} : { url: config.url }),
    state,
    detail: facts.filter(Boolean).join("\n"),
    mood,
    plugins,
    flags: flags([`level:${config.level}`, reach.is, ...listed, ...can]),
  };
}

function hostState({ reach, plugins, at, config }: HostState): { readonly state: string; readonly mood: Mood } {
  const kept = at === undefined ? "" : `, shown as of ${clock(at)}`;
  switch (reach.is) {
    case "unasked":
      return { state: "not asked yet", mood: "quiet" };
    case "asking":
      return { state: "asking …", mood: "quiet" };
    case "answers":
      return {
        state: `${plugins.length === 1 ? "1 plugin" : `${plugins.length} plugins`}${levelWord(config.level)}`,
        mood: "good",
      };
    case "unsupported":
      return { state: "can't be reached from here yet", mood: "quiet" };
    case "keyNeeded":
      return { state: `sign-in needed${kept}`, mood: "attention" };
    case "unreachable":
      return { state: `unreachable since ${clock(reach.since)}${kept}`, mood: "bad" };
  }
}

function pluginView(
  plugin: PluginSummary,
  host: HostState,
  local: LocalPlugin | undefined,
  record: HostRecord | undefined,
): PluginView {
  const { state, mood } = pluginState(plugin, local, record);
  const address = pageOf(host.config, plugin.base);
  const removable = plugin.removeKey !== undefined && plugin.removable !== false;
  const can = [
    ...(removable ? ["can:remove"] : []),
    ...(record?.canGoBack === true ? ["can:rollback"] : []),
    ...(local !== undefined && local.system === "buntime" ? ["can:deploy"] : []),
    ...(address !== undefined && plugin.state !== "installed" ? ["can:open"] : []),
  ];
  const facts = [
    `${plugin.name}${plugin.version === undefined ? "" : ` ${plugin.version}`} on ${host.config.name}: ${state}`,
    plugin.note ?? "",
    plugin.source === "built-in" ? "built into the host" : "",
    plugin.path === undefined ? "" : `files: ${plugin.path}`,
    sentWords(record),
  ];
  return {
    name: plugin.name,
    host: host.config.name,
    state: [plugin.version, state].filter(Boolean).join(" · "),
    detail: facts.filter(Boolean).join("\n"),
    mood,
    parts: partsOf(plugin, host),
    flags: flags([plugin.state, ...can]),
    ...(address === undefined ? {} : { address }),
    ...(local === undefined ? {} : { local }),
  };
}

function pluginState(
  plugin: PluginSummary,
  local: LocalPlugin | undefined,
  record: HostRecord | undefined,
): { readonly state: string; readonly mood: Mood } {
  if (plugin.state === "installed") return { state: "installed but not loaded", mood: "attention" };
  if (plugin.state === "lingering") return { state: "loaded, its files are removed", mood: "attention" };
  const sent = record?.sent?.version;
  if (plugin.version !== undefined && sent !== undefined && sent !== plugin.version)
    return { state: `loaded, not the version ${sent} that was sent from here`, mood: "attention" };
  if (record?.differs === true) return { state: "loaded, differs from what was sent", mood: "attention" };
  if (record?.differs === false) return { state: "loaded, as it is here", mood: "good" };
  if (plugin.version !== undefined && local?.version !== undefined && local.version !== plugin.version)
    return { state: `loaded, here is version ${local.version}`, mood: "attention" };
  return { state: "loaded", mood: "good" };
}

function localView(
  plugin: LocalPlugin,
  local: readonly LocalPlugin[],
  hosts: readonly HostState[],
  recordOf: RecordOf,
): LocalView {
  // Two manifests can describe plugins of one name; their files tell them apart.
  const twins = local.filter(({ name, system }) => name === plugin.name && system === plugin.system).length > 1;
  const twin = twins ? plugin.manifest.slice(plugin.manifest.lastIndexOf("/") + 1) : "";
  const mine = hosts.filter(({ config, reach }) => config.system === plugin.system && reach.is !== "unsupported");
  const rows = mine.map((host) => onHost(plugin, host, recordOf(host.config, plugin.name)));
  const having = rows.filter((row) => !row.flags.includes("absent"));
  const problems = plugin.errors > 0 ? count(plugin.errors, "error") : "";
  const state = [problems, whereWords(mine, having), plugin.version ?? "", twin].filter(Boolean).join(" · ");
  const facts = [
    plugin.name,
    plugin.detail ?? "",
    problems,
    plugin.warnings > 0 ? count(plugin.warnings, "warning") : "",
  ];
  const packable = plugin.system === "buntime" ? ["can:deploy", "can:package"] : [];
  return {
    plugin,
    state,
    detail: [...facts, ...rows.map((row) => `${row.host}: ${row.state}`)].filter(Boolean).join("\n"),
    mood: plugin.errors > 0 ? "bad" : having.some((row) => row.mood === "attention") ? "attention" : "quiet",
    hosts: rows,
    flags: flags(packable),
  };
}

function onHost(plugin: LocalPlugin, host: HostState, record: HostRecord | undefined): LocalOnHost {
  const found = host.plugins.find((one) => one.name === plugin.name);
  if (found !== undefined) {
    const view = pluginView(found, host, plugin, record);
    const age = host.reach.is === "answers" || host.at === undefined ? "" : ` (as of ${clock(host.at)})`;
    const { host: name, detail, mood, flags: words, address } = view;
    return {
      host: name,
      state: view.state + age,
      detail,
      mood,
      flags: words,
      ...(address === undefined ? {} : { address }),
    };
  }
  const { state, mood } =
    host.reach.is === "answers" ? { state: "not there", mood: "quiet" as const } : hostState(host);
  const back = record?.canGoBack === true ? ["can:rollback"] : [];
  return {
    host: host.config.name,
    state,
    detail: [`${plugin.name} on ${host.config.name}: ${state}`, sentWords(record)].filter(Boolean).join("\n"),
    mood,
    flags: flags(["absent", "can:deploy", ...back]),
  };
}

/** Where it is, in one clause: on the host that needs attention if there is one, else on the first that has it. */
function whereWords(hosts: readonly HostState[], having: readonly LocalOnHost[]): string {
  const row = having.find(({ mood }) => mood !== "good") ?? having[0];
  if (row !== undefined) return `${withoutVersion(row.state)} on ${row.host}`;
  return hosts.length > 0 && hosts.every(({ reach }) => reach.is === "answers") ? "only here" : "";
}

function withoutVersion(state: string): string {
  return state.includes(" · ") ? state.slice(state.indexOf(" · ") + 3) : state;
}

function flags(words: readonly string[]): readonly string[] {
  return [...words].sort();
}
