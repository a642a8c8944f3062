// The two kinds of JSON document of Metaflow UI: a plugin's manifest.json and the PLUGINS value. Whose a file is, is
// decided in recogniseManifest.ts and recognisePlugins.ts.

import manifestSchema from "../../../../schemas/metaflow-manifest.schema.json";
import pluginsSchema from "../../../../schemas/metaflow-plugins.schema.json";
import { setsVariables, usuallySetsVariables, VARIABLE_GLOBS, valuesOfVariable } from "../../embedded/variables.js";
import { schemaFrom } from "../../schema/jsonSchema.js";
import { basename } from "../../text/paths.js";
import type { Reading } from "../../text/reading.js";
import type { DocumentKind } from "../system.js";
import { looksLikeManifest } from "./recogniseManifest.js";
import { looksLikePlugins } from "./recognisePlugins.js";
import { looksLikeVariable } from "./recogniseVariable.js";

const reading: Reading = { dialect: "json", nullIsAbsent: "never", anyCase: false };
const manifest = schemaFrom(manifestSchema);
const plugins = schemaFrom(pluginsSchema);

export const manifestDocument: DocumentKind = {
  id: "manifest",
  title: "Metaflow UI manifest.json",
  reading,
  globs: ["**/manifest.json"],
  fits: (path) => basename(path) === "manifest.json",
  recognise: looksLikeManifest,
  schema: () => manifest,
};

export const pluginsDocument: DocumentKind = {
  id: "plugins",
  title: "Metaflow UI PLUGINS value",
  members: "pairs",
  reading,
  globs: ["**/plugins.json", "**/*.plugins.json", "**/PLUGINS.json"],
  fits: (path) => /^(plugins|PLUGINS|.+\.plugins)\.json$/.test(basename(path)),
  recognise: looksLikePlugins,
  schema: () => plugins,
  embedded: {
    globs: VARIABLE_GLOBS,
    fits: setsVariables,
    isUsual: usuallySetsVariables,
    find: (outer) => valuesOfVariable(outer, "PLUGINS"),
    recognise: looksLikeVariable,
  },
};
