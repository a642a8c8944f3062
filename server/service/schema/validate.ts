// What a schema has against the value that the host's parser yields. The function behind a schema is made or loaded at first
// use, and kept with it.

import type { ErrorObject } from "ajv";
import type { Value } from "../text/reading.js";
import { remember } from "../text/remember.js";
import { compile } from "./compile.js";
import type { JsonSchema } from "./jsonSchema.js";

export interface Validator {
  validate(schema: JsonSchema, value: Value): readonly ErrorObject[];
}

export function createValidator(): Validator {
  const compiled = remember(compile);
  return {
    validate(schema, value) {
      const validate = compiled(schema);
      return validate(value) ? [] : (validate.errors ?? []);
    },
  };
}
