// Conversions of deprecated fields as fixes, where the result is certain to build the same: comments, order and quotes
// of the entries stay. The problem itself comes from the schema.

import type { Node, Pair, Span } from "../../../text/node.js";
import { spanOf } from "../../../text/node.js";
import type { Fix, TextChange } from "../../problem.js";
import type { Manifest, Report } from "../../system.js";
import { isNull, itemsIn, mapOf, mapsOf, pairOf, scalarOf, stringOf } from "../model/reading.js";
import { isInline } from "../model/references.js";

export function deprecatedFixes(manifest: Manifest, report: Report): void {
  const root = mapOf(manifest.root);
  if (!root || root.flow) return;
  for (const [old, next] of RENAMED) offer(pairOf(root, old), old, moveList(manifest, root, old, next));
  offer(pairOf(root, "commonLabels"), "commonLabels", commonLabels(manifest, root));
  offer(pairOf(root, "patchesStrategicMerge"), "patchesStrategicMerge", strategicMerge(manifest, root));
  for (const name of ["configMapGenerator", "secretGenerator"]) {
    for (const item of mapsOf(root, name)) envFix(manifest, item, report);
  }

  function offer(pair: Pair | undefined, old: string, fix: Fix | undefined): void {
    const said = manifest.schema.properties?.[old]?.deprecationMessage;
    if (!pair?.key || !fix || said === undefined) return;
    const written = manifest.parsed.text.slice(pair.key.start, pair.key.end).replace(/^["']|["']$/g, "");
    report(pair.key, `"${written}" is deprecated: ${said}`, { tags: ["deprecated"], fixes: [fix] });
  }
}

/** Lists whose entries move over unchanged. */
const RENAMED = [
  ["bases", "resources"],
  ["imageTags", "images"],
  ["patchesJson6902", "patches"],
] as const;

/** Renames the key where the new field is absent; else moves the lines of the entries below those of the new field. */
function moveList(manifest: Manifest, root: Node, old: string, next: string): Fix | undefined {
  const from = pairOf(root, old);
  const to = pairOf(root, next);
  if (!from?.key || !from.value || from.value.kind !== "list") return undefined;
  const title = `Move the entries to "${next}"`;
  const safe = old !== "patchesJson6902";
  if (!to)
    return { title: `Rename to "${next}"`, edits: [{ span: spanOf(from.key), newText: next }], ...(safe && { safe }) };
  const lines = itemLines(manifest, from);
  const place = to.value?.kind === "list" && !to.value.flow ? endOfItems(manifest, to) : undefined;
  if (!lines || !place) return undefined;
  const text = reindented(lines.text, lines.indent, place.indent);
  return {
    title,
    edits: [insertAt(manifest, place.offset, text), { span: lines.whole, newText: "" }],
    ...(safe && { safe }),
  };
}

interface Lines {
  readonly text: string;
  readonly indent: string;
  /** The field with its key, in whole lines. */
  readonly whole: Span;
}

/** The lines of a block list below its key; undefined for flow lists and values on the key's line. */
function itemLines({ parsed: { text } }: Manifest, { key, value }: Pair): Lines | undefined {
  if (!key || value?.kind !== "list" || value.flow || value.items.length === 0) return undefined;
  const start = lineStart(text, key.start);
  const first = lineEnd(text, key.end);
  if (text.slice(start, key.start).trim() !== "" || value.start < first) return undefined;
  const stop = lineEnd(text, value.end - 1);
  const body = text.slice(first, stop);
  const indent = /^[ ]*(?=-)/m.exec(body)?.[0] ?? "";
  if (/[&*]/.test(body) && /(^|[\s[{,])[&*]\w/m.test(body)) return undefined;
  return { text: body, indent, whole: [start, stop] };
}

function endOfItems(
  { parsed: { text } }: Manifest,
  { value }: Pair,
): { readonly offset: number; readonly indent: string } | undefined {
  const items = itemsIn(value);
  const last = items?.at(-1);
  if (!value || !last) return undefined;
  const line = text.slice(lineStart(text, value.start), value.start);
  if (line.trim() !== "") return undefined;
  return { offset: lineEnd(text, Math.max(last.start, last.end - 1)), indent: line };
}

function insertAt({ parsed: { text, eol } }: Manifest, offset: number, body: string): TextChange {
  const before = offset > 0 && text[offset - 1] !== "\n" ? eol : "";
  const after = body.endsWith("\n") ? "" : eol;
  return { span: [offset, offset], newText: before + body + after };
}

function reindented(body: string, from: string, to: string): string {
  if (from === to) return body;
  return body
    .split("\n")
    .map((line) => (line.startsWith(from) && line.trim() !== "" ? to + line.slice(from.length) : line))
    .join("\n");
}

/** One entry of labels with the same pairs, where neither the field nor its map is shared with others. */
function commonLabels(manifest: Manifest, root: Node): Fix | undefined {
  const { text, eol } = manifest.parsed;
  const pair = pairOf(root, "commonLabels");
  const map = pair?.value;
  if (!pair?.key || map?.kind !== "map" || map.flow || pairOf(root, "labels") || map.pairs.length === 0)
    return undefined;
  const first = lineEnd(text, pair.key.end);
  const stop = lineEnd(text, map.end - 1);
  if (map.start < first || map.anchor !== undefined) return undefined;
  const indent = text.slice(lineStart(text, map.start), map.start);
  if (indent.trim() !== "" || indent === "") return undefined;
  const body = reindented(text.slice(first, stop), indent, `${indent}    `);
  const head = `labels:${text.slice(pair.key.end, first).replace(/^\s*:/, "")}`;
  const newText = `${head}${indent}- includeSelectors: true${eol}${indent}  pairs:${eol}${body}`;
  return { title: 'Convert to "labels"', edits: [{ span: [pair.key.start, stop], newText }], safe: true };
}

/** Files become `path` entries; a list with inline text is left to the author. */
function strategicMerge(manifest: Manifest, root: Node): Fix | undefined {
  const pair = pairOf(root, "patchesStrategicMerge");
  const lines = pair && itemLines(manifest, pair);
  const items = itemsIn(pair?.value) ?? [];
  if (!pair?.key || !lines) return undefined;
  if (
    items.some(
      (item) => scalarOf(item)?.style === "block" || item?.kind !== "scalar" || isInline(stringOf(item) ?? "\n"),
    )
  )
    return undefined;
  const to = pairOf(root, "patches");
  const inserts = items.flatMap((item) => (item ? [item.start] : []));
  if (!to) {
    const edits = [
      { span: spanOf(pair.key), newText: "patches" },
      ...inserts.map((at) => ({ span: [at, at] as const, newText: "path: " })),
    ];
    return { title: 'Convert to "patches"', edits };
  }
  const place = to.value?.kind === "list" && !to.value.flow ? endOfItems(manifest, to) : undefined;
  if (!place) return undefined;
  const body = reindented(lines.text.replace(/^(\s*-\s+)/gm, "$1path: "), lines.indent, place.indent);
  return {
    title: 'Move to "patches"',
    edits: [insertAt(manifest, place.offset, body), { span: lines.whole, newText: "" }],
  };
}

function envFix(manifest: Manifest, item: Node, report: Report): void {
  const env = pairOf(item, "env");
  const definition = manifest.schema.definitions?.ConfigMapArgs?.properties?.env?.deprecationMessage;
  if (!env?.key || !env.value || definition === undefined || isNull(env.value) || pairOf(item, "envs")) return;
  if (env.value.kind !== "scalar" || env.value.style === "block") return;
  const { text } = manifest.parsed;
  const written = text.slice(env.value.start, env.value.end);
  if (/[,[\]{}#]/.test(written) && env.value.style === "plain") return;
  const name = text.slice(env.key.start, env.key.end).replace(/^["']|["']$/g, "");
  const edits = [
    { span: spanOf(env.key), newText: "envs" },
    { span: spanOf(env.value), newText: `[${written}]` },
  ];
  report(env.key, `"${name}" is deprecated: ${definition}`, {
    tags: ["deprecated"],
    fixes: [{ title: 'Change to "envs"', edits, safe: true }],
  });
}

const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;

function lineEnd(text: string, at: number): number {
  const stop = text.indexOf("\n", at);
  return stop < 0 ? text.length : stop + 1;
}
