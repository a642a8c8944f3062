// From a schema to the function that judges by it. Tests and tools compile with ajv here and now; in the bundles the code that
// ajv made when they were built stands in this file's place (scripts/support/validators.mjs), with the same errors.

import Ajv, { type ValidateFunction } from "ajv";
import { AJV_OPTIONS, VOCABULARY } from "./ajvOptions.js";
import type { JsonSchema } from "./jsonSchema.js";

const ajv = new Ajv(AJV_OPTIONS).addVocabulary(VOCABULARY);

/** Errors carry the very objects of `schema`. A schema that isn't right under ajv's strict mode is an exception. */
export const compile = (schema: JsonSchema): ValidateFunction => ajv.compile(schema);
