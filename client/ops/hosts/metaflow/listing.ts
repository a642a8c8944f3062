// The answer of `GET /plugin`, read with its quirks: names that are no text, and NaN, which Python writes and no browser reads.

import { parsedJson } from "../../parsedJson.js";
import { isRecord } from "../../values.js";

/** One plugin as the service lists it. */
export interface Listed {
  readonly identifier: string;
  /** The manifest's name; undefined when it is no text, which no route can reach. */
  readonly name?: string;
  readonly repository?: string;
  readonly ref?: string;
  readonly version?: string;
  readonly entrypoint?: string;
  readonly slot?: string;
  /** Bare names, as they were when the service started. */
  readonly files: readonly string[];
}

/** Undefined when this is no list. */
export function readListing(
  text: string,
): { readonly listed: readonly Listed[]; readonly broken?: string } | undefined {
  const value = parsedJson(text);
  if (Array.isArray(value)) return { listed: value.filter(isRecord).map(listedOf) };
  if (value !== undefined) return undefined;
  const mended = parsedJson(withoutNaN(text));
  if (!Array.isArray(mended)) return undefined;
  const culprits = mended.filter(isRecord).filter((entry) => JSON.stringify(entry).includes(stand));
  const names = culprits.map((entry) => `"${listedOf(entry).name ?? String(entry.identifier)}"`).join(", ");
  return {
    listed: mended.filter(isRecord).map(listedOf),
    broken: `the manifest or parameters of ${names} hold NaN or Infinity: the whole list is no JSON, and the page shows no plugin at all`,
  };
}

function listedOf(entry: Readonly<Record<string, unknown>>): Listed {
  const config = isRecord(entry.config) ? entry.config : {};
  const text = (key: string, value: unknown) => (typeof value === "string" && value !== "" ? { [key]: value } : {});
  const version = typeof config.version === "number" ? String(config.version) : config.version;
  return {
    identifier: typeof entry.identifier === "string" ? entry.identifier : "",
    ...text("name", entry.name),
    ...text("repository", entry.repository),
    ...text("ref", entry.ref),
    ...text("version", version),
    ...text("entrypoint", config.entrypoint),
    ...text("slot", config.slot),
    files: Array.isArray(entry.files) ? entry.files.filter((file) => typeof file === "string") : [],
  };
}

const stand = "plugsmith: no finite number";

/** Python's words outside of strings. */
function withoutNaN(text: string): string {
  return text.replace(/"(?:\\.|[^"\\])*"|-?Infinity|NaN/g, (found) => (found.startsWith('"') ? found : `"${stand}"`));
}
