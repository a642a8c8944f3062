// Icons of menu items: those that the workspace's other menus and those of connected hosts use, since the sets themselves are
// not known here.

import type { Choice, Kind, Use } from "../../../kinds/kind.js";
import type { Node } from "../../../text/node.js";
import { hostsOf } from "../../onHosts.js";
import { asString, field, itemsOf } from "../../read.js";
import type { Manifest } from "../../system.js";
import { graphOf } from "../graph.js";
import { topField } from "../tree.js";

export const icon: Kind = { complete };

const MOST_MANIFESTS = 40;
const MOST = 100;

function complete({ manifest, text }: Use): readonly Choice[] {
  const { workspace, parsed } = manifest;
  const others = graphOf(manifest)
    .plugins.filter(({ path }) => path !== parsed.path)
    .slice(0, MOST_MANIFESTS)
    .flatMap(({ path }) => workspace.open(path) ?? []);
  const choices = new Map<string, Choice>();
  for (const one of [manifest, ...others]) collect(one, topField(one, "menus")?.value, choices);
  // What is being written here is no choice.
  const own = choices.get(text);
  if (own && others.length === 0) choices.delete(text);
  for (const { name: host, plugins } of hostsOf(manifest))
    for (const { name, icons = [] } of plugins)
      for (const value of icons.filter(isIcon))
        if (!choices.has(value)) choices.set(value, { value, kind: "value", detail: `icon of ${name} on "${host}"` });
  return [...choices.values()].slice(0, MOST);
}

const isIcon = (text: string): boolean => /^[\w-]+:[\w-]+$/.test(text);

function collect(manifest: Manifest, menus: Node | undefined, choices: Map<string, Choice>, depth = 0): void {
  if (depth > 5) return;
  for (const item of itemsOf(menus)) {
    const value = asString(field(item, "icon", manifest)?.value, manifest);
    const title = asString(field(item, "title", manifest)?.value, manifest);
    if (value && isIcon(value) && !choices.has(value))
      choices.set(value, { value, kind: "value", detail: title ? `icon of "${title}"` : "icon" });
    collect(manifest, field(item, "items", manifest)?.value, choices, depth + 1);
  }
}
