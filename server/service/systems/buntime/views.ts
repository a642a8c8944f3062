// Lenses on the plugin's name (its state on hosts; when it loads and who needs it) and hints behind what it needs and runs.

import type { Hint, Lens } from "../lens.js";
import { onHosts, someOf, standingOnHosts } from "../onHosts.js";
import { asString, itemsOf, placeOf } from "../read.js";
import type { Manifest } from "../system.js";
import { entryPath, FALLBACKS, firstFile, PAGE_FALLBACKS } from "./entries.js";
import { type Graph, graphOf, type Known } from "./graph.js";
import { loading } from "./registration.js";
import { topField, topText } from "./tree.js";

export function lensesOf(manifest: Manifest): readonly Lens[] {
  const pair = topField(manifest, "name");
  const name = topText(manifest, "name");
  if (!pair || !name || manifest.kind.id !== "manifest") return [];
  const { start, end } = placeOf(pair);
  const titles = { hosts: hostTitles(manifest, name), dependencies: orderTitles(manifest) };
  return (["hosts", "dependencies"] as const).flatMap((kind): Lens[] =>
    titles[kind].length > 0 ? [{ kind, span: [start, end], title: titles[kind].join(" · ") }] : [],
  );
}

function hostTitles(manifest: Manifest, name: string): string[] {
  const version = topText(manifest, "version");
  return standingOnHosts(manifest, { name, ...(version !== undefined && { version }) });
}

function orderTitles(manifest: Manifest): string[] {
  const graph = graphOf(manifest);
  const { own } = graph;
  if (!own) return [];
  const needing = graph.dependents(own).flatMap((one) => one.name ?? []);
  const { loads, words } = loading(manifest);
  const needs = own.dependencies.length + own.optionalDependencies.length;
  const order = !loads || needs > 0 ? [words.replace(/`/g, "")] : [];
  return [...order, ...(needing.length > 0 ? [`needed by ${someOf(needing)}`] : [])];
}

export function hintsOf(manifest: Manifest): readonly Hint[] {
  if (manifest.kind.id !== "manifest") return [];
  return [...dependencyHints(manifest), ...entryHints(manifest)];
}

function dependencyHints(manifest: Manifest): Hint[] {
  const graph = graphOf(manifest);
  return ["dependencies", "optionalDependencies"].flatMap((list) =>
    itemsOf(topField(manifest, list)?.value).flatMap((node): Hint[] => {
      const name = asString(node, manifest);
      const known = name ? aboutDependency(manifest, graph, name) : undefined;
      return known ? [{ kind: "order", at: node.end, ...known }] : [];
    }),
  );
}

function aboutDependency(manifest: Manifest, graph: Graph, name: string): Omit<Hint, "kind" | "at"> | undefined {
  const { own } = graph;
  const needed: Known | undefined = own && graph.resolve(name, own);
  if (!needed) {
    const there = onHosts(manifest, name).map(({ host }) => host.name);
    return there.length > 0 ? { text: `on ${someOf(there)}` } : undefined;
  }
  if (!needed.enabled) return { text: "disabled" };
  const reason = graph.leftOut().get(needed);
  if (reason !== undefined) return { text: "not loaded", tooltip: reason };
  const step = graph.steps().get(needed);
  return step === undefined ? undefined : { text: `step ${step}`, tooltip: STEP };
}

const STEP = "Plugins of one step don't need each other; among them the order of the plugins directory decides.";

/** The file that the host takes by its own look-up, where none or a missing one is named. */
function entryHints(manifest: Manifest): Hint[] {
  const { folder, workspace } = manifest;
  if (folder === undefined) return [];
  const hints: Hint[] = [];
  const name = topField(manifest, "name")?.value;
  const fallback = firstFile(folder, FALLBACKS, workspace.files);
  if (!topField(manifest, "pluginEntry") && name && fallback)
    hints.push({ kind: "entry", at: name.end, text: `runs ${fallback}` });
  for (const [key, instead, verb] of [
    ["pluginEntry", fallback, "runs"],
    ["entrypoint", firstFile(folder, PAGE_FALLBACKS, workspace.files), "serves"],
  ] as const) {
    const node = topField(manifest, key)?.value;
    const text = topText(manifest, key);
    if (node && text && instead && workspace.files.kind(entryPath(folder, text)) === "none")
      hints.push({ kind: "entry", at: node.end, text: `${verb} ${instead}`, tooltip: `${text} does not exist` });
  }
  return hints;
}
