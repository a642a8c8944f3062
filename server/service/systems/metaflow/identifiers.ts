// Identifiers of a PLUGINS value: those that it could still list, plugin folders that are there without an entry, are completed
// as keys; of those that it lists the hover says what the service makes of them.

import type { Use } from "../../kinds/kind.js";
import type { JsonSchema } from "../../schema/jsonSchema.js";
import type { KeyPath } from "../../text/node.js";
import { basename, dirname } from "../../text/paths.js";
import { remember } from "../../text/remember.js";
import { hostLines } from "../onHosts.js";
import type { Manifest } from "../system.js";
import { entriesOf } from "./entries.js";
import { type KnownPlugin, pluginsIn } from "./facts.js";
import { installedFolder } from "./folders.js";
import { registeredIn } from "./registered.js";

export function schemaAt(manifest: Manifest, at: KeyPath): JsonSchema | undefined {
  if (manifest.kind.id !== "plugins") return undefined;
  if (at.length === 0) return unlisted(manifest);
  return at.length === 1 ? listed(manifest, String(at[0])) : undefined;
}

function listed(manifest: Manifest, identifier: string): JsonSchema | undefined {
  const plugins = registeredIn(manifest).filter((one) => one.identifier === identifier);
  if (plugins.length === 0) return undefined;
  return { "x-effect": plugins.map(({ title, plugin }) => effect(manifest, title, plugin)) };
}

/** Of an item of `paths`. */
export function aboutPath({ manifest, node }: Pick<Use, "manifest" | "node">): string | undefined {
  const found = registeredIn(manifest).find((one) => one.node === node);
  return found && effect(manifest, found.title, found.plugin);
}

/** Which plugin is loaded from where, and what connected hosts say of it. */
function effect(manifest: Manifest, title: string, { name, version, slot }: KnownPlugin): string {
  if (!name) return `\`installed/${title}\` has a manifest without a name.`;
  const shown = slot === undefined ? "listed and never shown: it has no slot" : `shown in the slot \`${slot}\``;
  const hosts = hostLines(manifest, name).map((line) => `\n- ${line}`);
  return `Loads ${code(`${name}${known(version)}`)} from \`installed/${title}\`, ${shown}.${hosts.length > 0 ? "\n" : ""}${hosts.join("")}`;
}

const known = (version: string | undefined): string => (version === undefined ? "" : ` ${version}`);

const unlisted = remember((manifest: Manifest): JsonSchema | undefined => {
  const listed = new Set(entriesOf(manifest).map(({ identifier }) => identifier));
  const properties: Record<string, JsonSchema> = {};
  for (const plugin of candidates(manifest)) {
    const identifier = basename(plugin.folder ?? "");
    if (!listed.has(identifier) && identifier !== "auth")
      properties[identifier] = { type: "object", description: about(plugin) };
  }
  return Object.keys(properties).length > 0 ? { properties } : undefined;
});

/** Plugins in installed/; where no such folder is near, those beside the value and in some installed/ of the workspace. */
function candidates(manifest: Manifest): readonly KnownPlugin[] {
  const installed = installedFolder(manifest);
  return pluginsIn(manifest.workspace).filter(({ folder = "" }) => {
    const parent = dirname(folder);
    return installed === undefined
      ? basename(parent) === "installed" || parent === manifest.folder
      : parent === installed;
  });
}

function about({ name, version, slot, folder = "" }: KnownPlugin): string {
  const title = name ? `The plugin "${name}"${known(version)}` : "A plugin without a name";
  const place = basename(dirname(folder)) === "installed" ? "is in installed/ already" : "lies beside this file";
  return `${title}, ${slot === undefined ? "without a slot" : `for the slot ${slot}`}; its folder ${place}.`;
}

const code = (text: string): string => `\`${text.replace(/`/g, "'")}\``;
