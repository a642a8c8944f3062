// The value as the type that is wanted, where the text leaves no doubt: quotes put on or taken off, one value made a list.

import type { Fix } from "../systems/problem.js";
import { indentedLines } from "../text/indented.js";
import { keyText, type MapNode, type ScalarNode, spanOf } from "../text/node.js";
import type { Parsed } from "../text/parsed.js";
import type { JsonSchema } from "./jsonSchema.js";
import type { Place } from "./place.js";

/** `items`: the expanded schemas of an item, where a list is wanted. */
export function retypeFixes(
  parsed: Parsed,
  place: Place,
  wanted: readonly string[],
  items: readonly JsonSchema[],
): readonly Fix[] {
  const { node } = place;
  if (node?.kind === "map")
    return wanted.includes("array") && isOneItem(node, items) && parsed.syntax === "yaml" ? [itemOf(node, parsed)] : [];
  if (node?.kind !== "scalar" || node.text === "" || node.style === "block") return [];
  const span = spanOf(node);
  if (wanted.includes("string")) {
    if (node.style !== "plain" || /^(~|null)$/i.test(node.text) || !isLikelyText(place, wanted)) return [];
    return [{ title: `Put ${node.text} in quotes`, edits: [{ span, newText: JSON.stringify(node.text) }], safe: true }];
  }
  if (wanted.includes("array")) return isText(node) && takesText(place) ? [listOf(node)] : [];
  const newText = wanted.includes("boolean") ? asBoolean(node.text) : undefined;
  const bare = newText ?? (node.style === "plain" ? undefined : asNumber(node.text, wanted));
  return bare === undefined ? [] : [{ title: `Change to ${bare}`, edits: [{ span, newText: bare }] }];
}

/** Whether a list of this place may hold strings. */
function takesText({ schemas }: Place): boolean {
  const branches = schemas.flatMap(({ anyOf = [], oneOf = [] }) => [...anyOf, ...oneOf]);
  return [...schemas, ...branches].some(({ items }) => [items?.type ?? []].flat().includes("string"));
}

/** Surely a string for every host. */
const isText = ({ style, text }: ScalarNode): boolean =>
  style !== "plain" ||
  /^[A-Za-z_./][^:]*[./-]/.test(text) ||
  (/^[A-Za-z_]\w{2,}$/.test(text) && !/^(yes|off|true|false|null)$/i.test(text));

/** A block whose keys are those of an item, each once, and one of which an item must have. */
function isOneItem({ flow, pairs }: MapNode, items: readonly JsonSchema[]): boolean {
  const names = pairs.map((pair) => keyText(pair) ?? "");
  const fits = ({ properties = {}, required = [] }: JsonSchema) =>
    names.every((name) => Object.hasOwn(properties, name)) && names.some((name) => required.includes(name));
  return !flow && new Set(names).size === names.length && items.some(fits);
}

function itemOf({ start, pairs }: MapNode, { text }: Parsed): Fix {
  const edits = [{ span: [start, start] as const, newText: "- " }, ...indentedLines(text, pairs, 2)];
  return { title: "Make it an item of a list", edits, safe: true };
}

function listOf(node: ScalarNode): Fix {
  const isBare = node.style === "plain" && !/[,[\]{}]/.test(node.text);
  const item = isBare ? node.text : JSON.stringify(node.text);
  return { title: "Make it a list", edits: [{ span: spanOf(node), newText: `[${item}]` }] };
}

/** Kinds of string that a number or a boolean can never be, in quotes or not. */
const NEVER_BARE = new Set(["path", "gitUrl", "routeGlob", "routeBase", "menuPath", "icon"]);

/** In quotes it would be right; text that the pattern or the list refuses only trades one problem for another. */
function isLikelyText({ node, schemas }: Place, wanted: readonly string[]): boolean {
  if (node?.kind !== "scalar" || wanted.includes("object") || wanted.includes("array")) return false;
  return !schemas.some(
    ({ pattern, enum: listed, format = "" }) =>
      (pattern !== undefined && !new RegExp(pattern, "u").test(node.text)) ||
      (listed !== undefined && !listed.includes(node.text)) ||
      NEVER_BARE.has(format),
  );
}

function asBoolean(text: string): string | undefined {
  const word = /^(?:(true|yes|on)|(false|no|off))$/i.exec(text);
  return word ? String(word[1] !== undefined) : undefined;
}

function asNumber(text: string, wanted: readonly string[]): string | undefined {
  const form = wanted.includes("number") ? /^-?(0|[1-9]\d*)(\.\d+)?$/ : /^-?(0|[1-9]\d*)$/;
  return wanted.some((type) => /^(number|integer)$/.test(type)) && form.test(text) ? text : undefined;
}
