// Bases: completion of those that nobody has, made from the names of the plugin and its folder; hover says where the plugin
// will answer and who on the hosts has the base.

import type { Choice, Kind, Use } from "../../../kinds/kind.js";
import { basename } from "../../../text/paths.js";
import { hostsOf, onHosts } from "../../onHosts.js";
import type { Manifest } from "../../system.js";
import { isBase, nearBase, RESERVED_BASES } from "../bases.js";
import { graphOf } from "../graph.js";
import { addresses } from "../registration.js";
import { topText } from "../tree.js";

export const routeBase: Kind = { complete, hover };

function complete({ manifest }: Use): readonly Choice[] {
  const name = topText(manifest, "name");
  const taken = takenBases(manifest, name);
  const choices = new Map<string, Choice>();
  for (const { plugin, host } of name === undefined ? [] : onHosts(manifest, name))
    if (plugin.base !== undefined) add(plugin.base, `as on ${host.name}`);
  if (name !== undefined) add(nearBase(shortOf(name)), "from the plugin's name");
  if (manifest.folder !== undefined) add(nearBase(shortOf(basename(manifest.folder))), "from the folder's name");
  return [...choices.values()];

  function add(base: string | undefined, detail: string): void {
    if (base === undefined || !isBase(base) || taken.has(base) || RESERVED_BASES.has(base) || choices.has(base)) return;
    choices.set(base, { value: base, kind: "value", detail });
  }
}

function takenBases(manifest: Manifest, name: string | undefined): ReadonlySet<string | undefined> {
  const { plugins, own } = graphOf(manifest);
  const here = plugins.filter((one) => one !== own).map((one) => one.base);
  const there = hostsOf(manifest).flatMap((host) => host.plugins.filter((one) => one.name !== name));
  return new Set([...here, ...there.map((one) => one.base)]);
}

const shortOf = (name: string): string => name.replace(/^@[^/]*\//, "").replace(/^(buntime-)?plugin-/, "");

function hover({ manifest, text }: Use): string | undefined {
  if (!isBase(text)) return undefined;
  const name = topText(manifest, "name");
  const others = hostsOf(manifest).flatMap((host) =>
    host.plugins
      .filter((one) => one.base === text && one.name !== name)
      .map((one) => `taken by \`${one.name}\` on "${host.name}"`),
  );
  return [...addresses(manifest), ...others].map((line) => `- ${line}`).join("\n");
}
