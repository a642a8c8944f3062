// ajv's errors as problems at the right place: union noise removed, missing keys at the parent's key, unknown keys at
// themselves with ranked suggestions, and the words and severities that the schema itself gives (`x-problem`).

import type { ErrorObject } from "ajv";
import { changeToAny } from "../systems/changes.js";
import type { Problem } from "../systems/problem.js";
import { removeField } from "../systems/removal.js";
import type { Manifest, Misfit } from "../systems/system.js";
import { append } from "../text/grouped.js";
import { nearest } from "../text/nearest.js";
import { deref, type Node, type Span, spanOf } from "../text/node.js";
import { fieldsOf } from "../text/reading.js";
import { isBranch, isBroken, isBrokenOff, isCutOff } from "./broken.js";
import type { JsonSchema, SchemaProblem } from "./jsonSchema.js";
import { containerSpan, dashedKey, type Place, type Places, placesOf, valueSpan, wrongSpan } from "./place.js";
import { retypeFixes } from "./retype.js";
import { fieldName, typeOf, walkOf } from "./walk.js";
import { describeFound, keywordWords, paramsOf, typeWords } from "./words.js";

type AjvError = ErrorObject<string, unknown, unknown>;

export function schemaProblems(manifest: Manifest, errors: readonly AjvError[]): Problem[] {
  if (errors.length === 0) return [];
  const places = placesOf(manifest, walkOf(manifest.schema, manifest.kind.reading));
  const mistyped = new Set(errors.filter(({ keyword }) => keyword === "type").map(typedPlace));
  const located = errors.flatMap((error) => {
    if (isListing(error) && mistyped.has(typedPlace(error))) return [];
    const place = places.at(error.instancePath);
    return place ? [{ error, place }] : [];
  });
  const told = firstOfEach(located).flatMap(({ error, place }): Told[] => {
    const problem = problemOf(manifest, error, place, places);
    return problem ? [{ error, place, problem }] : [];
  });
  const refusals = refusalsByMap(told);
  return told.flatMap((one) => {
    if (isFollowUp(one.error, refusals.get(one.error.instancePath) ?? [])) return [];
    const { error, place, problem } = one;
    const { missingProperty, additionalProperty } = paramsOf(error);
    const name = missingProperty ?? additionalProperty;
    const found = { keyword: error.keyword, place, problem, name: typeof name === "string" ? name : undefined };
    return refined(manifest, found) ?? [];
  });
}

/** The finding as the rule of its code tells it. */
export function refined(manifest: Manifest, found: Misfit): Problem | undefined {
  const rule = manifest.system.rules.find(({ code }) => code === found.problem.code);
  return rule?.refine ? rule.refine(manifest, found) : found.problem;
}

interface Told extends Located {
  readonly problem: Problem;
}

/** The refused fields of each map, by the map's `instancePath`: values of a wrong type, and names that it does not know. */
function refusalsByMap(told: readonly Told[]): ReadonlyMap<string, readonly AjvError[]> {
  const refusals = new Map<string, AjvError[]>();
  for (const { error, problem } of told) {
    const isType = error.keyword === "type";
    if (problem.severity !== "error" || (!isType && error.keyword !== "additionalProperties")) continue;
    const map = isType ? error.instancePath.replace(/\/[^/]*$/, "") : error.instancePath;
    append(refusals, map, error);
  }
  return refusals;
}

/**
 * What a map lacks is no news where it is there under another name, or with a value of a wrong type; and no judgement on
 * its fields together while one of them is refused.
 */
function isFollowUp(error: AjvError, refusals: readonly AjvError[]): boolean {
  if (!ABSENCE.has(error.keyword)) return false;
  const lacks = String(paramsOf(error).missingProperty);
  return refusals.some(
    (other) =>
      other.keyword === "type" ||
      error.keyword !== "required" ||
      nearest(String(paramsOf(other).additionalProperty), [lacks]).length > 0,
  );
}

/** A value of a wrong type is told once: that it is in no list of values either goes without saying. */
const isListing = ({ keyword }: AjvError): boolean => keyword === "enum" || keyword === "const";
const typedPlace = ({ schemaPath, instancePath }: AjvError): string =>
  `${schemaPath.replace(/\/[^/]*$/, "")} ${instancePath}`;

interface Located {
  readonly error: AjvError;
  readonly place: Place;
}

