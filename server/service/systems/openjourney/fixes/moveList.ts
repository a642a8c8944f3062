// The entries of a field under another one: its key is renamed where that isn't there, else they move to the list that is.

import { keyText, type Pair } from "../../../text/node.js";
import { rewrite } from "../../changes.js";
import type { Fix, TextChange } from "../../problem.js";
import { withoutField } from "../../removal.js";
import type { Manifest } from "../../system.js";
import { mapOf, pairOf } from "../model/reading.js";
import { entriesOf, isTied, putInto, together } from "./lists.js";

export interface Move {
  /** What is written anew in the entries on their way. */
  readonly edits?: readonly TextChange[];
  readonly where?: "first" | "last";
  readonly titles?: { readonly rename: string; readonly move: string };
  readonly safe?: boolean;
}

/** Undefined where the entries can't be moved with certainty. */
export function moveList(manifest: Manifest, from: Pair, next: string, move: Move): Fix | undefined {
  const { edits = [], where = "last", titles, safe } = move;
  const root = mapOf(manifest.root);
  const written = root?.pairs.filter((one) => keyText(one)?.toLowerCase() === next.toLowerCase()) ?? [];
  const [to] = written;
  const target = pairOf(root, next);
  const key = rewrite(manifest, from.key, next);
  if (from.value?.kind !== "list" || !key || written.length > 1 || (target && target !== to)) return undefined;
  const certain = safe && { safe };
  if (!target || (target.value?.kind === "list" && target.value.items.length === 0)) {
    const away = to && withoutField(manifest, to);
    const isFree = edits.length === 0 || !isTied(manifest.parsed.text.slice(from.value.start, from.value.end));
    if ((to && !away) || !isFree) return undefined;
    const title = titles?.rename ?? `Rename to "${next}"`;
    return { title, edits: [...(away ? [away] : []), key, ...edits], ...certain };
  }
  const entries = entriesOf(manifest, from, edits);
  const put = entries && putInto(manifest, target, entries, where);
  if (!put) return undefined;
  return {
    title: titles?.move ?? `Move the entries to "${next}"`,
    edits: together([...put, entries.gone]),
    ...certain,
  };
}
