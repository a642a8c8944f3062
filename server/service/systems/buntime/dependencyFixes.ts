// Fixes of a dependency that a host won't load: its own manifest enables it, or this plugin does without.

import type { Node } from "../../text/node.js";
import { renderScalar } from "../../text/render.js";
import { withPair } from "../addition.js";
import type { Fix } from "../problem.js";
import { asMap, asScalar } from "../read.js";
import { withoutItem } from "../removal.js";
import type { Manifest } from "../system.js";
import type { Known } from "./graph.js";
import { removeLine, topField } from "./tree.js";

/** Takes the word that disables it out of the other manifest. */
export function enabling({ workspace }: Manifest, name: string, { path }: Known): Fix[] {
  const other = workspace.open(path);
  const node = other && asScalar(topField(other, "enabled")?.value);
  if (!other || node?.text !== "false") return [];
  return [{ title: `Enable "${name}"`, edits: [{ path, span: [node.start, node.end], newText: "true" }] }];
}

/** Moves it to the list of those that a host may lack. */
export function asOptional(manifest: Manifest, node: Node, name: string): Fix[] {
  const gone = removeLine(manifest, node) ?? withoutItem(manifest, node);
  const root = asMap(manifest.root);
  const title = 'Move to "optionalDependencies"';
  const list = topField(manifest, "optionalDependencies");
  const isJson = root?.pairs[0]?.key?.kind === "scalar" && root.pairs[0].key.style === "double";
  const written = isJson
    ? `"optionalDependencies": [${JSON.stringify(name)}]`
    : `optionalDependencies: [${renderScalar(name, "flow", manifest.kind.reading.dialect)}]`;
  const added = list || !root ? undefined : withPair(manifest, root, written);
  return gone && added && gone.span[1] <= added.span[0] ? [{ title, edits: [gone, added] }] : [];
}
