// What a replacement does to the content of one target: the way along its field path, with what `options.create` makes on it,
// and what keeps kustomize from going on.

import type { Value } from "../../../text/reading.js";
import { BLUR, isFields } from "./jsonPatch.js";
import { type Misfit, retyped, shapeOf } from "./retyped.js";

export type Replaced =
  | { readonly is: "changed"; readonly content: Value; readonly misfit?: Misfit }
  /** Not there, and not to be made. */
  | { readonly is: "absent" }
  | { readonly is: "fails"; readonly why: string }
  | { readonly is: "unknown" };

export interface Written {
  /** Undefined where it isn't known. */
  readonly value: Value | undefined;
  readonly isCreating: boolean;
  readonly hasDelimiter: boolean;
}

/** `parts` as splitFieldPath gives them. */
export function replaceAt(content: Value | undefined, parts: readonly string[], written: Written, depth = 0): Replaced {
  const part = parts[depth];
  if (content === BLUR) return { is: "unknown" };
  if (part === undefined) return put(content, parts, written);
  const isAbsent = content === undefined || content === null;
  if (isAbsent && !written.isCreating) return { is: "absent" };
  const own = isAbsent ? undefined : content;
  if (part === "*") return inEach(own, parts, written, depth);
  if (/^\[[^[\].=]+\]$/.test(part)) return { is: "fails", why: `"${part}" is no list item without "="` };
  const select = /^\[([^=\]]+)=(.*)\]$/.exec(part);
  if (select) return inItem(own, parts, written, depth, [select[1] ?? "", select[2] ?? ""]);
  if (/^\d+$/.test(part)) return atIndex(own, parts, written, depth);
  if (own !== undefined && !isFields(own)) return wrongKind(own, parts, depth, "map");
  const key = /^\[(.*)\]$/.exec(part)?.[1] ?? part;
  const child = own && Object.hasOwn(own, key) ? own[key] : undefined;
  if (child === undefined && !written.isCreating) return { is: "absent" };
  return within(replaceAt(child, parts, written, depth + 1), (value) => ({ ...own, [key]: value }));
}

function put(target: Value | undefined, parts: readonly string[], { value, hasDelimiter }: Written): Replaced {
  if (!hasDelimiter)
    return { is: "changed", ...(value === undefined || value === null ? { content: BLUR } : retyped(target, value)) };
  return target === undefined || shapeOf(target) === "a plain value"
    ? { is: "changed", content: BLUR }
    : { is: "fails", why: `"${parts.join(".")}" is no plain value, so a delimiter fails` };
}

function inEach(own: Value | undefined, parts: readonly string[], written: Written, depth: number): Replaced {
  if (!Array.isArray(own)) return wrongKind(own ?? {}, parts, depth, "list");
  const items: Value[] = [];
  let isFound = false;
  let misfit: Misfit | undefined;
  for (const item of own) {
    const found = replaceAt(item, parts, written, depth + 1);
    if (found.is === "fails" || found.is === "unknown") return found;
    isFound ||= found.is === "changed";
    if (found.is === "changed") misfit ??= found.misfit;
    items.push(found.is === "changed" ? found.content : item);
  }
  return isFound ? { is: "changed", content: items, ...(misfit && { misfit }) } : { is: "absent" };
}

function inItem(
  own: Value | undefined,
  parts: readonly string[],
  written: Written,
  depth: number,
  [key, text]: readonly [string, string],
): Replaced {
  if (own !== undefined && !Array.isArray(own)) return wrongKind(own, parts, depth, "list");
  const list: readonly Value[] = own ?? [];
  if (list.includes(BLUR)) return { is: "unknown" };
  const at = list.findIndex((item) => isFields(item) && String(item[key] ?? "") === text);
  if (at < 0 && !written.isCreating) return { is: "absent" };
  const item = at < 0 ? { [key]: text } : list[at];
  return within(replaceAt(item, parts, written, depth + 1), (value) =>
    withItem(list, at < 0 ? list.length : at, value),
  );
}

function atIndex(own: Value | undefined, parts: readonly string[], written: Written, depth: number): Replaced {
  if (own !== undefined && !Array.isArray(own)) return wrongKind(own, parts, depth, "list");
  const list: readonly Value[] = own ?? [];
  const at = Number(parts[depth]);
  if (at > list.length && written.isCreating) {
    const counted = `${list.length} item${list.length === 1 ? "" : "s"}`;
    return {
      is: "fails",
      why: `"${parts.slice(0, depth).join(".")}" has ${counted}, and only the next one can be made`,
    };
  }
  if (at >= list.length && !written.isCreating) return { is: "absent" };
  return within(replaceAt(list[at], parts, written, depth + 1), (value) => withItem(list, at, value));
}

const withItem = (list: readonly Value[], at: number, value: Value): Value =>
  at < list.length ? list.with(at, value) : [...list, value];

function wrongKind(own: Value, parts: readonly string[], depth: number, wanted: "list" | "map"): Replaced {
  return {
    is: "fails",
    why: `"${parts.slice(0, depth).join(".")}" is ${shapeOf(own)}, where the path wants a ${wanted}`,
  };
}

const within = (inner: Replaced, around: (value: Value) => Value): Replaced =>
  inner.is === "changed" ? { ...inner, content: around(inner.content) } : inner;
