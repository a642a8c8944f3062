// What the server makes of one item of the list: where it loads, in which processes, and what it is built with.

import { fieldsOf } from "../../text/reading.js";
import { asMap, field } from "../read.js";
import type { Manifest } from "../system.js";
import { neighbour } from "./facts.js";
import { type PluginItem, pluginItems } from "./items.js";
import type { ClassHere } from "./listed.js";

/** Markdown lines. */
export function registration(manifest: Manifest, item: PluginItem, found: ClassHere | undefined): string[] {
  return [place(manifest, item), ...processes(manifest, item, found), built(manifest, item, found)];
}

function place(manifest: Manifest, item: PluginItem): string {
  const items = pluginItems(manifest);
  const at = items.findIndex(({ node }) => node === item.node) + 1;
  const where =
    manifest.kind.id === "remote-plugins" ? "on jobs and serve controllers" : "at the start of the API server";
  return items.length > 1 ? `number ${at} of ${items.length} ${where}` : `loaded ${where}`;
}

export function processes(
  manifest: Manifest,
  { className, isUploaded }: PluginItem,
  found: ClassHere | undefined,
): string[] {
  const lines: string[] = [];
  const contexts = found?.judged.contexts;
  if (contexts?.kind === "members")
    lines.push(`only in the processes ${contexts.names.map(code).join(", ")} (SkyPilot 0.13)`);
  if (contexts?.kind === "texts") lines.push("in no process: `load_contexts` holds texts (SkyPilot 0.13)");
  if (isUploaded) lines.push("sent to the controllers by the form of the user guide; current servers refuse the file");
  const other = manifest.kind.id === "plugins" ? neighbour(manifest, "remote-plugins") : neighbour(manifest, "plugins");
  if (typeof other === "object" && className !== undefined && other.facts.classes.includes(className))
    lines.push(manifest.kind.id === "plugins" ? "listed for the controllers too" : "listed for the API server too");
  return lines;
}

function built(manifest: Manifest, item: PluginItem, found: ClassHere | undefined): string {
  const given = givenTo(manifest, item).map(code);
  const defaults = leftToDefaults(manifest, item, found).map(code);
  const using = given.length > 0 ? `with ${given.join(", ")}` : "without arguments";
  return `built ${using}${defaults.length > 0 ? `; defaults apply for ${defaults.join(", ")}` : ""}`;
}

function givenTo(manifest: Manifest, { map }: PluginItem): readonly string[] {
  const parameters = asMap(field(map, "parameters", manifest)?.value);
  return parameters ? [...fieldsOf(parameters, manifest.kind.reading).keys()] : [];
}

/** Parameters that are not given and have a default. */
export function leftToDefaults(manifest: Manifest, item: PluginItem, found: ClassHere | undefined): readonly string[] {
  const given = givenTo(manifest, item);
  return (found?.judged.parameters ?? [])
    .filter(({ name, kind, hasDefault }) => hasDefault && /^(normal|keyword)$/.test(kind) && !given.includes(name))
    .map(({ name }) => name);
}

const code = (text: string): string => `\`${text}\``;
