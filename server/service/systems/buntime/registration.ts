// What a host will make of a manifest once it scans the folder: when the plugin loads, what it runs and where it answers.
// Only what follows from the workspace; the order of plugins that don't need each other is the file system's.

import { asValue } from "../read.js";
import type { Manifest } from "../system.js";
import { isBase } from "./bases.js";
import { entryPath, FALLBACKS, firstFile, PAGE_FALLBACKS } from "./entries.js";
import { type Graph, graphOf, type Known } from "./graph.js";
import { topField, topText } from "./tree.js";

/** Markdown lines, most important first. */
export function registration(manifest: Manifest): string[] {
  const state = loading(manifest);
  if (!state.loads) return [state.words];
  return [state.words, ...entry(manifest), ...addresses(manifest)];
}

/** When the plugin loads, or why it doesn't. */
export function loading(manifest: Manifest): { readonly loads: boolean; readonly words: string } {
  if (asValue(topField(manifest, "enabled")?.value, manifest) === false)
    return { loads: false, words: "scanned but not loaded: it is disabled" };
  const graph = graphOf(manifest);
  const { own } = graph;
  if (!own) return { loads: true, words: "loaded after the plugins that it needs" };
  const reason = graph.leftOut().get(own);
  if (reason !== undefined) return { loads: false, words: `not loaded: ${reason}` };
  const step = graph.steps().get(own) ?? 1;
  const needed = neededBy(own, graph).map((one) => `\`${one.name}\``);
  const after = needed.length > 0 ? `, after ${needed.join(", ")}` : "";
  return { loads: true, words: `loads at step ${step}${after}` };
}

/** The plugins of the workspace that must be loaded before. */
function neededBy(own: Known, graph: Graph): readonly Known[] {
  return [...own.dependencies, ...own.optionalDependencies].flatMap(({ name }) => {
    const needed = graph.resolve(name, own);
    return needed?.enabled && !graph.leftOut().has(needed) ? [needed] : [];
  });
}

function entry(manifest: Manifest): string[] {
  const { folder, workspace } = manifest;
  const written = topText(manifest, "pluginEntry");
  const kind = written && folder !== undefined ? workspace.files.kind(entryPath(folder, written)) : "unknown";
  if (written && kind !== "none") return [`runs \`${written}\``];
  if (folder === undefined || workspace.files.kind(folder) !== "directory") return [];
  const fallback = firstFile(folder, FALLBACKS, workspace.files);
  return [
    fallback ? `runs \`${fallback}\`, by the host's own look-up` : "has no entry file: the host skips the folder",
  ];
}

/** Where the plugin answers, below the address of any host. */
export function addresses(manifest: Manifest): string[] {
  const base = topText(manifest, "base");
  if (base === undefined) return ["has no base: hooks only, nothing to open"];
  if (!isBase(base)) return [];
  if (base === "/") return ["answers only the path `/`"];
  const page = pageOf(manifest);
  if (page === undefined) return [`its code answers below \`${base}/\`; no page of its own`];
  return [`page at \`${base}/\` from \`${page}\`, in the shell at \`/cpanel${base}\``];
}

/** The file behind the page: as written, or what the worker tries when that isn't there. */
function pageOf(manifest: Manifest): string | undefined {
  const { folder, workspace } = manifest;
  const written = topText(manifest, "entrypoint");
  if (!written || folder === undefined) return written;
  if (workspace.files.kind(entryPath(folder, written)) !== "none") return written;
  return firstFile(folder, PAGE_FALLBACKS, workspace.files) ?? written;
}
