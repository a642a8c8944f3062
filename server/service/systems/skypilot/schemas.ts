// Which form of the schema judges SkyPilot's files.

import currentSchema from "../../../../schemas/skypilot-plugins.schema.json";
import guideSchema from "../../../../schemas/skypilot-plugins-guide.schema.json";
import remoteSchema from "../../../../schemas/skypilot-remote-plugins.schema.json";
import { type JsonSchema, schemaFrom } from "../../schema/jsonSchema.js";
import type { DocumentKind } from "../system.js";

const auto = schemaFrom(currentSchema);
const guide = schemaFrom(guideSchema);
const remote = schemaFrom(remoteSchema);
const current = withErrors(auto);

/** "auto" judges as a current server does, but what the user guide shows stays a warning. */
export const pluginsSchema: DocumentKind["schema"] = ({ settings }) =>
  ({ guide, current, auto })[settings.skypilotSchema];

export const remotePluginsSchema: DocumentKind["schema"] = () => remote;

/** The same schema with every deprecated field an error: a server that the user knows to be current refuses it. */
function withErrors(schema: JsonSchema): JsonSchema {
  const below: Partial<Record<"properties" | "items" | "x-problem", unknown>> = {};
  if (schema.properties) {
    below.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, withErrors(property)]),
    );
  }
  if (schema.items) below.items = withErrors(schema.items);
  const own = schema["x-problem"];
  if (own?.deprecated) below["x-problem"] = { ...own, deprecated: { ...own.deprecated, severity: "error" } };
  return schemaFrom({ ...schema, ...below });
}
