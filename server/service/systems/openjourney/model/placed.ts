// The paths of a manifest, each with what stands there.

import type { Node } from "../../../text/node.js";
import { remember } from "../../../text/remember.js";
import type { Manifest } from "../../system.js";
import { worldOf } from "./build.js";
import { kustomizationOf } from "./kustomization.js";
import { type Place, placeOf } from "./place.js";
import { type Accepts, type Reference, referencesOf } from "./references.js";

export interface Placed {
  readonly reference: Reference;
  readonly place: Place;
}

/** Every path of a manifest with what stands there; looked up once. */
export const placesOf = remember((manifest: Manifest): readonly Placed[] => {
  const { root, folder } = kustomizationOf(manifest);
  const from = { folder, ...worldOf(manifest), visited: CAME_FROM.get(manifest) ?? [] };
  const seen: Record<Accepts, Map<string, Place>> = { file: new Map(), resource: new Map(), component: new Map() };
  return referencesOf(root).map((reference) => {
    const { accepts, text } = reference;
    let place = seen[accepts].get(text);
    if (!place) {
      place = placeOf(text, accepts, from);
      seen[accepts].set(text, place);
    }
    return { reference, place };
  });
});

/** Those of one field. */
export const placesIn = (manifest: Manifest, field: string): readonly Placed[] => byField(manifest).get(field) ?? [];

const byField = remember((manifest: Manifest): ReadonlyMap<string, readonly Placed[]> => {
  const fields = new Map<string, Placed[]>();
  for (const one of placesOf(manifest)) {
    const { field } = one.reference;
    const known = fields.get(field);
    if (known) known.push(one);
    else fields.set(field, [one]);
  }
  return fields;
});

/** What stands where the path of one node leads. */
export const placeAt = (manifest: Manifest, node: Node | undefined): Place | undefined =>
  node && byNode(manifest).get(node);

const byNode = remember(
  (manifest: Manifest): ReadonlyMap<Node, Place> =>
    new Map(placesOf(manifest).map(({ reference, place }) => [reference.node, place])),
);

/** Folders that led to a base which is judged for another manifest. */
export const CAME_FROM = new WeakMap<Manifest, readonly string[]>();
