// "Did you mean": the names nearest to what was typed, best first; none when nothing is near.

import { distance } from "fastest-levenshtein";

export function nearest(typed: string, known: readonly string[]): readonly string[] {
  const word = typed.toLowerCase();
  return known
    .map((name) => ({ name, cost: costOf(word, name.toLowerCase()) }))
    .filter(({ name, cost }) => cost <= Math.round(Math.max(word.length, name.length) * 0.4))
    .sort((a, b) => a.cost - b.cost)
    .map(({ name }) => name);
}

function costOf(typed: string, name: string): number {
  return typed.length >= 3 && name.startsWith(typed) ? 1 : distance(typed, name);
}
