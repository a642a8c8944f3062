// Carets inside `{…}` and `[…]`, of YAML and of JSON: what stands between the separators around the caret decides.

import { itemBefore, type Step } from "../chain.js";
import {
  isClosed,
  type KeyPath,
  keyText,
  type ListNode,
  type MapNode,
  type Node,
  type Pair,
  type Span,
  spanOf,
} from "../node.js";
import type { Caret, Form, MissingSign } from "./caret.js";

export function flowCarets(text: string, offset: number, chain: readonly Step[], form: Form): readonly Caret[] {
  // What is inserted would run into the comment.
  if (text.charAt(offset) === "#") return [];
  const last = chain.at(-1);
  if (last?.node.kind === "scalar") return inScalar(text, offset, chain, last, form);
  const around = chain.findLast(
    ({ node }) => (node.kind === "map" || node.kind === "list") && node.start < offset && isOpenAt(text, node, offset),
  );
  if (around?.node.kind === "map") return inMap(text, offset, around.node, around.at, form);
  return around?.node.kind === "list" ? inList(text, offset, around.node, around.at, form) : [];
}

/** Before the closing bracket, or at the end of an unclosed collection. */
export function isOpenAt(text: string, node: Node, offset: number): boolean {
  let { end } = node;
  // Of a broken one the carriage return behind it may be a part.
  while (end > node.start && /\s/.test(text.charAt(end - 1))) end--;
  return offset < end || !/[}\]]/.test(text.charAt(end - 1));
}

function inScalar(text: string, offset: number, chain: readonly Step[], last: Step, form: Form): readonly Caret[] {
  if (last.node.kind !== "scalar") return [];
  const { node } = last;
  // Between a dash that is none here and what follows stands an empty item.
  if (form === "flow" && node.start === node.end && text.charAt(node.start - 1) === "-") return [];
  const closes = isClosed(text, node);
  if (node.style !== "plain" && (offset === node.start || (closes && offset === node.end))) return [];
  const container = chain.at(-2)?.node;
  const hasValue =
    hasColon(text, node.end) || (form === "json" && LOST_COLON.test(text.slice(node.end, node.end + 500)));
  const isLoneKey = last.role === "key" && last.pair?.value === undefined && !hasValue;
  const replace = spanOf(node);
  const commaAfter = !isFollowedByEnd(text, node.end);
  const before = container ? previousOf(container, node) : undefined;
  const comma =
    before && needsComma(text, before.end, node.start) ? { missing: { at: before.end, sign: "," } as const } : {};
  if (last.role === "key" && container?.kind === "map") {
    return [
      {
        slot: "key",
        form,
        at: last.at.slice(0, -1),
        map: container,
        hasColon: hasValue,
        replace,
        column: 0,
        ...comma,
        ...(isLoneKey && commaAfter && { commaAfter }),
      },
    ];
  }
  if (last.role === "root") return [];
  const after = last.role === "item" ? "item" : "key";
  return [
    {
      slot: "value",
      form,
      at: last.at,
      node,
      after,
      replace,
      column: 0,
      // The value that is still to come may touch the colon of its key.
      needsBlank: form !== "json" && node.start === node.end && text.charAt(node.start - 1) === ":",
      ...comma,
      ...(commaAfter && { commaAfter }),
    },
  ];
}

function inMap(text: string, offset: number, map: MapNode, at: KeyPath, form: Form): readonly Caret[] {
  const before = map.pairs.findLast((pair) => pair.start < offset);
  if (!before || isWritten(before, offset) || text.slice(before.end, offset).includes(",")) {
    const free = gap(text, offset, map.start + 1, before, form);
    return free ? [{ slot: "key", form, at, map, hasColon: false, column: 0, ...free }] : [];
  }
  // Between a key and its value, or where the value is still to come.
  const name = keyText(before);
  const between = text.slice(before.key?.end ?? offset, offset);
  const isOpen = before.value === undefined || before.value.start === before.value.end;
  const replace = wordAround(text, offset, form);
  if (name === undefined || !isOpen || !/^\s*:\s*[\w.-]*$/.test(between)) return [];
  const needsBlank = between.endsWith(":");
  const commaAfter = !isFollowedByEnd(text, replace[1]);
  return [
    {
      slot: "value",
      form,
      at: [...at, name],
      after: "key",
      replace,
      column: 0,
      needsBlank,
      ...(commaAfter && { commaAfter }),
    },
  ];
}

