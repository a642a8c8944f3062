// Label and annotation selectors of patch targets: the labels of the objects that the other keys leave.

import type { Choice, Kind } from "../../../kinds/kind.js";
import { mapAround, selected, selectionAt } from "../model/around.js";
import type { Built } from "../model/built.js";
import { showId } from "../model/identity.js";
import { isLabelKey, isLabelValue, matchesLabels, readSelector } from "../model/labelSelector.js";
import { counted } from "./show.js";

type Pairs = (object: Built) => Readonly<Record<string, string>> | undefined;

const READ: Readonly<Record<string, Pairs>> = {
  labelselector: ({ labels }) => labels,
  annotationselector: ({ annotations }) => annotations,
};

export const labelSelector: Kind = {
  complete({ manifest, at, text }) {
    const key = String(at.at(-1)).toLowerCase();
    const read = READ[key];
    if (!read || selectionAt(at) !== "expressions") return [];
    const left = choices(selected(manifest, mapAround(manifest, at), "expressions", key), read, text);
    // Where the other keys leave nothing with labels, those of all objects still tell more than made-up ones.
    return left.length > 0 ? left : choices(selected(manifest, undefined, "expressions"), read, text);
  },
};

const MOST = 500;

/** `key=value` of the objects that the requirements before the last comma take, those on most objects first. */
function choices(objects: readonly Built[], read: Pairs, text: string): readonly Choice[] {
  const before = text.slice(0, text.lastIndexOf(",") + 1);
  const written = readSelector(before.slice(0, -1));
  const taken = new Set(written.is === "requirements" ? written.list.map(({ key }) => key) : []);
  const found = new Map<string, Built[]>();
  for (const object of objects) {
    const pairs = read(object);
    if (!pairs || matchesLabels(before.slice(0, -1), pairs) !== true) continue;
    for (const [key, value] of Object.entries(pairs)) {
      if (taken.has(key) || !isLabelKey(key) || !isLabelValue(value)) continue;
      const pair = `${key}=${value}`;
      const about = found.get(pair);
      if (about) about.push(object);
      else found.set(pair, [object]);
    }
  }
  return [...found]
    .sort(([a, one], [b, other]) => other.length - one.length || a.localeCompare(b))
    .slice(0, MOST)
    .map(([pair, about]) => ({ value: `${before}${pair}`, kind: "reference", detail: detailOf(about) }));
}

function detailOf(objects: readonly Built[]): string {
  if (objects.length > 2) return counted(objects.length, "object");
  return objects.flatMap(({ ids }) => ids.slice(-1).map(showId)).join(", ");
}
