// The paths of a manifest, each with what stands there.

import type { Node } from "../../../text/node.js";
import { remember } from "../../../text/remember.js";
import type { Manifest } from "../../system.js";
import { worldOf } from "./build.js";
import { kustomizationOf } from "./kustomization.js";
import { type Place, placeOf } from "./place.js";
import { type Reference, referencesOf } from "./references.js";

export interface Placed {
  readonly reference: Reference;
  readonly place: Place;
}

/** Every path of a manifest with what stands there; looked up once. */
export const placesOf = remember((manifest: Manifest): readonly Placed[] => {
  const { root, folder } = kustomizationOf(manifest);
  const from = { folder, ...worldOf(manifest), visited: CAME_FROM.get(manifest) ?? [] };
  const seen = new Map<string, Place>();
  return referencesOf(root).map((reference) => {
    const key = `${reference.accepts} ${reference.text}`;
    const place = seen.get(key) ?? placeOf(reference.text, reference.accepts, from);
    seen.set(key, place);
    return { reference, place };
  });
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
