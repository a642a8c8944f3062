// Names of objects that fields other than selectors take: replicas, namespaces, and generators that add to what is there.

import type { Choice, Kind } from "../../../kinds/kind.js";
import { mapAround } from "../model/around.js";
import { buildOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { isClusterScoped, showId } from "../model/identity.js";
import { mapsOf, textOf } from "../model/reading.js";
import { counted, listOfObjects } from "./show.js";

const SCALED = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"];

export const replicaName: Kind = {
  complete({ manifest, text }) {
    const taken = new Set(mapsOf(manifest.root, "replicas").map((item) => textOf(item, "name")));
    return choicesOf(buildOf(manifest).gathered, SCALED).filter(({ value }) => value === text || !taken.has(value));
  },
  hover({ manifest, text }) {
    const objects = buildOf(manifest).final.filter(({ ids }) =>
      ids.some(({ kind, name }) => name === text && SCALED.includes(kind)),
    );
    return objects.length === 0 ? undefined : `Sets the replicas of:\n\n${listOfObjects(objects)}`;
  },
};

export const namespaceName: Kind = {
  complete({ manifest }) {
    const found = new Map<string, number>();
    for (const { ids } of buildOf(manifest).gathered) {
      const id = ids.at(-1);
      const name = id?.kind === "Namespace" ? id.name : id?.namespace;
      if (name) found.set(name, (found.get(name) ?? 0) + 1);
    }
    return [...found].map(([value, count]) => ({ value, kind: "reference", detail: counted(count, "object") }));
  },
  hover({ manifest, at }) {
    if (at.length > 1) return undefined;
    const final = buildOf(manifest).final.filter(({ ids }) => !ids.some(isClusterScoped));
    return final.length === 0
      ? undefined
      : `Applies to ${counted(final.length, "object")} known here, cluster-wide ones left out.`;
  },
};

/** A generator's name; with `behavior: merge` or `replace` one of those that exist already. */
export const generatorName: Kind = {
  complete({ manifest, at }) {
    const behavior = textOf(mapAround(manifest, at), "behavior");
    if (behavior !== "merge" && behavior !== "replace") return [];
    return choicesOf(others(buildOf(manifest).gathered, manifest.parsed.path), [kindAt(at)]);
  },
  hover({ manifest, at, text }) {
    const behavior = textOf(mapAround(manifest, at), "behavior");
    if (behavior !== "merge" && behavior !== "replace") return undefined;
    const base = others(buildOf(manifest).gathered, manifest.parsed.path).find(({ ids }) =>
      ids.some(({ kind, name }) => kind === kindAt(at) && name === text),
    );
    const id = base?.ids.at(-1);
    return id && `${behavior === "merge" ? "Adds to" : "Replaces"} ${showId(id)}.`;
  },
};

const kindAt = (at: readonly (string | number)[]): string =>
  String(at[0]).toLowerCase() === "secretgenerator" ? "Secret" : "ConfigMap";

const others = (objects: readonly Built[], path: string | undefined): readonly Built[] =>
  objects.filter(({ origin }) => origin.path !== path);

function choicesOf(objects: readonly Built[], kinds: readonly string[]): readonly Choice[] {
  const found = new Map<string, Choice>();
  for (const { ids } of objects) {
    const id = ids.at(-1);
    if (id && kinds.includes(id.kind)) found.set(id.name, { value: id.name, kind: "reference", detail: id.kind });
  }
  return [...found.values()].sort((a, b) => a.value.localeCompare(b.value));
}
