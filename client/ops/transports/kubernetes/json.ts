// Reads what kubectl prints as JSON, whatever it is: a value of the wrong shape counts as absent.
import { HostError } from "../../hosts/hostError.js";
import { isRecord } from "../../values.js";

export type Json = Readonly<Record<string, unknown>>;

/** Rejects what is no JSON: it is not kubectl's. */
export function printedJson(step: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const next = "check that plugsmith.executables.kubectl and PATH lead to kubectl itself";
    throw new HostError({ kind: "tool", step, message: "kubectl did not print what was asked for", next, cause });
  }
}

export function valueAt(value: unknown, ...at: readonly string[]): unknown {
  return at.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

export function textAt(value: unknown, ...at: readonly string[]): string | undefined {
  const found = valueAt(value, ...at);
  return typeof found === "string" ? found : undefined;
}

export function listAt(value: unknown, ...at: readonly string[]): readonly Json[] {
  const found = valueAt(value, ...at);
  return Array.isArray(found) ? found.filter(isRecord) : [];
}
