// Metaflow UI plugins: manifest.json of a plugin, and the PLUGINS JSON that registers plugins.

import { genericRules } from "../generic.js";
import type { Rule, System } from "../system.js";
import { manifestDocument, pluginsDocument } from "./documents.js";

const rules: readonly Rule[] = [
  ...genericRules("metaflow", {
    syntax: "The service reads strict JSON; a file it can't read is logged and the plugin isn't listed.",
    "duplicate-key": "Python keeps the last value and loses the others without a word.",
    "unknown-field": "Unknown fields are kept and given to the plugin.",
    "missing-field":
      "The service doesn't list a plugin without name, version and entrypoint; the page doesn't show one without slot.",
    "wrong-type": "The service checks no types; the plugin isn't reachable or isn't shown.",
    "bad-value": "The plugin isn't loaded or isn't shown.",
    deprecated: "The value is from an older page.",
  }),
];

export const metaflow: System = {
  id: "metaflow",
  title: "Metaflow UI",
  documents: [manifestDocument, pluginsDocument],
  rules,
};
