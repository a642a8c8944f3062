// What others may use of the service: the language service, recognition, the systems table and the shared types.

export { FIX_ALL } from "./features/actions.js";
export { createDiagnose, type Kept } from "./features/diagnose.js";
export { stillWorkspace, whileStill } from "./features/navigate/still.js";
export {
  DOCUMENT_IDS,
  manifestAt,
  manifestsOf,
  mayBeManifest,
  mayEmbed,
  type Recognition,
  recognise,
  usedDocument,
  usuallyEmbeds,
} from "./features/recognise.js";
export { syntaxFixer } from "./features/syntaxFixes.js";
export { FORMATS } from "./kinds/formats.js";
export type { JsonSchema } from "./schema/jsonSchema.js";
export { createValidator } from "./schema/validate.js";
export { createLanguageService, type LanguageService } from "./service.js";
export * as buntime from "./systems/buntime/shared.js";
export * from "./systems/facts.js";
export { SYSTEMS, systemTitle } from "./systems/index.js";
export * as metaflow from "./systems/metaflow/shared.js";
export * as openjourney from "./systems/openjourney/shared.js";
export type {
  Preview,
  PreviewEntry,
  PreviewItem,
  PreviewPage,
  PreviewPlace,
  PreviewSection,
} from "./systems/preview.js";
export type { Fix, Problem, Severity, TextChange } from "./systems/problem.js";
export { withArticle } from "./systems/sentence.js";
export { DEFAULT_SETTINGS, oneOf, readSettings, type ServiceSettings } from "./systems/settings.js";
export * as skypilot from "./systems/skypilot/shared.js";
export type { Manifest, PluginDescription, Rule, SystemId } from "./systems/system.js";
export { lookUp } from "./text/grouped.js";
export { nearest } from "./text/nearest.js";
export { type Parsed, parse, parseText, pathOf, type Versions, versions } from "./text/parsed.js";
export { basename, dirname } from "./text/paths.js";
export { remember } from "./text/remember.js";
export { plainText } from "./text/render.js";
export { Snapshot } from "./text/snapshot.js";
