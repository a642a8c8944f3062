// The names that objects get by prefix, suffix and namespace, and two that become one by it.

import type { Node } from "../../../text/node.js";
import type { Built } from "./built.js";
import { type Id, isClusterScoped, keyOf } from "./identity.js";
import type { PatchEntry } from "./patchEntry.js";
import type { PatchWalk } from "./patchWalk.js";
import { textOf } from "./reading.js";

export function renamed(objects: readonly Built[], root: Node | undefined): readonly Built[] {
  const prefix = textOf(root, "namePrefix") ?? "";
  const suffix = textOf(root, "nameSuffix") ?? "";
  const namespace = textOf(root, "namespace") ?? "";
  if (prefix === "" && suffix === "" && namespace === "") return objects;
  return objects.map((object) => {
    const current = object.ids.at(-1);
    if (!current) return object;
    const keepsName = KEEP_NAME.includes(current.kind);
    // One after another, and whoever builds on it may use any name in between.
    const steps: readonly ((id: Id) => Id)[] = [
      (id) => (namespace === "" || isClusterScoped(id) ? id : { ...id, namespace }),
      (id) => (keepsName || prefix === "" ? id : { ...id, name: `${prefix}${id.name}` }),
      (id) => (keepsName || suffix === "" ? id : { ...id, name: `${id.name}${suffix}` }),
    ];
    const ids = [...object.ids];
    for (const step of steps) {
      const last = ids.at(-1) ?? current;
      const next = step(last);
      if (next !== last) ids.push(next);
    }
    return { ...object, ids, content: undefined };
  });
}

const KEEP_NAME = ["CustomResourceDefinition", "APIService", "Namespace"];

/** An identity that two objects have. */
export function doubled(objects: readonly Built[]): { readonly id: Id } | undefined {
  const [twin] = twinsIn(objects);
  const id = twin?.ids.at(-1);
  return id && { id };
}

export function withoutTwins(objects: readonly Built[]): readonly Built[] {
  const twins = new Set(twinsIn(objects));
  return objects.filter((one) => !twins.has(one));
}

/** Objects that have the identity of one before. */
function twinsIn(objects: readonly Built[]): readonly Built[] {
  const seen = new Set<string>();
  return objects.filter(({ ids, isLost }) => {
    const id = ids.at(-1);
    if (!id || isLost) return false;
    const isTwin = seen.has(keyOf(id));
    seen.add(keyOf(id));
    return isTwin;
  });
}

/** An object that a patch gives the identity of another one. */
export interface Twin {
  readonly entry: PatchEntry;
  readonly id: Id;
}

export function twinOf(objects: readonly Built[], walk: PatchWalk<Built>): Twin | undefined {
  if (walk.renamedBy.size === 0) return undefined;
  const seen = new Map<string, Built>();
  for (const one of objects) {
    const id = walk.idsOf(one).at(-1);
    if (!id || one.isLost || walk.lost.has(one)) continue;
    const other = seen.get(keyOf(id));
    const entry = other && (walk.renamedBy.get(one) ?? walk.renamedBy.get(other));
    if (entry) return { entry, id };
    seen.set(keyOf(id), one);
  }
  return undefined;
}
