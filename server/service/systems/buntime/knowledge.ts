// What is known of Buntime's manifests: rules, and whatever else features ask a system for.

import snippets from "../../../../snippets/buntime.json";
import { genericRules } from "../generic.js";
import type { SystemKnowledge } from "../late.js";
import { snippetsFrom } from "../snippets.js";
import type { Rule } from "../system.js";
import { describePlugin, factsOf } from "./facts.js";
import { kinds } from "./kinds/index.js";
import { mentionsOf, refuseName } from "./mentions.js";
import { previewOf } from "./preview.js";
import { looksLikeOldManifest, looksLikePlugin } from "./recognise.js";
import { aliasRules } from "./rules/aliases.js";
import { baseRules } from "./rules/base.js";
import { codeRules } from "./rules/code.js";
import { dependencyRules } from "./rules/dependencies.js";
import { entryRules } from "./rules/entry.js";
import { fieldRules, refineMissing } from "./rules/fields.js";
import { fileRules } from "./rules/files.js";
import { menuRules } from "./rules/menus.js";
import { nameRules } from "./rules/name.js";
import { placeRules } from "./rules/place.js";
import { routeRules } from "./rules/routes.js";
import { secretRules } from "./rules/secrets.js";
import { settingRules } from "./rules/settings.js";
import { workerRules } from "./rules/worker.js";
import { schemaOf } from "./schemas.js";
import { hintsOf, lensesOf } from "./views.js";

const rules: readonly Rule[] = [
  ...genericRules("buntime", {
    syntax: "The loader logs a warning and ignores the folder; an upload of it is refused.",
    "duplicate-key": "The parser keeps the last value and loses the others without a word.",
    "missing-field": "The loader ignores the folder with a warning.",
    "wrong-type": "There is no validation of plugin manifests; a wrong type fails where the value is used.",
    "bad-value": "The plugin fails to load, or the value fails where it is used.",
  }).map((row) => (row.code === "buntime/missing-field" ? { ...row, refine: refineMissing } : row)),
  ...aliasRules,
  ...nameRules,
  ...entryRules,
  ...codeRules,
  ...baseRules,
  ...dependencyRules,
  ...routeRules,
  ...menuRules,
  ...settingRules,
  ...workerRules,
  ...fieldRules,
  ...secretRules,
  ...fileRules,
  ...placeRules,
];

const KNOWLEDGE: SystemKnowledge = {
  documents: {
    manifest: { recognise: looksLikePlugin, schema: ({ parsed }) => schemaOf(parsed) },
    "old-manifest": { recognise: looksLikeOldManifest, schema: ({ parsed }) => schemaOf(parsed) },
  },
  rules,
  facts: factsOf,
  describe: describePlugin,
  preview: previewOf,
  kinds,
  mentions: mentionsOf,
  refuseName,
  lenses: lensesOf,
  hints: hintsOf,
  snippets: snippetsFrom(snippets),
};

export const knowledge = (): SystemKnowledge => KNOWLEDGE;
