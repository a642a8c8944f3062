// What becomes of SkyPilot's files: the objects that each process builds, in order, and what is sent to the controllers, the
// list of plugins and the wheels.

import { hostValue, type Value } from "../../text/reading.js";
import type { Preview, PreviewItem, PreviewSection } from "../preview.js";
import { asMap, field } from "../read.js";
import { nearPath } from "../shownPath.js";
import type { Manifest } from "../system.js";
import { neighbour } from "./facts.js";
import { type PluginItem, pluginItems, splitClass, wheelPathOf } from "./items.js";
import { classHere } from "./listed.js";
import { moduleFinder } from "./python/modules.js";
import { leftToDefaults, processes } from "./registration.js";
import { sentList } from "./sent.js";
import { wheelSection } from "./wheels/preview.js";

export function previewOf(manifest: Manifest): Preview | undefined {
  // What a pod has beside it isn't here.
  if (manifest.parsed.embedding) return undefined;
  const isRemote = manifest.kind.id === "remote-plugins";
  const builds = buildSection(manifest, isRemote);
  const sent = sentList(manifest);
  const other = isRemote ? neighbour(manifest, "plugins") : undefined;
  const wheelPath = isRemote ? typeof other === "object" && other.facts.wheelPath : wheelPathOf(manifest)?.text;
  const wheels = wheelSection(manifest, wheelPath || undefined, sent.classes);
  return { title: "what SkyPilot makes of it", sections: [builds, sent.section, wheels], tellsProblems: true };
}

function buildSection(manifest: Manifest, isRemote: boolean): PreviewSection {
  const find = moduleFinder(manifest.folder, manifest.workspace);
  const rows = pluginItems(manifest).map((item, at) => buildRow(manifest, item, at, find));
  const who = isRemote ? "Each controller" : "Each server process";
  return {
    title: `${who} builds, in this order`,
    note:
      rows.length === 0
        ? "Nothing: no plugin is listed."
        : "The first that can't be imported or built stops the start; nothing is caught. Every process builds its own.",
    rows,
  };
}

function buildRow(
  manifest: Manifest,
  item: PluginItem,
  at: number,
  find: ReturnType<typeof moduleFinder>,
): PreviewItem {
  const { className, node } = item;
  const { path } = manifest.parsed;
  const place = path === undefined ? {} : { place: { path, span: [node.start, node.end] as const } };
  const parts = className === undefined ? undefined : splitClass(className);
  if (className === undefined || parts === undefined) {
    const label = `${at + 1}. ${className ?? "an item without a class"}`;
    return { label, mood: "bad", notes: ["a class is named by its module, a dot, and its name"], ...place };
  }
  const found = classHere(manifest, className, find);
  const notes = [`imported from ${parts.module}`];
  if (found === undefined) {
    const search = find(parts.module);
    if (search.kind === "found") notes.push(`looked for in ${nearPath(search.loaded.path, manifest)}`);
    if (search.kind === "unknown") notes.push("its class is not in this workspace; the server looks in its own Python");
  } else {
    notes.push(`written in ${nearPath(found.module.path, manifest)}`);
    if (found.judged.isPlugin === false) notes.push("it doesn't inherit from BasePlugin: the server refuses it");
    const { abstract = [] } = found.judged;
    if (abstract.length > 0) notes.push(`it leaves ${abstract.join(", ")} abstract: it can't be built`);
  }
  const open = leftToDefaults(manifest, item, found);
  const defaults = open.length === 0 ? [] : [`defaults apply for ${open.join(", ")}`];
  const isWrong = found?.judged.isPlugin === false || (found?.judged.abstract ?? []).length > 0;
  return {
    label: `${at + 1}. ${callOf(manifest, item, parts.name)}`,
    ...(isWrong ? { mood: "bad" as const } : found !== undefined && { mood: "good" as const }),
    notes: [...notes, ...processes(manifest, item, found), ...defaults].map(plain),
    ...place,
  };
}

/** `AuditPlugin(log_path="/var/log", include_reads=False)` */
function callOf(manifest: Manifest, { map }: PluginItem, name: string): string {
  const parameters = asMap(field(map, "parameters", manifest)?.value);
  const value = parameters ? hostValue(parameters, manifest.kind.reading) : {};
  const given = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  return `${name}(${given.map(([key, one]) => `${key}=${python(one)}`).join(", ")})`;
}

function python(value: Value): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value === "object")
    return `{${Object.entries(value)
      .map(([key, one]) => `${JSON.stringify(key)}: ${python(one)}`)
      .join(", ")}}`;
  return JSON.stringify(value) ?? String(value);
}

/** Hovers are Markdown; a preview is text. */
const plain = (line: string): string => line.replaceAll("`", "");
