// Edits that give a value the shape which kustomize wants: a map as an item of a list, entries of a map as items, a block
// of YAML as text. Lines, comments and quotes stay; nothing is offered where that can't be done line by line.

import type { ListNode, MapNode, Node, Pair, ScalarNode, Span } from "../../../text/node.js";
import { keyText } from "../../../text/node.js";
import type { TextChange } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { written } from "./entries.js";
import { lineEnd, lineStart, reindented } from "./lines.js";

interface Block {
  readonly body: string;
  readonly indent: string;
  /** Whole lines. */
  readonly span: Span;
}

/** The lines of a block value that stands below its key; undefined for flow style, anchors and aliases. */
function blockOf({ parsed: { text } }: Manifest, node: Node): Block | undefined {
  const start = lineStart(text, node.start);
  const indent = text.slice(start, node.start);
  const isBlock = (node.kind === "map" || node.kind === "list") && !node.flow;
  if (!isBlock || indent.trim() !== "" || node.end <= node.start) return undefined;
  const span = [start, lineEnd(text, node.end - 1)] as const;
  const body = text.slice(...span);
  return /(^|[\s[{,])[&*][\w-]/m.test(body) ? undefined : { body, indent, span };
}

/** `a: 1` below its key becomes `- a: 1`. */
export function asItem(manifest: Manifest, node: Node): TextChange[] | undefined {
  const block = node.kind === "map" && node.pairs.length > 0 ? blockOf(manifest, node) : undefined;
  if (!block) return undefined;
  const { body, indent, span } = block;
  const deeper = reindented(body, indent, `${indent}  `);
  return [{ span, newText: `${indent}- ${deeper.slice(indent.length + 2)}` }];
}

/** The lines of a map one level further in, below `- head:`. */
export function belowHead(manifest: Manifest, node: Node, head: string): TextChange[] | undefined {
  const block = node.kind === "map" && node.pairs.length > 0 ? blockOf(manifest, node) : undefined;
  if (!block) return undefined;
  const { body, indent, span } = block;
  const { eol } = manifest.parsed;
  return [{ span, newText: `${indent}- ${head}:${eol}${reindented(body, indent, `${indent}    `)}` }];
}

/** Each `key: value` of a map as an item; `rows` gives the lines of one, undefined where it can't tell. */
export function asItems(
  manifest: Manifest,
  node: Node,
  rows: (key: string, value: string) => readonly string[] | undefined,
): TextChange[] | undefined {
  const block = node.kind === "map" ? blockOf(manifest, node) : undefined;
  if (!block || node.kind !== "map") return undefined;
  const changes = node.pairs.map((pair): TextChange | undefined => {
    const lines = entryOf(pair, rows);
    const newText = lines && `- ${lines.join(`${manifest.parsed.eol}${block.indent}  `)}`;
    return newText === undefined ? undefined : { span: [pair.start, pair.end], newText };
  });
  return allOf(changes);
}

/** Each item that is a map of one `key: value` as a text. */
export function asTexts(
  node: ListNode,
  text: (key: string, value: string) => string | undefined,
): TextChange[] | undefined {
  const changes = node.items.map((item): TextChange | undefined | "none" => {
    if (item?.kind !== "map") return "none";
    const [pair, ...others] = item.pairs;
    const line = pair && others.length === 0 ? entryOf(pair, (key, value) => [text(key, value) ?? ""])?.[0] : "";
    return line ? { span: [item.start, item.end], newText: written(line) } : undefined;
  });
  return allOf(changes.filter((one) => one !== "none"));
}

function entryOf(
  { key, value }: Pair,
  rows: (key: string, value: string) => readonly string[] | undefined,
): readonly string[] | undefined {
  const name = key && keyText({ key, value: undefined, start: key.start, end: key.end });
  const isPlain = value?.kind === "scalar" && value.style !== "block" && !value.text.includes("\n");
  return name !== undefined && isPlain ? rows(name, value.text) : undefined;
}

/** A text item as a map of these lines. */
export function asMap(manifest: Manifest, node: Node, lines: readonly string[]): TextChange[] | undefined {
  const { text, eol } = manifest.parsed;
  const before = text.slice(lineStart(text, node.start), node.start);
  if (node.kind !== "scalar" || node.style === "block" || !/^\s*(- +)+$/.test(before)) return undefined;
  return [{ span: [node.start, node.end], newText: lines.join(`${eol}${before.replace(/-/g, " ")}`) }];
}

/** Words on lines of their own, a "-" before each: `a` newline `b` was read as one text, and so was `-a`. */
export function asLines({ parsed }: Manifest, node: ScalarNode): TextChange[] | undefined {
  const start = lineStart(parsed.text, node.start);
  const indent = parsed.text.slice(start, node.start);
  const lines = parsed.text.slice(node.start, node.end).split(/\r?\n/);
  const words = lines.map((line) => line.trim().replace(/^-\s*/, ""));
  if (node.style !== "plain" || indent.trim() !== "" || words.some((word) => !/^[^\s:#]+$/.test(word)))
    return undefined;
  return [{ span: [node.start, node.end], newText: words.map((word) => `- ${word}`).join(`${parsed.eol}${indent}`) }];
}

/** A map or list below its key as a literal text: the same lines, behind "|-". */
export function asLiteral(manifest: Manifest, { key, value }: Pair): TextChange[] | undefined {
  const { text } = manifest.parsed;
  const block = key && value && blockOf(manifest, value);
  if (!block) return undefined;
  const colon = text.indexOf(":", key.end) + 1;
  const column = key.start - lineStart(text, key.start);
  const body = block.indent.length > column ? block.body : reindented(block.body, block.indent, " ".repeat(column + 2));
  return [{ span: [colon, block.span[1]], newText: ` |-${text.slice(colon, block.span[0])}${body}` }];
}

/** Some neighbouring pairs of an item as the literal text of one field, behind `lead` ("- " makes them a list's item). */
export function asText(
  manifest: Manifest,
  { pairs, flow, start }: MapNode,
  moved: readonly Pair[],
  field: string,
  lead: "" | "- ",
): TextChange[] | undefined {
  const { text, eol } = manifest.parsed;
  const [first, last] = [moved[0], moved.at(-1)];
  const at = first ? pairs.indexOf(first) : -1;
  if (flow || !first || !last || moved.some((pair, i) => pairs[at + i] !== pair)) return undefined;
  const column = start - lineStart(text, start);
  const span = [first.start, lineEnd(text, last.end - 1)] as const;
  const body = text.slice(...span);
  if (/(^|[\s[{,])[&*][\w-]/m.test(body)) return undefined;
  const inner = " ".repeat(column + 2 + lead.length);
  const lines = reindented(" ".repeat(column) + body, " ".repeat(column), inner).slice(inner.length);
  return [{ span, newText: `${field}: |-${eol}${" ".repeat(column + 2)}${lead}${lines}` }];
}

/** What stands behind a key, or below it, as these lines: the first behind the key. */
export function behindKey({ parsed: { text } }: Manifest, { key, value }: Pair, newText: string): TextChange[] {
  if (!key || !value) return [];
  const colon = text.indexOf(":", key.end) + 1;
  return [{ span: [colon, value.end], newText }];
}

const allOf = (changes: readonly (TextChange | undefined)[]): TextChange[] | undefined => {
  const made = changes.flatMap((one) => one ?? []);
  return made.length > 0 && made.length === changes.length ? made : undefined;
};
