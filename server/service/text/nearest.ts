// Ranked "did you mean": the known names nearest to what was typed.

import { distance } from "fastest-levenshtein";

/** Known names that `typed` may have meant, nearest first; empty when nothing is near. */
export function nearest(typed: string, known: readonly string[]): readonly string[] {
  const word = normalise(typed);
  if (word === "") return [];
  const words = typed.split(/[-_ ]/).map(normalise);
  const costs = known.map((name) => ({ name, cost: cost(word, normalise(name), words) }));
  const same = costs.filter(({ cost }) => cost === 0);
  return (same.length > 0 ? same : costs)
    .filter(({ name, cost }) => cost <= Math.max(1, Math.floor(Math.max(word.length, name.length) / 3)))
    .sort((a, b) => a.cost - b.cost || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** A slip or two in a name of some length; `plugin2` for `plugin1`, or for `plugin`, is another one. */
export function isSlipOf(name: string, other: string): boolean {
  const digits = (text: string) => text.replace(/\D/g, "");
  return name.length >= 5 && digits(name) === digits(other) && distance(name, other) <= 2;
}

/** Case and word separators are typing noise: `plugin_entry` is `pluginEntry`. */
const normalise = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, "");

function cost(typed: string, name: string, words: readonly string[]): number {
  if (typed === name) return 0;
  // `class_path` for `class`.
  if (name.length > 3 && words.includes(name)) return Math.min(3, distance(typed, name));
  if (typed.length >= 3 && (name.startsWith(typed) || name.endsWith(typed))) return 1;
  if (isTransposition(typed, name)) return 1;
  if (isAbbreviation(typed, name)) return Math.min(2, distance(typed, name));
  return distance(typed, name);
}

/** `params` for `parameters`: half of the letters at least, in their order, the first one first. */
function isAbbreviation(typed: string, name: string): boolean {
  if (typed.length < 4 || typed.length * 2 < name.length || typed.charAt(0) !== name.charAt(0)) return false;
  let at = -1;
  for (const letter of typed) {
    at = name.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

function isTransposition(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
