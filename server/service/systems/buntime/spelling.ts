// Near misses of known fields. Unknown keys are legal, so a key must be very near to be taken for a slip.

import { distance } from "fastest-levenshtein";
import { keyText } from "../../text/node.js";
import { asMap } from "../read.js";
import type { Manifest } from "../system.js";

/** Whether a field may stand in the manifest under another name: a slip, the name that it once had, or in broken text. */
export function mayBeMeant({ root, parsed }: Manifest, field: string): boolean {
  if (parsed.tree.problems.length > 0) return true;
  const keys = asMap(root)?.pairs.map((pair) => keyText(pair) ?? "") ?? [];
  return keys.some((key) => nearField(key)?.name === field || (field === "base" && key === "mountPath"));
}

/** The field that a key nearly is. Short names need all letters: `title` isn't `ttl`. */
export function nearField(key: string): { readonly name: string; readonly sure: boolean } | undefined {
  if (KNOWN.includes(key) || key.length < 3 || key.length > 40) return undefined;
  const plain = key.toLowerCase().replace(/[-_ ]/g, "");
  const same = KNOWN.find((name) => name.toLowerCase() === plain);
  if (same) return { name: same, sure: true };
  const other = ELSEWHERE[plain];
  if (other) return { name: other, sure: false };
  for (const name of KNOWN) {
    const length = name.length;
    const allowed = length >= 9 ? 2 : length >= 5 ? 1 : 0;
    if (allowed > 0 && Math.abs(length - plain.length) <= allowed && distance(plain, name.toLowerCase()) <= allowed)
      return { name, sure: length >= 9 };
    if (isSwap(plain, name.toLowerCase()) || isDoubled(plain, name.toLowerCase())) return { name, sure: true };
  }
  const plural = KNOWN.find(
    (name) =>
      name.endsWith("s") && plain === name.toLowerCase().replace(/(?:ies|s)$/, (end) => (end === "ies" ? "y" : "")),
  );
  return plural === undefined ? undefined : { name: plural, sure: false };
}

/** What the fields are called elsewhere; the plugin's code may as well mean something of its own by it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  basepath: "base",
  dependson: "dependencies",
};

/** Two letters next to each other exchanged: `naem`. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length || a.length < 4) return false;
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** A letter typed twice: `baase`. */
const isDoubled = (a: string, b: string): boolean =>
  a.length === b.length + 1 && [...a].some((letter, i) => letter === a[i + 1] && a.slice(0, i) + a.slice(i + 1) === b);

/** Fields that hosts and the project's own tools read, those of app manifests included. */
const KNOWN = [
  "name",
  "version",
  "enabled",
  "pluginEntry",
  "base",
  "entrypoint",
  "dependencies",
  "optionalDependencies",
  "publicRoutes",
  "menus",
  "config",
  "injectBase",
  "env",
  "envPrefix",
  "visibility",
  "timeout",
  "ttl",
  "idleTimeout",
  "maxRequests",
  "maxBodySize",
  "autoInstall",
  "lowMemory",
  "cron",
  "deploy",
  "mountPath",
  "fragment",
  "priority",
];
