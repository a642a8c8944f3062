// Where a YAML or JSON file sets a variable, or holds a file of a given name: below the keys that hold such things, in all their
// forms. Aliases and merged maps are followed, so a block shared by services counts where it is used.

import { children, deref, keyText, type MapNode, type Node, type Pair, type ScalarNode } from "../text/node.js";

export interface ValueName {
  readonly text: string;
  /** A file, as a ConfigMap holds it, rather than a variable. */
  readonly isFile?: boolean;
}

export interface FoundValue {
  readonly node: ScalarNode | MapNode;
  /** Letters of the scalar before the value: `NAME=` in a list of assignments. */
  readonly skip: number;
  /** Where the mapping `NAME: value` begins that stands in a list of assignments. */
  readonly item?: number;
  /** Quotes around the rest are no letters of the value. */
  readonly skipsQuotes?: boolean;
}

/** Of a kustomization's generators. */
const LITERALS = "literals";
const DATA = new Set(["data", "stringData"]);
const HOLDERS = new Set([
  ...DATA,
  ...["environment", "environmentVariables", "env", "envVars", "extraEnv", "extraEnvVars", LITERALS],
  ...["containerEnv", "remoteEnv"],
]);

export function foundValues(root: Node, { text: name, isFile = false }: ValueName): readonly FoundValue[] {
  const found = new Map<Node, FoundValue>();
  const seen = new Map<Node, Set<string | undefined>>();
  const queue: { readonly node: Node; readonly holder: string | undefined; readonly isItem: boolean }[] = [];
  add(root, undefined);
  for (const { node, holder, isItem } of queue) {
    const holds = holder !== undefined && (isFile ? DATA : HOLDERS).has(holder);
    if (node.kind === "map") {
      const own = holds && !isFile && node.pairs[0] ? assignment(node, node.pairs[0], name) : undefined;
      const value = holds ? under(node, name) : undefined;
      const item = value && isItem && node.pairs.length === 1 && !node.flow ? { item: node.start } : {};
      if (value) found.set(value, { node: value, skip: 0, ...item });
      const beside = isFile ? undefined : named(node, name);
      if (beside) found.set(beside, { node: beside, skip: 0 });
      if (own) found.set(own.node, own);
      for (const pair of node.pairs) add(pair.value, keyText(pair) === "<<" ? holder : keyText(pair));
    } else if (node.kind === "scalar") {
      if (holds && !isFile && node.text.startsWith(`${name}=`))
        found.set(node, { node, skip: name.length + 1, skipsQuotes: holder === LITERALS });
    } else {
      for (const child of children(node)) add(child, holder, true);
    }
  }
  return [...found.values()].sort((a, b) => a.node.start - b.node.start);

  function add(written: Node | undefined, holder: string | undefined, isItem = false): void {
    const node = written && deref(written);
    const holders = node && (seen.get(node) ?? new Set());
    if (!node || !holders || holders.has(holder)) return;
    seen.set(node, holders.add(holder));
    queue.push({ node, holder, isItem });
  }
}

/** `name: NAME` with `value:` beside it; CloudFormation writes both with a capital. */
function named(map: MapNode, name: string): FoundValue["node"] | undefined {
  for (const [key, value] of [
    ["name", "value"],
    ["Name", "Value"],
  ] as const) {
    const said = under(map, key);
    if (said?.kind === "scalar" && said.text === name) return under(map, value);
  }
  return undefined;
}

/** `- NAME={"a": 1}`, which YAML takes for a map whose first key is `NAME={"a"`, or `NAME={` in double quotes. */
function assignment(map: MapNode, { key }: Pair, name: string): FoundValue | undefined {
  const isOne = key?.kind === "scalar" && key.text.startsWith(`${name}=`);
  return isOne ? { node: map, skip: name.length + 1 } : undefined;
}

function under({ pairs }: MapNode, key: string): FoundValue["node"] | undefined {
  const written = pairs.find((pair) => keyText(pair) === key)?.value;
  const value = written && deref(written);
  return value?.kind === "scalar" || value?.kind === "map" ? value : undefined;
}
