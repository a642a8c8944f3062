// Which files are Buntime plugin manifests. App manifests, Kubernetes, Cloud Foundry and Airbyte share the file name.

import manifestSchema from "../../../../schemas/buntime-manifest.schema.json";
import { schemaFrom } from "../../schema/jsonSchema.js";
import { keyText } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import { basename, dirname } from "../../text/paths.js";
import type { Workspace } from "../facts.js";
import { asMap } from "../read.js";
import type { DocumentKind, Verdict } from "../system.js";

const schema = schemaFrom(manifestSchema);

export const manifestDocument: DocumentKind = {
  id: "manifest",
  title: "Buntime plugin manifest",
  reading: { dialect: "yaml-1.2", nullIsAbsent: "never", anyCase: false },
  globs: ["**/manifest.yaml", "**/manifest.yml"],
  fits: (path) => /^manifest\.ya?ml$/.test(basename(path)),
  recognise: looksLikePlugin,
  schema: () => schema,
};

const PLUGIN_KEYS = ["pluginEntry", "base", "menus", "dependencies", "optionalDependencies", "config"];

function looksLikePlugin(parsed: Parsed, { files }: Workspace): Verdict {
  const map = asMap(parsed.tree.documents[0]?.root);
  if (!map) return { ours: false, reason: "the document is no map" };
  const keys = new Set(map.pairs.map(keyText));
  if (keys.has("apiVersion") || keys.has("applications") || keys.has("kind"))
    return { ours: false, reason: "it has keys of another tool" };
  const telling = PLUGIN_KEYS.find((key) => keys.has(key));
  if (telling) return { ours: true, reason: `it has ${telling}` };
  const folder = parsed.path && dirname(parsed.path);
  const entry = folder && ["plugin.ts", "plugin.js"].find((name) => files.kind(`${folder}/${name}`) === "file");
  if (entry) return { ours: true, reason: `${entry} stands beside it` };
  return { ours: false, reason: "no key that only plugins have, and no plugin.ts or plugin.js beside it" };
}
