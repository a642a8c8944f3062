// The documents of Buntime: the manifest of a plugin, and the JSON manifest of old, which is known only to be reported.

import manifestSchema from "../../../../schemas/buntime-manifest.schema.json";
import { schemaFrom } from "../../schema/jsonSchema.js";
import { basename } from "../../text/paths.js";
import type { DocumentKind } from "../system.js";
import { looksLikeOldManifest, looksLikePlugin } from "./recognise.js";

const schema = schemaFrom(manifestSchema);

export const manifestDocument: DocumentKind = {
  id: "manifest",
  title: "Buntime plugin manifest",
  reading: { dialect: "yaml-1.2", nullIsAbsent: "never", anyCase: false },
  globs: ["**/manifest.yaml", "**/manifest.yml", "**/Manifest.yaml", "**/MANIFEST.yaml"],
  fits: (path) => /^manifest\.ya?ml$/i.test(basename(path)),
  recognise: looksLikePlugin,
  schema: () => schema,
};

export const oldManifestDocument: DocumentKind = {
  id: "old-manifest",
  title: "Buntime plugin manifest of old",
  reading: { dialect: "json", nullIsAbsent: "never", anyCase: false },
  globs: ["**/manifest.json"],
  fits: (path) => basename(path) === "manifest.json",
  recognise: looksLikeOldManifest,
  schema: () => schema,
};
