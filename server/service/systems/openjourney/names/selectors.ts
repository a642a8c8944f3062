// The fields that pick objects by name, wherever they stand: in a kustomization, in a file of replacements, or in a transformer.

import { grouped } from "../../../text/grouped.js";
import type { MapNode, Node } from "../../../text/node.js";
import type { Mention } from "../../mention.js";
import type { NamedText } from "../../named.js";
import type { Manifest } from "../../system.js";
import { selectedIn } from "../model/around.js";
import type { Built } from "../model/built.js";
import { idFrom, keyOf } from "../model/identity.js";
import type { Build } from "../model/outcome.js";
import { fieldOf, itemsIn, mapOf, mapsOf, pairOf, scalarOf, textOf } from "../model/reading.js";
import { objectMention } from "./objectMention.js";

/** A map of fields as a kustomization has them, and the objects that it works on. */
export interface View {
  readonly from: Manifest;
  readonly root: Node | undefined;
  readonly build: Build;
  /** Where a node of the root stands in the file that is asked about. */
  textAt(node: Node): NamedText | undefined;
}

const MOST_HITS = 20;
const MAX_LOOKS = 1_000_000;

export function selectorMentions(view: View): readonly Mention[] {
  const { root, build } = view;
  const found: Mention[] = [];
  let looks = 0;
  for (const field of ["patches", "patchesJson6902"])
    for (const item of mapsOf(root, field)) select(fieldOf(item, "target"), "expressions");
  for (const item of mapsOf(root, "replacements")) {
    select(fieldOf(item, "source"), "exact");
    for (const target of mapsOf(item, "targets")) {
      select(fieldOf(target, "select"), "exact");
      for (const one of itemsIn(fieldOf(target, "reject")) ?? []) select(one, "exact");
    }
  }
  for (const item of mapsOf(root, "vars")) select(fieldOf(item, "objref"), "exact");
  for (const item of mapsOf(root, "replicas")) {
    const name = pairOf(item, "name")?.value;
    if (name) put(name, scaled(build).get(textOf(item, "name") ?? "") ?? []);
  }
  return found;

  function select(node: Node | undefined, how: "expressions" | "exact"): void {
    const map: MapNode | undefined = mapOf(node);
    const name = pairOf(map, "name");
    const place = name ?? pairOf(map, "kind");
    // What has no name is compared with every object.
    if (!name) looks += build.gathered.length;
    if (map && place?.value && looks < MAX_LOOKS) put(place.value, selectedIn(build, map, how));
  }

  function put(node: Node, hits: readonly Built[]): void {
    found.push(...mentionsAt(view, node, hits.slice(0, MOST_HITS)));
  }
}

export function mentionsAt(view: View, node: Node, objects: readonly Built[]): Mention[] {
  const at = view.textAt(node);
  const text = scalarOf(node)?.text ?? "";
  return at ? objects.map((object) => objectMention(view.from, object, at, text)) : [];
}

/** By each name that they have had. */
const scaled = ({ final }: Build): ReadonlyMap<string, readonly Built[]> =>
  grouped(final, ({ ids }) => new Set(ids.flatMap(({ kind, name }) => (SCALED.includes(kind) ? [name] : []))));

const SCALED = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"];

/** A generator defines its object, or adds to one that is there. */
export function generatorMentions(view: View, path: string): readonly Mention[] {
  const byKey = new Map<string, Built>();
  for (const one of view.build.gathered) for (const id of one.ids) byKey.set(keyOf(id), one);
  return GENERATED.flatMap(([field, kind]) =>
    mapsOf(view.root, field).flatMap((item): readonly Mention[] => {
      const name = pairOf(item, "name")?.value;
      const id = idFrom("v1", kind, textOf(item, "name") ?? "", textOf(item, "namespace") ?? "");
      const at = name && view.textAt(name);
      if (!name || !at || id.name === "") return [];
      const known = byKey.get(keyOf(id));
      if (known && known.origin.path !== path) return mentionsAt(view, name, [known]);
      const own = { ids: known?.ids ?? [id], origin: { path, span: [name.start, name.end] as const } };
      return [objectMention(view.from, own, at, id.name, "definition")];
    }),
  );
}

const GENERATED = [
  ["configMapGenerator", "ConfigMap"],
  ["secretGenerator", "Secret"],
] as const;
