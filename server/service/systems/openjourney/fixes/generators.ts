// Fixes of ConfigMap and Secret generators: keys that a cluster takes, what there is to add to, and how.

import type { MapNode, Node } from "../../../text/node.js";
import { addField } from "../../addition.js";
import { changeTo, changeToAny } from "../../changes.js";
import type { Fix, Problem } from "../../problem.js";
import type { Manifest, Misfit } from "../../system.js";
import { buildOf } from "../model/build.js";
import type { Id } from "../model/identity.js";
import { mapsOf, pairOf, stringOf, textOf } from "../model/reading.js";
import { namesFor } from "./aims.js";

/** The same source under another key. */
export function withKey(manifest: Manifest, node: Node, key: string, meant: string): Fix[] {
  const text = stringOf(node) ?? "";
  return meant !== "" && text.startsWith(`${key}=`)
    ? changeTo(manifest, node, `${meant}${text.slice(key.length)}`)
    : [];
}

/** Names of the objects that the generator could add to. */
export function otherNames(manifest: Manifest, item: MapNode, { kind, name }: Id): Fix[] {
  const ids = buildOf(manifest).gathered.flatMap(({ ids }) => ids.slice(-1));
  const names = ids.flatMap((id) => (id.kind === kind ? [id.name] : []));
  return changeToAny(manifest, pairOf(item, "name")?.value, namesFor(name, names));
}

export function withBehavior(manifest: Manifest, item: MapNode, word: string): Fix[] {
  const behavior = pairOf(item, "behavior");
  return behavior ? changeTo(manifest, behavior.value, word) : addField(manifest, item, "behavior", word);
}

/** Where nothing is there to add to, an unknown word can only have meant `create`. */
export function onlyCreating(manifest: Manifest, { problem, place: { pair } }: Misfit): Problem {
  const holds = (item: MapNode) => pair !== undefined && item.pairs.includes(pair);
  const item = ["configMapGenerator", "secretGenerator"].flatMap((name) => mapsOf(manifest.root, name)).find(holds);
  const name = textOf(item, "name") ?? "";
  const isThere = buildOf(manifest).gathered.some(
    ({ ids, origin }) => origin.path !== manifest.parsed.path && ids.some((id) => id.name === name),
  );
  return isThere
    ? problem
    : { ...problem, fixes: problem.fixes?.filter(({ title }) => title.includes("create")) ?? [] };
}
