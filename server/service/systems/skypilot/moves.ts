// Edits that carry a plugin of the older form of plugins.yaml over to remote_plugins.yaml beside it: the item without its
// flag, appended there or in a new file. Nothing is offered for flow style, JSON or a folder that can't be looked at.

import { lineAt } from "../../text/lines.js";
import { keyText, type MapNode, type Pair } from "../../text/node.js";
import type { FileChange, Fix, TextChange } from "../problem.js";
import { asList, field } from "../read.js";
import type { Manifest } from "../system.js";
import { type PluginItem, pluginItems } from "./items.js";

/** Ranked: what the server wants of such an item first, then what the flag alone meant. */
export function flagFixes(manifest: Manifest, item: PluginItem, flag: Pair): readonly Fix[] {
  const { map, className, isUploaded, node } = item;
  const withoutFlag = removePair(manifest, map, flag);
  if (!withoutFlag || node.kind === "alias" || map.anchor !== undefined) return [];
  if (!isUploaded)
    return isFalse(flag) ? [{ title: "Remove upload_to_controller", edits: [withoutFlag], safe: true }] : [];
  const copied = className === undefined ? undefined : remoteOf(manifest, item, flag, className, []);
  if (!copied || className === undefined) return [];
  const comments = commentsAbove(manifest, map);
  const moved = remoteOf(manifest, item, flag, className, comments.lines) ?? copied;
  const away = removeItem(manifest, map, comments.start);
  const made = ({ files }: Target) => files && { files };
  return [
    ...(away
      ? [{ title: "Move this plugin to remote_plugins.yaml", edits: [...away, ...moved.edits], ...made(moved) }]
      : []),
    {
      title: "List this plugin in remote_plugins.yaml as well, without the flag here",
      edits: [withoutFlag, ...copied.edits],
      ...made(copied),
    },
  ];
}

interface Comments {
  /** Where their lines begin; the item's own line where there are none. */
  readonly start: number;
  /** Without their indentation. */
  readonly lines: readonly string[];
}

/** Comments in the column of the dash, right above it. Above the first item they may be about the whole list. */
function commentsAbove(manifest: Manifest, map: MapNode): Comments {
  const { text } = manifest.parsed;
  const dash = text.lastIndexOf("-", map.start);
  let [start] = lineAt(text, dash);
  const indent = text.slice(start, dash);
  const lines: string[] = [];
  const isFirst = asList(field(manifest.root, "plugins", manifest)?.value)?.items[0] === map;
  while (!isFirst && start > 0) {
    const span = lineAt(text, start - 1);
    const line = text.slice(...span);
    if (!line.startsWith(`${indent}#`)) break;
    lines.unshift(line.slice(indent.length));
    [start] = span;
  }
  return { start, lines };
}

const isFalse = ({ value }: Pair): boolean => value?.kind === "scalar" && /^(false|no|off)$/i.test(value.text);

interface Target {
  readonly edits: readonly TextChange[];
  readonly files?: readonly FileChange[];
}

function remoteOf(
  manifest: Manifest,
  item: PluginItem,
  flag: Pair,
  className: string,
  comments: readonly string[],
): Target | undefined {
  const { folder, parsed, workspace } = manifest;
  const lines = itemLines(manifest, item.map, flag);
  if (folder === undefined || !lines || parsed.embedding) return undefined;
  const paths = [`${folder}/remote_plugins.yaml`, `${folder}/remote_plugins.yml`];
  const kinds = paths.map((path) => workspace.files.kind(path));
  if (kinds.every((kind) => kind === "none")) {
    const text = `plugins:\n${indented(comments, lines, "")}\n`;
    return { edits: [], files: [{ create: paths[0] ?? "", text }] };
  }
  const path = paths.find((_, i) => kinds[i] === "file");
  const remote = path === undefined ? undefined : workspace.open(path);
  if (path === undefined || !remote || remote.parsed.syntax !== "yaml" || remote.parsed.tree.problems.length > 0)
    return undefined;
  if (pluginItems(remote).some((one) => one.className === className)) return { edits: [] };
  const edit = append(remote, comments, lines);
  return edit && { edits: [{ path, ...edit }] };
}

