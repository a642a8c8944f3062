// The list of plugins that controllers get: remote_plugins.yaml as it is, or, by the form of the user guide, the items of
// plugins.yaml with `upload_to_controller`, reduced to class and parameters.

import { hostValue, type Value } from "../../text/reading.js";
import type { PreviewSection } from "../preview.js";
import { field } from "../read.js";
import type { Manifest } from "../system.js";
import { neighbour } from "./facts.js";
import { pluginItems } from "./items.js";

export interface Sent {
  readonly section: PreviewSection;
  /** Class paths in the list. */
  readonly classes: readonly string[];
}

const WHERE =
  "It lands in ~/.sky/plugins.yaml on the controller, at the next launch of one (sky jobs launch, sky serve up).";

export function sentList(manifest: Manifest): Sent {
  const title = "The controllers get this list";
  if (manifest.kind.id === "remote-plugins") return asItIs(title, manifest.parsed.text, classesOf(manifest));
  const { skypilotSchema } = manifest.settings;
  const remote = neighbour(manifest, "remote-plugins");
  if (typeof remote === "object" && remote.facts.classes.length > 0 && skypilotSchema !== "guide") {
    const text = manifest.workspace.files.read(remote.path);
    if (text !== undefined) return asItIs(title, text, remote.facts.classes);
  }
  const flagged = pluginItems(manifest).filter(({ isUploaded }) => isUploaded);
  if (flagged.length === 0 || skypilotSchema === "current") return { section: nothing(title, remote), classes: [] };
  const items = flagged.map(({ className, map }): Value => {
    const parameters = field(map, "parameters", manifest)?.value;
    const value = parameters && hostValue(parameters, manifest.kind.reading);
    return { class: className ?? null, ...(value !== undefined && value !== null && { parameters: value }) };
  });
  const note = `By the form of the user guide: the items with upload_to_controller, reduced to class and parameters. ${WHERE}`;
  return {
    section: { title, note, rows: [], text: yamlOf({ plugins: items }) },
    classes: flagged.flatMap(({ className }) => className ?? []),
  };
}

function asItIs(title: string, text: string, classes: readonly string[]): Sent {
  if (classes.length === 0)
    return { section: { title, note: "It lists no plugin, so nothing is sent.", rows: [] }, classes };
  return {
    section: { title, note: `remote_plugins.yaml as it is, comments included. ${WHERE}`, rows: [], text },
    classes,
  };
}

function nothing(title: string, remote: ReturnType<typeof neighbour>): PreviewSection {
  const why =
    remote === "none"
      ? "there is no remote_plugins.yaml beside this file"
      : remote === undefined
        ? "no list for controllers is known here"
        : "remote_plugins.yaml lists no plugin";
  return { title, note: `Nothing is sent: ${why}.`, rows: [] };
}

function classesOf(manifest: Manifest): readonly string[] {
  return pluginItems(manifest).flatMap(({ className }) => className ?? []);
}

/** Plain block style, as a YAML writer without wishes makes it. */
function yamlOf(value: Value, indent = ""): string {
  if (Array.isArray(value))
    return value.length === 0
      ? `${indent}[]\n`
      : value.map((item) => `${indent}- ${yamlOf(item, `${indent}  `).slice(indent.length + 2)}`).join("");
  if (typeof value !== "object" || value === null) return `${indent}${JSON.stringify(value) ?? "null"}\n`;
  const entries = Object.entries(value);
  if (entries.length === 0) return `${indent}{}\n`;
  return entries
    .map(([key, one]) => {
      const name = `${indent}${/^[\w.-]+$/.test(key) ? key : JSON.stringify(key)}:`;
      const isEmpty = typeof one === "object" && one !== null && Object.keys(one).length === 0;
      if (typeof one !== "object" || one === null || isEmpty) return `${name} ${yamlOf(one)}`;
      return `${name}\n${yamlOf(one, Array.isArray(one) ? indent : `${indent}  `)}`;
    })
    .join("");
}
