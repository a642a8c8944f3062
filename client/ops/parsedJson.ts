// JSON as the hosts read it: strict, without a byte order mark, else nothing.

import { isRecord } from "./values.js";

export function parsedJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** Undefined for any other value as well. */
export function jsonObject(content: string): Readonly<Record<string, unknown>> | undefined {
  const value = parsedJson(content);
  return isRecord(value) ? value : undefined;
}
