// SkyPilot API server plugins: plugins.yaml and remote_plugins.yaml.

import { genericRules } from "../generic.js";
import type { Rule, System } from "../system.js";
import { pluginsDocument, remotePluginsDocument } from "./documents.js";

const rules: readonly Rule[] = [
  ...genericRules("skypilot", {
    syntax: "The server reads the file with PyYAML; it doesn't start on a file that PyYAML can't read.",
    "duplicate-key": "PyYAML keeps the last value and loses the others without a word.",
    "unknown-field": "The server validates the file at start and refuses unknown fields: it doesn't start.",
    "missing-field": "The server validates the file at start and refuses it: it doesn't start.",
    "wrong-type": "The server validates the file at start and refuses it: it doesn't start.",
    "bad-value": "The server refuses the value at start.",
    deprecated: "The field belongs to another form of the file.",
  }),
];

export const skypilot: System = {
  id: "skypilot",
  title: "SkyPilot",
  documents: [pluginsDocument, remotePluginsDocument],
  rules,
};
