// Items by their keys: lists that grow, and lists that never change and are gone through once for all who look something up.

import { remember } from "./remember.js";

export function append<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** All items under each of their keys, in their order. */
export function grouped<Item, Key>(items: Iterable<Item>, keysOf: (item: Item) => Iterable<Key>): Map<Key, Item[]> {
  const lists = new Map<Key, Item[]>();
  for (const item of items) for (const key of keysOf(item)) append(lists, key, item);
  return lists;
}

/** Finds in a list that never changes what has a key. */
export function lookUp<Item, Key>(
  keysOf: (item: Item) => Iterable<Key>,
): (list: readonly Item[], key: Key) => readonly Item[] {
  const groupsOf = remember((list: readonly Item[]) => grouped(list, keysOf));
  return (list, key) => groupsOf(list).get(key) ?? [];
}
