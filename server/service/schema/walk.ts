// The one way through a schema beside a document: which schemas apply to a node. Branches of a union are chosen by
// looking at type and constants, never by trying to validate, so the walk is linear in the document.

import { deref, type Node } from "../text/node.js";
import { fieldsOf, type Reading } from "../text/reading.js";
import { scalarValue } from "../text/readings.js";
import { remember } from "../text/remember.js";
import type { JsonSchema } from "./jsonSchema.js";

export interface SchemaWalk {
  /** The schema itself and all that apply with it: through $ref, allOf, if/then and the fitting branches of unions. */
  expand(schemas: readonly JsonSchema[], node: Node | undefined): readonly JsonSchema[];
  /** Schemas of the value under `name`, from expanded schemas of the map. */
  property(expanded: readonly JsonSchema[], name: string): readonly JsonSchema[];
  items(expanded: readonly JsonSchema[]): readonly JsonSchema[];
  readonly root: readonly JsonSchema[];
}

export const walkOf = (root: JsonSchema, reading: Reading): SchemaWalk => walksOf(root)(reading);

const walksOf = remember((root: JsonSchema) => remember((reading: Reading) => walk(root, reading)));

function walk(root: JsonSchema, reading: Reading): SchemaWalk {
  return {
    root: [root],
    expand(schemas, node) {
      const out: JsonSchema[] = [];
      for (const schema of schemas) expandInto(schema, node, out);
      return out;
    },
    property(expanded, name) {
      return expanded.flatMap((schema) => propertyOf(schema, name, reading));
    },
    items: (expanded) => expanded.flatMap((schema) => schema.items ?? []),
  };

  function expandInto(schema: JsonSchema, node: Node | undefined, out: JsonSchema[]): void {
    if (out.includes(schema)) return;
    out.push(schema);
    const target = schema.$ref ? root.definitions?.[schema.$ref.replace("#/definitions/", "")] : undefined;
    if (target) expandInto(target, node, out);
    for (const part of schema.allOf ?? []) expandInto(part, node, out);
    const union = schema.anyOf ?? schema.oneOf;
    if (union) for (const branch of branchesFor(union, node)) expandInto(branch, node, out);
    if (schema.if) {
      const chosen = node && holds(schema.if, node) ? schema.then : schema.else;
      if (chosen) expandInto(chosen, node, out);
    }
  }

  /** The branches that fit what is written; all of them while nothing is. */
  function branchesFor(union: readonly JsonSchema[], node: Node | undefined): readonly JsonSchema[] {
    const written = node && deref(node);
    if (!written || (written.kind === "scalar" && written.text === "")) return union;
    const byType = union.filter((branch) => typeFits(resolve(branch), written));
    const byConst = byType.filter((branch) => holds(constantsOf(resolve(branch)), written));
    return byConst.length > 0 ? byConst : byType;
  }

  function resolve(schema: JsonSchema): JsonSchema {
    return (schema.$ref && root.definitions?.[schema.$ref.replace("#/definitions/", "")]) || schema;
  }

  function typeFits(schema: JsonSchema, node: Node): boolean {
    if (schema.type === undefined) return true;
    const types = typeof schema.type === "string" ? [schema.type] : schema.type;
    const type = typeOf(node, reading);
    return types.includes(type) || (type === "integer" && types.includes("number"));
  }

  /** A small judge for `if`: type, required, const and enum, of the value and of its properties. */
  function holds(condition: JsonSchema, node: Node): boolean {
    const written = deref(node);
    if (!written) return false;
    if (condition.type !== undefined && !typeFits(condition, written)) return false;
    const value = written.kind === "scalar" ? scalarValue(written, reading.dialect) : undefined;
    if (condition.const !== undefined && value !== condition.const) return false;
    if (condition.enum && !condition.enum.some((one) => one === value)) return false;
    if (written.kind !== "map") return true;
    const fields = fieldsOf(written, reading);
    if (condition.required?.some((name) => !fields.has(name))) return false;
    for (const name in condition.properties) {
      const field = fields.get(name)?.value;
      const schema = field && condition.properties[name];
      if (schema && !holds(schema, field)) return false;
    }
    return true;
  }
}

export type JsonType = "object" | "array" | "string" | "number" | "integer" | "boolean" | "null" | "other";

export function typeOf(node: Node, reading: Reading): JsonType {
  const target = deref(node);
  if (!target) return "null";
  if (target.kind !== "scalar") return target.kind === "map" ? "object" : "array";
  const value = scalarValue(target, reading.dialect);
  if (value === null) return "null";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "string") return "string";
  return typeof value === "boolean" ? "boolean" : "other";
}

/** Whether nothing is there, or null. */
export const isNullIn = (reading: Reading, value: Node | undefined): boolean =>
  !value || typeOf(value, reading) === "null";

/** The field name that the host takes `name` for; itself where case matters. */
export function fieldName(
  properties: Readonly<Record<string, unknown>>,
  name: string,
  reading: Reading,
): string | undefined {
  if (Object.hasOwn(properties, name)) return name;
  if (!reading.anyCase) return undefined;
  return Object.keys(properties).find((known) => known.toLowerCase() === name.toLowerCase());
}

function propertyOf(schema: JsonSchema, name: string, reading: Reading): readonly JsonSchema[] {
  const known = schema.properties && fieldName(schema.properties, name, reading);
  const exact = known === undefined ? undefined : schema.properties?.[known];
  if (exact) return [exact];
  if (schema.patternProperties) {
    const fitting = patternsOf(schema).find(([pattern]) => pattern.test(name));
    if (fitting) return [fitting[1]];
  }
  return typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : [];
}

const patternsOf = remember(({ patternProperties = {} }: JsonSchema): readonly (readonly [RegExp, JsonSchema])[] =>
  Object.entries(patternProperties).map(([pattern, one]) => [new RegExp(pattern, "u"), one]),
);

/** Only the constants of a branch: what tells it from its siblings. */
const constantsOf = remember((schema: JsonSchema): JsonSchema => {
  const properties = Object.entries(schema.properties ?? {}).filter(([, one]) => one.const !== undefined || one.enum);
  return {
    ...(schema.const !== undefined && { const: schema.const }),
    ...(schema.enum && { enum: schema.enum }),
    properties: Object.fromEntries(
      properties.map(([name, one]) => [
        name,
        one.const !== undefined ? { const: one.const } : { enum: one.enum ?? [] },
      ]),
    ),
  };
});
