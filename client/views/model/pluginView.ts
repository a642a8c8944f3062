// A plugin on a host, in words: whether the host runs it, and whether that is what is here and what was sent. What tells it
// from others stands first, since a narrow side bar cuts off the end.

import type { LocalPlugin } from "../../../server/protocol.js";
import type { LedgerEntry, PluginSummary } from "../../ops/index.js";
import type { HostState } from "../hostStore.js";
import { partsOf } from "./parts.js";
import type { HostRecord, Mood, PluginView } from "./views.js";
import { ageWords, pageOf, sentWords, sorted } from "./words.js";

export function pluginView(
  plugin: PluginSummary,
  host: HostState,
  local: LocalPlugin | undefined,
  record: HostRecord | undefined,
): PluginView {
  const { first, rest, mood } = pluginState(plugin, local, record);
  const age = ageWords(host);
  const state = [age, first, rest].filter(Boolean).join(" · ");
  const parts = partsOf(plugin, host);
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
    state,
    brief: [mood === "good" ? "loaded" : first, age].filter(Boolean).join(" "),
    detail: facts.filter(Boolean).join("\n"),
    // What a host said before it fell silent is neither good nor bad now.
    mood: age === "" ? mood : "quiet",
    parts: age === "" ? parts : parts.map((part) => ({ ...part, mood: "quiet" as const })),
    flags: sorted([plugin.state, ...can]),
    ...(address === undefined ? {} : { address }),
    ...(local === undefined ? {} : { local }),
  };
}

interface PluginState {
  /** What matters most, in a word or two. */
  readonly first: string;
  readonly rest: string;
  readonly mood: Mood;
}

function pluginState(
  plugin: PluginSummary,
  local: LocalPlugin | undefined,
  record: HostRecord | undefined,
): PluginState {
  const { version } = plugin;
  const versioned = (word: string) => (version === undefined ? word : `${word} ${version}`);
  const mind = (first: string, rest = versioned("loaded")): PluginState => ({ first, rest, mood: "attention" });
  if (plugin.state === "installed") return mind("not loaded", versioned("installed"));
  if (plugin.state === "lingering") return mind("files removed", versioned("still loaded"));
  const sent = record?.sent?.version;
  if (version !== undefined && sent !== undefined && sent !== version)
    return mind("other version", `loaded ${version}, sent ${sent}`);
  if (record?.differs === true) return mind("differs from what was sent");
  const unproven = record?.sent === undefined ? undefined : unprovenWords[record.sent.result];
  if (unproven !== undefined) return mind(unproven);
  if (record?.differs === false) return { first: versioned("loaded"), rest: "as it is here", mood: "good" };
  if (version !== undefined && local?.version !== undefined && local.version !== version)
    return mind("other version", `loaded ${version}, here ${local.version}`);
  return { first: versioned("loaded"), rest: "", mood: "good" };
}

/** What a host lists as loaded may still be what it ran before: only a verified deployment was read back. */
const unprovenWords: Readonly<Partial<Record<LedgerEntry["result"], string>>> = {
  sent: "not verified",
  notLoaded: "delivery failed",
};
