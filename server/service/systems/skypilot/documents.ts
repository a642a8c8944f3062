// Which files SkyPilot reads, how PyYAML reads them, and which form of the schema judges them.

import currentSchema from "../../../../schemas/skypilot-plugins.schema.json";
import guideSchema from "../../../../schemas/skypilot-plugins-guide.schema.json";
import remoteSchema from "../../../../schemas/skypilot-remote-plugins.schema.json";
import { type JsonSchema, schemaFrom } from "../../schema/jsonSchema.js";
import { basename } from "../../text/paths.js";
import type { Reading } from "../../text/reading.js";
import type { DocumentKind } from "../system.js";
import { looksLikePlugins, looksLikeRemotePlugins } from "./recognise.js";

const reading: Reading = { dialect: "pyyaml", nullIsAbsent: "top", anyCase: false };
const auto = schemaFrom(currentSchema);
const guide = schemaFrom(guideSchema);
const remote = schemaFrom(remoteSchema);
const current = withErrors(auto);

export const pluginsDocument: DocumentKind = {
  id: "plugins",
  title: "SkyPilot plugins.yaml",
  reading,
  members: "items",
  globs: ["**/plugins.yaml", "**/plugins.yml"],
  fits: (path) => /^plugins\.ya?ml$/.test(basename(path)),
  recognise: looksLikePlugins,
  // "auto" judges as a current server does, but what the user guide shows stays a warning.
  schema: ({ settings }) => ({ guide, current, auto })[settings.skypilotSchema],
};

export const remotePluginsDocument: DocumentKind = {
  id: "remote-plugins",
  title: "SkyPilot remote_plugins.yaml",
  reading,
  members: "items",
  globs: ["**/remote_plugins.yaml", "**/remote_plugins.yml"],
  fits: (path) => /^remote_plugins\.ya?ml$/.test(basename(path)),
  recognise: looksLikeRemotePlugins,
  schema: () => remote,
};

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
