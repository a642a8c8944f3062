// What is known of SkyPilot's files: rules, and whatever else features ask a system for.

import snippets from "../../../../snippets/skypilot.json";
import { genericRules } from "../generic.js";
import type { SystemKnowledge } from "../late.js";
import { snippetsFrom } from "../snippets.js";
import type { Rule } from "../system.js";
import { describePlugins } from "./describe.js";
import { factsOf } from "./facts.js";
import { pythonClass } from "./kinds/pythonClass.js";
import { wheelPath } from "./kinds/wheelPath.js";
import { refuseName } from "./mentions.js";
import { schemaAt } from "./parameterSchema.js";
import { previewOf } from "./preview.js";
import { mentionsOf, pythonFile } from "./pythonFile.js";
import { inConfigMap, looksLikePlugins, looksLikeRemotePlugins } from "./recognise.js";
import { classPathRules } from "./rules/classPath.js";
import { contextRules } from "./rules/contexts.js";
import { foldedRules } from "./rules/folded.js";
import { importRules } from "./rules/imports.js";
import { misspeltModuleRules } from "./rules/misspeltModule.js";
import { outsideRules, refineUnknown } from "./rules/outside.js";
import { parameterRules } from "./rules/parameters.js";
import { pythonClassRules } from "./rules/pythonClass.js";
import { remoteRules } from "./rules/remote.js";
import { refineMissing } from "./rules/renamedClass.js";
import { shapeRules } from "./rules/shape.js";
import { refineType } from "./rules/types.js";
import { wheelPathRules } from "./rules/wheelPath.js";
import { wheelRules } from "./rules/wheels.js";
import { yamlRules } from "./rules/yaml.js";
import { pluginsSchema, remotePluginsSchema } from "./schemas.js";
import { hintsOf, lensesOf } from "./views.js";

/** What the schema finds, in the words and with the fixes of this system. */
const REFINED: Readonly<Record<string, Pick<Rule, "refine">>> = {
  "skypilot/missing-field": { refine: refineMissing },
  "skypilot/unknown-field": { refine: refineUnknown },
  "skypilot/wrong-type": { refine: refineType },
};

const rules: readonly Rule[] = [
  ...genericRules("skypilot", {
    syntax: "The server reads the file with PyYAML; it doesn't start on a file that PyYAML can't read.",
    "duplicate-key": "PyYAML keeps the last value and loses the others without a word.",
    "unknown-field": "The server validates the file at start and refuses unknown fields: it doesn't start.",
    "missing-field": "The server validates the file at start and refuses it: it doesn't start.",
    "wrong-type":
      "The server validates the file at start and refuses it: it doesn't start. PyYAML reads YAML 1.1: yes, no, on and off are booleans, 12:30 is 750, 010 is 8, 2025-01-31 is a date.",
  }).map((row) => ({ ...row, ...REFINED[row.code] })),
  ...yamlRules,
  ...foldedRules,
  ...shapeRules,
  ...classPathRules,
  ...pythonClassRules,
  ...contextRules,
  ...misspeltModuleRules,
  ...importRules,
  ...parameterRules,
  ...outsideRules,
  ...remoteRules,
  ...wheelPathRules,
  ...wheelRules,
];

const KNOWLEDGE: SystemKnowledge = {
  documents: {
    plugins: { recognise: looksLikePlugins, schema: pluginsSchema, recogniseEmbedded: inConfigMap(looksLikePlugins) },
    "remote-plugins": {
      recognise: looksLikeRemotePlugins,
      schema: remotePluginsSchema,
      recogniseEmbedded: inConfigMap(looksLikeRemotePlugins),
    },
  },
  rules,
  snippets: snippetsFrom(snippets),
  facts: factsOf,
  describe: describePlugins,
  preview: previewOf,
  // The wheel directory is the only path of these files.
  kinds: { pythonClass, path: wheelPath },
  mentions: mentionsOf,
  refuseName,
  used: pythonFile,
  schemaAt,
  lenses: lensesOf,
  hints: hintsOf,
};

export const knowledge = (): SystemKnowledge => KNOWLEDGE;
