// Identifiers that a PLUGINS value could still list: plugin folders that are there without an entry. They are completed
// as keys of the value.

import type { JsonSchema } from "../../schema/jsonSchema.js";
import type { KeyPath } from "../../text/node.js";
import { basename, dirname } from "../../text/paths.js";
import { remember } from "../../text/remember.js";
import type { Manifest } from "../system.js";
import { entriesOf } from "./entries.js";
import { type KnownPlugin, pluginsIn } from "./facts.js";
import { installedFolder } from "./folders.js";

export function schemaAt(manifest: Manifest, at: KeyPath): JsonSchema | undefined {
  return manifest.kind.id === "plugins" && at.length === 0 ? unlisted(manifest) : undefined;
}

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

/** Plugins in installed/; where no such folder is near, those that lie in some installed/ of the workspace. */
function candidates(manifest: Manifest): readonly KnownPlugin[] {
  const installed = installedFolder(manifest);
  return pluginsIn(manifest.workspace).filter(({ folder = "" }) => {
    const parent = dirname(folder);
    return installed === undefined ? basename(parent) === "installed" : parent === installed;
  });
}

function about({ name, version, slot }: KnownPlugin): string {
  const title = name ? `The plugin "${name}"${version === undefined ? "" : ` ${version}`}` : "A plugin without a name";
  return `${title}, ${slot === undefined ? "without a slot" : `for the slot ${slot}`}; its folder is in installed/ already.`;
}
