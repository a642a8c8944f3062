// Which plugin an entry of a PLUGINS value stands for, as far as the workspace tells: by the folder installed/ near it, else
// by the only plugin folder of the workspace that has such an end.

import { lookUp } from "../../text/grouped.js";
import type { Node } from "../../text/node.js";
import { remember } from "../../text/remember.js";
import type { Manifest } from "../system.js";
import { entriesOf } from "./entries.js";
import { type KnownPlugin, pluginsIn } from "./facts.js";
import { pluginFolder } from "./folders.js";

export interface Registered {
  /** The identifier's key, or an item of `paths`. */
  readonly node: Node;
  /** The identifier, with the path behind it where there is one. */
  readonly title: string;
  readonly identifier: string;
  readonly plugin: KnownPlugin;
}

export const registeredIn = remember((manifest: Manifest): readonly Registered[] => {
  const known = pluginsIn(manifest.workspace);
  return entriesOf(manifest).flatMap(({ identifier, pair, paths }) => {
    const items = paths.map(({ node, path }) => ({ node, identifier, title: `${identifier}/${inner(path)}` }));
    const own = pair.key ? [{ node: pair.key, identifier, title: identifier }] : [];
    return (paths.length > 0 ? items : own).flatMap((one) => {
      const plugin = pluginOf(one.title, identifier);
      return plugin ? [{ ...one, plugin }] : [];
    });
  });

  function pluginOf(title: string, identifier: string): KnownPlugin | undefined {
    const candidates = inFolderNamed(known, title.slice(title.lastIndexOf("/") + 1));
    const base = pluginFolder(manifest, identifier);
    const folder = base === undefined ? undefined : `${base}${title.slice(identifier.length)}`;
    const exact = candidates.find((one) => one.folder === folder);
    const alike = candidates.filter((one) => one.folder?.endsWith(`/${title}`));
    return exact ?? (alike.length === 1 ? alike[0] : undefined);
  }
});

const inner = (path: string): string => path.replace(/^(\.\/)+|\/+$/g, "");

/** Plugins by the last part of their folder. */
const inFolderNamed = lookUp(({ folder = "" }: KnownPlugin) => [folder.slice(folder.lastIndexOf("/") + 1)]);
