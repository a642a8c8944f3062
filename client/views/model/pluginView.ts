// A plugin on a host, in words: whether the host runs it, and whether that is what is here and what was sent.

import type { LocalPlugin } from "../../../server/protocol.js";
import type { LedgerEntry, PluginSummary } from "../../ops/index.js";
import type { HostState } from "../hostStore.js";
import { partsOf } from "./parts.js";
import type { HostRecord, Mood, PluginView } from "./views.js";
import { pageOf, sentWords, sorted } from "./words.js";

export function pluginView(
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
    flags: sorted([plugin.state, ...can]),
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
  const unproven = record?.sent === undefined ? undefined : unprovenWords[record.sent.result];
  if (unproven !== undefined) return { state: unproven, mood: "attention" };
  if (record?.differs === false) return { state: "loaded, as it is here", mood: "good" };
  if (plugin.version !== undefined && local?.version !== undefined && local.version !== plugin.version)
    return { state: `loaded, here is version ${local.version}`, mood: "attention" };
  return { state: "loaded", mood: "good" };
}

/** What a host lists as loaded may still be what it ran before: only a verified deployment was read back. */
const unprovenWords: Readonly<Partial<Record<LedgerEntry["result"], string>>> = {
  sent: "loaded, what was sent last is not verified",
  notLoaded: "loaded, what was sent last was not loaded then",
};
