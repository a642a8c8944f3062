// Values as a fix writes them into a kustomization: lines of a block, or brackets on one line.

import { renderScalar, type Scalar } from "../../../text/render.js";
import { READING } from "../model/reading.js";

export type Written = Scalar | readonly Written[] | { readonly [key: string]: Written };

/** Lines without an indentation; the dashes of a list stand in the column of its key. */
export function blockLines(value: Written): string[] {
  if (isList(value))
    return value.flatMap((item) => blockLines(item).map((line, at) => `${at === 0 ? "- " : "  "}${line}`));
  if (typeof value !== "object" || value === null) return [renderScalar(value, "block", READING.dialect)];
  return Object.entries(value).flatMap(([key, one]) => {
    const lines = blockLines(one);
    if (typeof one !== "object" || one === null) return [`${key}: ${lines[0] ?? ""}`];
    return [`${key}:`, ...lines.map((line) => (isList(one) ? line : `  ${line}`))];
  });
}

/** `{a: [b]}`, or `{"a": ["b"]}` beside keys in quotes. */
export function inBrackets(value: Written, style: "plain" | "double"): string {
  if (isList(value)) return `[${value.map((item) => inBrackets(item, style)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return renderScalar(value, "flow", READING.dialect, style);
  const pairs = Object.entries(value).map(([key, one]) => `${inBrackets(key, style)}: ${inBrackets(one, style)}`);
  return `{${pairs.join(", ")}}`;
}

const isList = (value: Written): value is readonly Written[] => Array.isArray(value);
