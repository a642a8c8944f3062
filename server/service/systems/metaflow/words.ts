// The words that both documents of Metaflow UI are made of: keys, slots, containers, sandbox tokens. As of the page
// 1.3.14 and the service 2.5.1.

export const MANIFEST_KEYS = [
  "name",
  "version",
  "entrypoint",
  "slot",
  "visible",
  "container",
  "containerProps",
  "useApplicationStyles",
  "height",
] as const;

export const SLOTS = ["task-details", "run-header", "header", "top-nav"] as const;

/** Slots of older pages; today's refuses them. */
export const OLD_SLOTS = ["run-tab", "headless"] as const;

export const CONTAINERS = ["collapsable", "titled-container", "none", "sticky"] as const;

export const ENTRY_KEYS = ["repository", "ref", "parameters", "paths", "auth"] as const;

export const AUTH_KEYS = ["user", "pass", "agent", "public_key", "private_key"] as const;

/** Tokens of the iframe attribute `sandbox`, as browsers know them; others have no effect. */
export const SANDBOX_TOKENS = [
  "allow-downloads",
  "allow-forms",
  "allow-modals",
  "allow-orientation-lock",
  "allow-pointer-lock",
  "allow-popups",
  "allow-popups-to-escape-sandbox",
  "allow-presentation",
  "allow-same-origin",
  "allow-scripts",
  "allow-storage-access-by-user-activation",
  "allow-top-navigation",
  "allow-top-navigation-by-user-activation",
  "allow-top-navigation-to-custom-protocols",
] as const;

export const HELPER = "MetaflowPluginAPI.js";

/** `words` as a plain list of text, for lookups of text that may be none of them. */
export const isOneOf = (words: readonly string[], text: string | undefined): boolean =>
  text !== undefined && words.includes(text);

/** An address without what stands before its host. */
export const shownAddress = (address: string): string => address.replace(/^([a-z][\w+.-]*:\/\/)[^/@\s]*@/i, "$1");
