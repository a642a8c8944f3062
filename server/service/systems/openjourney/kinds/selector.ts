// group, version, kind, name and namespace of a selector: the values of the objects that its other keys leave, and what
// the whole selector picks now.

import type { Choice, Kind, Use } from "../../../kinds/kind.js";
import { apiVersionOf, mapAround, selected, selectionAt } from "../model/around.js";
import type { Built } from "../model/built.js";
import { type Id, isClusterScoped } from "../model/identity.js";
import { counted, listOfObjects } from "./show.js";

export const selectorPart: Kind = {
  complete(use) {
    const { manifest, at } = use;
    const selection = selectionAt(at);
    const key = String(at.at(-1)).toLowerCase();
    const read = PARTS[key];
    if (!selection || !read) return [];
    return choices(selected(manifest, mapAround(manifest, at), selection, key), key, read);
  },
  hover({ manifest, at }: Use) {
    const selection = selectionAt(at);
    const map = mapAround(manifest, at);
    if (!selection || !map || !PARTS[String(at.at(-1)).toLowerCase()]) return undefined;
    const objects = selected(manifest, map, selection);
    return objects.length === 0
      ? "Selects none of the objects known here."
      : `Selects now ${counted(objects.length, "object")}:\n\n${listOfObjects(objects)}`;
  },
};

const PARTS: Readonly<Record<string, (id: Id) => string>> = {
  group: ({ group }) => group,
  version: ({ version }) => version,
  kind: ({ kind }) => kind,
  name: ({ name }) => name,
  namespace: (id) => (isClusterScoped(id) ? "" : id.namespace || "default"),
  apiversion: apiVersionOf,
};

const MOST = 500;

function choices(objects: readonly Built[], key: string, read: (id: Id) => string): readonly Choice[] {
  const found = new Map<string, Set<string>>();
  for (const { ids } of objects) {
    const id = ids.at(-1);
    const value = id && read(id);
    if (!id || !value || (found.size >= MOST && !found.has(value))) continue;
    const about = found.get(value) ?? new Set();
    about.add(key === "name" ? id.kind : id.name);
    found.set(value, about);
  }
  return [...found]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([value, about]) => ({ value, kind: "reference", detail: detailOf([...about], key) }));
}

function detailOf(about: readonly string[], key: string): string {
  if (key === "name" || about.length < 3) return about.join(", ");
  return counted(about.length, "object");
}
