// The content of objects as a schema of what a merge patch may say of them: the same keys, with what stands there now.

import type { JsonSchema } from "../../../schema/jsonSchema.js";
import type { Value } from "../../../text/reading.js";
import { BLUR, isFields } from "./jsonPatch.js";
import { shortened } from "./pointers.js";

/** `owner` names whose content it is: `Deployment "web"`. */
export function schemaOfContent(value: Value, owner: string, depth = 0): JsonSchema {
  if (value === BLUR || value === null || depth > 20) return {};
  if (Array.isArray(value))
    return { type: "array", items: merged(value.map((one) => schemaOfItem(one, owner, depth))) };
  if (isFields(value)) {
    const fields = Object.entries(value).map(([name, one]) => [name, schemaOfContent(one, owner, depth + 1)]);
    return { type: "object", properties: Object.fromEntries(fields) };
  }
  const type = typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : "string";
  const description = `Now ${JSON.stringify(shortened(value))} in ${owner}.`;
  return { type, description, examples: [value], ...(type === "string" && { format: "presentValue" }) };
}

/** Items of Kubernetes' lists are told apart by their names. */
function schemaOfItem(value: Value, owner: string, depth: number): JsonSchema {
  const schema = schemaOfContent(value, owner, depth + 1);
  return isFields(value) && typeof value.name === "string" ? { ...schema, required: ["name"] } : schema;
}

/** What any of the schemas has. */
export function merged(all: readonly JsonSchema[]): JsonSchema {
  const [first, ...others] = all;
  if (!first || others.length === 0) return first ?? {};
  const names = new Set(all.flatMap(({ properties = {} }) => Object.keys(properties)));
  const properties = [...names].map((name) => [name, merged(all.flatMap((one) => one.properties?.[name] ?? []))]);
  const items = all.flatMap((one) => one.items ?? []);
  const examples = [...new Set(all.flatMap((one) => one.examples ?? []))];
  return {
    ...first,
    ...(names.size > 0 && { properties: Object.fromEntries(properties) }),
    ...(items.length > 0 && { items: merged(items) }),
    ...(examples.length > 0 && { examples: examples.slice(0, MOST) }),
  };
}

const MOST = 50;
