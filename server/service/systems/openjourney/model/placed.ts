// The paths of a manifest, each with what stands there.

import { append } from "../../../text/grouped.js";
import type { Node } from "../../../text/node.js";
import { remember } from "../../../text/remember.js";
import type { Manifest } from "../../system.js";
import { worldOf } from "./build.js";
import { kustomizationOf } from "./kustomization.js";
import { type Place, placeOf, type RefusedPlace } from "./place.js";
import { type Accepts, type Reference, referencesOf } from "./references.js";

export interface Placed {
  readonly reference: Reference;
  readonly place: Place;
}

interface Places {
  readonly all: readonly Placed[];
  /** Those that aren't remote. */
  readonly local: readonly Placed[];
  readonly byField: ReadonlyMap<string, readonly Placed[]>;
  readonly refused: readonly Refused[];
}

export interface Refused extends Placed {
  readonly place: RefusedPlace;
}

/** Each is looked up once; of thousands most are remote or sound, and rules want those of a field or the refused alone. */
const placed = remember((manifest: Manifest): Places => {
  const { root, folder } = kustomizationOf(manifest);
  const from = { folder, ...worldOf(manifest), visited: CAME_FROM.get(manifest) ?? [] };
  const seen: Record<Accepts, Map<string, Place>> = { file: new Map(), resource: new Map(), component: new Map() };
  const byField = new Map<string, Placed[]>();
  const local: Placed[] = [];
  const refused: Refused[] = [];
  const all = referencesOf(root).map((reference): Placed => {
    const { accepts, text, field } = reference;
    const place = seen[accepts].get(text) ?? placeOf(text, accepts, from);
    const one = { reference, place };
    append(byField, field, one);
    if (place.is === "remote") return one;
    seen[accepts].set(text, place);
    local.push(one);
    if (place.is === "refused") refused.push({ reference, place });
    return one;
  });
  return { all, local, byField, refused };
});

/** Every path of a manifest with what stands there. */
export const placesOf = (manifest: Manifest): readonly Placed[] => placed(manifest).all;

/** Those that lead to something on this disk, or to nothing. */
export const localPlaces = (manifest: Manifest): readonly Placed[] => placed(manifest).local;

/** Those of one field. */
export const placesIn = (manifest: Manifest, field: string): readonly Placed[] =>
  placed(manifest).byField.get(field) ?? [];

/** Those that kustomize refuses. */
export const refusedIn = (manifest: Manifest): readonly Refused[] => placed(manifest).refused;

/** What stands where the path of one node leads. */
export const placeAt = (manifest: Manifest, node: Node | undefined): Place | undefined =>
  node && byNode(manifest).get(node);

const byNode = remember(
  (manifest: Manifest): ReadonlyMap<Node, Place> =>
    new Map(placesOf(manifest).map(({ reference, place }) => [reference.node, place])),
);

/** Folders that led to a base which is judged for another manifest. */
export const CAME_FROM = new WeakMap<Manifest, readonly string[]>();
