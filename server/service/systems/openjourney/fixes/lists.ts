// Entries of one list put into another one, whatever style either has: whole lines in blocks, texts between the commas of
// brackets. Comments and quotes go along. Of two styles the result has the block's, since brackets can't hold all of it.

import type { ListNode, Node, Pair } from "../../../text/node.js";
import type { TextChange } from "../../problem.js";
import { withoutField } from "../../removal.js";
import type { Manifest } from "../../system.js";
import { endOfItems, insertAt, itemLines, lineEnd, lineStart, reindented } from "./lines.js";

export interface Entries {
  /** Whole lines of a block list. */
  readonly lines: (indent: string) => string;
  /** What stands between the commas of brackets; absent for what only a block can hold. */
  readonly texts?: readonly string[];
}

/** The entries of a field, with `edits` done in them, and the edit that takes the field away; undefined where they are tied to other places. */
export function entriesOf(
  manifest: Manifest,
  pair: Pair,
  edits: readonly TextChange[],
): (Entries & { readonly gone: TextChange }) | undefined {
  const { key, value } = pair;
  if (!key || value?.kind !== "list" || value.items.length === 0) return undefined;
  return value.flow || manifest.parsed.syntax === "json"
    ? fromBrackets(manifest, pair, value, edits)
    : fromBlock(manifest, pair, value, edits);
}

/** Undefined for lists that have no entry, or share it with another place. */
export function putInto(
  manifest: Manifest,
  { key, value }: Pair,
  { lines, texts }: Entries,
  where: "first" | "last",
): TextChange[] | undefined {
  const { text, syntax } = manifest.parsed;
  if (!key || value?.kind !== "list" || value.anchor !== undefined) return undefined;
  const [first, last] = [value.items[0], value.items.at(-1)];
  if (!first || !last) return undefined;
  if (!value.flow && syntax !== "json") {
    const place = endOfItems(manifest, { start: key.start, end: value.end, key, value });
    if (!place) return undefined;
    const offset = where === "last" ? place.offset : lineEnd(text, key.end);
    return [insertAt(manifest, offset, lines(place.indent))];
  }
  if (texts) {
    const gap = /\s*$/.exec(text.slice(value.start + 1, last.start))?.[0] || " ";
    const all = texts.join(`,${gap}`);
    const at = where === "last" ? last.end : first.start;
    return [{ span: [at, at], newText: where === "last" ? `,${gap}${all}` : `${all},${gap}` }];
  }
  // Brackets become lines.
  if (isBracketed(manifest)) return undefined;
  const own = fromBrackets(manifest, { start: key.start, end: value.end, key, value }, value, []);
  const colon = text.indexOf(":", key.end) + 1;
  if (!own || text.slice(colon, value.start).trim() !== "") return undefined;
  const [before, after] = where === "last" ? [own.body, lines] : [lines, own.body];
  return [
    { span: [colon, value.end], newText: "" },
    insertAt(manifest, lineEnd(text, value.end), before("") + after("")),
  ];
}

/** The text between two offsets once the edits in it are done. */
function edited(text: string, start: number, end: number, edits: readonly TextChange[]): string {
  let [done, at] = ["", start];
  for (const { span, newText } of edits.toSorted((a, b) => a.span[0] - b.span[0])) {
    if (span[0] < at || span[1] > end) continue;
    done += text.slice(at, span[0]) + newText;
    at = span[1];
  }
  return done + text.slice(at, end);
}

/** Edits that touch each other as one, since editors differ in which of two they do first. */
export function together(edits: readonly TextChange[]): TextChange[] {
  const all: TextChange[] = [];
  for (const one of edits.toSorted((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1])) {
    const before = all.at(-1);
    if (before?.span[1] !== one.span[0]) all.push(one);
    else all.splice(-1, 1, { span: [before.span[0], one.span[1]], newText: before.newText + one.newText });
  }
  return all;
}

