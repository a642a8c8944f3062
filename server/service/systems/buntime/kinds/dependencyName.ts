// Names of plugins to depend on: those of the workspace and of connected hosts, less those that are listed already, the
// plugin itself, and those that need it, which would make a cycle.

import type { Choice, Kind, Use } from "../../../kinds/kind.js";
import { fromRoot } from "../../shownPath.js";
import type { Manifest } from "../../system.js";
import { factsOf } from "../facts.js";
import { directoryOf, type Graph, graphOf, type Known } from "../graph.js";
import { hostLines, hostsOf } from "../onHosts.js";
import { topText } from "../tree.js";

export const dependencyName: Kind = { complete, hover: ({ manifest, text }) => about(manifest, text) };

const MOST = 500;

function complete({ manifest, text }: Use): readonly Choice[] {
  const graph = graphOf(manifest);
  const { dependencies, optionalDependencies } = factsOf(manifest);
  const taken = new Set([...dependencies, ...optionalDependencies].map(({ name }) => name));
  taken.delete(text);
  for (const { name } of graph.own ? needing(graph.own, graph) : []) if (name !== undefined) taken.add(name);
  taken.add(topText(manifest, "name") ?? "");
  const choices = new Map<string, Choice>();
  for (const plugin of nearFirst(graph)) {
    if (!plugin.name || taken.has(plugin.name) || choices.has(plugin.name)) continue;
    choices.set(plugin.name, choice(plugin.name, [plugin.version, fromRoot(plugin.folder, manifest)]));
  }
  for (const host of hostsOf(manifest)) {
    for (const { name, version } of host.plugins)
      if (!taken.has(name) && !choices.has(name)) choices.set(name, choice(name, [version, `on ${host.name}`]));
  }
  return [...choices.values()].slice(0, MOST);

  function choice(value: string, details: readonly (string | undefined)[]): Choice {
    const detail = details.filter((one) => one !== undefined).join(" · ");
    return { value, kind: "reference", detail };
  }
}

/** Those of the same plugins directory first, then by name. */
function nearFirst({ plugins, own }: Graph): readonly Known[] {
  const far = (one: Known) => Number(own !== undefined && directoryOf(one) !== directoryOf(own));
  return [...plugins].sort((a, b) => far(a) - far(b) || (a.name ?? "").localeCompare(b.name ?? ""));
}

/** All that need a plugin, directly or through others. */
function needing(plugin: Known, graph: Graph): readonly Known[] {
  const found = new Set<Known>([plugin]);
  for (const one of found) for (const dependent of graph.dependents(one)) found.add(dependent);
  found.delete(plugin);
  return [...found];
}

function about(manifest: Manifest, name: string): string | undefined {
  const graph = graphOf(manifest);
  const named = graph.plugins.filter((one) => one.name === name);
  const here = named.map((plugin) => {
    const parts = [
      plugin.version === undefined ? "no version" : `version ${plugin.version}`,
      ...(plugin.base === undefined ? [] : [`base \`${plugin.base}\``]),
      ...(plugin.enabled ? [] : ["disabled"]),
    ];
    const reason = graph.leftOut().get(plugin);
    return `in \`${fromRoot(plugin.folder, manifest)}\`: ${parts.join(", ")}${reason === undefined ? "" : `; not loaded: ${reason}`}`;
  });
  const lines = [...here, ...hostLines(manifest, name)];
  return lines.length > 0 ? `**${name}**\n\n${lines.map((line) => `- ${line}`).join("\n")}` : undefined;
}
