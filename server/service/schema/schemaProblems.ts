// ajv's errors as problems at the right place: union noise removed, missing keys at the parent's key, unknown keys at
// themselves with ranked suggestions, and the words and severities that the schema itself gives (`x-problem`).

import type { ErrorObject } from "ajv";
import type { Problem } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { nearest } from "../text/nearest.js";
import { deref, keyText, type MapNode, type Node, type Pair, type Span, spanOf } from "../text/node.js";
import { fieldsOf } from "../text/reading.js";
import type { JsonSchema, SchemaProblem } from "./jsonSchema.js";
import { fieldName, type SchemaWalk, typeOf, walkOf } from "./walk.js";

export function schemaProblems(
  manifest: Manifest,
  errors: readonly ErrorObject<string, unknown, unknown>[],
): Problem[] {
  if (errors.length === 0) return [];
  const walk = walkOf(manifest.schema, manifest.kind.reading);
  const mistyped = new Set(errors.filter(({ keyword }) => keyword === "type").map(typedPlace));
  const problems = errors.flatMap((error) => {
    if (isListing(error) && mistyped.has(typedPlace(error))) return [];
    const place = placeOfError(manifest, walk, error.instancePath);
    return place ? (problemOf(manifest, error, place) ?? []) : [];
  });
  return problems;
}

type SchemaError = ErrorObject<string, unknown, unknown>;

/** A value of a wrong type is told once: that it is in no list of values either goes without saying. */
const isListing = ({ keyword }: SchemaError): boolean => keyword === "enum" || keyword === "const";
const typedPlace = ({ schemaPath, instancePath }: SchemaError): string =>
  `${schemaPath.replace(/\/[^/]*$/, "")} ${instancePath}`;

interface Place {
  readonly node: Node | undefined;
  /** The pair whose value the node is; absent at the root and in lists. */
  readonly pair: Pair | undefined;
  readonly name: string | undefined;
  /** Expanded schemas of the node. */
  readonly schemas: readonly JsonSchema[];
}

function placeOfError(manifest: Manifest, walk: SchemaWalk, pointer: string): Place | undefined {
  const { reading } = manifest.kind;
  let node = manifest.root;
  let pair: Pair | undefined;
  let name: string | undefined;
  let schemas = walk.expand(walk.root, node);
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replace(/~1/g, "/").replace(/~0/g, "~");
    const target = node && deref(node);
    if (target?.kind === "list") {
      node = target.items[Number(key)];
      pair = undefined;
      schemas = walk.expand(walk.items(schemas), node);
    } else if (target?.kind === "map") {
      pair = fieldByName(target, key, manifest);
      node = pair?.value;
      schemas = walk.expand(walk.property(schemas, key), node);
    } else return undefined;
    name = key;
  }
  return { node, pair, name, schemas };

  function fieldByName(map: MapNode, key: string, { kind }: Manifest): Pair | undefined {
    const fields = fieldsOf(map, reading);
    const exact = fields.get(key);
    if (exact || !kind.reading.anyCase) return exact;
    return [...fields].find(([written]) => written.toLowerCase() === key.toLowerCase())?.[1];
  }
}

function problemOf(
  manifest: Manifest,
  error: ErrorObject<string, unknown, unknown>,
  place: Place,
): Problem | undefined {
  const schema = error.parentSchema as JsonSchema | undefined;
  if (!schema || error.keyword === "if" || error.keyword === "allOf") return undefined;
  if (error.keyword === "anyOf" || error.keyword === "oneOf") return unionProblem(manifest, schema, place);
  if (error.propertyName !== undefined) return undefined;
  if (!place.schemas.includes(schema) && error.keyword !== "propertyNames") return undefined;
  switch (error.keyword) {
    case "required":
      return missing(manifest, schema, place, String(params(error).missingProperty));
    case "additionalProperties":
      return unknown(manifest, schema, place, String(params(error).additionalProperty));
    case "propertyNames":
      return badName(manifest, schema, place, String(params(error).propertyName));
    case "type":
      return wrongType(manifest, schema, place, [schema.type ?? []].flat());
    case "enum":
    case "const":
      return notAllowed(manifest, schema, place, error.keyword);
    default:
      return build(
        manifest,
        schema,
        error.keyword,
        "bad-value",
        valueSpan(place),
        `${subject(place)} ${error.message ?? "is refused"}`,
      );
  }
}