/** Whether an anchor or an alias stands in it. */
export const isTied = (text: string): boolean => /[&*]/.test(text) && /(^|[\s[{,])[&*]\w/m.test(text);

type Gone = Entries & { readonly gone: TextChange };

function fromBlock(
  manifest: Manifest,
  pair: Pair,
  { items, end }: ListNode,
  edits: readonly TextChange[],
): Gone | undefined {
  const { text, eol } = manifest.parsed;
  const lines = itemLines(manifest, pair);
  if (!lines || !pair.key) return undefined;
  const first = lineEnd(text, pair.key.end);
  const body = edited(text, first, lines.whole[1], edits);
  const comment = commentIn(manifest, pair);
  const head = (indent: string) => (comment === "" ? "" : `${indent}${comment}${eol}`);
  const isShort = comment === "" && !/#/.test(text.slice(first, lineEnd(text, end - 1))) && items.every(isShortScalar);
  const texts = items.map((item) => (item ? edited(text, item.start, item.end, edits) : ""));
  return {
    lines: (indent) => head(indent) + reindented(body, lines.indent, indent),
    ...(isShort && edits.length === 0 && { texts }),
    gone: { span: lines.whole, newText: "" },
  };
}

/** Whether it reads alike in brackets. */
const isShortScalar = (item: Node | undefined): boolean =>
  item?.kind === "scalar" && item.style !== "block" && !/[\n,[\]{}?]/.test(item.text);

function fromBrackets(
  manifest: Manifest,
  pair: Pair,
  { start, end, items }: ListNode,
  edits: readonly TextChange[],
): (Gone & { readonly body: (indent: string) => string }) | undefined {
  const { text, eol } = manifest.parsed;
  const gone = withoutLines(manifest, pair);
  if (!pair.key || !gone || isTied(text.slice(pair.key.end, end)) || text.slice(pair.key.end, start).includes("#"))
    return undefined;
  const whole = items.map((item) => (item ? edited(text, item.start, item.end, edits) : ""));
  const gaps = items.map((item, at) => text.slice(items[at - 1]?.end ?? start + 1, item?.start));
  gaps.push(text.slice(items.at(-1)?.end ?? start + 1, end - 1));
  // A tag, or an item that isn't there.
  if (gaps.some((gap) => /[^\s,]/.test(gap.replace(/#.*/g, "")))) return undefined;
  const body = (indent: string): string =>
    gaps
      .map((gap, at) => {
        const comments = [...gap.matchAll(/#[^\r\n]*/g)];
        const isBehind = at > 0 && comments[0] !== undefined && !gap.slice(0, comments[0].index).includes("\n");
        const behind = isBehind ? ` ${comments.shift()?.[0].trimEnd() ?? ""}` : "";
        const above = comments.map(([comment]) => `${indent}${comment.trimEnd()}${eol}`).join("");
        const item = whole[at];
        return `${at > 0 ? `${behind}${eol}` : ""}${above}${item === undefined ? "" : `${indent}- ${shifted(item, `${indent}  `)}`}`;
      })
      .join("");
  const comment = commentIn(manifest, pair);
  const isBare = gaps.every((gap) => !gap.includes("#"));
  return {
    body,
    lines: (indent) => (comment === "" ? "" : `${indent}${comment}${eol}`) + body(indent),
    ...(isBare && comment === "" && { texts: whole }),
    gone,
  };
}

/** A text over several lines with its other lines at `indent`. */
export function shifted(text: string, indent: string): string {
  const [first = "", ...others] = text.split("\n");
  const least = Math.min(...others.flatMap((line) => /^ *(?=\S)/.exec(line)?.[0].length ?? []));
  return [first, ...others.map((line) => (line.trim() === "" ? line : indent + line.slice(least)))].join("\n");
}

/** Takes a field of the root away with its lines, or out of the brackets around it; undefined where others stand on them. */
export function withoutLines(manifest: Manifest, pair: Pair): TextChange | undefined {
  const { text } = manifest.parsed;
  if (isBracketed(manifest)) return withoutField(manifest, pair);
  if (!pair.key || !pair.value) return undefined;
  const start = lineStart(text, pair.key.start);
  const stop = lineEnd(text, Math.max(pair.key.end, pair.value.end - 1));
  const isAlone = text.slice(start, pair.key.start).trim() === "";
  return isAlone && /^(#.*)?$/.test(text.slice(pair.value.end, stop).trim())
    ? { span: [start, stop], newText: "" }
    : undefined;
}

/** The comment in the line of a field's key, or behind its brackets; none in a document that is all brackets. */
export function commentIn(manifest: Manifest, { key, value }: Pair): string {
  const { text } = manifest.parsed;
  if (!key || !value || isBracketed(manifest)) return "";
  const isFlow = (value.kind === "list" || value.kind === "map") && value.flow;
  const [start, end] = isFlow ? [value.end, lineEnd(text, value.end)] : [key.end, lineEnd(text, key.end)];
  return /(?<=^|[\s:])#[^\r\n]*/.exec(text.slice(start, end))?.[0].trimEnd() ?? "";
}

/** Whether the whole document stands in brackets. */
export const isBracketed = ({ root, parsed }: Manifest): boolean =>
  parsed.syntax === "json" || (root?.kind === "map" && root.flow);
