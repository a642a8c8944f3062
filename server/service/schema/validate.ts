// Compiles our schemas with ajv (strict) and validates what the host's parser yields. Compilation happens at first use
// and is kept per schema; `warm` does it ahead of time.

import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import { FORMATS } from "../kinds/formats.js";
import type { Value } from "../text/reading.js";
import type { JsonSchema } from "./jsonSchema.js";

export interface Validator {
  validate(schema: JsonSchema, value: Value): readonly ErrorObject[];
  warm(schema: JsonSchema): void;
}

/** Annotations of our schemas that ajv must not take for misspelt keywords. */
const VOCABULARY = [
  "markdownDescription",
  "enumDescriptions",
  "deprecationMessage",
  "defaultSnippets",
  "x-problem",
  "x-path",
  "x-suggested",
  "x-since",
  "x-severity",
  "x-insert",
  "x-type",
];

export function createValidator(): Validator {
  const compiled = new WeakMap<JsonSchema, ValidateFunction>();
  let ajv: Ajv | undefined;

  function compile(schema: JsonSchema): ValidateFunction {
    let validate = compiled.get(schema);
    if (!validate) {
      ajv ??= createAjv();
      validate = ajv.compile(schema);
      compiled.set(schema, validate);
    }
    return validate;
  }

  return {
    validate(schema, value) {
      const validate = compile(schema);
      return validate(value) ? [] : (validate.errors ?? []);
    },
    warm: (schema) => void compile(schema),
  };
}

/** Not made before the first schema is needed: it takes longer than the answer to `initialize`. */
function createAjv(): Ajv {
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    allErrors: true,
    verbose: true,
    validateSchema: false,
    addUsedSchema: false,
    formats: Object.fromEntries(FORMATS.map((format) => [format, true])),
  });
  return ajv.addVocabulary(VOCABULARY);
}