const params = (error: ErrorObject<string, unknown, unknown>) => error.params as Readonly<Record<string, unknown>>;

function missing(manifest: Manifest, schema: JsonSchema, place: Place, name: string): Problem {
  const message = `"${name}" is missing${place.name && place.pair ? ` in "${place.name}"` : ""}; add it`;
  const detail = schema["x-problem"]?.[`required:${name}`] ? `required:${name}` : "required";
  return build(manifest, schema, detail, "missing-field", containerSpan(manifest, place), message);
}

function unknown(manifest: Manifest, schema: JsonSchema, place: Place, name: string): Problem | undefined {
  const map = place.node && deref(place.node);
  const pair = map?.kind === "map" ? map.pairs.find((one) => keyText(one) === name) : undefined;
  const known = Object.keys(schema.properties ?? {});
  if (fieldName(schema.properties ?? {}, name, manifest.kind.reading)) return undefined;
  const span = pair?.key ? spanOf(pair.key) : containerSpan(manifest, place);
  const near = nearest(name, known);
  const absent = near.filter((one) => map?.kind !== "map" || !fieldsOf(map, manifest.kind.reading).has(one));
  const hint = near[0] ? `; did you mean "${absent[0] ?? near[0]}"?` : `; known here: ${known.slice(0, 12).join(", ")}`;
  const problem = build(
    manifest,
    schema,
    "additionalProperties",
    "unknown-field",
    span,
    `unknown field "${name}"${hint}`,
  );
  const rename = absent.map((one) => ({
    title: `Change to "${one}"`,
    edits: [{ span, newText: requote(manifest, span, one) }],
  }));
  return pair?.key ? { ...problem, fixes: rename } : problem;
}

function badName(manifest: Manifest, schema: JsonSchema, place: Place, name: string): Problem {
  const map = place.node && deref(place.node);
  const pair = map?.kind === "map" ? map.pairs.find((one) => keyText(one) === name) : undefined;
  const span = pair?.key ? spanOf(pair.key) : valueSpan(place);
  return build(manifest, schema, "propertyNames", "bad-value", span, `"${name}" can't be a name here`);
}

function wrongType(manifest: Manifest, schema: JsonSchema, place: Place, wanted: readonly string[]): Problem {
  const found = place.node ? describeFound(place.node, manifest) : "nothing";
  const message = `${subject(place)} must be ${typeWords(wanted)}, but the host reads ${found} here`;
  const problem = build(manifest, schema, "type", "wrong-type", valueSpan(place), message);
  const fixes = retypeFix(place, wanted);
  return fixes ? { ...problem, fixes } : problem;
}

/** The value as the type that is wanted, where the text leaves no doubt: quotes put on, or taken off. */
function retypeFix({ node, schemas }: Place, wanted: readonly string[]): Problem["fixes"] {
  if (node?.kind !== "scalar" || node.text === "" || node.style === "block") return undefined;
  const span = spanOf(node);
  // Text that the pattern refuses would only trade one problem for another.
  const isRefused = schemas.some(({ pattern }) => pattern !== undefined && !new RegExp(pattern, "u").test(node.text));
  if (wanted.includes("string"))
    return node.style === "plain" && !isRefused
      ? [{ title: `Put ${node.text} in quotes`, edits: [{ span, newText: JSON.stringify(node.text) }], safe: true }]
      : undefined;
  const word = /^(?:(true|yes|on)|(false|no|off))$/i.exec(node.text);
  const isNumber = /^-?(0|[1-9]\d*)(\.\d+)?$/.test(node.text) && wanted.some((type) => /^(number|integer)$/.test(type));
  const newText = wanted.includes("boolean") && word ? String(word[1] !== undefined) : isNumber ? node.text : undefined;
  return newText === undefined ? undefined : [{ title: `Change to ${newText}`, edits: [{ span, newText }] }];
}

