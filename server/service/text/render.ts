// Writes a scalar so that the host reads back the same value: quotes only where they are needed or already in use.

import type { Form } from "./caret/caret.js";
import type { ScalarStyle } from "./node.js";
import { type Dialect, plainValue } from "./readings.js";

export type Scalar = string | number | boolean | null;

export function renderScalar(value: Scalar, form: Form, dialect: Dialect, style: ScalarStyle = "plain"): string {
  if (form === "json") return JSON.stringify(value);
  if (typeof value !== "string") return String(value);
  if (style === "double") return JSON.stringify(value);
  // Line breaks between single quotes would be folded.
  if (style === "single" && !/[\r\n]/.test(value)) return `'${value.replace(/'/g, "''")}'`;
  return isPlain(value, form, dialect) ? value : JSON.stringify(value);
}

/** Whether the text can stand without quotes and still is this string. */
function isPlain(text: string, form: Form, dialect: Dialect): boolean {
  if (text === "" || text !== text.trim() || /[\n\r\t]/.test(text)) return false;
  if (/^[-?:,[\]{}#&*!|>'"%@`]/.test(text) && !/^[-?:][^\s,[\]{}]/.test(text)) return false;
  if (/: |:$| #/.test(text)) return false;
  // Go takes a "?" in braces for the beginning of a key.
  if (form === "flow" && /[,[\]{}?]/.test(text)) return false;
  return plainValue(text, dialect) === text && plainValue(text, "yaml-1.2") === text;
}

/** Text as the literal part of an LSP snippet. */
export const escapeSnippet = (text: string): string => text.replace(/[\\$}]/g, "\\$&");

/** A tab stop that offers choices; the first is taken when nothing is chosen. */
export const choice = (stop: number, values: readonly string[]): string =>
  values.length === 1
    ? `\${${stop}:${escapeSnippet(values[0] ?? "")}}`
    : `\${${stop}|${values.map((one) => one.replace(/[\\,|]/g, "\\$&")).join(",")}|}`;

/** What a snippet leaves when every tab stop keeps its default. */
export function plainText(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|((?:\\.|[^|\\])*)\|\}/g, (_, list: string) =>
      (/^((?:\\.|[^,\\])*)/.exec(list)?.[1] ?? "").replace(/\\(.)/g, "$1"),
    )
    .replace(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, "$1")
    .replace(/\$\{\d+\}|\$\d+/g, "")
    .replace(/\\([\\$}])/g, "$1");
}
