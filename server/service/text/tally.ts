// How many members of a long list have each of some traits. Asked at each key of a file of thousands of entries, of which one
// changed: only the members that came and went since the list before are looked at.

import { replaced } from "./replaced.js";

export type Tally<Trait> = ReadonlyMap<Trait, number>;

/** Counts over a list that never changes. Traits depend on the member alone. */
export function tally<Member extends object, Trait>(
  traitsOf: (member: Member) => readonly Trait[],
): (list: readonly Member[]) => Tally<Trait> {
  let last: { readonly list: WeakRef<readonly Member[]>; readonly counts: Tally<Trait> } | undefined;
  return (list) => {
    const before = last?.list.deref();
    if (last && before === list) return last.counts;
    const { removed, added } = replaced(before ?? [], list);
    // Of another file's list nothing stays, and counting back would be for nothing.
    const isNext = last !== undefined && before !== undefined && removed.length < before.length;
    const counts = new Map(isNext ? last?.counts : []);
    if (isNext) for (const one of removed) count(counts, traitsOf(one), -1);
    for (const one of isNext ? added : list) count(counts, traitsOf(one), 1);
    last = { list: new WeakRef(list), counts };
    return counts;
  };
}

export const has = <Trait>(counts: Tally<Trait>, trait: Trait): boolean => (counts.get(trait) ?? 0) > 0;

function count<Trait>(counts: Map<Trait, number>, traits: readonly Trait[], by: number): void {
  for (const trait of traits) counts.set(trait, (counts.get(trait) ?? 0) + by);
}
