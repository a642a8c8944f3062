// commonLabels as one entry of labels that goes into selectors too.

import { keyText, type MapNode, type Pair } from "../../../text/node.js";
import { rewrite } from "../../changes.js";
import type { Fix, TextChange } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { entriesOf, fieldOf, mapOf, mapsOf, pairOf } from "../model/reading.js";
import { likeKey } from "./likeKey.js";
import { lineEnd, lineStart, reindented } from "./lines.js";
import { commentIn, type Entries, isTied, putInto, shifted, together, withoutLines } from "./lists.js";

/** Undefined where a label is in labels already, or the pairs are shared with another place. */
export function commonLabels(manifest: Manifest, pair: Pair): Fix | undefined {
  const { root, parsed } = manifest;
  const map = pair.value;
  if (!pair.key || map?.kind !== "map" || isTied(parsed.text.slice(pair.key.end, map.end))) return undefined;
  const written = mapOf(root)?.pairs.filter((one) => keyText(one)?.toLowerCase() === "labels") ?? [];
  const [to] = written;
  const edits = to
    ? besideLabels(manifest, pair, map, to)
    : isFlow(manifest, map)
      ? inBrackets(manifest, pair, map)
      : inLines(manifest, pair, map);
  if (!edits || written.length > 1) return undefined;
  return { title: to ? 'Move to "labels"' : 'Convert to "labels"', edits, safe: true };
}

const isFlow = ({ parsed }: Manifest, map: MapNode): boolean => map.flow || parsed.syntax === "json";

function inBrackets(manifest: Manifest, pair: Pair, map: MapNode): TextChange[] | undefined {
  const key = rewrite(manifest, pair.key, "labels");
  const [before, after] = around(pair);
  return (
    key && [
      key,
      { span: [map.start, map.start], newText: `[${before}` },
      { span: [map.end, map.end], newText: `${after}]` },
    ]
  );
}

/** What stands around the pairs in an entry of brackets. */
const around = (pair: Pair): readonly [string, string] => [
  `{${likeKey(pair, "includeSelectors")}: true, ${likeKey(pair, "pairs")}: `,
  "}",
];

function inLines(manifest: Manifest, pair: Pair, map: MapNode): TextChange[] | undefined {
  const { text, eol } = manifest.parsed;
  const block = blockOf(manifest, pair, map);
  const key = rewrite(manifest, pair.key, "labels");
  if (!block || !key) return undefined;
  const { first, stop, indent } = block;
  const body = reindented(text.slice(first, stop), indent, `${indent}    `);
  const head = `${indent}- ${likeKey(pair, "includeSelectors")}: true${eol}${indent}  ${likeKey(pair, "pairs")}:${eol}`;
  return [key, { span: [first, stop], newText: head + body }];
}

interface Block {
  /** Whole lines below the key. */
  readonly first: number;
  readonly stop: number;
  readonly indent: string;
}

function blockOf({ parsed: { text } }: Manifest, { key }: Pair, map: MapNode): Block | undefined {
  const first = key && lineEnd(text, key.end);
  const indent = text.slice(lineStart(text, map.start), map.start);
  if (first === undefined || map.start < first || indent.trim() !== "" || indent === "") return undefined;
  return { first, stop: lineEnd(text, map.end - 1), indent };
}

function besideLabels(manifest: Manifest, pair: Pair, map: MapNode, to: Pair): TextChange[] | undefined {
  const { root } = manifest;
  const listed = mapsOf(root, "labels").flatMap((item) => entriesOf(fieldOf(item, "pairs")));
  const isTwice = entriesOf(map).some(({ key }) => listed.some((one) => one.key === key));
  if (isTwice || pairOf(root, "labels") !== to) return undefined;
  const entry = entryOf(manifest, pair, map);
  const put = entry && putInto(manifest, to, entry, "last");
  return put && together([...put, entry.gone]);
}

function entryOf(manifest: Manifest, pair: Pair, map: MapNode): (Entries & { readonly gone: TextChange }) | undefined {
  const { text, eol } = manifest.parsed;
  const gone = withoutLines(manifest, pair);
  if (!pair.key || !gone) return undefined;
  const pairs = text.slice(map.start, map.end);
  const [before, after] = around(pair);
  const head = (indent: string) =>
    `${indent}- ${likeKey(pair, "includeSelectors")}: true${eol}${indent}  ${likeKey(pair, "pairs")}:`;
  const comment = commentIn(manifest, pair);
  const above = (indent: string) => (comment === "" ? "" : `${indent}${comment}${eol}`);
  if (isFlow(manifest, map))
    return {
      lines: (indent) => `${above(indent)}${head(indent)} ${shifted(pairs, `${indent}    `)}${eol}`,
      ...(comment === "" && { texts: [`${before}${pairs}${after}`] }),
      gone,
    };
  const block = blockOf(manifest, pair, map);
  if (!block) return undefined;
  const body = text.slice(block.first, block.stop);
  return {
    lines: (indent) => `${above(indent)}${head(indent)}${eol}${reindented(body, block.indent, `${indent}    `)}`,
    gone,
  };
}