/** What stands behind an anchor is judged once at its own place, however often it is used. */
function firstOfEach(located: readonly Located[]): Located[] {
  const seen = new Map<Node, Set<string>>();
  const isNew = ({ error, place }: Located): boolean => {
    const content = place.node && deref(place.node);
    if (!content) return true;
    const said = seen.get(content) ?? new Set();
    seen.set(content, said);
    const key = `${error.keyword} ${JSON.stringify(error.params)}`;
    return !said.has(key) && said.add(key).has(key);
  };
  const own = located.filter(({ place }) => !isReused(place));
  const reused = located.filter(({ place }) => isReused(place));
  for (const one of own) isNew(one);
  return [...own, ...reused.filter(isNew)];
}

const isReused = ({ isElsewhere, node }: Place): boolean => isElsewhere || node?.kind === "alias";

function problemOf(manifest: Manifest, error: AjvError, place: Place, places: Places): Problem | undefined {
  const schema = error.parentSchema as JsonSchema | undefined;
  if (!schema || error.keyword === "if" || error.keyword === "allOf") return undefined;
  const isUnion = error.keyword === "anyOf" || error.keyword === "oneOf";
  if ((isUnion || ABSENCE.has(error.keyword)) && hasOtherCase(manifest, place)) return undefined;
  if (isUnion) return unionProblem(manifest, schema, place);
  if (error.propertyName !== undefined) return undefined;
  const isUnsure = ABSENCE.has(error.keyword) || (error.keyword === "type" && isBranch(place.node));
  if (isUnsure && isBroken(manifest, place.node)) return undefined;
  if ((error.keyword === "type" && isBrokenOff(manifest, place)) || isCutOff(manifest, place)) return undefined;
  // In JSON a value that isn't there, or isn't JSON, is told as broken syntax.
  if (manifest.parsed.syntax === "json" && !place.node && JUDGES_VALUE.has(error.keyword)) return undefined;
  if (!place.schemas.includes(schema) && error.keyword !== "propertyNames") return undefined;
  switch (error.keyword) {
    case "required":
      return missing(manifest, schema, place, String(paramsOf(error).missingProperty));
    case "additionalProperties":
      return unknownField(manifest, schema, place, String(paramsOf(error).additionalProperty), places);
    case "propertyNames":
      return badName(manifest, schema, place, String(paramsOf(error).propertyName), places);
    case "type":
      return wrongType(manifest, schema, place, [schema.type ?? []].flat());
    case "enum":
    case "const":
      return notAllowed(manifest, schema, place, error.keyword);
    default:
      return build(manifest, schema, error.keyword, "bad-value", valueSpan(place), keywordWords(error, subject(place)));
  }
}

/** Keywords that fail for something that isn't there, which may be just what is being typed. */
const ABSENCE = new Set(["required", "not", "dependencies", "minProperties"]);

const JUDGES_VALUE = new Set(["type", "enum", "const", "anyOf", "oneOf"]);

/** Whether a field is written in a case that ajv doesn't see but the host does, so that what the map lacks may be there. */
function hasOtherCase({ kind: { reading } }: Manifest, { node, schemas }: Place): boolean {
  const map = node && deref(node);
  if (!reading.anyCase || map?.kind !== "map") return false;
  return [...fieldsOf(map, reading).keys()].some((name) =>
    schemas.some(({ properties = {} }) => !(name in properties) && fieldName(properties, name, reading)),
  );
}

function missing(manifest: Manifest, schema: JsonSchema, place: Place, name: string): Problem {
  const message = `"${name}" is missing${place.name && place.pair ? ` in "${place.name}"` : ""}; add it`;
  const detail = schema["x-problem"]?.[`required:${name}`] ? `required:${name}` : "required";
  return build(manifest, schema, detail, "missing-field", containerSpan(manifest, place), message);
}

/** `name` stands in the map of `place` and the host doesn't know it. */
export function unknownField(
  manifest: Manifest,
  schema: JsonSchema,
  place: Place,
  name: string,
  places: Places,
): Problem | undefined {
  const map = place.node && deref(place.node);
  const fields = map?.kind === "map" ? places.fields(map) : undefined;
  const pair = fields?.get(name);
  const key = pair?.key;
  if (fieldName(schema.properties ?? {}, name, manifest.kind.reading)) return undefined;
  const span = key ? spanOf(key) : containerSpan(manifest, place);
  const near = likely(manifest, schema, name, pair?.value);
  const absent = near.filter((one) => !fields?.has(one));
  const elsewhere = near[0] ? undefined : home(manifest, schema, name);
  const hint = near[0]
    ? `; did you mean "${absent[0] ?? near[0]}"?`
    : (elsewhere ?? `; known here: ${current(schema).slice(0, 12).join(", ")}`);
  const message = `unknown field "${name}"${hint}`;
  const problem = build(manifest, schema, "additionalProperties", "unknown-field", span, message);
  const isNothing = near.length === 0 && elsewhere === undefined;
  return key
    ? { ...problem, fixes: isNothing ? removeField(manifest, pair) : changeToAny(manifest, key, absent) }
    : problem;
}

