// What is known of kustomization files and the plugin folders around them: rules, and whatever else features ask a system for.

import kustomizationSchema from "../../../../schemas/openjourney-kustomization.schema.json";
import objectSchema from "../../../../schemas/openjourney-object.schema.json";
import snippets from "../../../../snippets/openjourney.json";
import { schemaFrom } from "../../schema/jsonSchema.js";
import { genericRules } from "../generic.js";
import type { SystemKnowledge } from "../late.js";
import { snippetsFrom } from "../snippets.js";
import type { Rule } from "../system.js";
import { describe, factsOf } from "./describe.js";
import { inside } from "./inside.js";
import { kinds } from "./kinds/index.js";
import { mentionsOf, refuseName } from "./mentions.js";
import { besideOf } from "./names/beside.js";
import { patchSchemaAt, usedFile } from "./patchFile.js";
import { previewOf } from "./preview.js";
import { looksLikeKustomization, looksLikeObject } from "./recognise.js";
import { ambiguousRules } from "./rules/ambiguous.js";
import { baseRules } from "./rules/bases.js";
import { configurationRules } from "./rules/configurations.js";
import { deployedRules } from "./rules/deployed.js";
import { deprecatedFixes } from "./rules/deprecated.js";
import { documentRules } from "./rules/document.js";
import { fileRules } from "./rules/files.js";
import { generatorRules } from "./rules/generators.js";
import { headerRules } from "./rules/header.js";
import { imageRules } from "./rules/images.js";
import { inPlugins } from "./rules/inPlugins.js";
import { labelRules } from "./rules/labels.js";
import { misshapedRules } from "./rules/misshaped.js";
import { openapiRules } from "./rules/openapi.js";
import { operationRules } from "./rules/operations.js";
import { patchRules } from "./rules/patches.js";
import { pathRules } from "./rules/paths.js";
import { pluginRules } from "./rules/plugin.js";
import { pluginObjectRules } from "./rules/plugins.js";
import { replacementRules } from "./rules/replacements.js";
import { resourceRules } from "./rules/resources.js";
import { refineType } from "./rules/shape.js";
import { sortingRules } from "./rules/sorting.js";
import { refineUnknown } from "./rules/unknown.js";
import { varRules } from "./rules/vars.js";
import { lensesOf } from "./views.js";

const generic = genericRules(
  "openjourney",
  {
    syntax: "kustomize refuses the file: the build of this folder fails.",
    "duplicate-key": "kustomize keeps the last value and loses the others without a word.",
    "unknown-field": "kustomize refuses unknown fields at any depth: the build fails.",
    "wrong-type": "kustomize can't decode the value: the build fails.",
    deprecated: "kustomize still takes the field and prints a warning.",
  },
  { deprecated: "warning" },
);

const kustomize: readonly Rule[] = [
  ...documentRules,
  ...headerRules,
  ...inPlugins(pathRules),
  ...resourceRules,
  ...misshapedRules,
  ...ambiguousRules,
  ...baseRules,
  ...inPlugins(patchRules),
  ...inPlugins(operationRules),
  ...inPlugins(generatorRules),
  ...inPlugins(imageRules),
  ...labelRules,
  ...inPlugins(replacementRules),
  ...varRules,
  ...fileRules,
  ...pluginObjectRules,
  ...configurationRules,
  ...openapiRules,
  ...sortingRules,
];

/** What kustomizations add to the rows that every system has. */
const MORE: Readonly<Record<string, Partial<Rule>>> = {
  "openjourney/deprecated": { check: deprecatedFixes },
  "openjourney/wrong-type": { refine: refineType },
  "openjourney/unknown-field": { refine: refineUnknown },
};

const rules: readonly Rule[] = [
  ...generic.map((rule) => ({ ...rule, ...MORE[rule.code] })),
  ...kustomize.map((rule) => ({ ...rule, documents: ["kustomization"] })),
  ...pluginRules,
  ...deployedRules,
];

const kustomization = schemaFrom(kustomizationSchema);
const object = schemaFrom(objectSchema);

const KNOWLEDGE: SystemKnowledge = {
  documents: {
    kustomization: { recognise: looksLikeKustomization, schema: () => kustomization },
    object: { recognise: looksLikeObject, schema: () => object },
  },
  rules,
  snippets: snippetsFrom(snippets),
  kinds,
  facts: factsOf,
  mentions: mentionsOf,
  beside: besideOf,
  schemaAt: patchSchemaAt,
  used: usedFile,
  inside,
  refuseName,
  describe,
  lenses: lensesOf,
  preview: previewOf,
};

export const knowledge = (): SystemKnowledge => KNOWLEDGE;
