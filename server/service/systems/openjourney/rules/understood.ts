// Where a value stands, and whether all keys of a map are known: what a map lacks is explained by those that aren't.

import { findChain } from "../../../text/chain.js";
import { keyText, type Node } from "../../../text/node.js";
import { isMergeKey } from "../../../text/reading.js";
import type { Problem } from "../../problem.js";
import type { Manifest, Misfit } from "../../system.js";
import { kustomizationOf } from "../model/kustomization.js";
import { mapOf } from "../model/reading.js";

/** Where in the document, in lower case, with "*" for any item: `patches.*.patch`; undefined for what stands nowhere. */
export function fieldAt({ root }: Manifest, node: Node | undefined): string | undefined {
  const at = node && findChain(root, node.start).find((step) => step.node === node)?.at;
  return at?.map((step) => (typeof step === "number" ? "*" : step.toLowerCase())).join(".");
}

/** Whether every key of a map is one of a definition's fields; else what it lacks is explained by the others. */
export function isUnderstood(manifest: Manifest, node: Node | undefined, definition: string): boolean {
  const known = Object.keys(manifest.schema.definitions?.[definition]?.properties ?? {}).map((one) =>
    one.toLowerCase(),
  );
  // A plugin is its own object.
  if (kustomizationOf(manifest).plugin) known.push("apiversion", "kind", "metadata");
  return (mapOf(node)?.pairs ?? []).every(
    (pair) => known.includes(keyText(pair)?.toLowerCase() ?? "") || isMergeKey(pair),
  );
}

/** Tells what a map of one of these definitions lacks only while all that it has is known. */
export const whenUnderstood =
  (...definitions: readonly string[]) =>
  (manifest: Manifest, { place, problem }: Misfit): Problem | undefined =>
    definitions.some((one) => isUnderstood(manifest, place.node, one)) ? problem : undefined;
