// Every place of a kustomization that names a file or folder, with what kustomize accepts there.

import { type Node, type Pair, type Span, spanOf } from "../../../text/node.js";
import { fieldOf, listOf, mapsOf, pairOf, stringOf, stringsOf, textOf } from "./reading.js";

export type Accepts =
  /** A file in or below the folder. */
  | "file"
  /** A file, a folder with a kustomization, or a git address. */
  | "resource"
  /** A folder with a Component, or a git address. */
  | "component";

export interface Reference {
  /** The field that holds it: "resources", "patches.path". */
  readonly field: string;
  readonly accepts: Accepts;
  /** The path as kustomize takes it, the `key=` of generator files left out. */
  readonly text: string;
  readonly node: Node;
  /** Where the path itself stands. */
  readonly span: Span;
}

const RESOURCES = ["resources", "bases"];
const PLUGINS = ["generators", "transformers", "validators"];

export function referencesOf(root: Node | undefined): readonly Reference[] {
  return [
    ...RESOURCES.flatMap((field) => inList(root, field, "resource")),
    ...inList(root, "components", "component"),
    ...["crds", "configurations"].flatMap((field) => inList(root, field, "file")),
    ...PLUGINS.flatMap((field) => inList(root, field, "resource").filter(({ text }) => !isInline(text))),
    ...["patches", "patchesJson6902", "replacements"].flatMap((field) =>
      mapsOf(root, field).flatMap((item) => (pairOf(item, "op") ? [] : single(pairOf(item, "path"), `${field}.path`))),
    ),
    ...inList(root, "patchesStrategicMerge", "file").filter(({ text }) => !isInline(text)),
    ...single(pairOf(fieldOf(root, "openapi"), "path"), "openapi.path"),
    ...["configMapGenerator", "secretGenerator"].flatMap((field) => mapsOf(root, field).flatMap(ofGenerator)),
    ...mapsOf(root, "helmCharts").flatMap((chart) => [
      ...inList(chart, "additionalValuesFiles", "file"),
      ...single(pairOf(chart, "valuesFile"), "valuesFile").filter(({ text }) => !isPulled(text, root)),
    ]),
  ];
}

/** Below the folder of charts a file may come with the chart, which is fetched by the build. */
function isPulled(text: string, root: Node | undefined): boolean {
  const home = textOf(fieldOf(root, "helmGlobals"), "chartHome") ?? "charts";
  const plain = (path: string) => path.replace(/^(\.\/)+/, "").replace(/\/+$/, "");
  return `${plain(text)}/`.startsWith(`${plain(home)}/`);
}

/** Entries of a field that holds paths as strings, empty ones left out. */
function inList(root: Node | undefined, field: string, accepts: Accepts): Reference[] {
  return stringsOf(root, field).flatMap(({ node, text }) =>
    text === "" ? [] : [{ field, accepts, text, node, span: spanOf(node) }],
  );
}

function single(pair: Pair | undefined, field: string): Reference[] {
  const text = stringOf(pair?.value);
  return pair?.value && text !== undefined && text.trim() !== ""
    ? [{ field, accepts: "file", text, node: pair.value, span: spanOf(pair.value) }]
    : [];
}

function ofGenerator(item: Node): Reference[] {
  const files = stringsOf(item, "files").flatMap(({ node, text }): Reference[] => {
    const parts = text.split("=");
    const path = parts.at(-1) ?? "";
    if (parts.length > 2 || path === "" || (parts.length === 2 && parts[0] === "")) return [];
    const start =
      parts.length === 2 && node.end - node.start >= text.length ? startOfPath(node, text, path) : node.start;
    return [{ field: "files", accepts: "file", text: path, node, span: [start, node.end] }];
  });
  const env = textOf(item, "env") === "" ? [] : single(pairOf(item, "env"), "env");
  return [...files, ...inList(item, "envs", "file"), ...env];
}

function startOfPath(node: Node, text: string, path: string): number {
  return node.kind === "scalar" && node.style === "plain" ? node.start + text.length - path.length : node.start;
}

/** Whether kustomize would take the string of a path-or-text field for YAML: it has a line break or is a map. */
export function isInline(text: string): boolean {
  return text.includes("\n") || /^\s*[{[]/.test(text) || /^[\w.-]+:\s/.test(text);
}

/** Whether a list field has an item that kustomize reads as the empty string. */
export function hasHole(root: Node | undefined, field: string): boolean {
  return listOf(root, field).some((item) => item === undefined);
}
