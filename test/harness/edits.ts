// An editor's edits, for tests that know the texts before and after one.

import { difference } from "../../server/service/text/difference.js";
import type { Snapshot } from "../../server/service/text/snapshot.js";

/** The version of a document that has another text, by the one edit that makes the difference. Nothing is put together. */
export function editedTo(document: Snapshot, before: string, after: string, version: number): Snapshot {
  const change = difference(before, after);
  // No position stands between the two letters of a line break.
  const isWithinBreak = (at: number) => before.slice(at - 1, at + 1) === "\r\n";
  const start = isWithinBreak(change.start) ? change.start - 1 : change.start;
  const more = isWithinBreak(change.end) ? 1 : 0;
  const range = { start: document.positionAt(start), end: document.positionAt(change.end + more) };
  return document.after([{ range, text: after.slice(start, change.newEnd + more) }], version);
}
