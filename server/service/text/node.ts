// The one tree that every feature reads, whether the text is YAML or JSON. Offsets count UTF-16 units, as in LSP.
// Values are not resolved here: what a plain `yes` means depends on the host (see readings.ts).

import type { Slices } from "./slices.js";

export type Span = readonly [start: number, end: number];
export type KeyPath = readonly (string | number)[];

export type ScalarStyle = "plain" | "single" | "double" | "block";

interface NodeBase {
  readonly start: number;
  /** End of the value itself; trailing blanks and comments are outside. */
  readonly end: number;
  readonly tag?: string | undefined;
  readonly anchor?: string | undefined;
}

export interface ScalarNode extends NodeBase {
  readonly kind: "scalar";
  /** The content after unquoting and unescaping; for plain scalars the source text. */
  readonly text: string;
  readonly style: ScalarStyle;
}

export interface AliasNode extends NodeBase {
  readonly kind: "alias";
  readonly name: string;
  /** The anchored node, absent when there is no such anchor before. */
  readonly target?: Node | undefined;
}

/** One `key: value`. `value` is absent while only a key is written. */
export interface Pair {
  readonly start: number;
  readonly end: number;
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

export interface MapNode extends NodeBase {
  readonly kind: "map";
  readonly flow: boolean;
  readonly pairs: readonly Pair[];
}

export interface ListNode extends NodeBase {
  readonly kind: "list";
  readonly flow: boolean;
  readonly items: readonly (Node | undefined)[];
}

export type Node = ScalarNode | AliasNode | MapNode | ListNode;

export interface SyntaxProblem {
  readonly span: Span;
  readonly message: string;
}

/** One document of a stream; JSON text has exactly one. */
export interface DocumentNode {
  readonly start: number;
  readonly end: number;
  readonly root: Node | undefined;
}

export interface Tree {
  readonly documents: readonly DocumentNode[];
  readonly problems: readonly SyntaxProblem[];
  /** Whether places may stand for others: without aliases a tree is as large as it is written. */
  readonly hasAliases: boolean;
}

export const spanOf = (node: { readonly start: number; readonly end: number }): Span => [node.start, node.end];

/** Text of a key; undefined for keys that are maps, lists or absent. Aliases are followed. */
export function keyText(pair: Pair): string | undefined {
  const key = pair.key && deref(pair.key);
  return key?.kind === "scalar" ? key.text : undefined;
}

/** Whether a quoted scalar has its closing quote. */
export function isClosed(text: Slices, { start, end, style }: ScalarNode): boolean {
  const quote = style === "double" ? '"' : style === "single" ? "'" : undefined;
  return quote !== undefined && end - start >= 2 && text.slice(end - 1, end) === quote;
}

/** The node itself, or what an alias stands for. */
export function deref(node: Node): Exclude<Node, AliasNode> | undefined {
  let current: Node | undefined = node;
  while (current?.kind === "alias") current = current.target;
  return current;
}

/** Keys and values, or items, in their order. */
export function children(node: Node): readonly Node[] {
  if (node.kind !== "map" && node.kind !== "list") return NONE;
  const found: Node[] = [];
  if (node.kind === "list") {
    for (const item of node.items) if (item) found.push(item);
  } else {
    for (const { key, value } of node.pairs) {
      if (key) found.push(key);
      if (value) found.push(value);
    }
  }
  return found;
}

/** Most nodes are scalars, and rules come by all of them. */
const NONE: readonly Node[] = [];

/** Every node of a tree where it is written, from the outside in; aliases aren't followed. */
export function eachNode(node: Node, visit: (node: Node) => void): void {
  visit(node);
  // Rules come by all nodes at each key, where an iterator costs more than what is done.
  if (node.kind === "list") {
    for (let at = 0; at < node.items.length; at++) {
      const item = node.items[at];
      if (item) eachNode(item, visit);
    }
  } else if (node.kind === "map") {
    for (let at = 0; at < node.pairs.length; at++) {
      const pair = node.pairs[at];
      if (pair?.key) eachNode(pair.key, visit);
      if (pair?.value) eachNode(pair.value, visit);
    }
  }
}

/** Whether some key in a tree fits, wherever it stands; aliased content is looked at where it stands. */
export function hasKey(root: Node, fits: (key: string) => boolean): boolean {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === "map") {
      for (const pair of node.pairs) {
        if (fits(keyText(pair) ?? "")) return true;
        if (pair.value) open.push(pair.value);
      }
    } else if (node.kind === "list") for (const item of node.items) if (item) open.push(item);
  }
  return false;
}
