// What an edit changed, by the nodes that a new version shares with a former one: the members of a long list or object that
// are gone and those that came. The new ones can then be judged in a manifest that holds nothing but them and the frame.

import { manifestFrom } from "../systems/manifest.js";
import type { Manifest } from "../systems/system.js";
import type { ListNode, MapNode, Node, Pair, Span } from "../text/node.js";
import { replaced } from "../text/replaced.js";

export interface MemberEdit {
  /** From the first to the last member that is gone, in the former text. */
  readonly removed: Span | undefined;
  /** From the first to the last member that came. */
  readonly added: Span | undefined;
  /** The manifest with the new members alone. */
  readonly slice: Manifest;
}

/** Undefined when anything but members of one list or object changed. */
export function memberEdit(former: Node | undefined, manifest: Manifest): MemberEdit | undefined {
  const { root, kind } = manifest;
  if (!kind.members || former?.kind !== "map" || root?.kind !== "map") return undefined;
  if (kind.members === "pairs") {
    const { removed, added } = replaced(former.pairs, root.pairs);
    return editOf(manifest, removed, added, { ...shape(root), pairs: added });
  }
  return inLists(manifest, former, root);
}

function inLists(manifest: Manifest, former: MapNode, root: MapNode): MemberEdit | undefined {
  if (former.pairs.length !== root.pairs.length) return undefined;
  const changed = root.pairs.flatMap((pair, index) => (pair === former.pairs[index] ? [] : [index]));
  const [index = 0] = changed;
  const [before, after] = [former.pairs[index], root.pairs[index]];
  if (changed.length === 0) return editOf(manifest, [], [], root);
  if (changed.length > 1 || !before || !after || before.key !== after.key) return undefined;
  if (before.value?.kind !== "list" || after.value?.kind !== "list") return undefined;
  const { removed, added } = replaced(before.value.items, after.value.items);
  return editOf(manifest, removed, added, alone(root, index, added));
}

/** A root whose lists are empty but for one, which has these items. */
export function alone(root: MapNode, index: number, items: ListNode["items"]): MapNode {
  const pairs = root.pairs.map((pair, at): Pair => {
    const { start, end, key, value } = pair;
    if (value?.kind !== "list") return pair;
    return { start, end, key, value: { ...shape(value), items: at === index ? items : [] } };
  });
  return { ...shape(root), pairs };
}

const shape = <Kind extends "map" | "list">({ kind, flow, start, end }: Shape<Kind>): Shape<Kind> => ({
  kind,
  flow,
  start,
  end,
});

interface Shape<Kind> {
  readonly kind: Kind;
  readonly flow: boolean;
  readonly start: number;
  readonly end: number;
}

type Placed = { readonly start: number; readonly end: number } | undefined;

function editOf(
  manifest: Manifest,
  removed: readonly Placed[],
  added: readonly Placed[],
  root: MapNode,
): MemberEdit | undefined {
  // A hole has no place of its own.
  if ([...removed, ...added].includes(undefined)) return undefined;
  return { removed: around(removed), added: around(added), slice: manifestFrom(manifest, manifest.parsed, { root }) };
}

function around(members: readonly Placed[]): Span | undefined {
  const [first, last] = [members[0], members.at(-1)];
  return first && last && [first.start, last.end];
}
