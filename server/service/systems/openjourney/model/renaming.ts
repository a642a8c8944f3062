// What a patch makes of the identity of an object: known where it writes plain texts at its kind, name or namespace.

import type { MapNode } from "../../../text/node.js";
import { type Id, idFrom } from "./identity.js";
import { exact, plain } from "./objects.js";
import { type PatchReading, touchesIdentity } from "./patch.js";
import type { PatchEntry } from "./patchEntry.js";
import { stringOf } from "./reading.js";

/** Whether a patch may change the identity of what it is applied to. */
export const mayRename = ({ renames }: PatchEntry, reading: PatchReading): boolean =>
  reading.is === "operations"
    ? touchesIdentity(reading.list)
    : reading.is === "merge" && (renames.name || renames.kind);

/** The identity behind such a patch; undefined where it can't be told. */
export function identityBehind(id: Id, { field, renames }: PatchEntry, reading: PatchReading): Id | undefined {
  // Behind the names of this kustomization, and the older one is forgotten.
  if (field === "patchesJson6902") return undefined;
  if (reading.is === "operations") return behindOperations(id, reading.list);
  const patch = reading.is === "merge" && reading.objects.length === 1 ? reading.objects[0]?.id : undefined;
  return patch && { ...id, name: renames.name ? patch.name : id.name, kind: renames.kind ? patch.kind : id.kind };
}

function behindOperations(id: Id, list: readonly (MapNode | undefined)[]): Id | undefined {
  let next: Id | undefined = id;
  for (const operation of list) if (next && touchesIdentity([operation])) next = behindOperation(next, operation);
  return next;
}

function behindOperation(id: Id, operation: MapNode | undefined): Id | undefined {
  const op = plain(operation, "op");
  const path = plain(operation, "path");
  if (op === "remove" && path === "/metadata/namespace") return { ...id, namespace: "" };
  const text = op === "add" || op === "replace" ? stringOf(exact(operation, "value")) : undefined;
  if (text === undefined || text === "") return undefined;
  if (path === "/metadata/name") return { ...id, name: text };
  if (path === "/metadata/namespace") return { ...id, namespace: text };
  if (path === "/kind") return { ...id, kind: text };
  return path === "/apiVersion" ? idFrom(text, id.kind, id.name, id.namespace) : undefined;
}
