// One JSON patch operation on a plain value, with kustomize's rules. Where those leave doubt the answer is "unknown".

import type { Value } from "../../../text/reading.js";

export type Applied =
  | { readonly is: "changed"; readonly content: Value }
  | { readonly is: "fails"; readonly why: string }
  | { readonly is: "unknown" };

export type Fields = { readonly [key: string]: Value };
export const isFields = (value: Value | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** A place of which nothing is known. */
export const BLUR: Value = Object.freeze({ "": "unknown" });

const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

const UNKNOWN: Applied = { is: "unknown" };
const fails = (why: string): Applied => ({ is: "fails", why });
const changed = (content: Value): Applied => ({ is: "changed", content });

export function applyOperation(content: Value, operation: Value): Applied {
  if (!isFields(operation)) return UNKNOWN;
  const { op, path, from } = operation;
  if (typeof op !== "string" || typeof path !== "string") return UNKNOWN;
  if (path === "") return onRoot(op, operation);
  const value = operation.value ?? null;
  if (op === "test") return test(content, path, operation);
  if (op === "add" || op === "replace" || op === "remove") return change(content, partsOf(path), op, value, path);
  if ((op !== "move" && op !== "copy") || typeof from !== "string") return UNKNOWN;
  return carry(content, op, from, path);
}

/** The words of a pointer; what stands before the first "/" is dropped. */
const partsOf = (path: string): readonly string[] =>
  path
    .split("/")
    .slice(1)
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"));

/** The object as a whole can be replaced by another one, and nothing else. */
function onRoot(op: string, { value = null }: Fields): Applied {
  if (op === "replace" && isFields(value)) return changed(withAnnotations(value));
  // A plain value passes, and what is left then nobody can tell.
  if (op === "replace" && value !== null && !isList(value)) return UNKNOWN;
  if (op === "replace") return fails("the object can't be replaced by something that is no map");
  return ["add", "remove", "test", "move", "copy"].includes(op)
    ? fails(`an empty path stands for the whole object, and "${op}" can't work on that`)
    : UNKNOWN;
}

function carry(content: Value, op: "move" | "copy", from: string, path: string): Applied {
  const parts = partsOf(from);
  const found = lookUp(content, parts);
  if (found.is === "missing" || (found.is === "absent" && (op === "move" || found.inList)))
    return fails(`"${from}" is absent`);
  if (found.is === "unknown") return UNKNOWN;
  const value = found.is === "value" ? found.value : null;
  const rest = op === "move" ? change(content, parts, "remove", null, from) : changed(content);
  return rest.is === "changed" ? change(rest.content, partsOf(path), "add", value, path) : rest;
}

function test(content: Value, path: string, operation: Fields): Applied {
  const found = lookUp(content, partsOf(path));
  const wrong = fails(`the test of "${path}" doesn't hold`);
  if (found.is === "unknown") return UNKNOWN;
  if (found.is === "missing") return fails(`the parent of "${path}" is absent`);
  const { value } = operation;
  if (found.is === "absent") return value === null && !found.inList ? changed(content) : wrong;
  if (value === undefined || isOwn(path)) return wrong;
  const same = isSame(found.value, value);
  return same === undefined ? UNKNOWN : same ? changed(content) : wrong;
}

/** Kustomize keeps annotations of its own in the object, so nobody's text is equal to these. */
const isOwn = (path: string): boolean => /^\/metadata(\/annotations)?$/.test(path);

function isSame(one: Value, other: Value): boolean | undefined {
  if (one === BLUR) return undefined;
  if (isList(one) && isList(other))
    return one.length === other.length && allSame(one.map((item, at) => isSame(item, other[at] ?? null)));
  if (isFields(one) && isFields(other)) {
    const names = Object.keys(one);
    const alike = names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name));
    return alike && allSame(names.map((name) => isSame(one[name] ?? null, other[name] ?? null)));
  }
  const isVast = [one, other].some((value) => typeof value === "number" && !Number.isSafeInteger(value));
  return isVast ? undefined : one === other;
}

const allSame = (parts: readonly (boolean | undefined)[]): boolean | undefined =>
  parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;

