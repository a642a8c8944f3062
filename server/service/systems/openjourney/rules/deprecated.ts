// Conversions of deprecated fields as fixes, where the result is certain to build the same: comments, order and quotes
// of the entries stay. The problem itself comes from the schema.

import { keyText, type MapNode, type Node, type Pair, spanOf } from "../../../text/node.js";
import { rewrite } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { removeField } from "../../removal.js";
import type { Manifest, Report } from "../../system.js";
import { commonLabels } from "../fixes/commonLabels.js";
import { envsFix } from "../fixes/generators.js";
import { helmFix } from "../fixes/helm.js";
import { moveList } from "../fixes/moveList.js";
import { asPatches } from "../fixes/patchEntries.js";
import { type Reason, varsFix } from "../fixes/vars.js";
import { isBare } from "../model/empty.js";
import { mapOf, mapsOf, pairOf } from "../model/reading.js";

export function deprecatedFixes(manifest: Manifest, report: Report): void {
  const root = mapOf(manifest.root);
  if (!root) return;
  for (const [old, next, convert] of FIELDS) {
    const pair = onlyOf(root, old);
    const said = manifest.schema.properties?.[old]?.deprecationMessage;
    const fix = pair && (isEmptied(pair.value) ? withoutEmpty(manifest, root, pair, next) : convert(manifest, pair));
    if (pair?.key && fix && said !== undefined) offer(pair.key, said, fix);
  }
  const said = manifest.schema.definitions?.ConfigMapArgs?.properties?.env?.deprecationMessage;
  for (const item of ["configMapGenerator", "secretGenerator"].flatMap((name) => mapsOf(root, name))) {
    const key = pairOf(item, "env")?.key;
    const fix = envsFix(manifest, item);
    if (key && fix && said !== undefined) offer(key, said, fix);
  }

  function offer(key: Node, said: string, fix: Fix | Reason): void {
    const written = manifest.parsed.text.slice(key.start, key.end).replace(/^["']|["']$/g, "");
    const more =
      "why" in fix
        ? { related: [{ message: `no fix can be certain here, since ${fix.why}`, span: spanOf(fix.at ?? key) }] }
        : { fixes: [fix] };
    report(key, `"${written}" is deprecated: ${said}`, { tags: ["deprecated"], ...more });
  }
}

type Convert = (manifest: Manifest, pair: Pair) => Fix | Reason | undefined;

const FIELDS: readonly (readonly [old: string, next: string, convert: Convert])[] = [
  ["bases", "resources", (manifest, pair) => moveList(manifest, pair, "resources", { safe: true })],
  ["imageTags", "images", (manifest, pair) => moveList(manifest, pair, "images", { safe: true })],
  ["patchesJson6902", "patches", patchesJson6902],
  ["patchesStrategicMerge", "patches", asPatches],
  ["commonLabels", "labels", commonLabels],
  ["vars", "replacements", varsFix],
  ["helmChartInflationGenerator", "helmCharts", (manifest) => helmFix(manifest)],
];

/** What changes the objects before the older patches are applied, and after the newer ones. */
const BETWEEN = ["namespace", "namePrefix", "nameSuffix", "labels", "commonLabels", "commonAnnotations"];

function patchesJson6902(manifest: Manifest, pair: Pair): Fix | undefined {
  const fix = moveList(manifest, pair, "patches", {});
  const later = BETWEEN.filter((name) => pairOf(manifest.root, name));
  return fix && later.length > 0 ? { ...fix, title: `${fix.title}, which come before ${later.join(", ")}` } : fix;
}

/** The pair of a field that is written once, under no merge key. */
function onlyOf(root: MapNode, name: string): Pair | undefined {
  const pair = pairOf(root, name);
  const same = root.pairs.filter((one) => keyText(one)?.toLowerCase() === name.toLowerCase());
  return pair && same.length === 1 && same[0] === pair ? pair : undefined;
}

const isEmptied = (value: Node | undefined): boolean =>
  value?.anchor === undefined &&
  ((value?.kind === "list" && value.items.length === 0) || (value?.kind === "map" && value.pairs.length === 0));

/** It goes, unless the file would be refused as an empty one: then it is the new field that is empty. */
function withoutEmpty(manifest: Manifest, root: MapNode, pair: Pair, next: string): Fix | undefined {
  const rest: MapNode = { ...ROOT, pairs: root.pairs.filter((one) => one !== pair) };
  const [fix] = isBare(rest) ? [] : removeField(manifest, pair);
  if (fix) return { ...fix, safe: true };
  const edit = rewrite(manifest, pair.key, next);
  if (!edit || !pair.value || pairOf(root, next)) return undefined;
  const emptied =
    pair.value.kind === "map" ? [{ span: [pair.value.start, pair.value.end], newText: "[]" } as const] : [];
  return { title: `Rename to "${next}"`, edits: [edit, ...emptied], safe: true };
}

const ROOT = { kind: "map", start: 0, end: 0, flow: false } as const;
