// Finds credentials in a file that is about to be packed: private keys and tokens of well-known shapes.
// It reports the kind, never the value; a text that merely mentions a key's first line is not one.

interface Shape {
  readonly what: string;
  readonly pattern: RegExp;
}

const shapes: readonly Shape[] = [
  {
    what: "a private key",
    // The header alone stands in every cryptography library; the key's body has to follow.
    pattern: /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\r|\\n)+[A-Za-z0-9+/=:,\- \r\n\\]{40}/,
  },
  { what: "a Buntime key", pattern: /\bbtk_[A-Za-z0-9_-]{20,}/ },
  { what: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  {
    what: "an AWS secret key",
    pattern: /aws_secret_access_key["']?\s*[:=]\s*["']?[A-Za-z0-9/+=]{40}/i,
  },
  { what: "a GitHub token", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50,})/ },
  { what: "a GitLab token", pattern: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  { what: "an npm token", pattern: /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*[A-Za-z0-9_-]{20,}/ },
  { what: "a Slack token", pattern: /\bxox[abprs]-[0-9]{8,}-[A-Za-z0-9-]{10,}/ },
];

/** Every one of them begins with one of these; most files hold none, and are done with after one look instead of eight. */
const beginnings =
  /-----BEGIN |btk_|(?:AKIA|ASIA)|aws_secret_access_key|gh[pousr]_|github_pat_|glpat-|npm_|_authToken|xox[abprs]-/i;

const keyFiles = /(^|\/)(id_(rsa|dsa|ecdsa|ed25519)|[^/]+\.(p12|pfx|jks|keystore|kdbx))$/i;

/** What kind of credential a file is by its name or holds; undefined when none is seen. */
export function credentialIn(relative: string, bytes: Buffer): string | undefined {
  if (keyFiles.test(relative)) return "a key store or private key by its name";
  // Latin-1 keeps every byte one character: exact for the ASCII shapes above, also inside binary files.
  const text = bytes.toString("latin1");
  return !beginnings.test(text) ? undefined : shapes.find((shape) => shape.pattern.test(text))?.what;
}
