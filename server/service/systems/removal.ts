// Takes a field or an item out of a manifest: with its whole lines in block style, with its comma in brackets. What stands
// around it keeps its place; a comment on the same line goes along, those on lines of their own stay.

import { findChain, type Step } from "../text/chain.js";
import { lineAt } from "../text/lines.js";
import { keyText, type ListNode, type MapNode, type Node, type Pair } from "../text/node.js";
import type { Fix, TextChange } from "./problem.js";
import type { Manifest } from "./system.js";

/** "Remove "name"" as a fix; none where what would be left isn't certain. */
export function removeField(manifest: Manifest, pair: Pair | undefined): Fix[] {
  const edit = pair && withoutField(manifest, pair);
  return pair && edit ? [{ title: `Remove "${keyText(pair) ?? ""}"`, edits: [edit] }] : [];
}

/** Undefined for the only field of a block, for one that another place lends by an alias, and for one that others take. */
export function withoutField(manifest: Manifest, pair: Pair): TextChange | undefined {
  if (isLent(manifest, pair)) return undefined;
  const map = around(manifest, pair.start).findLast(
    ({ node }) => node.kind === "map" && node.pairs.includes(pair),
  )?.node;
  if (map?.kind !== "map") return undefined;
  if (isBracketed(manifest, map)) return fromBrackets(manifest, map, map.pairs, pair);
  return map.pairs.length < 2 ? undefined : fromBlock(manifest, map, pair);
}

/** The item's own line goes, "Remove this entry" unless it is called otherwise. */
export function removeItem(manifest: Manifest, item: Node, title = "Remove this entry"): Fix[] {
  const edit = withoutItem(manifest, item);
  return edit ? [{ title, edits: [edit] }] : [];
}

/** Of the last item of a list right under the root `[]` is left; deeper ones mean something that an empty list doesn't. */
export function withoutItem(manifest: Manifest, item: Node): TextChange | undefined {
  const steps = around(manifest, item.start);
  const step = steps.findLast(({ node }) => node.kind === "list" && node.items.includes(item));
  const list = step?.node;
  if (list?.kind !== "list" || isLent(manifest, item)) return undefined;
  const isOnly = list.items.length === 1;
  if (isOnly && step?.at.length !== 1) return undefined;
  if (isBracketed(manifest, list)) return fromBrackets(manifest, list, list.items, item);
  if (isOnly) return emptied(manifest, step?.pair, item);
  const { text } = manifest.parsed;
  const [start] = lineAt(text, item.start);
  return /^[ \t]*-[ \t]+$/.test(text.slice(start, item.start))
    ? { span: [start, endOfLine(text, item)], newText: "" }
    : undefined;
}

/** Whether it holds an anchor that an alias may stand for. */
const isLent = ({ parsed: { tree, source } }: Manifest, { start, end }: Placed): boolean =>
  tree.hasAliases && /(^|[\s[{,])&[\w-]/.test(source.slice(start, end));

const around = ({ root }: Manifest, offset: number): readonly Step[] => findChain(root, offset);

const isBracketed = ({ parsed }: Manifest, { flow }: MapNode | ListNode): boolean => flow || parsed.syntax === "json";

type Placed = { readonly start: number; readonly end: number };

function fromBrackets(
  { parsed: { text } }: Manifest,
  { start, end }: Placed,
  all: readonly (Placed | undefined)[],
  one: Placed,
): TextChange | undefined {
  const at = all.indexOf(one);
  const [before, next] = [all[at - 1], all[at + 1]];
  const span = next
    ? ([one.start, next.start] as const)
    : before
      ? ([before.end, one.end] as const)
      : ([start + 1, end - 1] as const);
  const isWhole = /[\]}]/.test(text.charAt(end - 1)) && !/(^|\s)#/.test(text.slice(...span));
  return isWhole ? { span, newText: "" } : undefined;
}

function fromBlock({ parsed: { text } }: Manifest, map: MapNode, pair: Pair): TextChange | undefined {
  const [start] = lineAt(text, pair.start);
  if (text.slice(start, pair.start).trim() === "") return { span: [start, endOfLine(text, pair)], newText: "" };
  // Behind a dash the next field takes its place.
  const next = map.pairs[map.pairs.indexOf(pair) + 1];
  return next && !/(^|\s)#/.test(text.slice(pair.end, next.start))
    ? { span: [pair.start, next.start], newText: "" }
    : undefined;
}

/** Behind the line on which something ends; a block text ends at the beginning of the next line. */
function endOfLine(text: string, { start, end }: Placed): number {
  const feed = text.indexOf("\n", Math.max(start, end - 1));
  return feed < 0 ? text.length : feed + 1;
}

function emptied({ parsed: { text } }: Manifest, pair: Pair | undefined, item: Node): TextChange | undefined {
  if (!pair?.key || !/^:[ \t]*\r?\n *- +$/.test(text.slice(pair.key.end, item.start))) return undefined;
  const end = endOfLine(text, item);
  const isLast = text.slice(item.end, end).trim() === "" && !/\n$/.test(text.slice(item.start, item.end));
  return isLast ? { span: [pair.key.end, item.end], newText: ": []" } : undefined;
}
