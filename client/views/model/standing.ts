// How a plugin on a host stands beside the files here and what was sent: in sync, newer here or there, only there, disabled, failed.

import type { LocalPlugin } from "../../../server/protocol.js";
import type { LedgerEntry, PluginSummary } from "../../ops/index.js";
import type { HostRecord, Mood } from "./views.js";

export interface Standing {
  /** What matters most, in a word or two. */
  readonly first: string;
  readonly rest: string;
  readonly mood: Mood;
}

export function standingOf(
  plugin: PluginSummary,
  local: LocalPlugin | undefined,
  record: HostRecord | undefined,
): Standing {
  const { version } = plugin;
  const versioned = (word: string) => (version === undefined ? word : `${word} ${version}`);
  const mind = (first: string, rest = versioned("loaded")): Standing => ({ first, rest, mood: "attention" });
  const idle = idleWords[plugin.state];
  if (idle !== undefined) return { first: idle.first, rest: versioned(idle.rest), mood: idle.mood };
  const sent = record?.sent?.version;
  const isOther = record?.there === "other" || (version !== undefined && sent !== undefined && sent !== version);
  const against = sent === undefined || sent === version ? versioned("loaded") : `${versioned("loaded")}, sent ${sent}`;
  if (isOther && record?.differs === true) return mind("changed here and there", against);
  if (isOther) return mind("host newer", against);
  if (record?.differs === true) return mind("local newer");
  const unproven = record?.sent === undefined ? undefined : unprovenWords[record.sent.result];
  if (unproven !== undefined) return mind(unproven);
  if (record?.differs === false) return { first: versioned("loaded"), rest: "in sync", mood: "good" };
  if (version !== undefined && local?.version !== undefined && local.version !== version)
    return mind(newer(local.version, version), `loaded ${version}, here ${local.version}`);
  // A plugin that nothing here describes may be somebody else's: no reason to mind.
  return { first: versioned("loaded"), rest: local === undefined ? "only there" : "", mood: "good" };
}

const idleWords: Readonly<Partial<Record<PluginSummary["state"], Standing>>> = {
  failed: { first: "failed to load", rest: "installed", mood: "bad" },
  disabled: { first: "disabled", rest: "installed", mood: "quiet" },
  installed: { first: "not loaded", rest: "installed", mood: "attention" },
  lingering: { first: "files removed", rest: "still loaded", mood: "attention" },
};

/** What a host lists as loaded may still be what it ran before: only a verified deployment was read back. */
const unprovenWords: Readonly<Partial<Record<LedgerEntry["result"], string>>> = {
  sent: "not verified",
  notLoaded: "delivery failed",
};

/** By their numbers; where these say nothing, it is only another version. */
function newer(here: string, there: string): string {
  const [one, other] = [here, there].map((text) => /^v?(\d+)\.(\d+)(?:\.(\d+))?$/.exec(text)?.slice(1));
  if (one === undefined || other === undefined) return "other version";
  for (const at of [0, 1, 2]) {
    const difference = Number(one[at] ?? 0) - Number(other[at] ?? 0);
    if (difference !== 0) return difference > 0 ? "local newer" : "host newer";
  }
  return "other version";
}
