// Where a document of Metaflow UI names things: a manifest its plugin and its page, a PLUGINS value the folders of plugins.
// The service knows a plugin by its manifest's name alone, so an identifier in PLUGINS stays what it is when that changes.

import { spanOf } from "../../text/node.js";
import { dirname, isInside, relativeTo } from "../../text/paths.js";
import type { Mention } from "../mention.js";
import { namedText } from "../named.js";
import { asString, field } from "../read.js";
import type { Manifest } from "../system.js";
import { partOf } from "./edits.js";
import { entriesOf } from "./entries.js";
import { namesakes } from "./facts.js";
import { pluginFolder } from "./folders.js";
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
  const { span, rename, isVerbatim } = namedText(manifest, node);
  const own: Mention = { kind: "plugin", name, role: "definition", span, ...(!isVerbatim && { shown: name }) };
  // Of two plugins with one name nobody knows which one others mean.
  if (namesakes(manifest.workspace, name).length > 1) return [{ ...own, fixed: () => several(name) }];
  return [{ ...own, ...(rename && { rename }) }];
}

const several = (name: string): string =>
  `several plugins are called "${name}", and nobody knows which one is meant; change one of them by hand first`;

function entrypoint(manifest: Manifest): Mention[] {
  const found = entrypointOf(manifest);
  const { folder, workspace } = manifest;
  if (found?.target.kind === "otherPlugin") return otherPlugin(manifest, found);
  if (found?.target.kind !== "top" || folder === undefined) return [];
  const path = `${folder}/${found.target.name}`;
  const isThere = workspace.files.kind(path) === "file";
  const { span } = namedText(manifest, found.node);
  const { text, target } = found;
  const moved = (to: string, home: string) => text.replace(target.name, () => relativeTo(home, to));
  return [{ kind: "file", name: path, role: "reference", span, moved, ...(isThere && { target: { path } }) }];
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

/** The folder of a plugin is named by its identifier, or by an item of `paths` below that. */
function registered(manifest: Manifest): Mention[] {
  const plugins = registeredIn(manifest).map(({ node, title, identifier, plugin }): Mention => {
    const { name, path, span } = plugin;
    const home = dirname(path).slice(0, -title.length - 1);
    return {
      kind: "plugin",
      name: name ?? "",
      role: "reference",
      span: namedText(manifest, node).span,
      target: { path, ...(span && { span: [span[0] + 1, span[1] - 1] }) },
      folder: dirname(path),
      isCalledOtherwise: true,
      moved: (to) => below(title === identifier ? home : `${home}/${identifier}`, dirname(to)),
    };
  });
  return [...plugins, ...sharedFolders(manifest)];
}

/** Folders with several plugins. */
function sharedFolders(manifest: Manifest): Mention[] {
  return entriesOf(manifest).flatMap(({ identifier, pair, paths }): Mention[] => {
    const folder = paths.length > 0 ? pluginFolder(manifest, identifier) : undefined;
    if (!pair.key || folder === undefined || manifest.workspace.files.kind(folder) !== "directory") return [];
    const { span } = namedText(manifest, pair.key);
    const home = folder.slice(0, -identifier.length - 1);
    return [{ kind: "file", name: folder, role: "reference", span, moved: (to) => below(home, to) }];
  });
}

/** A folder by its way from another; what leaves that one can't be named any more. */
const below = (home: string, folder: string): string | undefined =>
  folder !== home && isInside(folder, home) ? relativeTo(home, folder) : undefined;
