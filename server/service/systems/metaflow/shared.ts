// What whoever packs for a Metaflow UI host, talks to one or writes its configuration must know of plugins: the same
// knowledge as the rules'.

export { entrypointTarget, referenceTarget } from "./addresses.js";
export { type EntryField, editEntry } from "./entryEdit.js";
export { isPlainIdentifier } from "./folders.js";
export { readPage } from "./page.js";
export { mayHoldPlugins, pluginsValuesIn } from "./pluginsValues.js";
export { looksLikeManifest } from "./recogniseManifest.js";
export { assignment, VALUE_FORMS, type ValueForm } from "./valueForms.js";
export { shownAddress } from "./words.js";
