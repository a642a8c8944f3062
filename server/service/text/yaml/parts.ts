// Reads a YAML text in parts: its lists at the root or right under a key of the root item by item, and the rest, its frame,
// with one empty item in the place of each list. See parts.ts for the promise, lines.ts for where lists are, items.ts for how their items are read.

import type { ParsedNode, YAMLMap, YAMLSeq } from "yaml";
import { isMap, isPair, isSeq } from "yaml";
import { isTooDeep } from "../depth.js";
import type { Change } from "../difference.js";
import type { ListNode, Node, Pair, Tree } from "../node.js";
import { lastAt, type PlacedProblem, problemsNow, type Reading } from "../parts.js";
import { LongList, LongPair, Origin } from "../placed.js";
import type { Stretches } from "../splice.js";
import { type Item, readItems, TIES } from "./items.js";
import { type Lines, listAt, listsIn } from "./lines.js";
import { type Converter, converter } from "./nodes.js";
import { readSource, UNCLOSED } from "./source.js";

/** A list in parts, and the key it stands under; a list at the root has none. */
interface Row {
  readonly key: Node | undefined;
  readonly keyOrigin: Origin | undefined;
  readonly indent: number;
  readonly items: readonly Item[];
  readonly list: ListNode;
  readonly pairs: readonly Pair[];
}

/** What stands at the root, in its order: pairs as they are, and lists in parts. */
type Entry = Pairs | Row;

interface Pairs {
  readonly pairs: readonly Pair[];
  readonly origin: Origin;
}

interface State {
  readonly entries: readonly Entry[];
  readonly problems: readonly PlacedProblem[];
}

/** The text in parts; undefined where it has no such lists, or anything that ties its parts together. */
export function readYamlParts(text: string): Reading | undefined {
  const lists = listsIn(text);
  if (!lists || lists.length === 0) return undefined;
  const frame = frameOf(text, lists);
  const entries: Entry[] | undefined = frame && readFrame(frame);
  if (!entries) return undefined;
  const problems: PlacedProblem[] = [];
  let next = 0;
  for (const [index, entry] of entries.entries()) {
    if (!("list" in entry)) continue;
    const lines = lists[next++];
    const read = lines && readItems(text, lines, depthOf(entry), true);
    if (!read) return undefined;
    entries[index] = rowOf(entry, lines.indent, read.items);
    problems.push(...read.problems);
  }
  return next === lists.length ? readingOf({ entries, problems }, text.length) : undefined;
}

function readingOf(state: State, length: number): Reading {
  return {
    tree: treeOf(state, length),
    after: (text, change) => {
      const changed = edited(state, text, change);
      return changed && readingOf(changed, text.length);
    },
  };
}

function treeOf({ entries, problems }: State, length: number): Tree {
  const documents = [{ start: 0, end: length, root: rootOf(entries) }];
  return { documents, problems: problemsNow(problems), hasAliases: false };
}

function rootOf(entries: readonly Entry[]): Node | undefined {
  const [only] = entries;
  if (only && "list" in only && !only.key) return only.list;
  const pairs = entries.flatMap((entry) => entry.pairs);
  const [first, last] = [pairs[0], pairs.at(-1)];
  return first && last && { kind: "map", flow: false, start: first.start, end: last.end, pairs };
}

/** A list in parts that begins where its first item does, and ends with its last. */
function rowOf(
  head: Pick<Row, "key" | "keyOrigin">,
  indent: number,
  items: readonly Item[],
  nodes: ListNode["items"] = items.map(({ node }) => node),
): Row {
  const [first, last] = [items[0]?.origin, items.at(-1)?.node];
  const start = () => (first?.at ?? 0) + indent;
  const extent = { start, end: () => Math.max(start() + 1, last?.end ?? 0) };
  const list = new LongList(extent, false, nodes);
  const { key } = head;
  const pair = key && new LongPair({ start: () => key.start, end: extent.end }, key, list);
  return { ...head, indent, items, list, pairs: pair ? [pair] : [] };
}

interface Frame {
  readonly text: string;
  /** Where in it each list's empty item stands, and how much of the file's text it stands for. */
  readonly holes: readonly { readonly dash: number; readonly surplus: number }[];
}

function frameOf(text: string, lists: readonly Lines[]): Frame | undefined {
  const pieces: string[] = [];
  const holes: Frame["holes"][number][] = [];
  let [from, length] = [0, 0];
  for (const { start, end, indent } of lists) {
    const hole = `${" ".repeat(indent)}-\n`;
    const piece = text.slice(from, start);
    holes.push({ dash: length + piece.length + indent, surplus: end - start - hole.length });
    pieces.push(piece, hole);
    length += piece.length + hole.length;
    from = end;
  }
  return { text: pieces.join("") + text.slice(from), holes };
}