/** The pair is complete before the caret, or a separator stands between. */
function isWritten({ value }: Pair, offset: number): boolean {
  return value !== undefined && value.end > value.start && value.end <= offset;
}

function inList(text: string, offset: number, list: ListNode, at: KeyPath, form: Form): readonly Caret[] {
  const index = itemBefore(list, offset - 1) + 1;
  const before = list.items[index - 1];
  const free = gap(text, offset, list.start + 1, before, form);
  if (!free) return [];
  return [
    {
      slot: "value",
      form,
      at: [...at, index],
      after: "item",
      needsBlank: false,
      column: 0,
      ...free,
    },
  ];
}

/** Whether a text without an end may go on in the line of an offset. */
function runsOn(text: string, before: Pair | Node, offset: number): boolean {
  const node = "kind" in before ? before : before.value;
  return (
    node?.kind === "scalar" &&
    node.style === "double" &&
    !isClosed(text, node) &&
    !/^[ \t]*(?:[\r\n]|$)/.test(text.slice(offset))
  );
}

/** Commas that an insertion between siblings needs; undefined where something unreadable stands between. */
function gap(
  text: string,
  offset: number,
  open: number,
  before: Pair | Node | undefined,
  form: Form,
): { replace: Span; missing?: MissingSign; commaAfter?: boolean } | undefined {
  const from = before?.end ?? open;
  const replace = wordAround(text, offset, form);
  if (form === "json" && (replace[0] < from || !/^\s*,?\s*$/.test(text.slice(from, replace[0])))) return undefined;
  if (form === "json" && before && runsOn(text, before, replace[1])) return undefined;
  // Nothing can begin right behind a word or dash that belongs to no sibling.
  if (form === "flow" && /["'\w-]$/.test(text.slice(from, offset))) return undefined;
  return {
    replace,
    ...(before && needsComma(text, from, replace[0]) && { missing: { at: before.end, sign: "," } }),
    ...(!isFollowedByEnd(text, replace[1]) && { commaAfter: true }),
  };
}

/** JSON has no place in its tree for a word without quotes, which is how typing begins. */
function wordAround(text: string, offset: number, form: Form): Span {
  if (form !== "json") return [offset, offset];
  const before = /[\w.-]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? "";
  const after = /^[\w.-]*/.exec(text.slice(offset, offset + 200))?.[0] ?? "";
  return [offset - before.length, offset + after.length];
}

const needsComma = (text: string, from: number, to: number): boolean => !/[,:]/.test(text.slice(from, to));

function previousOf(container: Node, node: Node): Pair | Node | undefined {
  if (container.kind === "map")
    return container.pairs.findLast((pair) => pair.end <= node.start && pair.key !== node && pair.value !== node);
  return container.kind === "list"
    ? container.items.findLast((item) => item !== undefined && item.end <= node.start && item !== node)
    : undefined;
}

/** A value behind the key in the same line, and no colon between them, or another sign for it. */
const LOST_COLON = /^[ \t]*(?:=>?[ \t]*)?(?:[{[\d-]|(?:true|false|null)\b|"(?:[^"\\\n]|\\.)*"(?!\s*:))/;

const hasColon = (text: string, at: number): boolean => /^\s*:/.test(text.slice(at, at + 200));

/** Whether nothing that needs a comma follows, comments apart: a closing bracket, a comma, or the end of the text. */
function isFollowedByEnd(text: string, at: number): boolean {
  return /^(?:\s|#[^\n]*(?:\n|$))*([,}\]]|$)/.test(text.slice(at, at + 2000));
}
