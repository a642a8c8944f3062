// Carets in block YAML: in a word, after `key:` or a dash, and on a blank line, where the caret's column decides.

import { itemBefore, type Step } from "../chain.js";
import { columnOf } from "../columns.js";
import {
  isClosed,
  type KeyPath,
  keyText,
  type ListNode,
  type MapNode,
  type Node,
  type Pair,
  type ScalarNode,
  spanOf,
} from "../node.js";
import { lineStartIn, matchFrom, restOfLine, type Slices } from "../slices.js";
import type { Caret, KeyCaret } from "./caret.js";

export function blockCarets(
  text: Slices,
  offset: number,
  root: Node | undefined,
  chain: readonly Step[],
): readonly Caret[] {
  const last = chain.at(-1);
  if (last?.node.kind === "scalar" && last.node.end > last.node.start)
    return inScalar(text, offset, chain, last, last.node);
  const lineStart = lineStartIn(text, offset);
  const before = text.slice(lineStart, offset);
  const after = restOfLine(text, offset);
  // A comment can't begin right behind what is inserted, and a tab can't indent it.
  if (after.startsWith("#") || /^ *\t/.test(before)) return [];
  if (before.trim() === "" || before.replace(/^\ufeff/, "").trim() === "")
    return after.trim() === "" || after.trim().startsWith("#")
      ? onBlankLine(text, offset, root, before.replace(/^\ufeff/, "").length)
      : [];
  if (after.trim() !== "" && !after.trim().startsWith("#")) return [];
  return /(^|\s)-\s*$/.test(before) ? afterDash(offset, root, before) : afterColon(text, offset, root, lineStart);
}

function inScalar(
  text: Slices,
  offset: number,
  chain: readonly Step[],
  last: Step,
  node: ScalarNode,
): readonly Caret[] {
  if (node.style === "block" || spansLines(text, node)) return [];
  // A key behind which a full-width colon stands has its value below; the slip has a fix of its own.
  if (node.text.endsWith("：")) return [];
  if (node.style !== "plain" && (offset === node.start || (offset === node.end && isClosed(text, node)))) return [];
  const replace = spanOf(node);
  const column = columnOf(text, node.start);
  const container = chain.at(-2)?.node;
  if (last.role === "key") {
    // An item that broken lines above keep from being one.
    if (node.text.startsWith("- ")) return [];
    const hasColon = /^[ \t]*:/.test(text.slice(node.end, node.end + 80));
    const map = container?.kind === "map" ? { map: container } : {};
    const keys: Caret = { slot: "key", form: "block", at: last.at.slice(0, -1), ...map, hasColon, replace, column };
    return [keys];
  }
  const ownLine = text.slice(lineStartIn(text, node.start), node.start).trim() === "";
  const keyColumn = last.pair?.key ? columnOf(text, last.pair.key.start) : column;
  const value: Caret = {
    slot: "value",
    form: "block",
    at: last.at,
    node,
    after: last.role === "item" ? "item" : last.role === "root" ? "root" : "key",
    replace,
    column: keyColumn,
    needsBlank: false,
  };
  // A lone word on its own line, or after a dash, may become the first key of a map.
  const mayBeKey = last.role === "root" || last.role === "item" || ownLine;
  const key: KeyCaret = { slot: "key", form: "block", at: last.at, hasColon: false, replace, column };
  return mayBeKey && node.style === "plain" ? [key, value] : [value];
}

const spansLines = (text: Slices, node: Node): boolean => text.slice(node.start, node.end).includes("\n");

function afterColon(text: Slices, offset: number, root: Node | undefined, lineStart: number): readonly Caret[] {
  const found = pathTo(root, offset).findLast(
    ({ pair }) => pair?.key && pair.key.start >= lineStart && pair.key.end <= offset,
  );
  const key = found?.pair?.key;
  if (!found || !key) return [];
  const between = text.slice(key.end, offset);
  const value = found.pair?.value;
  const isOpen = value === undefined || value.end === value.start;
  if (!isOpen || !/^[ \t]*:[ \t]*$/.test(between)) return [];
  const column = columnOf(text, key.start);
  return [
    {
      slot: "value",
      form: "block",
      at: found.at,
      after: "key",
      replace: [offset, offset],
      column,
      needsBlank: between.endsWith(":"),
    },
  ];
}

