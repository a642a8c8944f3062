// One JSON patch operation on a plain value, with kustomize's rules. Where those leave doubt the answer is "unknown".

import type { Value } from "../../../text/reading.js";

export type Applied =
  | { readonly is: "changed"; readonly content: Value }
  | { readonly is: "fails"; readonly why: string }
  | { readonly is: "unknown" };

type Fields = { readonly [key: string]: Value };
const isFields = (value: Value | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export function applyOperation(content: Value, operation: Value): Applied {
  if (!isFields(operation)) return { is: "unknown" };
  const { op, path, value } = operation;
  if (typeof op !== "string" || typeof path !== "string" || !path.startsWith("/")) return { is: "unknown" };
  const parts = path
    .slice(1)
    .split("/")
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"));
  if (op === "add" || op === "remove" || op === "replace" || op === "test")
    return change(content, parts, 0, op, value ?? null, path);
  return { is: "unknown" };
}

function change(target: Value, parts: readonly string[], at: number, op: string, value: Value, path: string): Applied {
  const part = parts[at] ?? "";
  const last = at === parts.length - 1;
  if (isFields(target)) {
    const child: Value | undefined = Object.hasOwn(target, part) ? target[part] : undefined;
    if (last) return changeField(target, part, op, value, path);
    if (part === "annotations" && at === 1 && parts[0] === "metadata" && child === undefined)
      return op === "add" ? { is: "unknown" } : { is: "fails", why: `"${path}" is absent` };
    if (child === undefined || child === null) return { is: "fails", why: `the parent of "${path}" is absent` };
    const done = change(child, parts, at + 1, op, value, path);
    return done.is === "changed" ? { is: "changed", content: { ...target, [part]: done.content } } : done;
  }
  if (!isList(target) || (last && op === "test")) return { is: "unknown" };
  if (last && part === "-" && op === "add") return { is: "changed", content: [...target, value] };
  if (!/^\d+$/.test(part)) return { is: "unknown" };
  const index = Number(part);
  const child = target[index];
  if (last) return changeItem(target, index, op, value, path);
  if (child === undefined) return { is: "fails", why: `the parent of "${path}" is absent` };
  const done = change(child, parts, at + 1, op, value, path);
  return done.is === "changed" ? { is: "changed", content: target.with(index, done.content) } : done;
}

function changeField(target: Fields, part: string, op: string, value: Value, path: string): Applied {
  const has = Object.hasOwn(target, part);
  if (op === "test") {
    const found: Value | undefined = has ? target[part] : undefined;
    const isPlain = ["string", "boolean"].includes(typeof found) && typeof found === typeof value;
    if (!isPlain) return { is: "unknown" };
    return found === value
      ? { is: "changed", content: target }
      : { is: "fails", why: `the test of "${path}" doesn't hold` };
  }
  if (op === "add") return { is: "changed", content: { ...target, [part]: value } };
  // Replacing an absent key of a map adds it; only removing fails.
  if (op === "replace") return { is: "changed", content: { ...target, [part]: value } };
  if (!has) return path === "/metadata/annotations" ? { is: "unknown" } : { is: "fails", why: `"${path}" is absent` };
  const { [part]: _gone, ...rest } = target;
  return { is: "changed", content: rest };
}

function changeItem(target: readonly Value[], index: number, op: string, value: Value, path: string): Applied {
  if (op === "add")
    return index > target.length
      ? { is: "fails", why: `the index of "${path}" is out of range` }
      : { is: "changed", content: target.toSpliced(index, 0, value) };
  if (index >= target.length) return { is: "fails", why: `"${path}" is absent` };
  return { is: "changed", content: op === "remove" ? target.toSpliced(index, 1) : target.with(index, value) };
}
