// Keeps a credential out of every text: replaces it, in the spellings it may take on its way through a host or an error.
// It knows only the credentials it is given; finding unknown ones in files is packing's work.

const mark = "•••";

export function maskSecret(text: string, secret: string | undefined): string {
  if (secret === undefined || secret.length < 4) return text;
  const spellings = new Set([
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret, "utf8").toString("base64"),
  ]);
  let masked = text;
  for (const spelling of spellings) masked = masked.replaceAll(spelling, mark);
  return masked;
}

/** The error itself when it is clean; otherwise a stand-in whose texts, stack and causes are masked. */
export function maskError(error: unknown, secret: string | undefined): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? maskSecret(error, secret) : undefined;
  const texts = `${error.message}\n${error.stack ?? ""}`;
  const cause = error.cause === undefined ? undefined : maskError(error.cause, secret);
  if (maskSecret(texts, secret) === texts && cause === error.cause) return error;
  const stand = new Error(maskSecret(error.message, secret), cause === undefined ? undefined : { cause });
  stand.name = error.name;
  stand.stack = maskSecret(error.stack ?? "", secret);
  return stand;
}

/** The text without any of these credentials, and without those that stand in addresses: `https://name:secret@host`. */
export function maskAll(text: string, secrets: readonly string[] = []): string {
  return secrets
    .reduce((rest, secret) => maskSecret(rest, secret), text)
    .replace(/\b([a-z][a-z\d+.-]*:\/\/)[^\s/"'@]*:[^\s/"']*@/gi, `$1${mark}@`)
    .replace(/\b(https?:\/\/)[^\s/"']+@/gi, `$1${mark}@`);
}
