// From the root to the innermost node around an offset, with the way that leads there.

import { type KeyPath, keyText, type ListNode, type Node, type Pair } from "./node.js";
import { lastAt } from "./parts.js";

export interface Step {
  readonly node: Node;
  /** Key path of the node; for a key's own node that of its pair. */
  readonly at: KeyPath;
  readonly pair?: Pair;
  readonly role: "root" | "key" | "value" | "item";
}

/** Nodes whose span holds the offset, ends included, outermost first. Later siblings win where two touch. */
export function findChain(root: Node | undefined, offset: number): readonly Step[] {
  const steps: Step[] = [];
  let step: Step | undefined = root && holds(root, offset) ? { node: root, at: [], role: "root" } : undefined;
  while (step) {
    steps.push(step);
    step = childAt(step, offset);
  }
  return steps;
}

function childAt({ node, at }: Step, offset: number): Step | undefined {
  if (node.kind === "map") {
    const pair = node.pairs[lastAt(node.pairs.length, (at) => node.pairs[at]?.start ?? 0, offset)];
    if (!pair) return undefined;
    const name = keyText(pair);
    const path = name === undefined ? at : [...at, name];
    if (pair.value && holds(pair.value, offset) && !isEmptyElsewhere(pair.value, offset))
      return { node: pair.value, at: path, pair, role: "value" };
    if (pair.key && holds(pair.key, offset)) return { node: pair.key, at: path, pair, role: "key" };
    return undefined;
  }
  if (node.kind !== "list") return undefined;
  const index = itemBefore(node, offset);
  const item = node.items[index];
  return item && holds(item, offset) ? { node: item, at: [...at, index], role: "item" } : undefined;
}

/** An empty value has no extent of its own: it only counts where the caret touches it. */
function isEmptyElsewhere(node: Node, offset: number): boolean {
  return node.start === node.end && node.start !== offset;
}

/** The last item that begins at an offset or before it; -1 where there is none. Items that are nothing have no place. */
export function itemBefore({ items }: ListNode, offset: number): number {
  let index = lastAt(items.length, (at) => items[at]?.start ?? 0, offset);
  while (index >= 0 && (items[index]?.start ?? Number.POSITIVE_INFINITY) > offset) index--;
  return index;
}

const holds = (node: Node, offset: number): boolean => node.start <= offset && offset <= node.end;
