// What prefixes and suffixes have put around the first name of an object in its later ones.

import type { Id } from "./identity.js";

/** Undefined where the text is none of its names, or a patch gave it another one before. */
export function affixesIn(ids: readonly Id[], text: string): readonly [before: string, after: string] | undefined {
  let [before, after] = ["", ""];
  for (const [at, { name }] of ids.entries()) {
    const last = ids[at - 1]?.name ?? name;
    if (name.endsWith(last)) before = name.slice(0, name.length - last.length) + before;
    else if (name.startsWith(last)) after += name.slice(last.length);
    else return undefined;
    if (name === text) return [before, after];
  }
  return undefined;
}

/** All that it is called by, once its first name is another one. */
export function renamedIds(ids: readonly Id[], to: string): readonly Id[] {
  return ids.map((id, at) => {
    const around = affixesIn(ids.slice(0, at + 1), id.name);
    return around ? { ...id, name: `${around[0]}${to}${around[1]}` } : id;
  });
}
