// Which values look like secrets: by the form that a service gives its keys, or by what the value is called.

import type { KeyPath } from "../../text/node.js";
export function looksSecret(name: string, value: string, at: KeyPath): boolean {
  if (isPlaceholder(value)) return false;
  const inUrl = WITH_PASSWORD.exec(value)?.[1];
  if (inUrl !== undefined) return !isPlaceholder(inUrl);
  if (KNOWN_FORMS.test(value)) return true;
  // Below `config`, keys name settings and their values describe them.
  if (!SECRET_KEY.test(name) || (at[0] === "config" && at.at(-1) !== "default")) return false;
  if (/^(\/|\.{1,2}\/|[a-z][a-z0-9+.-]*:\/\/|header:|cookie:|env:|[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$)/.test(value))
    return false;
  if (/pass(word|wd|phrase)$/i.test(name)) return value.length >= 4 && !/\s/.test(value);
  return !/\s/.test(value) && value.length >= 8 && (/\d/.test(value) || value.length >= 20);
}

/** A reference, a mask or an obvious stand-in. */
const isPlaceholder = (value: string): boolean =>
  /\$\{|\$\(|\{\{|^\$[A-Za-z_]|^%\w+%$|^<.*>$|^[*x.\u2022]+$|^(change-?me|your[-_].*|example.*|todo|none|null|true|false|required|optional|password|secret|token|string)$/i.test(
    value,
  );

const SECRET_KEY =
  /(^|[-_.a-z])(password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|secret[-_]?key|root[-_]?key|credentials?)$/i;

/** Forms that services give their keys; certain whatever the key is called. */
const KNOWN_FORMS =
  /^(AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|btk_[\w-]{40,}|xox[abprs]-[\w-]{10,}|sk-[\w-]{20,}|sk_live_\w{16,}|AIza[\w-]{35}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+)$|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

const WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/@]+)@/i;
