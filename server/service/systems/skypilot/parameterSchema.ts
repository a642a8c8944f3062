// The arguments of a plugin's constructor as a schema of its `parameters`, so that keys, values and hovers know them.

import { type JsonSchema, schemaFrom } from "../../schema/jsonSchema.js";
import type { KeyPath } from "../../text/node.js";
import type { Manifest } from "../system.js";
import { itemAt } from "./items.js";
import { classHere, sourceOf } from "./listed.js";
import type { ParameterSource } from "./python/source.js";

export function schemaAt(manifest: Manifest, at: KeyPath): JsonSchema | undefined {
  const [list, index, key] = at;
  if (at.length !== 3 || list !== "plugins" || typeof index !== "number" || key !== "parameters") return undefined;
  const item = itemAt(manifest, index);
  const found = item?.className === undefined ? undefined : classHere(manifest, item.className);
  const taken = found?.judged.parameters?.filter(({ kind }) => kind === "normal" || kind === "keyword");
  if (!found || !taken || taken.length === 0) return undefined;
  const { builder } = found.judged;
  const written = (builder && sourceOf(manifest, builder.class, builder.module)?.parameters) ?? [];
  return schemaFrom({
    type: "object",
    required: taken.filter(({ hasDefault }) => !hasDefault).map(({ name }) => name),
    properties: Object.fromEntries(
      taken.map(({ name }) => [
        name,
        propertyOf(found.class.name, written.find((one) => one.name === name) ?? { name }),
      ]),
    ),
  });
}

function propertyOf(className: string, { annotation, standard }: ParameterSource): JsonSchema {
  const types = annotation === undefined ? [] : typesOf(annotation);
  const value = standard === undefined ? undefined : literal(standard);
  return schemaFrom({
    description: `Argument of the constructor of ${className}.${standard === undefined ? "" : ` Default: ${standard}`}`,
    markdownDescription: `Argument of the constructor of \`${className}\`.`,
    ...(types.length > 0 && { type: types }),
    ...(annotation !== undefined && { "x-type": annotation }),
    ...(value !== undefined && { default: value }),
  });
}

/** JSON types of an annotation; none where any is unknown. */
function typesOf(annotation: string): readonly string[] {
  const optional = /^(?:typing\.)?Optional\[(.*)\]$/s.exec(annotation)?.[1];
  const parts = optional === undefined ? annotation.split("|") : [optional, "None"];
  const types = parts.map(
    (part) =>
      TYPES[
        part
          .trim()
          .replace(/^typing\./, "")
          .replace(/\[.*$/s, "")
      ],
  );
  const known = types.filter((type) => type !== undefined);
  return known.length === types.length ? known : [];
}

const TYPES: Readonly<Record<string, string>> = {
  str: "string",
  int: "integer",
  float: "number",
  bool: "boolean",
  None: "null",
  list: "array",
  List: "array",
  Sequence: "array",
  tuple: "array",
  dict: "object",
  Dict: "object",
  Mapping: "object",
};

/** A default that YAML can say as well. */
function literal(text: string): string | number | boolean | undefined {
  if (text === "True" || text === "False") return text === "True";
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return /^(["'])([^"'\\\n]*)\1$/.exec(text)?.[2];
}
