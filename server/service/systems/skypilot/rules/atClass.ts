// Where rules about the Python class of an item point: at its path in the manifest, and at the class itself.

import type { Related } from "../../problem.js";
import { placeOf } from "../../read.js";
import type { Manifest } from "../../system.js";
import { type ListedClass, listedClasses } from "../python/classes.js";

export function each(manifest: Manifest, visit: (one: ListedClass) => void): void {
  for (const one of listedClasses(manifest)) visit(one);
}

export const at = ({ item }: ListedClass) => (item.classPair ? placeOf(item.classPair) : item.node);

export function seeClass({ meaning }: ListedClass): readonly Related[] {
  if (meaning?.kind !== "class") return [];
  const { class: found, module } = meaning;
  return [{ message: `${found.name} is defined here`, path: module.path, span: [found.start, found.start] }];
}
