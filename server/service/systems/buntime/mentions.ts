// Where a Buntime manifest names things: its plugin, the plugins that it needs, its base and the menu paths below it, and the
// files that the host runs. A base is only renamed where one plugin alone of the workspace has it.

import type { Node } from "../../text/node.js";
import { remember } from "../../text/remember.js";
import type { Mention } from "../mention.js";
import { namedText } from "../named.js";
import { asString, field, itemsOf } from "../read.js";
import type { Manifest } from "../system.js";
import { isBase } from "./bases.js";
import { entryPath, FALLBACKS, firstFile, PAGE_FALLBACKS } from "./entries.js";
import { type Graph, graphOf, type Known } from "./graph.js";
import { judgeName } from "./names.js";
import { topField } from "./tree.js";

export function mentionsOf(manifest: Manifest): readonly Mention[] {
  const graph = graphOf(manifest);
  return [
    ...named(manifest, graph, topField(manifest, "name")?.value, "definition"),
    ...["dependencies", "optionalDependencies"].flatMap((list) =>
      itemsOf(topField(manifest, list)?.value).flatMap((node) => named(manifest, graph, node, "reference")),
    ),
    ...fileOf(manifest, "pluginEntry", FALLBACKS),
    ...fileOf(manifest, "entrypoint", PAGE_FALLBACKS),
    ...bases(manifest, graph),
  ];
}

export function refuseName(kind: string, name: string): string | undefined {
  if (kind === "base" && !isBase(name)) return `"${name}" is not a base; write "/" and one segment, such as "/notes"`;
  if (kind !== "plugin") return undefined;
  const verdict = judgeName(name);
  return verdict.kind === "sound" ? undefined : `the name "${name}" ${verdict.because}`;
}

function named(manifest: Manifest, graph: Graph, node: Node | undefined, role: Mention["role"]): Mention[] {
  const name = node && asString(node, manifest);
  if (!node || !name) return [];
  const { span, rename, isVerbatim } = namedText(manifest, node);
  // Of two plugins with one name nobody knows which one the dependencies mean.
  const isOne = countsOf(graph.plugins).names(name) < 2;
  if (!isOne) return [{ kind: "plugin", name, role, span, fixed: () => doubled("plugins are called", name) }];
  return [{ kind: "plugin", name, role, span, ...(rename && { rename }), ...(!isVerbatim && { shown: name }) }];
}

const doubled = (several: string, name: string): string =>
  `several ${several} "${name}", and nobody knows which one is meant; change one of them by hand first`;

/** How many plugins of the workspace have a name, or a base. */
const countsOf = remember((plugins: readonly Known[]) => {
  const names = new Map<string, number>();
  const bases = new Map<string, number>();
  for (const { name, base } of plugins) {
    if (name !== undefined) names.set(name, (names.get(name) ?? 0) + 1);
    if (base !== undefined) bases.set(base, (bases.get(base) ?? 0) + 1);
  }
  return { names: (name: string) => names.get(name) ?? 0, bases: (base: string) => bases.get(base) ?? 0 };
});

function fileOf(manifest: Manifest, key: string, fallbacks: readonly string[]): Mention[] {
  const node = topField(manifest, key)?.value;
  const text = node && asString(node, manifest);
  const { folder, workspace } = manifest;
  if (!node || !text || folder === undefined) return [];
  const { span } = namedText(manifest, node);
  const written = entryPath(folder, text);
  const instead = firstFile(folder, fallbacks, workspace.files);
  const path = workspace.files.kind(written) === "none" && instead ? `${folder}/${instead}` : written;
  const isThere = workspace.files.kind(path) === "file";
  return [{ kind: "file", name: path, role: "reference", span, ...(isThere && { target: { path } }) }];
}

function bases(manifest: Manifest, { plugins }: Graph): Mention[] {
  const counts = countsOf(plugins);
  const node = topField(manifest, "base")?.value;
  const base = node && asString(node, manifest);
  const found: Mention[] = [];
  if (node && base && isBase(base)) found.push(based(base, "definition", namedText(manifest, node)));
  for (const { node: path, text } of menuPaths(manifest, topField(manifest, "menus")?.value)) {
    const [start = ""] = /^\/[^/?#]+/.exec(text) ?? [];
    if (start === "" || (start !== base && counts.bases(start) === 0)) continue;
    const { span, rename, isVerbatim } = namedText(manifest, path);
    const part = [span[0], span[0] + start.length] as const;
    found.push(based(start, "reference", isVerbatim ? { span: part, ...(rename && { rename }) } : { span }));
  }
  return found;

  function based(name: string, role: Mention["role"], { span, rename }: Pick<Mention, "span" | "rename">): Mention {
    if (counts.bases(name) > 1)
      return { kind: "base", name, role, span, fixed: () => doubled("plugins have the base", name) };
    return { kind: "base", name, role, span, ...(rename && name !== "/" && { rename: (to) => to }) };
  }
}

function menuPaths(manifest: Manifest, menus: Node | undefined, depth = 0): { node: Node; text: string }[] {
  if (depth > 5) return [];
  return itemsOf(menus).flatMap((item) => {
    const node = field(item, "path", manifest)?.value;
    const text = node && asString(node, manifest);
    const below = menuPaths(manifest, field(item, "items", manifest)?.value, depth + 1);
    return node && text ? [{ node, text }, ...below] : below;
  });
}
