// How ajv reads our schemas: strictly, with every error told, and each error with the part of the schema that it comes from.

import { FORMATS } from "../kinds/formats.js";

export const AJV_OPTIONS = {
  strict: true,
  allowUnionTypes: true,
  strictRequired: false,
  allErrors: true,
  verbose: true,
  validateSchema: false,
  addUsedSchema: false,
  formats: Object.fromEntries(FORMATS.map((format) => [format, true as const])),
};

/** Annotations of our schemas that ajv must not take for misspelt keywords. */
export const VOCABULARY = [
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