type Found =
  | { readonly is: "value"; readonly value: Value }
  /** Its parent is there. */
  | { readonly is: "absent"; readonly inList: boolean }
  | { readonly is: "missing" }
  | { readonly is: "unknown" };

function lookUp(content: Value, parts: readonly string[]): Found {
  let value = content;
  for (const [at, part] of parts.entries()) {
    const isLast = at === parts.length - 1;
    if (value === BLUR) return { is: "unknown" };
    const child = childOf(value, part);
    if (child === undefined) {
      if (!isFields(value) && !isList(value)) return { is: "missing" };
      return isLast ? { is: "absent", inList: isList(value) } : { is: "missing" };
    }
    value = child;
  }
  if (value === BLUR) return { is: "unknown" };
  return parts.length === 0 ? { is: "missing" } : { is: "value", value };
}

function childOf(value: Value, part: string): Value | undefined {
  if (isFields(value)) return Object.hasOwn(value, part) ? value[part] : undefined;
  if (!isList(value) || !/^-?\d+$/.test(part)) return undefined;
  return value.at(Number(part));
}

function change(target: Value, parts: readonly string[], op: string, value: Value, path: string): Applied {
  // Whatever it does there, the place stays as unknown as it was.
  if (target === BLUR) return changed(target);
  const [part, ...rest] = parts;
  if (part === undefined || (!isFields(target) && !isList(target))) return fails(`the parent of "${path}" is absent`);
  if (rest.length === 0)
    return isFields(target) ? changeField(target, part, op, value, path) : changeItem(target, part, op, value, path);
  const child = childOf(target, part);
  if (child === undefined || child === null) return fails(`the parent of "${path}" is absent`);
  const done = change(child, rest, op, value, path);
  if (done.is !== "changed") return done;
  return isFields(target)
    ? changed({ ...target, [part]: done.content })
    : isList(target)
      ? changed(target.with(Number(part), done.content))
      : UNKNOWN;
}

function changeField(target: Fields, part: string, op: string, value: Value, path: string): Applied {
  // Replacing an absent key of a map adds it; only removing fails.
  if (op !== "remove") return changed({ ...target, [part]: value });
  if (target[part] === BLUR) return UNKNOWN;
  if (!Object.hasOwn(target, part)) return fails(`"${path}" is absent`);
  const { [part]: _gone, ...rest } = target;
  return changed(rest);
}

function changeItem(target: readonly Value[], part: string, op: string, value: Value, path: string): Applied {
  if (part === "-" && op === "add") return changed([...target, value]);
  if (!/^-?\d+$/.test(part)) return fails(`"${path}" ends in no number of an item`);
  const index = Number(part);
  const isOut = index < -target.length || index > target.length - (op === "add" ? 0 : 1);
  if (isOut) return fails(op === "add" ? `the index of "${path}" is out of range` : `"${path}" is absent`);
  if (index < 0) return UNKNOWN;
  if (op === "add") return changed(target.toSpliced(index, 0, value));
  return changed(op === "remove" ? target.toSpliced(index, 1) : target.with(index, value));
}

/** The object as patches see it: kustomize keeps annotations of its own there. */
export function withAnnotations(content: Value): Value {
  if (!isFields(content)) return content;
  const { metadata } = content;
  if (metadata === BLUR) return content;
  if (!isFields(metadata) || Object.hasOwn(metadata, "annotations")) return content;
  return { ...content, metadata: { ...metadata, annotations: {} } };
}

/** What an object lacks after operations, as a clause; undefined while it still is one. */
export function lackOf(content: Value): string | undefined {
  if (!isFields(content)) return "is no map";
  const { kind, metadata } = content;
  if (!isName(kind)) return 'has no "kind"';
  if (metadata === BLUR) return undefined;
  if (!isFields(metadata) || !isName(metadata.name)) return 'has no "metadata.name"';
  return isList(metadata.annotations) ? "has annotations that are no map" : undefined;
}

const isName = (value: Value | undefined): boolean =>
  value !== undefined && value !== null && value !== "" && typeof value !== "object";
