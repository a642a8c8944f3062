// A plugin of the workspace, in words: its problems, and how it stands on each host of its system.

import type { LocalPlugin } from "../../../server/protocol.js";
import { type PluginSummary, packableSystems, runs } from "../../ops/index.js";
import type { HostState } from "../hostStore.js";
import { hostState } from "./hostView.js";
import { namesakes, placeAmong } from "./local.js";
import { named } from "./named.js";
import { pluginView } from "./pluginView.js";
import type { HostRecord, LocalOnHost, LocalView, RecordOf } from "./views.js";
import { count, sentWords, sorted } from "./words.js";

export function localView(
  plugin: LocalPlugin,
  local: readonly LocalPlugin[],
  hosts: readonly HostState[],
  recordOf: RecordOf,
): LocalView {
  const place = placeAmong(plugin, namesakes(local, plugin.system, plugin.name));
  const mine = hosts.filter(({ config, reach }) => config.system === plugin.system && reach.is !== "unsupported");
  const rows = mine.map((host) => onHost(plugin, host, recordOf(host.config, plugin.name)));
  const having = rows.filter((row) => !row.flags.includes("absent"));
  const problems = plugin.errors > 0 ? count(plugin.errors, "error") : "";
  const state = [problems, whereWords(mine, having), plugin.version ?? "", place].filter(Boolean).join(" · ");
  const facts = [
    plugin.name,
    plugin.detail ?? "",
    problems,
    plugin.warnings > 0 ? count(plugin.warnings, "warning") : "",
  ];
  const packable = packableSystems().some((one) => one === plugin.system) ? ["can:package"] : [];
  const deployable = packable.length > 0 ? ["can:deploy"] : [];
  return {
    plugin,
    state,
    detail: [...facts, ...rows.map((row) => `${row.host}: ${row.state}`)].filter(Boolean).join("\n"),
    mood: plugin.errors > 0 ? "bad" : having.some((row) => row.mood === "attention") ? "attention" : "quiet",
    hosts: rows,
    flags: sorted([...packable, ...deployable]),
  };
}

function onHost(plugin: LocalPlugin, host: HostState, record: HostRecord | undefined): LocalOnHost {
  const found = named(host.plugins, plugin.name)[0];
  if (found !== undefined) {
    const view = pluginView(found, host, plugin, record);
    const { host: name, state, brief, detail, mood, flags, address } = view;
    const problem = problemOf(found, record);
    const why = problem === undefined ? {} : { problem };
    return { host: name, state, brief, detail, mood, flags, ...why, ...(address === undefined ? {} : { address }) };
  }
  const { state, mood } =
    host.reach.is === "answers" ? { state: "only here", mood: "quiet" as const } : hostState(host);
  const back = record?.canGoBack === true ? ["can:rollback"] : [];
  return {
    host: host.config.name,
    state,
    brief: state,
    detail: [`${plugin.name} on ${host.config.name}: ${state}`, sentWords(record)].filter(Boolean).join("\n"),
    mood,
    flags: sorted(["absent", ...(host.actions.includes("upload") ? ["can:deploy"] : []), ...back]),
  };
}

/** What the host's list tells, else what the last delivery from here ended with. */
function problemOf(plugin: PluginSummary, record: HostRecord | undefined): LocalOnHost["problem"] {
  if (runs(plugin.state) || plugin.state === "disabled") return undefined;
  if (plugin.reason !== undefined) return plugin.reason;
  const sent = record?.sent;
  if (sent?.result !== "notLoaded" || sent.reason === undefined) return undefined;
  return { code: sent.code ?? "plugsmith/not-loaded", message: sent.reason };
}

/** Where it is, in one clause: on the host that needs attention if there is one, else on the first that has it. */
function whereWords(hosts: readonly HostState[], having: readonly LocalOnHost[]): string {
  const row =
    ["attention", "good"].map((wanted) => having.find(({ mood }) => mood === wanted)).find(Boolean) ?? having[0];
  if (row !== undefined) return `${row.brief} on ${row.host}`;
  return hosts.length > 0 && hosts.every(({ reach }) => reach.is === "answers") ? "only here" : "";
}
