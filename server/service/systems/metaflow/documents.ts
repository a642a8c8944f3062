// Which JSON files belong to Metaflow UI. Web extensions, PWAs and Home Assistant have a manifest.json as well.

import manifestSchema from "../../../../schemas/metaflow-manifest.schema.json";
import pluginsSchema from "../../../../schemas/metaflow-plugins.schema.json";
import { schemaFrom } from "../../schema/jsonSchema.js";
import { keyText } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import { basename } from "../../text/paths.js";
import type { Reading } from "../../text/reading.js";
import { asMap } from "../read.js";
import type { DocumentKind, Verdict } from "../system.js";

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
  reading,
  globs: ["**/plugins.json", "**/*.plugins.json", "**/PLUGINS.json"],
  fits: (path) => /^(plugins|PLUGINS|.+\.plugins)\.json$/.test(basename(path)),
  recognise: looksLikePlugins,
  schema: () => plugins,
};

const FOREIGN = ["manifest_version", "start_url", "display", "icons", "domain", "codeowners", "short_name"];

function looksLikeManifest(parsed: Parsed): Verdict {
  const map = asMap(parsed.tree.documents[0]?.root);
  if (!map) return { ours: false, reason: "the document is no object" };
  const keys = new Set(map.pairs.map(keyText));
  const foreign = FOREIGN.find((key) => keys.has(key));
  if (foreign) return { ours: false, reason: `it has ${foreign}` };
  const ours = keys.has("entrypoint") || keys.has("slot");
  return ours
    ? { ours, reason: `it has ${keys.has("entrypoint") ? "entrypoint" : "slot"}` }
    : { ours, reason: "neither entrypoint nor slot" };
}

function looksLikePlugins(parsed: Parsed): Verdict {
  const name = basename(parsed.path ?? parsed.uri);
  if (name === "config.plugins.json") return { ours: true, reason: "the service reads a file of this name" };
  const map = asMap(parsed.tree.documents[0]?.root);
  if (!map) return { ours: false, reason: "the document is no object" };
  const entry = map.pairs.find(({ value }) => {
    if (value?.kind === "scalar") return /^(https?|ssh|git|file):\/\/|^git@/.test(value.text);
    return asMap(value)?.pairs.some((pair) =>
      ["repository", "ref", "parameters", "paths"].includes(keyText(pair) ?? ""),
    );
  });
  return entry
    ? { ours: true, reason: "it registers plugins" }
    : { ours: false, reason: "no entry with a repository or parameters" };
}
