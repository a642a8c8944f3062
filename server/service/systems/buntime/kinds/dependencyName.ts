// Names of plugins to depend on: those of the workspace and of connected hosts, less those that are listed already, the
// plugin itself, those that need it, which would make a cycle, and names that are an error where they stand.

import type { Choice, Kind, Use } from "../../../kinds/kind.js";
import { hostLines, hostsOf } from "../../onHosts.js";
import { fromRoot } from "../../shownPath.js";
import type { Manifest } from "../../system.js";
import { factsOf } from "../facts.js";
import { directoryOf, type Graph, graphOf, type Known } from "../graph.js";
import { judgeName } from "../names.js";
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
  for (const { name, version, folder } of nearFirst(graph)) add(name, [version, fromRoot(folder, manifest)]);
  for (const host of hostsOf(manifest))
    for (const { name, version } of host.plugins) add(name, [version, `on ${host.name}`]);
  return [...choices.values()].slice(0, MOST);

  function add(name: string | undefined, details: readonly (string | undefined)[]): void {
    if (!name || taken.has(name) || choices.has(name) || !isLoadable(name)) return;
    const detail = details.filter((one) => one !== undefined).join(" · ");
    choices.set(name, { value: name, kind: "reference", detail });
  }
}

/** An upload under another name deletes other plugins, or is never loaded. */
const isLoadable = (name: string): boolean => ["sound", "unusual"].includes(judgeName(name).kind);

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
