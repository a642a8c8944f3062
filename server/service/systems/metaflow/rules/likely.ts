// The likely edits for what the schemas find: a name that survives in an address, an identifier that stays in installed/, {} in place
// of what is no entry.

import { keyText } from "../../../text/node.js";
import { basename } from "../../../text/paths.js";
import { changeTo, writeAs } from "../../changes.js";
import type { Fix, Problem } from "../../problem.js";
import { asList, asMap, asString, field } from "../../read.js";
import { removeField, removeItem } from "../../removal.js";
import type { Manifest, Misfit } from "../../system.js";
import { isPlainIdentifier } from "../folders.js";

type Refine = (manifest: Manifest, misfit: Misfit) => Problem;

/** What the schema's own words already bring stays; else the ways that `likely` knows. */
const withFixes =
  (likely: (manifest: Manifest, misfit: Misfit) => readonly Fix[]): Refine =>
  (manifest, misfit) => {
    const { problem } = misfit;
    const fixes = problem.fixes?.length ? problem.fixes : likely(manifest, misfit);
    return fixes.length > 0 ? { ...problem, fixes } : problem;
  };

export const refineName = withFixes((manifest, { place: { node } }) => {
  const text = asString(node, manifest) ?? "";
  const name = routable(text) || routable(basename(manifest.folder ?? ""));
  return node && name !== "" ? [writeAs(node, JSON.stringify(name))] : [];
});

/** The letters that an address takes for its own become blanks; "" where nothing is left. */
function routable(name: string): string {
  const plain = name
    .replace(/%(?=[0-9a-f]{2})/gi, " ")
    .replace(/[/\\?#]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return /^\.{0,2}$/.test(plain) ? "" : plain;
}

export const refineVersion = withFixes((manifest, { place: { node } }) => {
  const version = (asString(node, manifest) ?? "").replace(/[#&]+/g, ".").replace(/^\.+|\.+$/g, "");
  return version === "" ? [] : changeTo(manifest, node, version);
});

export const refineIdentifier = withFixes((manifest, { place, problem: { span } }) => {
  const pairs = asMap(place.node)?.pairs ?? [];
  const pair = pairs.find(({ key }) => key?.start === span[0]);
  const name =
    (pair &&
      keyText(pair)
        ?.split(/[/\\]/)
        .findLast((part) => !/^\.{0,2}$/.test(part))) ??
    "";
  const isFree = isPlainIdentifier(name) && name !== "auth" && !pairs.some((one) => keyText(one) === name);
  return isFree ? changeTo(manifest, pair?.key, name) : [];
});

export const refineEntry = withFixes((manifest, { place: { node, pair } }) => {
  const only = asList(node)?.items;
  const text = only?.length === 1 ? asString(only[0], manifest) : undefined;
  if (node && text !== undefined && text !== "") return [writeAs(node, JSON.stringify(text))];
  const isOff = node?.kind === "scalar" && node.text === "false";
  return [...(node && !isOff ? [writeAs(node, "{}")] : []), ...removeField(manifest, pair)];
});

export const refineAuth = withFixes((manifest, { place: { pair } }) => removeField(manifest, pair));

export const refineParameters = withFixes((manifest, { place: { node, pair } }) => {
  const text = asString(node, manifest);
  const object = text === undefined ? undefined : objectIn(text);
  if (node && object !== undefined)
    return [{ title: "Make it an object", edits: [{ span: [node.start, node.end], newText: object }] }];
  return removeField(manifest, pair);
});

/** The text of an object that someone put into quotes. */
function objectIn(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? text.trim() : undefined;
  } catch {
    return undefined;
  }
}

export const refinePath = withFixes((manifest, { place: { node } }) => {
  // An empty list would be ignored, so that the folder itself becomes the plugin.
  const holder = asMap(manifest.root)
    ?.pairs.map(({ value }) => field(value, "paths", manifest))
    .find((pair) => node && asList(pair?.value)?.items.includes(node));
  if (!node) return [];
  return asList(holder?.value)?.items.length === 1 ? removeField(manifest, holder) : removeItem(manifest, node);
});
