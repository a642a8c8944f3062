// What stands behind a new key: a tab stop in the shape that the schema wants, so that the file still parses.

import type { JsonSchema } from "../../schema/jsonSchema.js";
import type { SchemaWalk } from "../../schema/walk.js";
import type { Form } from "../../text/caret/caret.js";
import type { Habits } from "../../text/columns.js";
import type { Dialect } from "../../text/readings.js";
import { choice, escapeSnippet, renderScalar, type Scalar } from "../../text/render.js";

export interface Place {
  readonly form: Form;
  /** Column of the key (block only). */
  readonly column: number;
  readonly habits: Habits;
  readonly dialect: Dialect;
  readonly walk: SchemaWalk;
}

/** `: …` for a key whose value has these schemas; `stops` counts tab stops through nested skeletons. */
export function valueSkeleton(
  schemas: readonly JsonSchema[],
  place: Place,
  stops: { next: number } = { next: 1 },
  depth = 0,
): string {
  const type = typeOf(schemas);
  if (type === "object") return objectSkeleton(schemas, place, stops, depth);
  if (type === "array") return arraySkeleton(schemas, place, stops, depth);
  return `: ${depth === 0 ? scalarSkeleton(schemas, place, stops) : requiredScalar(schemas, place, stops)}`;
}

function scalarSkeleton(schemas: readonly JsonSchema[], place: Place, stops: { next: number }): string {
  const stop = stops.next++;
  const render = (value: Scalar) => renderScalar(value, place.form, place.dialect);
  const fixed = schemas.find((one) => one.const !== undefined)?.const;
  if (isScalar(fixed)) return escapeSnippet(render(fixed));
  const listed = schemas
    .find((one) => one.enum)
    ?.enum?.filter(isScalar)
    .filter((one) => one !== "");
  if (listed && listed.length > 0) return choice(stop, defaultFirst(listed, schemas).map(render));
  const type = typeOf(schemas);
  const standard = schemas.find((one) => one.default !== undefined)?.default;
  if (isFlag(schemas)) return choice(stop, (standard === true ? [false, true] : [true, false]).map(render));
  if (isScalar(standard) && standard !== "") return `\${${stop}:${escapeSnippet(render(standard))}}`;
  if (place.form !== "json") return `$${stop}`;
  if (type === "string") return `"$${stop}"`;
  const example = schemas.flatMap((one) => one.examples ?? []).find(isScalar);
  return `\${${stop}:${JSON.stringify(example ?? (type === "number" || type === "integer" ? 0 : null))}}`;
}

/** What a required field is when left out says nothing about what to write: its default is no suggestion. */
function requiredScalar(schemas: readonly JsonSchema[], place: Place, stops: { next: number }): string {
  const bare = schemas.map(({ default: _, ...rest }) => rest);
  return scalarSkeleton(bare, place, stops);
}

function objectSkeleton(schemas: readonly JsonSchema[], place: Place, stops: { next: number }, depth: number): string {
  const required = depth < 2 ? schemas.flatMap((one) => one.required ?? []) : [];
  if (place.form !== "block") {
    const fields = required.map(
      (name) =>
        `${place.form === "json" ? JSON.stringify(name) : name}${valueSkeleton(fieldOf(schemas, name, place), place, stops, depth + 1)}`,
    );
    return `: {${fields.length > 0 ? fields.join(", ") : `$${stops.next++}`}\\}`;
  }
  const column = place.column + place.habits.step;
  const indent = `\n${" ".repeat(column)}`;
  if (required.length === 0) return `:${indent}$${stops.next++}`;
  return `:${required.map((name) => `${indent}${name}${valueSkeleton(fieldOf(schemas, name, place), { ...place, column }, stops, depth + 1)}`).join("")}`;
}

function arraySkeleton(schemas: readonly JsonSchema[], place: Place, stops: { next: number }, depth: number): string {
  if (place.form !== "block") return `: [$${stops.next++}]`;
  const dash = place.column + place.habits.dash;
  return `:\n${" ".repeat(dash)}- ${itemSkeleton(place.walk.expand(place.walk.items(schemas), undefined), { ...place, column: dash + 2 }, stops, depth + 1)}`;
}

/** What follows a dash: the required keys of a map, or a scalar. */
export function itemSkeleton(
  schemas: readonly JsonSchema[],
  place: Place,
  stops: { next: number } = { next: 1 },
  depth = 0,
): string {
  if (typeOf(schemas) !== "object" || place.form !== "block")
    return place.form === "block" ? `$${stops.next++}` : scalarSkeleton(schemas, place, stops);
  const required = schemas.flatMap((one) => one.required ?? []);
  const indent = `\n${" ".repeat(place.column)}`;
  if (required.length === 0 || depth > 2) return `$${stops.next++}`;
  return required
    .map((name) => `${name}${valueSkeleton(fieldOf(schemas, name, place), place, stops, depth + 1)}`)
    .join(indent);
}

function fieldOf(schemas: readonly JsonSchema[], name: string, { walk }: Place): readonly JsonSchema[] {
  return walk.expand(walk.property(schemas, name), undefined);
}

/** The type to write: the first that any of the schemas names. */
export function typeOf(schemas: readonly JsonSchema[]): string | undefined {
  for (const { type } of schemas) if (type !== undefined) return typeof type === "string" ? type : type[0];
  return undefined;
}

/** Says that it is a boolean, or says no type and has one as its default. */
export function isFlag(schemas: readonly JsonSchema[]): boolean {
  const type = typeOf(schemas);
  return type === undefined ? schemas.some((one) => typeof one.default === "boolean") : type === "boolean";
}

function defaultFirst(values: readonly Scalar[], schemas: readonly JsonSchema[]): readonly Scalar[] {
  const standard = schemas.find((one) => one.default !== undefined)?.default;
  return [...values].sort((a, b) => Number(b === standard) - Number(a === standard));
}

export const isScalar = (value: unknown): value is Scalar =>
  value === null || ["string", "number", "boolean"].includes(typeof value);
