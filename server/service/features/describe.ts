// Schema knowledge in words, for hovers and completion: type, default, what the host does, deprecation, the docs page.

import type { JsonSchema } from "../schema/jsonSchema.js";
import type { Manifest } from "../systems/system.js";

export interface About {
  readonly manifest: Manifest;
  readonly name: string;
  readonly docs: string | undefined;
}

/** "list of strings, required". */
export function describeType(schemas: readonly JsonSchema[], required: boolean): string {
  const own = schemas.find((one) => one["x-type"] !== undefined)?.["x-type"];
  const types = [...new Set(schemas.flatMap((one) => [one.type ?? []].flat()))].map((type) => NAMES[type] ?? type);
  const words = own ?? (types.join(" or ") || "any");
  return required ? `${words}, required` : words;
}

const NAMES: Readonly<Record<string, string>> = { object: "map", array: "list", integer: "whole number" };

/** Markdown: the description, then default, values, since and deprecation, then the link to the reference. */
export function documentationOf(schemas: readonly JsonSchema[], { manifest, name, docs }: About): string {
  const parts: string[] = [];
  const told = schemas.find((one) => one.markdownDescription ?? one.description);
  const deprecation = schemas.find((one) => one.deprecationMessage !== undefined)?.deprecationMessage;
  if (deprecation) parts.push(`**Deprecated:** ${plain(deprecation)}`);
  if (told) parts.push(told.markdownDescription ?? plain(told.description ?? ""));
  const standard = schemas.find((one) => one.default !== undefined)?.default;
  if (standard !== undefined) parts.push(`Default: \`${JSON.stringify(standard)}\``);
  const values = schemas.find((one) => one.enum)?.enum?.filter((one) => one !== "");
  if (values) parts.push(`Values: ${values.map((one) => `\`${String(one)}\``).join(", ")}`);
  const since = schemas.find((one) => one["x-since"] !== undefined)?.["x-since"];
  if (since) parts.push(`Since ${since}.`);
  if (docs !== undefined) parts.push(`[${manifest.system.title} reference](${referencePage(docs, manifest, name)})`);
  return parts.join("\n\n");
}

/** Page of the field reference below the documentation's base. */
function referencePage(docs: string, { system, kind }: Manifest, name: string): string {
  return `${docs}/reference/${system.id}-${kind.id}.md#${name.toLowerCase()}`;
}

/** Plain text inside Markdown: nothing in it is markup, least of all a tag. */
const plain = (text: string): string => text.replace(/[\\`*[\]<>]/g, "\\$&");
