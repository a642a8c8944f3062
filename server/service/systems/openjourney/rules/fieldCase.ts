// Field names in a case that kustomize takes and other tools don't.

import type { JsonSchema } from "../../../schema/jsonSchema.js";
import { fieldName, walkOf } from "../../../schema/walk.js";
import { hasKey, keyText, type Node } from "../../../text/node.js";
import { remember } from "../../../text/remember.js";
import { certain, changeTo } from "../../changes.js";
import type { Manifest, Report } from "../../system.js";
import { READING } from "../model/reading.js";

export function unusualCase(manifest: Manifest, report: Report): void {
  const walk = walkOf(manifest.schema, READING);
  if (manifest.root && mayHaveOddCase(manifest.root, manifest.schema)) visit(manifest.root, walk.root);

  function visit(node: Node, raw: Parameters<typeof walk.expand>[0]): void {
    const schemas = walk.expand(raw, node);
    if (node.kind === "list") {
      const next = walk.items(schemas);
      if (next.length > 0) for (const item of node.items) if (item) visit(item, next);
    }
    if (node.kind !== "map") return;
    for (const pair of node.pairs) {
      const written = keyText(pair);
      if (written === undefined) continue;
      const known = schemas
        .map((one) => one.properties && fieldName(one.properties, written, READING))
        .find((name) => name !== undefined);
      // kustomize's own examples, its SchemaStore schema and every kubebuilder scaffold write fieldpath in vars.
      const isUsual = known === written || written === "fieldpath";
      if (known !== undefined && !isUsual && pair.key) rename(node, pair.key, written, known, isGoMap(schemas));
      const next = walk.property(schemas, written);
      if (pair.value && next.length > 0) visit(pair.value, next);
    }
  }

  function rename(
    map: Extract<Node, { kind: "map" }>,
    key: Node,
    written: string,
    known: string,
    isExact: boolean,
  ): void {
    const twin = map.pairs.filter((pair) => keyText(pair)?.toLowerCase() === known.toLowerCase()).length > 1;
    const fixes = twin ? [] : certain(changeTo(manifest, key, known));
    const message = isExact
      ? `here kustomize looks at the case as well and ignores "${written}"; write "${known}"`
      : `kustomize takes "${written}" for "${known}", but other tools don't; write "${known}"`;
    report(key, message, { ...(isExact && { severity: "warning" }), ...(fixes.length > 0 && { fixes }) });
  }
}

/** Whether kustomize keeps a map as it is written, and asks it for names: only fields of structs match in any case. */
const isGoMap = (schemas: readonly JsonSchema[]): boolean =>
  schemas.some((one) => one["x-type"]?.startsWith("map of ") === true);

/** A quick look over all keys, without their places in the schema: most files need no closer one. */
function mayHaveOddCase(root: Node, schema: JsonSchema): boolean {
  const names = namesIn(schema);
  return hasKey(root, (key) => names.get(key) !== "usual" && names.has(key.toLowerCase()));
}

/** Field names anywhere in the schema, and their lower-case forms; those that differ in case alone stay doubtful. */
const namesIn = remember((schema: JsonSchema): ReadonlyMap<string, "usual" | "lower"> => {
  const all = [...new Set(fieldNames(schema))];
  const names = new Map<string, "usual" | "lower">(all.map((name) => [name.toLowerCase(), "lower"]));
  for (const name of all) {
    const isOne = all.every((other) => other === name || other.toLowerCase() !== name.toLowerCase());
    if (isOne) names.set(name, "usual");
  }
  return names;
});

function* fieldNames(schema: JsonSchema): Iterable<string> {
  for (const [name, one] of Object.entries(schema.properties ?? {})) {
    yield name;
    yield* fieldNames(one);
  }
  if (schema.items) yield* fieldNames(schema.items);
  for (const one of Object.values(schema.definitions ?? {})) yield* fieldNames(one);
}
