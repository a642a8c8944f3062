// The replacements of a kustomization, those in files of their own included.

import type { MapNode } from "../../../text/node.js";
import { remember } from "../../../text/remember.js";
import type { Manifest } from "../../system.js";
import { parsedFile } from "../model/kustomization.js";
import { placeAt } from "../model/placed.js";
import { itemsIn, mapOf, mapsOf, pairOf, spotOf } from "../model/reading.js";

export interface Item {
  readonly node: MapNode;
  /** For replacements in another file: the entry of this one. */
  readonly from: { readonly start: number; readonly end: number } | undefined;
}

export const replacementsOf = remember((manifest: Manifest): readonly Item[] =>
  mapsOf(manifest.root, "replacements").flatMap((item): Item[] => {
    const path = pairOf(item, "path");
    if (!path) return [{ node: item, from: undefined }];
    const place = placeAt(manifest, path.value);
    const root =
      place?.is === "file" ? parsedFile(place.path, manifest.workspace.files)?.tree.documents[0]?.root : undefined;
    const nodes = mapOf(root) ? [root] : (itemsIn(root) ?? []);
    return nodes.flatMap((node) => {
      const map = mapOf(node);
      return map ? [{ node: map, from: spotOf(path) }] : [];
    });
  }),
);
