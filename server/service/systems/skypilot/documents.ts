// Which files SkyPilot reads, how PyYAML reads them, and which form of the schema judges them.

import currentSchema from "../../../../schemas/skypilot-plugins.schema.json";
import guideSchema from "../../../../schemas/skypilot-plugins-guide.schema.json";
import remoteSchema from "../../../../schemas/skypilot-remote-plugins.schema.json";
import { schemaFrom } from "../../schema/jsonSchema.js";
import { keyText } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import { basename } from "../../text/paths.js";
import type { Reading } from "../../text/reading.js";
import { asList, asMap } from "../read.js";
import type { DocumentKind, Verdict } from "../system.js";

const reading: Reading = { dialect: "pyyaml", nullIsAbsent: "top", anyCase: false };
const current = schemaFrom(currentSchema);
const guide = schemaFrom(guideSchema);
const remote = schemaFrom(remoteSchema);

export const pluginsDocument: DocumentKind = {
  id: "plugins",
  title: "SkyPilot plugins.yaml",
  reading,
  globs: ["**/plugins.yaml", "**/plugins.yml"],
  fits: (path) => /^plugins\.ya?ml$/.test(basename(path)),
  recognise: (parsed) => looksLikePlugins(parsed),
  schema: ({ settings }) => (settings.skypilotSchema === "guide" ? guide : current),
};

export const remotePluginsDocument: DocumentKind = {
  id: "remote-plugins",
  title: "SkyPilot remote_plugins.yaml",
  reading,
  globs: ["**/remote_plugins.yaml", "**/remote_plugins.yml"],
  fits: (path) => /^remote_plugins\.ya?ml$/.test(basename(path)),
  recognise: () => ({ ours: true, reason: "only SkyPilot has a file of this name" }),
  schema: () => remote,
};

/** k9s, Grafana and Jenkins name files plugins.yaml too: the `plugins` list of maps with `class` tells ours. */
function looksLikePlugins(parsed: Parsed): Verdict {
  const root = parsed.tree.documents[0]?.root;
  const map = asMap(root);
  if (!map) return { ours: root === undefined, reason: root ? "the document is no map" : "an empty plugins.yaml" };
  const keys = map.pairs.map(keyText);
  if (keys.includes("controller_wheel_path")) return { ours: true, reason: "it has controller_wheel_path" };
  const plugins = map.pairs.find((pair) => keyText(pair) === "plugins")?.value;
  const items = asList(plugins)?.items ?? [];
  const isOurs = items.some((item) => asMap(item)?.pairs.some((pair) => keyText(pair) === "class"));
  return isOurs
    ? { ours: true, reason: "it lists plugins by class" }
    : { ours: false, reason: "no list of plugins with a class" };
}