/** Known names near to the one that is written, those that can hold its value first; deprecated ones only for want of others. */
function likely(manifest: Manifest, schema: JsonSchema, name: string, value: Node | undefined): readonly string[] {
  const near = nearest(name, current(schema));
  const found = near.length > 0 ? near : nearest(name, Object.keys(schema.properties ?? {}));
  const written = value && typeOf(value, manifest.kind.reading);
  if (written === undefined || written === "null") return found;
  const walk = walkOf(manifest.schema, manifest.kind.reading);
  const holds = (one: string) => {
    const types = walk.expand(walk.property([schema], one), undefined).flatMap(({ type }) => type ?? []);
    return types.length === 0 || types.includes(written) || (written === "integer" && types.includes("number"));
  };
  return [...found.filter(holds), ...found.filter((one) => !holds(one))];
}

/** Where else the field is known: in a field of this map, at the top level, or in one of the top level's fields. */
function home(manifest: Manifest, schema: JsonSchema, name: string): string | undefined {
  const walk = walkOf(manifest.schema, manifest.kind.reading);
  const root = walk.expand(walk.root, undefined);
  const within = (expanded: readonly JsonSchema[]) =>
    [...new Set(expanded.flatMap(current))].filter((one) => {
      const below = walk.expand(walk.property(expanded, one), undefined);
      return [...below, ...walk.expand(walk.items(below), undefined)].some(({ properties }) => properties?.[name]);
    });
  const near = within([schema]);
  if (near.length > 0) return `; it belongs in "${near.join('" or "')}"`;
  if (root.includes(schema)) {
    const fields = within(root);
    return fields.length > 0 && fields.length < 3 ? `; it belongs in "${fields.join('" or "')}"` : undefined;
  }
  return root.some(({ properties }) => properties?.[name])
    ? "; it belongs at the top level of the document"
    : undefined;
}

/** Nobody is led to a deprecated field. */
const current = ({ properties = {} }: JsonSchema): string[] =>
  Object.keys(properties).filter((name) => properties[name]?.deprecationMessage === undefined);

function badName(manifest: Manifest, schema: JsonSchema, place: Place, name: string, places: Places): Problem {
  const map = place.node && deref(place.node);
  const pair = map?.kind === "map" ? places.fields(map).get(name) : undefined;
  const span = pair?.key ? spanOf(pair.key) : valueSpan(place);
  return build(manifest, schema, "propertyNames", "bad-value", span, `"${name}" can't be a name here`);
}

function wrongType(manifest: Manifest, schema: JsonSchema, place: Place, wanted: readonly string[]): Problem {
  const found = place.node ? describeFound(place.node, manifest) : "nothing";
  const message = `${subject(place)} must be ${typeWords(wanted)}, but the host reads ${found} here`;
  const dashed = wanted.includes("array") ? dashedKey(place) : undefined;
  const said = dashed ? 'an item of a list has a blank after its "-"; add it' : message;
  const span = dashed ? spanOf(dashed) : wrongSpan(place, manifest);
  const problem = build(manifest, schema, dashed ? "dash" : "type", "wrong-type", span, said);
  const walk = walkOf(manifest.schema, manifest.kind.reading);
  const items = wanted.includes("array") ? walk.expand(walk.items(place.schemas), undefined) : [];
  const fixes = retypeFixes(manifest.parsed, place, wanted, items);
  return fixes.length > 0 ? { ...problem, fixes } : problem;
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
  const span = wrongSpan(place, manifest);
  const likely = near.length > 0 || names.length > FEW ? near : names;
  const fixes = written === undefined ? [] : changeToAny(manifest, place.node, likely);
  return { ...build(manifest, schema, keyword, "bad-value", span, message), ...(fixes.length > 0 && { fixes }) };
}

/** Of so many values any may be the one that is meant. */
const FEW = 4;

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
