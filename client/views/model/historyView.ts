// What was sent of a plugin to a host, in words: one row for each entry of the history.

import type { LedgerEntry } from "../../ops/index.js";
import type { EntryView, Mood } from "./views.js";
import { clock, resultWords } from "./words.js";

export function historyView(entries: readonly LedgerEntry[]): readonly EntryView[] {
  const now = entries.find(({ result }) => result !== "failed" && result !== "switched");
  return entries.map((entry) => entryView(entry, entry === now ? "last sent" : ""));
}

function entryView(entry: LedgerEntry, place: string): EntryView {
  const { id, at, action, version, result, reason, bundle, origin } = entry;
  const when = clock(Date.parse(at));
  const dirty = origin?.dirty === true ? " with changes that are not committed" : "";
  const commit = origin === undefined ? "" : `from commit ${origin.commit.slice(0, 7)}${dirty}`;
  const kept = bundle === undefined ? "its bundle is not kept" : "its bundle is kept";
  const did = `${action} on ${new Date(at).toLocaleString("en-GB")}: ${resultWords[result]}`;
  return {
    id,
    label: version ?? action,
    state: [place, resultWords[result], when, action].filter(Boolean).join(" · "),
    detail: [did, reason ?? "", commit, kept].filter(Boolean).join("\n"),
    mood: moods[result],
    flags: bundle === undefined ? [] : ["can:rollback"],
  };
}

const moods: Readonly<Record<LedgerEntry["result"], Mood>> = {
  verified: "good",
  sent: "quiet",
  switched: "quiet",
  removed: "quiet",
  notLoaded: "attention",
  failed: "bad",
};
