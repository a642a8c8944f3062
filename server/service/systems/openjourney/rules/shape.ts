// Values of a wrong shape, as people write them who know other tools: a map for a list, a text for an entry, YAML where
// its text is wanted. What the schema says is told with the way to write it, and the edit that does so.

import { keyText, type Node } from "../../../text/node.js";
import type { Fix, Problem, TextChange } from "../../problem.js";
import type { Manifest, Misfit } from "../../system.js";
import { written } from "../fixes/entries.js";
import { lineStart } from "../fixes/lines.js";
import { asItem, asItems, asLines, asLiteral, asMap, asTexts, behindKey, belowHead } from "../fixes/shapes.js";
import { scalarOf } from "../model/reading.js";
import { fieldAt } from "./understood.js";

export function refineType(manifest: Manifest, misfit: Misfit): Problem | undefined {
  const { place, problem } = misfit;
  const { node } = place;
  if (node?.kind === "map" && isTemplate(node)) return undefined;
  const field = fieldAt(manifest, node);
  if (!node || field === undefined) return problem;
  const shape = SHAPES[field]?.(manifest, misfit, node) ?? general(manifest, misfit, node);
  if (!shape) return problem;
  const fixes: readonly Fix[] | undefined = shape.edits ? [{ title: shape.title, edits: shape.edits }] : problem.fixes;
  return { ...problem, ...(shape.words !== undefined && { message: shape.words }), ...(fixes && { fixes }) };
}

interface Shape {
  readonly title: string;
  readonly edits: readonly TextChange[] | undefined;
  readonly words?: string;
}

type ShapeOf = (manifest: Manifest, misfit: Misfit, node: Node) => Shape | undefined;

const patchItem: ShapeOf = (manifest, _, node) => {
  const text = scalarOf(node)?.text ?? "";
  const source = manifest.parsed.text.slice(node.start, node.end);
  if (node.kind !== "scalar" || text.includes("\n"))
    return {
      title: "",
      edits: undefined,
      words: 'a patch is a map with "path" or "patch", not its text; write "patch: |-"',
    };
  return {
    title: `Change to "path: ${text}"`,
    edits: asMap(manifest, node, [`path: ${source}`]),
    words: `a patch is a map with "path" or "patch"; write "- path: ${text}"`,
  };
};

const patchText: ShapeOf = (manifest, { place: { pair } }, node) =>
  node.kind === "scalar"
    ? undefined
    : {
        title: 'Make it a text with "|-"',
        edits: pair && asLiteral(manifest, pair),
        words: '"patch" is a text; write "|-" behind "patch:" and the lines below it, indented',
      };

const image: ShapeOf = (manifest, _, node) => {
  const text = scalarOf(node)?.text ?? "";
  const [, name = "", tag] = /^(.*?)(?::([^/:]+))?$/.exec(text) ?? [];
  if (node.kind !== "scalar" || name === "" || name.includes("@")) return undefined;
  const lines = [`name: ${written(name)}`, ...(tag === undefined ? [] : [`newTag: ${written(tag)}`])];
  return {
    title: `Change to "name: ${name}"`,
    edits: asMap(manifest, node, lines),
    words: `an image is a map with "name" and "newName", "newTag" or "digest"; write "- name: ${name}"`,
  };
};

/** A list of maps, written as a map: of the fields of one item, or from name to what is said of it. */
const listOfMaps =
  (known: readonly string[], row: (key: string, value: string) => readonly string[]): ShapeOf =>
  (manifest, _, node) => {
    if (node.kind !== "map") return undefined;
    const isItem = node.pairs.some((pair) => known.includes(keyText(pair) ?? ""));
    return { title: "Make it a list", edits: isItem ? asItem(manifest, node) : asItems(manifest, node, row) };
  };

const pairsOfEquals: ShapeOf = (manifest, _, node) =>
  node.kind === "map"
    ? {
        title: "Make it a list of key=value",
        edits: asItems(manifest, node, (key, value) => [written(`${key}=${value}`)]),
        words: '"literals" is a list of key=value, not a map; write "- KEY=value"',
      }
    : undefined;

/** An item `KEY: value` where `KEY=value` is wanted, or `path: file` where a path is. */
const textItem =
  (words: string, text: (key: string, value: string) => string | undefined): ShapeOf =>
  (_manifest, _misfit, node) => {
    if (node.kind !== "map") return undefined;
    const list = { kind: "list", flow: false, start: node.start, end: node.end, items: [node] } as const;
    return { title: "Make it a text", edits: asTexts(list, text), words };
  };

const literal = textItem(
  'a literal is the text key=value, not a map; write "- KEY=value"',
  // Text behind the "=" that holds a colon of its own.
  (key, value) => (key.includes("=") ? `${key}: ${value}` : `${key}=${value}`),
);
const file = textItem("a file is the text path or key=path, not a map; write the path alone", (key, value) =>
  key === "path" || key === "name" ? value : `${key}=${value}`,
);
const path = textItem("an entry is the path itself, not a map; write the path alone", (key, value) =>
  /^(path|name|file|url|base)$/i.test(key) ? value : undefined,
);

const labels: ShapeOf = (manifest, _, node) =>
  node.kind === "map"
    ? {
        title: 'Put them below "- pairs:"',
        edits: belowHead(manifest, node, "pairs"),
        words: '"labels" is a list of maps with "pairs", not the labels themselves; write "- pairs:" above them',
      }
    : undefined;

