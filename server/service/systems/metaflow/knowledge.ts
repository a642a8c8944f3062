// What is known of Metaflow UI's documents: rules, and whatever else features ask a system for.

import manifestSchema from "../../../../schemas/metaflow-manifest.schema.json";
import pluginsSchema from "../../../../schemas/metaflow-plugins.schema.json";
import snippets from "../../../../snippets/metaflow.json";
import { schemaFrom } from "../../schema/jsonSchema.js";
import { genericRules } from "../generic.js";
import type { SystemKnowledge } from "../late.js";
import { snippetsFrom } from "../snippets.js";
import type { Rule } from "../system.js";
import { describe, factsOf } from "./facts.js";
import { schemaAt } from "./identifiers.js";
import { kinds } from "./kinds.js";
import { mentionsOf, refuseName } from "./mentions.js";
import { offersOf } from "./offers.js";
import { previewOf } from "./preview.js";
import { looksLikeManifest } from "./recogniseManifest.js";
import { looksLikePlugins } from "./recognisePlugins.js";
import { looksLikeVariable } from "./recogniseVariable.js";
import { authRules } from "./rules/auth.js";
import { charsetRules } from "./rules/charset.js";
import { entrypointRules } from "./rules/entrypoint.js";
import { folderRules } from "./rules/folders.js";
import { garbledRules } from "./rules/garbled.js";
import { helperCallRules } from "./rules/helperCalls.js";
import { manifestRules } from "./rules/manifest.js";
import { misspeltRules, refineMissing } from "./rules/misspelt.js";
import { nameRules } from "./rules/names.js";
import { notRegisteredRules } from "./rules/notRegistered.js";
import { pageRules } from "./rules/page.js";
import { refRules } from "./rules/refs.js";
import { registeringRules } from "./rules/registering.js";
import { registrationRules } from "./rules/registrations.js";
import { repositoryRules } from "./rules/repositories.js";
import { sandboxRules } from "./rules/sandbox.js";
import { sandboxTokenRules } from "./rules/sandboxTokens.js";
import { schemaRules } from "./rules/schema.js";
import { hintsOf, lensesOf } from "./views.js";
import { refineType } from "./wrapped.js";

/** JSON has no aliases and no comments. */
const YAML_ALONE: ReadonlySet<string> = new Set(["metaflow/too-large", "metaflow/unused-suppression"]);

/** Generic rules whose findings are put in the words of this system. */
const REFINED: Readonly<Partial<Record<string, Rule["refine"]>>> = {
  "metaflow/missing-field": refineMissing,
  "metaflow/wrong-type": refineType,
};

const rules: readonly Rule[] = [
  ...genericRules("metaflow", {
    syntax:
      "The service (2.5.1) reads strict JSON: with a comment, a trailing comma or a byte order mark a manifest is refused with a line in the log, and a PLUGINS value is dropped for config.plugins.json. NaN and Infinity are worse: Python reads them, the whole GET /plugin becomes invalid JSON, and the page shows no plugin at all.",
    "duplicate-key": "Python keeps the last value and loses the others without a word.",
    "missing-field":
      "The service doesn't list a plugin without name, version and entrypoint; it says so only in its log.",
    "wrong-type":
      "The service checks no types of a manifest; the plugin isn't reachable or isn't shown. An entry of PLUGINS with a wrong type fails by itself, a PLUGINS value that is no object loads nothing, without a line in the log.",
    "bad-value": "The plugin isn't loaded or isn't shown.",
  })
    .filter(({ code }) => !YAML_ALONE.has(code))
    .map((rule) => {
      const refine = REFINED[rule.code];
      return refine ? { ...rule, refine } : rule;
    }),
  ...schemaRules,
  ...manifestRules,
  ...misspeltRules,
  ...entrypointRules,
  ...pageRules,
  ...helperCallRules,
  ...sandboxRules,
  ...sandboxTokenRules,
  ...charsetRules,
  ...registeringRules,
  ...nameRules,
  ...notRegisteredRules,
  ...garbledRules,
  ...registrationRules,
  ...refRules,
  ...repositoryRules,
  ...authRules,
  ...folderRules,
];

const manifest = schemaFrom(manifestSchema);
const plugins = schemaFrom(pluginsSchema);

const KNOWLEDGE: SystemKnowledge = {
  documents: {
    manifest: { recognise: looksLikeManifest, schema: () => manifest },
    plugins: { recognise: looksLikePlugins, recogniseEmbedded: looksLikeVariable, schema: () => plugins },
  },
  rules,
  snippets: snippetsFrom(snippets),
  facts: factsOf,
  describe,
  preview: previewOf,
  mentions: mentionsOf,
  refuseName,
  kinds,
  schemaAt,
  offers: offersOf,
  lenses: lensesOf,
  hints: hintsOf,
};

export const knowledge = (): SystemKnowledge => KNOWLEDGE;
