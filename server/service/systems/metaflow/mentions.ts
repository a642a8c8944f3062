// Where a document of Metaflow UI names things: a manifest its plugin and its page, a PLUGINS value the folders of plugins.
// The service knows a plugin by its manifest's name alone, so an identifier in PLUGINS stays what it is when that changes.

import { spanOf } from "../../text/node.js";
import type { Mention } from "../mention.js";
import { namedText } from "../named.js";
import { asString, field } from "../read.js";
import type { Manifest } from "../system.js";
import { partOf } from "./edits.js";
import { namesakes } from "./facts.js";
import { registeredIn } from "./registered.js";
import { entrypointOf } from "./rules/entrypoint.js";

export function mentionsOf(manifest: Manifest): readonly Mention[] {
  return manifest.kind.id === "plugins" ? registered(manifest) : [...ownName(manifest), ...entrypoint(manifest)];
}

/** By the rules of the page's address; see the manifest's schema. */
export function refuseName(kind: string, name: string): string | undefined {
  if (kind !== "plugin") return undefined;
  if (name === "") return "an empty name has no address, and the plugin never shows";
  if (/[/\\?#]|%[0-9a-f]{2}/i.test(name) || /^\.{1,2}$/.test(name))
    return `the page puts the name into its address as it is, and "${name}" doesn't survive there: / \\ ? #, % with two hex digits, . and .. lead elsewhere`;
  return undefined;
}

function ownName(manifest: Manifest): Mention[] {
  const node = field(manifest.root, "name", manifest)?.value;
  const name = asString(node, manifest);
  if (!node || !name) return [];
  const { span, rename } = namedText(manifest, node);
  // Of two plugins with one name nobody knows which one others mean.
  const isOne = namesakes(manifest.workspace, name).length < 2;
  return [{ kind: "plugin", name, role: "definition", span, ...(rename && isOne && { rename }) }];
}

function entrypoint(manifest: Manifest): Mention[] {
  const found = entrypointOf(manifest);
  const { folder, workspace } = manifest;
  if (found?.target.kind === "otherPlugin") return otherPlugin(manifest, found);
  if (found?.target.kind !== "top" || folder === undefined) return [];
  const path = `${folder}/${found.target.name}`;
  const isThere = workspace.files.kind(path) === "file";
  const { span } = namedText(manifest, found.node);
  return [{ kind: "file", name: path, role: "reference", span, ...(isThere && { target: { path } }) }];
}

/** `../<plugin>/page.html` names the other plugin as the page does. */
function otherPlugin(
  manifest: Manifest,
  { node, text, target }: NonNullable<ReturnType<typeof entrypointOf>>,
): Mention[] {
  if (target.kind !== "otherPlugin") return [];
  const { plugin: name } = target;
  const at = text.indexOf(`/${name}/`);
  if (at < 0) return [{ kind: "plugin", name, role: "reference", span: spanOf(node) }];
  const span = partOf(manifest, node, at + 1, at + 1 + name.length);
  const isPart = span[0] > node.start;
  return [{ kind: "plugin", name, role: "reference", span, ...(isPart && { rename: written }) }];
}

const written = (name: string): string => JSON.stringify(name).slice(1, -1);

function registered(manifest: Manifest): Mention[] {
  return registeredIn(manifest).flatMap(({ node, plugin }): Mention[] => {
    const { name, path, span } = plugin;
    const target = { path, ...(span && { span }) };
    return [
      {
        kind: "plugin",
        name: name ?? "",
        role: "reference",
        span: namedText(manifest, node).span,
        target,
        isCalledOtherwise: true,
      },
    ];
  });
}