function afterDash(offset: number, root: Node | undefined, before: string): readonly Caret[] {
  const lineStart = offset - before.length;
  const dash = lineStart + before.lastIndexOf("-");
  const found = pathTo(root, offset).findLast(({ node }) => node?.kind === "list" && !node.flow && node.start <= dash);
  if (found?.node?.kind !== "list") return [];
  const index = found.node.items.findLastIndex(
    (item) => item !== undefined && item.start >= dash && item.start <= offset + 1 && item.end === item.start,
  );
  if (index < 0) return [];
  const needsBlank = before.endsWith("-");
  const at = [...found.at, index];
  const column = needsBlank ? before.length + 1 : before.length;
  return [{ slot: "value", form: "block", at, after: "item", replace: [offset, offset], column, needsBlank }];
}

/** `- a: 1` / caret on an empty line: which open collection has this column? */
function onBlankLine(text: Slices, offset: number, root: Node | undefined, column: number): readonly Caret[] {
  const base = { form: "block", replace: [offset, offset], column } as const;
  if (!root || (root.kind === "scalar" && root.text === ""))
    return [
      { ...base, slot: "key", at: [], hasColon: false },
      { ...base, slot: "value", at: [], after: "root", needsBlank: false },
    ];
  if (offset <= root.start)
    return root.kind === "map" && column === columnOf(text, root.start)
      ? [{ ...base, slot: "key", at: [], map: root, hasColon: false }]
      : [];
  const following = nextLine(text, offset);
  if (following && following.column > column) return [];
  const carets: Caret[] = [];
  const open = pathTo(root, offset);
  const innermost = open.at(-1);
  if (innermost) carets.push(...inOpenValue(innermost, text, offset, column));
  for (const { node, at } of open) {
    if (!node || node.kind === "scalar" || node.kind === "alias" || node.flow || columnOf(text, node.start) !== column)
      continue;
    if (startsAfter(node, offset, open)) continue;
    if (node.kind === "map") {
      if (!(following?.isItem && following.column === column))
        carets.push({ ...base, slot: "key", at, map: node, hasColon: false });
    } else carets.push({ ...base, slot: "item", at });
  }
  return carets;
}

/** Column and beginning of the next line with content; what stands deeper than the caret must not be cut off. */
function nextLine(text: Slices, offset: number): { readonly column: number; readonly isItem: boolean } | undefined {
  const match = matchFrom(text, offset, /\n([ \t]*)(?=[^\s#])/);
  if (!match) return undefined;
  const at = offset + match.index + match[0].length;
  return { column: (match[1] ?? "").length, isItem: /^-(\s|$)/.test(text.slice(at, at + 2)) };
}

/** A key in front of a collection that is already the value of the key above would take that value away. */
function startsAfter(node: MapNode | ListNode, offset: number, open: readonly Open[]): boolean {
  const value = open.at(-1)?.pair?.value;
  return value !== undefined && value !== node && value.start >= offset && value.end > value.start;
}

/** The last key or dash before the caret still waits for its value. */
function inOpenValue({ pair, node, at, dashAt }: Open, text: Slices, offset: number, column: number): readonly Caret[] {
  const isEmpty = node === undefined || node.start === node.end;
  const lacksColon = pair?.key && !/^[ \t]*:/.test(text.slice(pair.key.end, pair.key.end + 80));
  const missing = pair?.key && lacksColon ? { missing: { at: pair.key.end, sign: ":" } as const } : {};
  const base = { form: "block", replace: [offset, offset], column, ...missing } as const;
  if (pair && isEmpty) {
    const keyColumn = pair.key ? columnOf(text, pair.key.start) : 0;
    if (column < keyColumn) return [];
    const item: Caret = { ...base, slot: "item", at };
    return column === keyColumn ? [item] : [{ ...base, slot: "key", at, hasColon: false }, item];
  }
  const isWaitingItem = !pair && isEmpty && dashAt !== undefined && column > columnOf(text, dashAt);
  return isWaitingItem ? [{ ...base, slot: "key", at, hasColon: false }] : [];
}

interface Open {
  readonly node: Node | undefined;
  readonly at: KeyPath;
  readonly pair?: Pair;
  /** Offset of the list that holds the item: its first dash. */
  readonly dashAt?: number;
}

/** The way down through the last pair or item that begins before the offset: what is still open there. */
function pathTo(root: Node | undefined, offset: number): readonly Open[] {
  const open: Open[] = [];
  let step: Open | undefined = root && { node: root, at: [] };
  while (step) {
    open.push(step);
    step = next(step, offset);
  }
  return open;
}

function next({ node, at }: Open, offset: number): Open | undefined {
  if (node?.kind === "map") {
    const pair = node.pairs.findLast((one) => one.start < offset);
    const name = pair && keyText(pair);
    return pair && name !== undefined ? { node: pair.value, at: [...at, name], pair } : undefined;
  }
  if (node?.kind !== "list") return undefined;
  const index = itemBefore(node, offset);
  return index < 0 ? undefined : { node: node.items[index], at: [...at, index], dashAt: node.start };
}
