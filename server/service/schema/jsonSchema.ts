// The part of JSON Schema (draft-07) that our schemas use, with our own annotations.

import type { Severity } from "../systems/problem.js";

export interface JsonSchema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly title?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  /** Made by a system for one place of one manifest: what the host makes of it, as Markdown for hover. */
  readonly "x-effect"?: readonly string[];
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly deprecationMessage?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly "x-problem"?: Readonly<Record<string, SchemaProblem>>;
  readonly "x-path"?: PathDetail;
  readonly "x-suggested"?: boolean;
  readonly "x-since"?: string;
  readonly "x-type"?: string;
}

/** Overrides how the failure of one keyword is told. */
export interface SchemaProblem {
  readonly code?: string;
  readonly severity?: Severity;
  readonly message?: string;
}

/** What a string of `format: "path"` names. */
export interface PathDetail {
  readonly to: "file" | "directory" | "fileOrDirectory" | "kustomizationOrFile" | "component";
  readonly extensions?: readonly string[];
  /** A URL is legal too. */
  readonly url?: boolean;
  /** `key=path` is legal too. */
  readonly keyed?: boolean;
  /** Inline YAML is legal too. */
  readonly inline?: boolean;
  /** What a relative path counts from; "server" can't be known here. */
  readonly counts?: "manifest" | "server";
}

/** The one place where imported JSON becomes a schema; the tests compile every schema under ajv's strict mode. */
export function schemaFrom(json: object): JsonSchema {
  return json as JsonSchema;
}
