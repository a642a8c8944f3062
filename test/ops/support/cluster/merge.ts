// How a patch changes an object: JSON merge, and strategic merge as far as applied manifests need it, where lists of named things
// are merged by their names.
import { isRecord, type KubeObject } from "./objects.js";

const keys = ["name", "mountPath", "containerPort", "port", "ip", "key"];

export function patched(object: KubeObject, patch: unknown, strategic: boolean): KubeObject {
  const result = merged(object, patch, strategic);
  if (!isObject(result)) throw new Error("the patch makes no object");
  return result;
}

function merged(value: unknown, patch: unknown, strategic: boolean): unknown {
  if (Array.isArray(patch))
    return strategic && Array.isArray(value) ? mergedList(value, patch) : withoutDirectives(patch);
  if (!isRecord(patch)) return patch;
  if (patch.$patch === "replace") return withoutDirectives(patch);
  const result: Record<string, unknown> = isRecord(value) ? { ...value } : {};
  for (const [key, inner] of Object.entries(patch)) {
    if (key.startsWith("$")) continue;
    if (inner === null) delete result[key];
    else result[key] = merged(result[key], inner, strategic);
  }
  return result;
}

function mergedList(list: readonly unknown[], patch: readonly unknown[]): unknown {
  const key = keys.find((name) => patch.every((item) => isRecord(item) && name in item));
  if (key === undefined) return withoutDirectives(patch);
  const result = [...list];
  for (const item of patch) {
    if (!isRecord(item)) continue;
    const at = result.findIndex((one) => isRecord(one) && one[key] === item[key]);
    if (item.$patch === "delete") {
      if (at >= 0) result.splice(at, 1);
    } else if (at < 0) result.push(withoutDirectives(item));
    else result[at] = merged(result[at], item, true);
  }
  return result;
}

function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value))
    return value.filter((item) => !(isRecord(item) && item.$patch === "delete")).map(withoutDirectives);
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([key, inner]) => !key.startsWith("$") && inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutDirectives(inner)]));
}

export function isObject(value: unknown): value is KubeObject {
  return (
    isRecord(value) &&
    typeof value.kind === "string" &&
    isRecord(value.metadata) &&
    typeof value.metadata.name === "string"
  );
}