/** Behind the last item of a block list, in its indentation, or in the place of `[]`. */
function append(remote: Manifest, comments: readonly string[], lines: readonly string[]): TextChange | undefined {
  const { text, document } = remote.parsed;
  const pair = field(remote.root, "plugins", remote);
  const list = asList(pair?.value);
  const colon = text.indexOf(":", pair?.key?.end);
  if (list && /^:[ \t]*\[\s*\][ \t]*(?=\r?\n|$)/.test(text.slice(colon)))
    return { span: [colon + 1, lineEnd(text, list.end)], newText: `\n${indented(comments, lines, "")}` };
  const last = list?.items.at(-1);
  if (!list || list.flow || !last || last.kind !== "map") return undefined;
  const dash = text.lastIndexOf("-", last.start);
  const indent = " ".repeat(document.positionAt(dash).character);
  const end = lineEnd(text, last.end);
  return { span: [end, end], newText: `\n${indented(comments, lines, indent)}` };
}

const indented = (comments: readonly string[], lines: readonly string[], indent: string): string =>
  [
    ...comments.map((line) => `${indent}${line}`),
    ...lines.map((line, i) => (line === "" ? "" : `${indent}${i === 0 ? "- " : "  "}${line}`)),
  ].join("\n");

/** The item's own text without the flag, its first column taken away; undefined where that isn't plain. */
function itemLines({ parsed }: Manifest, map: MapNode, flag: Pair): readonly string[] | undefined {
  const { text, document } = parsed;
  if (map.flow || parsed.syntax !== "yaml") return undefined;
  const column = document.positionAt(map.start).character;
  const parts = map.pairs.flatMap((pair, i) => {
    const next = map.pairs[i + 1]?.start ?? lineEnd(text, map.end);
    if (pair !== flag) return [text.slice(pair.start, next).trimEnd()];
    // What is said below the flag is about the next field.
    const below = text.slice(lineEnd(text, pair.end), next).trim();
    return below === "" ? [] : [below];
  });
  const lines = parts.join("\n").split(/\r?\n/);
  // Anchors and merges don't reach over to another file.
  if (parts.length === 0 || lines.some((line) => /[&*]\w|<</.test(line))) return undefined;
  const margin = " ".repeat(column);
  return lines.map((line) => (line.startsWith(margin) ? line.slice(column) : line.trimStart()));
}

/** Takes the item's lines away, from `from` on where comments above go too; an emptied list becomes []. */
export function removeItem(manifest: Manifest, map: MapNode, from?: number): readonly TextChange[] | undefined {
  const { text } = manifest.parsed;
  const pair = field(manifest.root, "plugins", manifest);
  const list = asList(pair?.value);
  const dash = text.lastIndexOf("-", map.start);
  const start = text.lastIndexOf("\n", dash) + 1;
  if (!list || list.flow || !pair?.key || text.slice(start, dash).trim() !== "") return undefined;
  const end = Math.min(text.length, lineEnd(text, map.end) + eolAt(text, lineEnd(text, map.end)));
  const away = { span: [from ?? start, end] as const, newText: "" };
  if (list.items.length > 1) return [away];
  const colon = text.indexOf(":", pair.key.end);
  return colon < 0 ? undefined : [{ span: [colon + 1, colon + 1], newText: " []" }, away];
}

function removePair({ parsed }: Manifest, map: MapNode, pair: Pair): TextChange | undefined {
  const { text } = parsed;
  if (map.flow || parsed.syntax !== "yaml" || map.pairs.length < 2 || keyText(pair) === undefined) return undefined;
  const next = map.pairs[map.pairs.indexOf(pair) + 1];
  if (map.pairs[0] === pair) return next && { span: [pair.start, next.start], newText: "" };
  const start = text.lastIndexOf("\n", pair.start) + 1;
  const end = lineEnd(text, pair.end);
  return { span: [start, end + eolAt(text, end)], newText: "" };
}

/** Where the line of an offset ends, before its line break. Ends of nodes may lie behind the break already. */
function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && /[\r\n]/.test(text.charAt(at - 1))) at--;
  const newline = text.indexOf("\n", at);
  if (newline < 0) return text.length;
  return text.charAt(newline - 1) === "\r" ? newline - 1 : newline;
}

const eolAt = (text: string, offset: number): number => /^\r?\n/.exec(text.slice(offset, offset + 2))?.[0].length ?? 0;