function notAllowed(manifest: Manifest, schema: JsonSchema, place: Place, keyword: "enum" | "const"): Problem {
  const allowed = keyword === "enum" ? (schema.enum ?? []) : [schema.const];
  const names = allowed.filter((one) => typeof one === "string");
  const written = place.node?.kind === "scalar" ? place.node.text : undefined;
  const near = written === undefined ? [] : nearest(written, names);
  const list = allowed.map((one) => JSON.stringify(one)).join(", ");
  const hint = near[0] ? `; did you mean "${near[0]}"?` : `; it takes ${list}`;
  const shown = written === undefined ? subject(place) : `"${written}" is not a value of ${subject(place)}`;
  const message = written === undefined ? `${shown} takes ${list}` : `${shown}${hint}`;
  const span = valueSpan(place);
  const fixes = near.map((one) => ({
    title: `Change to "${one}"`,
    edits: [{ span, newText: requote(manifest, span, one) }],
  }));
  return { ...build(manifest, schema, keyword, "bad-value", span, message), ...(fixes.length > 0 && { fixes }) };
}

/** A union speaks only when no branch has the type that is written; else its fitting branch has said what is wrong. */
function unionProblem(manifest: Manifest, schema: JsonSchema, place: Place): Problem | undefined {
  if (!place.schemas.includes(schema) || !place.node) return undefined;
  const branches = (schema.anyOf ?? schema.oneOf ?? []).map((branch) =>
    walkOf(manifest.schema, manifest.kind.reading).expand([branch], undefined),
  );
  const types = [...new Set(branches.flatMap((branch) => branch.flatMap((one) => [one.type ?? []].flat())))];
  const written = typeOf(place.node, manifest.kind.reading);
  const fits = types.includes(written) || (written === "integer" && types.includes("number"));
  return fits ? undefined : wrongType(manifest, schema, place, types);
}

function build(
  manifest: Manifest,
  schema: JsonSchema,
  keyword: string,
  generic: string,
  span: Span,
  message: string,
): Problem {
  const own: SchemaProblem = schema["x-problem"]?.[keyword] ?? {};
  const code = own.code ?? `${manifest.system.id}/${generic}`;
  const severity = own.severity ?? manifest.system.rules.find((rule) => rule.code === code)?.severity ?? "error";
  return { code, severity, span, message: own.message ?? message };
}

const subject = (place: Place): string =>
  place.name === undefined ? "the document" : place.pair ? `"${place.name}"` : "this item";

/** The value when something is written there, else the key, else the start of the document. */
function valueSpan({ node, pair }: Place): Span {
  if (node && node.end > node.start && node.kind !== "map") return spanOf(node);
  if (pair?.key) return spanOf(pair.key);
  if (node?.kind === "map") return firstKey(node) ?? spanOf(node);
  return node ? [node.start, node.start + 1] : [0, 0];
}

/** For what is missing: the key of the map that lacks it; the first key in lists and at the root. */
function containerSpan(manifest: Manifest, { node, pair }: Place): Span {
  if (pair?.key) return spanOf(pair.key);
  const map = node && deref(node);
  if (map?.kind === "map") return firstKey(map) ?? [map.start, Math.min(map.end, map.start + 1)];
  return [0, Math.min(1, manifest.parsed.text.length)];
}

function firstKey(map: MapNode): Span | undefined {
  const key = map.pairs[0]?.key;
  return key && spanOf(key);
}

/** `text` in the quotes of what stands at `span`. */
function requote({ parsed }: Manifest, [start, end]: Span, text: string): string {
  const first = parsed.text.slice(start, end).charAt(0);
  if (first === '"') return JSON.stringify(text);
  return first === "'" ? `'${text.replace(/'/g, "''")}'` : text;
}

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
  return types.map((type) => TYPE_WORDS[type] ?? type).join(" or ");
}

function describeFound(node: Node, manifest: Manifest): string {
  const type = typeOf(node, manifest.kind.reading);
  const text = node.kind === "scalar" && node.text !== "" ? ` (${node.text.slice(0, 40)})` : "";
  if (type === "null") return "null";
  if (type === "other") return `a date${text}`;
  if (type === "boolean") return `a boolean${text}`;
  return `${TYPE_WORDS[type] ?? type}${type === "object" || type === "array" ? "" : text}`;
}
