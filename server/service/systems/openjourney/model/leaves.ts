// The plain values of an object with their field paths, as replacements name them: items of a list by their name where they
// have one.

import type { Value } from "../../../text/reading.js";

export interface Leaf {
  readonly path: string;
  readonly value: Value;
}

export function* leavesOf(value: Value, path = "", depth = 0): Generator<Leaf> {
  if (typeof value !== "object" || value === null) {
    if (path !== "") yield { path, value };
    return;
  }
  if (depth > 20) return;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* leavesOf(item, joined(path, indexOf(item, i)), depth + 1);
    return;
  }
  for (const [key, item] of Object.entries(value)) yield* leavesOf(item, joined(path, keyIn(key)), depth + 1);
}

const joined = (path: string, part: string): string => (path === "" ? part : `${path}.${part}`);
const keyIn = (key: string): string => (/[.[\]]/.test(key) ? `[${key}]` : key);

function indexOf(item: Value, at: number): string {
  const name =
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.entries(item).find(([key]) => key === "name")?.[1]
      : undefined;
  return typeof name === "string" && !/[\]=]/.test(name) ? `[name=${name}]` : String(at);
}
