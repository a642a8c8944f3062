// Shapes of the smaller files around a kustomization: what kustomize's decoder takes in each field. Field names fit without
// regard to case, null stands for absent everywhere.

import { keyText, type Node, type Span, spanOf } from "../../../text/node.js";
import { isMergeKey } from "../../../text/reading.js";
import { type Dialect, scalarValue } from "../../../text/readings.js";
import { isNull, itemsIn, mapOf, READING, scalarOf } from "./reading.js";

export type Shape =
  | "text"
  /** A text that is no number either. */
  | "strict text"
  /** A text, a number or a boolean: what is written again before it is decoded. */
  | "any text"
  | "truth"
  | "whole number"
  | readonly [item: Shape]
  | { readonly [field: string]: Shape };

/** Fields by any name, all of one shape; in a shape under this key. */
export const EACH = "*";

export interface Wrong {
  readonly why: string;
  readonly span: Span;
}

export interface Strictness {
  /** Whether a field that the shape doesn't have is an error. */
  readonly unknown: "refused" | "ignored";
  /** By whose words true and false are told; kustomize's own when absent. */
  readonly truths?: Dialect;
}

/** The first thing that doesn't fit. */
export function wrongIn(node: Node | undefined, shape: Shape, strictness: Strictness): Wrong | undefined {
  if (!node || isNull(node)) return undefined;
  if (typeof shape === "string") return wrongScalar(node, shape, strictness);
  if (isList(shape)) {
    const items = itemsIn(node);
    if (!items) return { why: "a list is wanted here", span: startOf(node) };
    return first(items, (item) => wrongIn(item, shape[0], strictness));
  }
  const map = mapOf(node);
  if (!map) return { why: "a map is wanted here", span: startOf(node) };
  return first(map.pairs, (pair) => {
    if (isMergeKey(pair)) return undefined;
    const name = keyText(pair)?.toLowerCase() ?? "";
    const known = Object.keys(shape).find((one) => one.toLowerCase() === name) ?? EACH;
    const field = shape[known];
    if (field !== undefined) return wrongIn(pair.value, field, strictness);
    if (strictness.unknown === "ignored") return undefined;
    return pair.key && { why: `it doesn't know the key "${keyText(pair) ?? ""}"`, span: spanOf(pair.key) };
  });
}

function wrongScalar(node: Node, wanted: Extract<Shape, string>, { truths }: Strictness): Wrong | undefined {
  const scalar = scalarOf(node);
  if (!scalar) return { why: "a single value is wanted here", span: startOf(node) };
  if (wanted === "any text") return undefined;
  const value = scalarValue(scalar, READING.dialect);
  const fits = {
    text: typeof value !== "boolean",
    "strict text": typeof value === "string",
    truth: typeof (truths ? scalarValue(scalar, truths) : value) === "boolean",
    "whole number": typeof value === "number" && Number.isInteger(value),
  };
  const words = {
    text: `${scalar.text} is read as a boolean, put it in quotes`,
    "strict text": `${scalar.text} is read as ${typeof value === "boolean" ? "a boolean" : "a number"}, put it in quotes`,
    truth: "true or false is wanted here",
    "whole number": "a whole number is wanted here",
  };
  return fits[wanted] ? undefined : { why: words[wanted], span: spanOf(scalar) };
}

const startOf = (node: Node): Span => [node.start, node.kind === "scalar" ? node.end : node.start + 1];

const isList = (shape: Shape): shape is readonly [item: Shape] => Array.isArray(shape);

function first<One>(all: readonly One[], find: (one: One) => Wrong | undefined): Wrong | undefined {
  for (const one of all) {
    const wrong = find(one);
    if (wrong) return wrong;
  }
  return undefined;
}
