// Conversions of deprecated fields as fixes, where the result is certain to build the same: comments, order and quotes
// of the entries stay. The problem itself comes from the schema.

import type { Node, Pair } from "../../../text/node.js";
import { spanOf } from "../../../text/node.js";
import type { Fix } from "../../problem.js";
import type { Manifest, Report } from "../../system.js";
import { helmFix } from "../fixes/helm.js";
import { endOfItems, insertAt, itemLines, lineEnd, lineStart, reindented } from "../fixes/lines.js";
import { varsFix } from "../fixes/vars.js";
import { isNull, itemsIn, mapOf, mapsOf, pairOf, stringOf } from "../model/reading.js";
import { isInline } from "../model/references.js";

export function deprecatedFixes(manifest: Manifest, report: Report): void {
  const root = mapOf(manifest.root);
  if (!root || root.flow) return;
  for (const [old, next] of RENAMED) offer(pairOf(root, old), old, moveList(manifest, root, old, next));
  offer(pairOf(root, "commonLabels"), "commonLabels", commonLabels(manifest, root));
  offer(pairOf(root, "patchesStrategicMerge"), "patchesStrategicMerge", strategicMerge(manifest, root));
  offer(pairOf(root, "vars"), "vars", varsFix(manifest));
  offer(pairOf(root, "helmChartInflationGenerator"), "helmChartInflationGenerator", helmFix(manifest, root));
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
  const place = endOfItems(manifest, to);
  if (!lines || !place) return undefined;
  const text = reindented(lines.text, lines.indent, place.indent);
  return {
    title,
    edits: [insertAt(manifest, place.offset, text), { span: lines.whole, newText: "" }],
    ...(safe && { safe }),
  };
}

/** One entry of labels with the same pairs, where neither the field nor its map is shared with others. */
function commonLabels(manifest: Manifest, root: Node): Fix | undefined {
  const pair = pairOf(root, "commonLabels");
  const map = pair?.value;
  if (!pair?.key || map?.kind !== "map" || map.flow || pairOf(root, "labels") || map.pairs.length === 0)
    return undefined;
  const { text, eol } = manifest.parsed;
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

/** Files become `path` entries, texts `patch` entries with their lines one step further in. */
function strategicMerge(manifest: Manifest, root: Node): Fix | undefined {
  const pair = pairOf(root, "patchesStrategicMerge");
  const lines = pair && itemLines(manifest, pair);
  if (!pair?.key || !lines) return undefined;
  const { text } = manifest.parsed;
  const body = entriesOfPatches(text, lines.whole[1], lineEnd(text, pair.key.end), itemsIn(pair.value) ?? []);
  if (body === undefined) return undefined;
  const to = pairOf(root, "patches");
  if (!to) {
    const head = text.slice(pair.key.end, lineEnd(text, pair.key.end));
    const edits = [{ span: [pair.key.start, lines.whole[1]] as const, newText: `patches${head}${body}` }];
    return { title: 'Convert to "patches"', edits };
  }
  const place = endOfItems(manifest, to);
  if (!place) return undefined;
  const moved = reindented(body, lines.indent, place.indent);
  return {
    title: 'Move to "patches"',
    edits: [insertAt(manifest, place.offset, moved), { span: lines.whole, newText: "" }],
  };
}

/** The lines of the list with each entry as a map; undefined where an entry can't be rewritten line by line. */
function entriesOfPatches(
  text: string,
  stop: number,
  start: number,
  items: readonly (Node | undefined)[],
): string | undefined {
  let body = "";
  let at = start;
  for (const item of items) {
    if (item?.kind !== "scalar") return undefined;
    const said = stringOf(item) ?? "";
    const isText = item.style === "block" || isInline(said);
    const written = text.slice(item.start, item.end);
    if (said.trim() === "" || (item.style === "block" ? /^[|>][-+]?\d/.test(written) : written.includes("\n")))
      return undefined;
    if (/^\s*-\s+$/.exec(text.slice(lineStart(text, item.start), item.start)) === null) return undefined;
    const shifted = item.style === "block" ? written.replace(/\n(?=[^\r\n])/g, "\n  ") : written;
    body += `${text.slice(at, item.start)}${isText ? "patch" : "path"}: ${shifted}`;
    at = item.end;
  }
  return body + text.slice(at, stop);
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