/** The entries of the frame, lists still empty. */
function readFrame({ text, holes }: Frame): Entry[] | undefined {
  if (isTooDeep(text) || TIES.test(text)) return undefined;
  const { documents, problems } = readSource(text);
  const [document, more] = documents;
  if (!document || more || problems.length > 0) return undefined;
  const root = document.contents as ParsedNode | null;
  if (!root || root.anchor || root.tag) return undefined;
  const convert = converter(text);
  const entries = isSeq(root)
    ? rootRow(root as YAMLSeq.Parsed, holes)
    : isMap(root) && !root.flow && root.range[0] === firstColumn(text, root.range[0])
      ? entriesOf(root as YAMLMap.Parsed, { text, holes }, convert)
      : undefined;
  return convert.hasTies || convert.problems.length > 0 ? undefined : entries;
}

const firstColumn = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

function rootRow(root: YAMLSeq.Parsed, holes: Frame["holes"]): Entry[] | undefined {
  if (root.flow || holes.length !== 1 || root.range[0] !== holes[0]?.dash) return undefined;
  return [rowOf({ key: undefined, keyOrigin: undefined }, 0, [])];
}

function entriesOf(root: YAMLMap.Parsed, { text, holes }: Frame, convert: Converter): Entry[] | undefined {
  const entries: Entry[] = [];
  let [next, moved] = [0, 0];
  for (const item of root.items) {
    const first = item.key ?? item.value;
    if (!isPair(item) || !first) return undefined;
    const zero = first.range[0];
    // A key that isn't there stands wherever the text before it ends; "? " may stand before one.
    if (zero === first.range[1] || firstColumn(text, zero) !== zero) return undefined;
    const origin = new Origin(zero + moved);
    const hole = holes[next];
    const { value } = item;
    if (hole && isSeq(value) && !value.flow && value.range[0] === hole.dash) {
      if (value.anchor || value.tag || !item.key) return undefined;
      const key = convert.node(item.key, 1, { origin, zero });
      entries.push(rowOf({ key, keyOrigin: origin }, 0, []));
      moved += hole.surplus;
      next++;
    } else {
      // A list that is cut short must not be taken for a whole one.
      if (hole && value && value.range[0] <= hole.dash && hole.dash < value.range[2]) return undefined;
      entries.push({ pairs: convert.pairs(item, false, 0, { origin, zero }), origin });
    }
  }
  return next === holes.length ? entries : undefined;
}

const depthOf = ({ key }: Row): number => (key ? 2 : 1);

/** The state after an edit inside a list; undefined where it touches the frame. */
function edited({ entries, problems }: State, text: Stretches, { start, end, newEnd }: Change): State | undefined {
  const delta = newEnd - end;
  const length = text.length - delta;
  const index = lastAt(entries.length, (at) => startOf(entries[at]), start);
  const row = entries[index];
  if (!row || !("list" in row)) return undefined;
  const limit = index + 1 < entries.length ? startOf(entries[index + 1]) : length;
  const startAt = (at: number) => row.items[at]?.origin.at ?? 0;
  const touched = lastAt(row.items.length, startAt, start);
  // At the very beginning of an item's first line an edit may join it to the item before.
  const first = touched >= 0 && startAt(touched) === start ? touched - 1 : touched;
  if (first < 0 || end > limit || (end === limit && limit < length)) return undefined;
  const last = lastAt(row.items.length, startAt, end);
  const until = last + 1 < row.items.length ? startAt(last + 1) : limit;
  const [from, isAll] = [startAt(first), until === length];
  const own = text.slice(from, until + delta);
  const lines = listAt(own, 0, row.indent);
  if (!lines || lines.end !== own.length || lines.items[0] !== 0 || !(isAll || own.endsWith("\n"))) return undefined;
  const read = readItems(own, lines, depthOf(row), isAll);
  if (!read) return undefined;
  for (const origin of new Set([...read.items, ...read.problems].map((one) => one.origin))) move(origin, from);
  const gone = new Set(row.items.slice(first, last + 1).map(({ origin }) => origin));
  const kept = problems.filter(({ origin }) => !gone.has(origin));
  // How far a quote without an end reaches depends on what follows.
  if (kept.some(({ message }) => message === UNCLOSED)) return undefined;
  for (let at = last + 1; at < row.items.length; at++) move(row.items[at]?.origin, delta);
  for (const entry of entries.slice(index + 1)) moveEntry(entry, delta);
  const count = last + 1 - first;
  const items = row.items.toSpliced(first, count, ...read.items);
  const nodes = row.list.items.toSpliced(first, count, ...read.items.map(({ node }) => node));
  return { entries: entries.with(index, rowOf(row, row.indent, items, nodes)), problems: [...kept, ...read.problems] };
}

function startOf(entry: Entry | undefined): number {
  if (!entry) return 0;
  if (!("list" in entry)) return entry.origin.at;
  return entry.keyOrigin?.at ?? entry.items[0]?.origin.at ?? 0;
}

function moveEntry(entry: Entry, delta: number): void {
  const origins = "list" in entry ? entry.items : [entry];
  for (const { origin } of origins) move(origin, delta);
  if ("list" in entry) move(entry.keyOrigin, delta);
}

function move(origin: Origin | undefined, delta: number): void {
  if (origin) origin.at += delta;
}
