// The paths of a manifest, each with what stands there.

import { lookUp } from "../../../text/grouped.js";
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
export const placesIn = (manifest: Manifest, field: string): readonly Placed[] => ofField(placesOf(manifest), field);

const ofField = lookUp(({ reference }: Placed) => [reference.field]);

/** What stands where the path of one node leads. */
export const placeAt = (manifest: Manifest, node: Node | undefined): Place | undefined =>
  node && byNode(manifest).get(node);

const byNode = remember(
  (manifest: Manifest): ReadonlyMap<Node, Place> =>
    new Map(placesOf(manifest).map(({ reference, place }) => [reference.node, place])),
);

/** Folders that led to a base which is judged for another manifest. */
export const CAME_FROM = new WeakMap<Manifest, readonly string[]>();
