// Every place of a kustomization that names a file or folder, with what kustomize accepts there.

import type { MapNode, Node, Pair, Span } from "../../../text/node.js";
import { remember } from "../../../text/remember.js";
import { fieldOf, mapsOf, pairOf, stringOf, stringsOf, type Text, textOf } from "./reading.js";

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

/** Its place is that of its node, which moves while text above it grows. */
class Listed implements Reference {
  constructor(
    readonly field: string,
    readonly accepts: Accepts,
    readonly text: string,
    readonly node: Node,
    private readonly indent = 0,
  ) {}

  get span(): Span {
    return [this.node.start + this.indent, this.node.end];
  }
}

export function referencesOf(root: Node | undefined): readonly Reference[] {
  return [
    PATHS.flatMap(([field, read]) => read(stringsOf(root, field))),
    BEHIND_PATH.flatMap(([field, read]) => mapsOf(root, field).flatMap(read)),
    single(pairOf(fieldOf(root, "openapi"), "path"), "openapi.path"),
    ["configMapGenerator", "secretGenerator"].flatMap((field) => mapsOf(root, field).flatMap(ofGenerator)),
    mapsOf(root, "helmCharts").flatMap((chart) => [
      ...inList(stringsOf(chart, "additionalValuesFiles"), "additionalValuesFiles", "file"),
      ...single(pairOf(chart, "valuesFile"), "valuesFile").filter(({ text }) => !isPulled(text, root)),
    ]),
  ].flat();
}

/** Below the folder of charts a file may come with the chart, which is fetched by the build. */
function isPulled(text: string, root: Node | undefined): boolean {
  const home = textOf(fieldOf(root, "helmGlobals"), "chartHome") ?? "charts";
  const plain = (path: string) => path.replace(/^(\.\/)+/, "").replace(/\/+$/, "");
  return `${plain(text)}/`.startsWith(`${plain(home)}/`);
}

/** The field of a list that holds paths as strings, with what reads them, empty ones left out. Each is kept by its list. */
const paths = (
  field: string,
  accepts: Accepts,
  isPath: (text: string) => boolean = () => true,
): readonly [string, (texts: readonly Text[]) => readonly Reference[]] => [
  field,
  remember((texts: readonly Text[]) => inList(texts, field, accepts).filter(({ text }) => isPath(text))),
];

const isNotInline = (text: string): boolean => !isInline(text);

const PATHS = [
  paths("resources", "resource"),
  paths("bases", "resource"),
  paths("components", "component"),
  paths("crds", "file"),
  paths("configurations", "file"),
  paths("generators", "resource", isNotInline),
  paths("transformers", "resource", isNotInline),
  paths("validators", "resource", isNotInline),
  paths("patchesStrategicMerge", "file", isNotInline),
];

/** The field of a list of maps with a path each; kept by the map. */
const behindPath = (field: string): readonly [string, (item: MapNode) => readonly Reference[]] => [
  field,
  remember((item: MapNode) => (pairOf(item, "op") ? [] : single(pairOf(item, "path"), `${field}.path`))),
];

const BEHIND_PATH = ["patches", "patchesJson6902", "replacements"].map(behindPath);

const inList = (texts: readonly Text[], field: string, accepts: Accepts): readonly Reference[] =>
  texts.flatMap(({ node, text }) => (text === "" ? [] : [new Listed(field, accepts, text, node)]));

function single(pair: Pair | undefined, field: string): readonly Reference[] {
  const text = stringOf(pair?.value);
  return pair?.value && text !== undefined && text.trim() !== "" ? [new Listed(field, "file", text, pair.value)] : [];
}

function ofGenerator(item: Node): readonly Reference[] {
  const files = stringsOf(item, "files").flatMap(({ node, text }) => {
    const parts = text.split("=");
    const path = parts.at(-1) ?? "";
    if (parts.length > 2 || path === "" || (parts.length === 2 && parts[0] === "")) return [];
    const isShort = parts.length === 2 && node.end - node.start >= text.length;
    return [new Listed("files", "file", path, node, isShort ? indentOf(node, text, path) : 0)];
  });
  const env = textOf(item, "env") === "" ? [] : single(pairOf(item, "env"), "env");
  return [...files, ...inList(stringsOf(item, "envs"), "envs", "file"), ...env];
}

/** Characters before the path, the `key=` of a generator's file. */
const indentOf = (node: Node, text: string, path: string): number =>
  node.kind === "scalar" && node.style === "plain" ? text.length - path.length : 0;

/** Whether kustomize would take the string of a path-or-text field for YAML: it has a line break or is a map. */
export function isInline(text: string): boolean {
  return text.includes("\n") || /^\s*[{[]/.test(text) || /^[\w.-]+:\s/.test(text);
}
