// Text edits that rules offer as fixes; comments, order and line ends around them stay as they are.

import type { ListNode, Node } from "../../../text/node.js";
import type { Fix } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { itemsIn, mapOf } from "./reading.js";
import type { Reference } from "./references.js";

/** Takes an item with its whole line out of a block list; nothing for flow lists, shared lines and a list's last item. */
export function removeItem({ parsed, root }: Manifest, { field, node }: Pick<Reference, "field" | "node">): Fix[] {
  const list = listWith(root, node);
  if (!list || list.flow || list.items.length < 2) return [];
  const { text } = parsed;
  const start = text.lastIndexOf("\n", node.start - 1) + 1;
  const stop = text.indexOf("\n", node.end);
  const before = text.slice(start, node.start);
  const after = text.slice(node.end, stop < 0 ? text.length : stop);
  if (!/^\s*-\s+$/.test(before) || !/^\s*(#.*)?$/.test(after)) return [];
  const span = [start, stop < 0 ? text.length : stop + 1] as const;
  return [{ title: `Remove this entry of "${field}"`, edits: [{ span, newText: "" }] }];
}

function listWith(root: Node | undefined, item: Node): ListNode | undefined {
  for (const { value } of mapOf(root)?.pairs ?? []) {
    if (value?.kind === "list" && itemsIn(value)?.includes(item)) return value;
  }
  return undefined;
}
