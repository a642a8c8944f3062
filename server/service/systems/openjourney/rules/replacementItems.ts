// The replacements of a kustomization, those in files of their own included.

import { firstDocumentProblems } from "../../../text/hostProblems.js";
import { type MapNode, type Node, type Span, spanOf } from "../../../text/node.js";
import { remember } from "../../../text/remember.js";
import type { Manifest } from "../../system.js";
import { parsedFile } from "../model/kustomization.js";
import { placeAt } from "../model/placed.js";
import { REPLACEMENT } from "../model/plugins.js";
import { isNull, itemsIn, mapOf, mapsOf, pairOf, spotOf } from "../model/reading.js";
import type { Reference } from "../model/references.js";
import { type Wrong, wrongIn } from "../model/shapes.js";
import { filesOf } from "./files.js";

export interface Item {
  readonly node: MapNode;
  /** For replacements in another file: the entry of this one. */
  readonly from: { readonly start: number; readonly end: number } | undefined;
}

/** A file of replacements that kustomize can't decode. */
export interface BrokenFile {
  readonly reference: Reference;
  readonly path: string;
  readonly why: string;
  readonly span: Span;
}

export function brokenReplacements(manifest: Manifest): readonly BrokenFile[] {
  return filesOf(manifest, "replacements.path").flatMap(({ reference, path, root, broken }): BrokenFile[] => {
    if (broken) return [{ reference, path, why: broken.message, span: broken.span }];
    const wrong = wrongFile(root);
    return wrong ? [{ reference, path, ...wrong }] : [];
  });
}

function wrongFile(root: Node | undefined): Wrong | undefined {
  if (!root || isNull(root)) return { why: "it holds no replacement", span: [0, 0] };
  if (itemsIn(root)) return wrongIn(root, [REPLACEMENT], IGNORING);
  return mapOf(root) ? wrongIn(root, REPLACEMENT, IGNORING) : { why: "it holds no replacement", span: spanOf(root) };
}

const IGNORING = { unknown: "ignored" } as const;

export const replacementsOf = remember((manifest: Manifest): readonly Item[] =>
  mapsOf(manifest.root, "replacements").flatMap((item): Item[] => {
    const path = pairOf(item, "path");
    if (!path) return [{ node: item, from: undefined }];
    const place = placeAt(manifest, path.value);
    const parsed = place?.is === "file" ? parsedFile(place.path, manifest.workspace.files) : undefined;
    const isBroken = parsed && firstDocumentProblems(parsed.tree).length > 0;
    const root = isBroken ? undefined : parsed?.tree.documents[0]?.root;
    const nodes = mapOf(root) ? [root] : (itemsIn(root) ?? []);
    return nodes.flatMap((node) => {
      const map = mapOf(node);
      return map ? [{ node: map, from: spotOf(path) }] : [];
    });
  }),
);
