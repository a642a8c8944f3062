// A plugin on a host, in words: whether the host runs it, and whether that is what is here and what was sent. What tells it
// from others stands first, since a narrow side bar cuts off the end.

import type { LocalPlugin } from "../../../server/protocol.js";
import { type PluginSummary, runs } from "../../ops/index.js";
import type { HostState } from "../hostStore.js";
import { historyView } from "./historyView.js";
import { partsOf } from "./parts.js";
import { standingOf } from "./standing.js";
import type { HostRecord, PluginView } from "./views.js";
import { ageWords, pageOf, sentWords, sorted } from "./words.js";

export function pluginView(
  plugin: PluginSummary,
  host: HostState,
  local: LocalPlugin | undefined,
  record: HostRecord | undefined,
): PluginView {
  const { first, rest, mood } = standingOf(plugin, local, record);
  const age = ageWords(host);
  const state = [age, first, rest].filter(Boolean).join(" · ");
  const parts = partsOf(plugin, host);
  const address = pageOf(host.config, plugin.base);
  const enables = host.description?.canEnable === true && plugin.source !== "built-in";
  const removable = plugin.removeKey !== undefined && plugin.removable !== false;
  const can = [
    ...(removable && host.actions.includes("remove") ? ["can:remove"] : []),
    ...(host.actions.includes("logs") ? ["can:logs"] : []),
    ...(enables ? [plugin.state === "disabled" ? "can:enable" : "can:disable"] : []),
    ...(record?.canGoBack === true ? ["can:rollback"] : []),
    ...(local !== undefined && host.actions.includes("upload") ? ["can:deploy"] : []),
    ...(address !== undefined && runs(plugin.state) ? ["can:open"] : []),
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
    state,
    brief: [mood === "good" ? "loaded" : first, age].filter(Boolean).join(" "),
    detail: facts.filter(Boolean).join("\n"),
    // What a host said before it fell silent is neither good nor bad now.
    mood: age === "" ? mood : "quiet",
    history: historyView(record?.entries ?? []),
    parts: age === "" ? parts : parts.map((part) => ({ ...part, mood: "quiet" as const })),
    flags: sorted([plugin.state, ...can]),
    ...(address === undefined ? {} : { address }),
    ...(local === undefined ? {} : { local }),
  };
}
