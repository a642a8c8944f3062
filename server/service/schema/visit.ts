// Visits every node of a manifest together with the schemas that apply to it; aliased content is visited where it stands.

import type { Manifest } from "../systems/system.js";
import { keyText, type Node, type Pair } from "../text/node.js";
import type { JsonSchema } from "./jsonSchema.js";
import { walkOf } from "./walk.js";

export interface Visit {
  readonly node: Node | undefined;
  readonly pair: Pair | undefined;
  readonly name: string | undefined;
  /** Expanded schemas of the node. */
  readonly schemas: readonly JsonSchema[];
}

export function visitWithSchemas(manifest: Manifest, enter: (visit: Visit) => void): void {
  const walk = walkOf(manifest.schema, manifest.kind.reading);
  visit(manifest.root, undefined, undefined, walk.root);

  function visit(
    node: Node | undefined,
    pair: Pair | undefined,
    name: string | undefined,
    raw: readonly JsonSchema[],
  ): void {
    const schemas = walk.expand(raw, node);
    enter({ node, pair, name, schemas });
    if (node?.kind === "map") {
      for (const child of node.pairs) {
        const key = keyText(child);
        if (key === undefined) continue;
        const next = walk.property(schemas, key);
        if (next.length > 0) visit(child.value, child, key, next);
      }
    } else if (node?.kind === "list") {
      const next = walk.items(schemas);
      if (next.length > 0) for (const item of node.items) visit(item, undefined, undefined, next);
    }
  }
}