const pairs: ShapeOf = ({ parsed: { text } }, { place: { pair } }, node) => {
  if (node.kind !== "list" || !pair?.key) return undefined;
  const column = pair.key.start - lineStart(text, pair.key.start);
  const edits = node.items.map((item): TextChange | undefined => {
    const start = item ? lineStart(text, item.start) : 0;
    const isAlone = item?.kind === "map" && /^ *- +$/.test(text.slice(start, item.start));
    return isAlone ? { span: [start, item.start], newText: " ".repeat(column + 2) } : undefined;
  });
  return {
    title: 'Remove the "-"',
    edits: edits.every((one) => one !== undefined) ? edits : undefined,
    words: '"pairs" is a map of labels, not a list; remove the "-" before each',
  };
};

const order: ShapeOf = (manifest, { place: { pair } }, node) => {
  const text = scalarOf(node)?.text ?? "";
  if (!pair || !/^(fifo|legacy)$/.test(text)) return undefined;
  const { eol } = manifest.parsed;
  return {
    title: `Change to "order: ${text}"`,
    edits: behindKey(manifest, pair, `${eol}  order: ${text}`),
    words: `"sortOptions" is a map; write "order: ${text}" below it`,
  };
};

const env: ShapeOf = (_manifest, { place: { pair } }, node) =>
  node.kind === "list" && pair?.key
    ? {
        title: 'Change to "envs"',
        edits: [{ span: [pair.key.start, pair.key.end], newText: "envs" }],
        words: '"env" is the name of one file; a list stands under "envs"',
      }
    : undefined;

const PATHS = [
  "resources",
  "bases",
  "components",
  "crds",
  "configurations",
  "generators",
  "transformers",
  "validators",
];
const GENERATORS = ["configmapgenerator", "secretgenerator"];

const SHAPES: Readonly<Record<string, ShapeOf>> = {
  labels,
  "labels.*.pairs": pairs,
  "patches.*": patchItem,
  "patches.*.patch": patchText,
  "patchesjson6902.*.patch": patchText,
  "images.*": image,
  images: listOfMaps(["name", "newName", "newTag", "digest"], (key, value) => [
    `name: ${written(key)}`,
    `newTag: ${written(value)}`,
  ]),
  replicas: listOfMaps(["name", "count"], (key, value) => [`name: ${written(key)}`, `count: ${value}`]),
  sortoptions: order,
  ...Object.fromEntries(PATHS.map((name) => [`${name}.*`, path])),
  ...Object.fromEntries(
    GENERATORS.flatMap((name): [string, ShapeOf][] => [
      [`${name}.*.literals`, pairsOfEquals],
      [`${name}.*.literals.*`, literal],
      [
        `${name}.*.files`,
        (manifest, _, node) => ({
          title: "Make it a list of key=path",
          edits: asItems(manifest, node, (key, value) => [written(key === value ? value : `${key}=${value}`)]),
        }),
      ],
      [`${name}.*.files.*`, file],
      [`${name}.*.env`, env],
    ]),
  ),
};

/** Whatever the field: one map for a list of maps, lines without "-", a single value inside a list or a map of one. */
function general(manifest: Manifest, { place }: Misfit, node: Node): Shape | undefined {
  const types = place.schemas.flatMap(({ type }) => type ?? []);
  const { pair } = place;
  if (types.includes("array") && node.kind === "map") return { title: "Make it a list", edits: asItem(manifest, node) };
  if (types.includes("array") && node.kind === "scalar") {
    const edits = /\n|^-\S/.test(manifest.parsed.text.slice(node.start, node.end))
      ? asLines(manifest, node)
      : undefined;
    return edits && { title: 'Put "- " before each', edits };
  }
  if (!pair && node.kind === "list" && node === manifest.root)
    return {
      title: "",
      edits: undefined,
      words: 'kustomize wants a map here, not a list; remove the "- " in front of the fields',
    };
  if (!pair && node.kind === "scalar" && node === manifest.root) return wordAlone(manifest, node.text);
  if (!types.includes("string") || !pair) return undefined;
  const only =
    node.kind === "list" && node.items.length === 1
      ? node.items[0]
      : node.kind === "map"
        ? node.pairs[0]?.value
        : undefined;
  const isOnly = node.kind === "list" || (node.kind === "map" && node.pairs.length === 1);
  if (!isOnly || only?.kind !== "scalar" || only.style === "block" || only.text === "") return undefined;
  const source = manifest.parsed.text.slice(only.start, only.end);
  return { title: `Change to ${source}`, edits: behindKey(manifest, pair, ` ${source}`) };
}

/** `resources` newline `- a.yaml`: without its colon the whole is one text. */
function wordAlone({ parsed, root }: Manifest, text: string): Shape | undefined {
  const word = /^[A-Za-z0-9]+(?=\s)/.exec(text)?.[0];
  if (word === undefined || !root) return undefined;
  const at = root.start + word.length;
  const isAlone = /^[ \t]*\r?\n/.test(parsed.text.slice(at));
  return isAlone
    ? {
        title: 'Add the ":"',
        edits: [{ span: [at, at], newText: ":" }],
        words: `without ":" behind "${word}" the whole file is one text; add it`,
      }
    : undefined;
}

/** `{{ .Values.name }}`: the braces are read as maps, and the inner one as a key. */
export const isTemplate = (node: Node): boolean =>
  node.kind === "map" && node.flow && node.pairs.length === 1 && node.pairs[0]?.key?.kind === "map";
