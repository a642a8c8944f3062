// The small words that views are made of: times, counts, addresses, and what is recorded of a plugin.

import type { HostConfig, HostLevel, LedgerEntry } from "../../ops/index.js";
import type { HostState } from "../hostStore.js";
import type { HostRecord } from "./views.js";

/** "14:02", with the date when it isn't today. */
export function clock(at: number, now = new Date()): string {
  const date = new Date(at);
  const time = minutes.format(date);
  return date.toDateString() === now.toDateString() ? time : `${days.format(date)} ${time}`;
}

// A format that is made anew for each row of a large tree is most of what drawing it costs.
const minutes = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const days = new Intl.DateTimeFormat("en-GB");

/** "as of 14:02" for what a host said before it fell silent; nothing while it answers. */
export function ageWords({ reach, at }: HostState): string {
  return reach.is === "answers" || at === undefined ? "" : `as of ${clock(at)}`;
}

export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}

export function levelWord(level: HostLevel): string {
  return level === "local" ? "" : ` · ${level}`;
}

export function describe({ description }: HostState): string {
  if (description === undefined) return "";
  const { title, version, principal } = description;
  const who = principal === undefined ? "" : `, signed in as ${principal.name}`;
  return `${title}${version === undefined ? "" : ` (${version})`}${who}`;
}

export function pageOf({ url }: HostConfig, path: string | undefined): string | undefined {
  if (url === undefined || path === undefined || !path.startsWith("/")) return undefined;
  return `${url}${path === "/" ? "" : path}/`.replace(/\/{2,}$/, "/");
}

export function sentWords(record: HostRecord | undefined): string {
  const sent = record?.sent;
  if (sent === undefined) return "";
  const { at, version, result, reason } = sent;
  const which = version === undefined ? "" : ` version ${version}`;
  const why = reason === undefined || result === "verified" ? "" : `: ${reason}`;
  return `last sent from here${which} on ${new Date(at).toLocaleString("en-GB")}, ${resultWords[result]}${why}`;
}

export const resultWords: Readonly<Record<LedgerEntry["result"], string>> = {
  sent: "not verified",
  verified: "verified",
  notLoaded: "not loaded",
  removed: "removed",
  failed: "failed",
  switched: "done",
};

/** Words for menus, in an order that their conditions can rely on. */
export function sorted(words: readonly string[]): readonly string[] {
  return [...words].sort();
}
