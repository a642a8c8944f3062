// Plain words for types, values and the keywords of a schema, where the schema brings no message of its own.

import type { ErrorObject } from "ajv";
import type { Manifest } from "../systems/system.js";
import type { Node } from "../text/node.js";
import { typeOf } from "./walk.js";

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: "a map",
  array: "a list",
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  null: "null",
};

export function typeWords(types: readonly string[]): string {
  // That nothing may stand there as well helps nobody who wrote something.
  const wanted = types.length > 1 ? types.filter((type) => type !== "null") : types;
  return wanted.map((type) => TYPE_WORDS[type] ?? type).join(" or ");
}

export function describeFound(node: Node, manifest: Manifest): string {
  const type = typeOf(node, manifest.kind.reading);
  const text = node.kind === "scalar" && node.text !== "" ? ` (${cutShort(node.text)})` : "";
  if (type === "null") return "null";
  if (type === "other") return `a date${text}`;
  if (type === "boolean") return `a boolean${text}`;
  return `${TYPE_WORDS[type] ?? type}${type === "object" || type === "array" ? "" : text}`;
}

/** As much of a value as fits into a sentence. */
const cutShort = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST)}…` : text);
const MOST = 40;

type AjvError = ErrorObject<string, unknown, unknown>;

export const paramsOf = ({ params }: AjvError) => params as Readonly<Record<string, unknown>>;

/** What a failed keyword asks for, as the end of a sentence about `subject`. */
export function keywordWords(error: AjvError, subject: string): string {
  const params = paramsOf(error);
  const limit = String(params.limit);
  const words = KEYWORDS[error.keyword]?.(limit, params);
  return `${subject} ${words ?? error.message ?? "is refused by the host"}`;
}

const some = (limit: string, one: string): string => `${limit} ${limit === "1" ? one : `${one}s`}`;

const KEYWORDS: Readonly<Record<string, (limit: string, params: Readonly<Record<string, unknown>>) => string>> = {
  minimum: (limit) => `must be ${limit} or more`,
  maximum: (limit) => `must be ${limit} or less`,
  exclusiveMinimum: (limit) => `must be more than ${limit}`,
  exclusiveMaximum: (limit) => `must be less than ${limit}`,
  multipleOf: (_, { multipleOf }) => `must be a multiple of ${String(multipleOf)}`,
  minLength: (limit) => (limit === "1" ? "must not be empty" : `must have at least ${some(limit, "character")}`),
  maxLength: (limit) => `must have at most ${some(limit, "character")}`,
  minItems: (limit) => (limit === "1" ? "must not be an empty list" : `must have at least ${some(limit, "item")}`),
  maxItems: (limit) => `must have at most ${some(limit, "item")}`,
  minProperties: (limit) => (limit === "1" ? "must not be an empty map" : `must have at least ${some(limit, "field")}`),
  maxProperties: (limit) => `must have at most ${some(limit, "field")}`,
  uniqueItems: (_, { i, j }) => `has the same item twice (items ${Number(j) + 1} and ${Number(i) + 1})`,
  pattern: (_, { pattern }) => `hasn't the form that the host wants (${String(pattern)})`,
  dependencies: (_, { deps, property }) => `needs "${String(deps)}" beside "${String(property)}"`,
  dependentRequired: (_, { deps, property }) => `needs "${String(deps)}" beside "${String(property)}"`,
  not: () => "is in a form that the host refuses",
};
