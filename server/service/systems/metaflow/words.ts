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

/** What people write for `ref`, and other programs have as well. */
export const FOR_REF: readonly string[] = ["branch", "tag"];

export const AUTH_KEYS = ["user", "pass", "agent", "public_key", "private_key"] as const;

/** Tokens of the iframe attribute `sandbox`, as browsers know them, and what each allows; others have no effect. */
export const SANDBOX_ABOUT: Readonly<Partial<Record<string, string>>> = {
  "allow-popups": "opens windows and links with target=_blank",
  "allow-forms": "submits forms; without it not even the submit event comes",
  "allow-modals": "shows alert, confirm, prompt and print",
  "allow-downloads": "saves downloads",
  "allow-same-origin":
    "is of the page's own origin: its storage, its styles and files by fetch, and a way out of the sandbox",
  "allow-popups-to-escape-sandbox": "opens windows that have no sandbox",
  "allow-top-navigation-by-user-activation": "leads the whole page elsewhere on a click",
  "allow-top-navigation": "leads the whole page elsewhere at any time",
  "allow-top-navigation-to-custom-protocols": "opens other programs by their addresses, such as mailto:",
  "allow-pointer-lock": "takes hold of the pointer",
  "allow-orientation-lock": "locks the screen's orientation",
  "allow-presentation": "shows on another display",
  "allow-storage-access-by-user-activation": "asks for storage on a click",
  "allow-scripts": "runs scripts, as every plugin does anyway",
};

export const SANDBOX_TOKENS: readonly string[] = Object.keys(SANDBOX_ABOUT);

export const HELPER = "MetaflowPluginAPI.js";

/** `words` as a plain list of text, for lookups of text that may be none of them. */
export const isOneOf = (words: readonly string[], text: string | undefined): boolean =>
  text !== undefined && words.includes(text);

/** An address without what stands before its host. */
export const shownAddress = (address: string): string => address.replace(/^([a-z][\w+.-]*:\/\/)[^/@\s]*@/i, "$1");
