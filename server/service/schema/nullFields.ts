// Unknown fields whose value is null. A host that drops nulls does so after it has matched the keys, so such a field is
// refused although it leaves nothing in the value that ajv sees.

import type { Problem } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { keyText, type Node } from "../text/node.js";
import { isMergeKey } from "../text/reading.js";
import { placesOf } from "./place.js";
import { refined, unknownField } from "./schemaProblems.js";
import { visitWithSchemas } from "./visit.js";
import { isNullIn, walkOf } from "./walk.js";

export function nullFields(manifest: Manifest): Problem[] {
  const { reading } = manifest.kind;
  if (reading.nullIsAbsent !== "everywhere" || !manifest.root || !hasNull(manifest.root)) return [];
  const places = placesOf(manifest, walkOf(manifest.schema, reading));
  const problems: Problem[] = [];
  visitWithSchemas(manifest, ({ node, pair, name, schemas }) => {
    const closed = schemas.find(({ additionalProperties }) => additionalProperties === false);
    if (node?.kind !== "map" || !closed) return;
    for (const field of node.pairs) {
      const text = keyText(field);
      if (text === undefined || isMergeKey(field) || !isNullIn(reading, field.value)) continue;
      const place = { node, pair, name, schemas, isElsewhere: false };
      const problem = unknownField(manifest, closed, place, text, places);
      const told = problem && refined(manifest, { keyword: "additionalProperties", place, name: text, problem });
      if (told) problems.push(told);
    }
  });
  return problems;

  function hasNull(node: Node): boolean {
    if (node.kind === "map")
      return node.pairs.some(({ value }) => isNullIn(reading, value) || (value && hasNull(value)));
    return node.kind === "list" && node.items.some((item) => item && hasNull(item));
  }
}
