// The schema of a manifest, in the two readings that the host has of it: with a base the worker fields are checked at each
// request, without one nobody reads them.

import manifestSchema from "../../../../schemas/buntime-manifest.schema.json";
import { type JsonSchema, schemaFrom } from "../../schema/jsonSchema.js";
import { keyText } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import { asMap } from "../read.js";

export function schemaOf({ tree }: Parsed): JsonSchema {
  const hasBase = asMap(tree.documents[0]?.root)?.pairs.some((pair) => keyText(pair) === "base");
  return hasBase ? worker : hooksOnly;
}

const CONSEQUENCE = "the plugin loads, but with a base the host answers each of its URLs with 500";

const worker = schemaFrom(manifestSchema);
const hooksOnly = schemaFrom(Object(softened(manifestSchema)));

/** A copy in which a bad worker field is worth no more than a mention. */
function softened(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(softened);
  if (typeof schema !== "object" || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, softened(value)]));
  if (copy.code !== "buntime/worker-field") return copy;
  const message = String(copy.message).replace(CONSEQUENCE, "a plugin with a base would answer 500 because of it");
  return { ...copy, severity: "information", message };
}
