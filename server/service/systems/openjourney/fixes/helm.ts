// The older helmChartInflationGenerator as helmCharts and helmGlobals, field by field as kustomize itself takes it over. Some
// of its fields have no successor; the title says which are dropped.

import { keyText, type MapNode, type Node, type Pair, spanOf } from "../../../text/node.js";
import type { Fix, TextChange } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { fieldOf, isNull, itemsIn, mapOf, pairOf, textOf } from "../model/reading.js";
import { written } from "./entries.js";
import { insertAt, lineEnd, lineStart } from "./lines.js";

const OLD = "helmChartInflationGenerator";

const NEXT: Readonly<Record<string, string>> = {
  chartName: "name",
  chartVersion: "version",
  chartRepoUrl: "repo",
  values: "valuesFile",
  valuesLocal: "valuesInline",
  valuesMerge: "valuesMerge",
  releaseName: "releaseName",
};
/** Of several charts the last one's counts. */
const GLOBALS: Readonly<Record<string, string>> = { chartHome: "chartHome", helmHome: "configHome" };
const DROPPED = ["chartRepoName", "helmBin", "releaseNamespace", "extraArgs"];

export function helmFix(manifest: Manifest): Fix | undefined {
  const { parsed } = manifest;
  const root = mapOf(manifest.root);
  const old = pairOf(root, OLD);
  const items = itemsIn(old?.value);
  const isFree = !pairOf(root, "helmCharts") && !pairOf(root, "helmGlobals");
  if (!old?.key || old.value?.kind !== "list" || old.value.flow || !items || !isFree || root?.flow !== false)
    return undefined;
  const edits: TextChange[] = [{ span: spanOf(old.key), newText: "helmCharts" }];
  const dropped = new Set<string>();
  const globals = new Map<string, string>();
  for (const item of items) {
    const changes = item?.kind === "map" && !item.flow ? inChart(manifest, item, dropped, globals) : undefined;
    if (!changes) return undefined;
    edits.push(...changes);
  }
  if (globals.size > 0) {
    const lines = [...globals].map(([name, value]) => `${parsed.eol}  ${name}: ${written(value)}`);
    edits.push(insertAt(manifest, lineEnd(parsed.text, old.value.end - 1), `helmGlobals:${lines.join("")}`));
  }
  const told = dropped.size === 0 ? "" : ` (drops ${[...dropped].join(", ")})`;
  return { title: `Convert to "helmCharts"${told}`, edits };
}

/** Edits of one chart; undefined where a field can't be taken over. */
function inChart(
  manifest: Manifest,
  item: MapNode,
  dropped: Set<string>,
  globals: Map<string, string>,
): TextChange[] | undefined {
  const { text } = manifest.parsed;
  const changes: TextChange[] = [];
  const gone: Pair[] = [];
  for (const pair of item.pairs) {
    const name = keyText(pair) ?? "";
    const next = NEXT[name];
    if (next !== undefined && pair.key) changes.push({ span: spanOf(pair.key), newText: next });
    else if (DROPPED.includes(name) || name in GLOBALS) {
      gone.push(pair);
      if (DROPPED.includes(name) && !isNull(pair.value)) dropped.add(name);
      const value = textOf(item, name) ?? "";
      if (name in GLOBALS && value !== "") globals.set(GLOBALS[name] ?? name, value);
    } else return undefined;
  }
  const kept = item.pairs.filter((pair) => !gone.includes(pair));
  const [first] = kept;
  if (!first || !fieldOf(item, "chartName") || gone.some(({ value }) => isShared(value))) return undefined;
  for (const pair of gone) {
    const isBefore = pair.start < first.start;
    if (!isBefore) changes.push({ span: [lineStart(text, pair.start), lineEnd(text, pair.end - 1)], newText: "" });
  }
  const start = item.pairs[0]?.start ?? first.start;
  if (start < first.start) changes.push({ span: [start, first.start], newText: "" });
  return changes;
}

const isShared = (node: Node | undefined): boolean => node?.kind === "alias" || node?.anchor !== undefined;
