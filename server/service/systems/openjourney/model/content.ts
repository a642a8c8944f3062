// Looks into the content of an object as a plain value: its container images, and the place of a field path.

import type { Value } from "../../../text/reading.js";
import { BLUR } from "./jsonPatch.js";

/** Every string under a key `image`, wherever it stands; undefined where there may be others. */
export function imagesIn(content: Value): string[] | undefined {
  if (content === BLUR) return undefined;
  const images: string[] = [];
  const open: Value[] = [content];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    for (const [key, one] of Object.entries(value)) {
      if (one === BLUR && !WITHOUT_IMAGES.includes(key)) return undefined;
      if (key === "image" && typeof one === "string") images.push(one);
      if (typeof one === "object") open.push(one);
    }
    if (open.length > 100_000) break;
  }
  return images;
}

/** Fields that are known but for what labels, names and counts write there. */
const WITHOUT_IMAGES = [
  "metadata",
  "selector",
  "replicas",
  "affinity",
  "topologySpreadConstraints",
  "volumeClaimTemplates",
];

export type Found =
  | { readonly is: "value"; readonly value: Value }
  | { readonly is: "absent" }
  | { readonly is: "unknown" };

/** What stands at a field path; "unknown" for paths with `*` or list items that can't be told apart. */
export function atFieldPath(content: Value, path: string): Found {
  return atParts(content, splitFieldPath(path));
}

function atParts(content: Value, parts: readonly string[]): Found {
  let value: Value = content;
  for (const [at, part] of parts.entries()) {
    if (part === "-" || value === BLUR) return { is: "unknown" };
    if (part === "*") return inEach(value, parts.slice(at + 1));
    const select = /^\[([^=\]]+)=(.*)\]$/.exec(part);
    if (Array.isArray(value)) {
      const next: Value | undefined = select
        ? value.find((item) => isRecord(item) && String(item[select[1] ?? ""] ?? "") === select[2])
        : /^\d+$/.test(part)
          ? value[Number(part)]
          : undefined;
      if (next === undefined) return select || /^\d+$/.test(part) ? { is: "absent" } : { is: "unknown" };
      value = next;
    } else if (isRecord(value) && !select) {
      const key = /^\[(.*)\]$/.exec(part)?.[1] ?? part;
      const next: Value | undefined = Object.hasOwn(value, key) ? value[key] : undefined;
      if (next === undefined) return { is: "absent" };
      value = next;
    } else if (value === null || (typeof value !== "object" && !select)) return { is: "absent" };
    else return { is: "unknown" };
  }
  return value === BLUR ? { is: "unknown" } : { is: "value", value };
}

/** Absent where no item of a list has the rest; what several have is no one value. */
function inEach(value: Value, rest: readonly string[]): Found {
  const found = Array.isArray(value) ? value.map((item) => atParts(item, rest)) : [];
  return { is: found.length > 0 && found.every(({ is }) => is === "absent") ? "absent" : "unknown" };
}

/** Splits at dots that stand outside brackets and are not escaped. */
export function splitFieldPath(path: string): string[] {
  const parts: string[] = [];
  let part = "";
  let depth = 0;
  for (let at = 0; at < path.length; at++) {
    const letter = path[at] ?? "";
    if (letter === "\\" && path[at + 1] === ".") {
      part += ".";
      at++;
    } else if (letter === "." && depth === 0) {
      parts.push(part);
      part = "";
    } else {
      if (letter === "[") depth++;
      if (letter === "]") depth--;
      part += letter;
    }
  }
  return [...parts, part].filter((one) => one !== "");
}

export function isRecord(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
