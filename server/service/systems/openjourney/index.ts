// OpenJourney Server plugins: kustomization files, wherever they stand, and the plugin folders around them.

import { genericRules } from "../generic.js";
import type { Rule, System } from "../system.js";
import { kustomizationDocument } from "./documents.js";

const rules: readonly Rule[] = [
  ...genericRules(
    "openjourney",
    {
      syntax: "kustomize refuses the file: the build of this folder fails.",
      "duplicate-key": "kustomize keeps the last value and loses the others without a word.",
      "unknown-field": "kustomize refuses unknown fields at any depth: the build fails.",
      "missing-field": "The build fails.",
      "wrong-type": "kustomize can't decode the value: the build fails.",
      "bad-value": "The build fails.",
      deprecated: "kustomize still takes the field and prints a warning.",
    },
    { deprecated: "warning" },
  ),
];

export const openjourney: System = {
  id: "openjourney",
  title: "OpenJourney",
  documents: [kustomizationDocument],
  rules,
};
