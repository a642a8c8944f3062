// Buntime plugins: manifest.yaml or manifest.yml at the top of a plugin folder.

import { genericRules } from "../generic.js";
import type { Rule, System } from "../system.js";
import { manifestDocument } from "./documents.js";

const rules: readonly Rule[] = [
  ...genericRules("buntime", {
    syntax: "The loader logs a warning and ignores the folder; an upload of it is refused.",
    "duplicate-key": "The parser keeps the last value and loses the others without a word.",
    "unknown-field": "Unknown fields are legal: they are given to the plugin as its configuration.",
    "missing-field": "The loader ignores the folder with a warning.",
    "wrong-type": "There is no validation of plugin manifests; a wrong type fails where the value is used.",
    "bad-value": "The plugin fails to load, or the value fails where it is used.",
    deprecated: "The field is ignored by current hosts.",
  }),
];

export const buntime: System = {
  id: "buntime",
  title: "Buntime",
  documents: [manifestDocument],
  rules,
};
