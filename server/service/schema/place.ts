// Where an ajv error belongs: from its instance path to the node, the pair and the schemas that apply there, and the
// spans to mark. Fields are looked up as the host matches them, and each map's fields are read once.

import type { Manifest } from "../systems/system.js";
import { deref, type MapNode, type Node, type Pair, type Span, spanOf } from "../text/node.js";
import { fieldsOf } from "../text/reading.js";
import type { JsonSchema } from "./jsonSchema.js";
import type { SchemaWalk } from "./walk.js";

export interface Place {
  readonly node: Node | undefined;
  /** The pair whose value the node is; absent at the root and in lists. */
  readonly pair: Pair | undefined;
  readonly name: string | undefined;
  /** Expanded schemas of the node. */
  readonly schemas: readonly JsonSchema[];
  /** The way there leads through an alias or a merge key: the content stands elsewhere. */
  readonly isElsewhere: boolean;
}

export interface Places {
  at(pointer: string): Place | undefined;
  fields(map: MapNode): ReadonlyMap<string, Pair>;
}

export function placesOf(manifest: Manifest, walk: SchemaWalk): Places {
  const { reading } = manifest.kind;
  const known = new Map<MapNode, ReadonlyMap<string, Pair>>();
  const found = new Map<string, Place | undefined>();
  const fields = (map: MapNode) => known.get(map) ?? remember(map);
  return { at, fields };

  function remember(map: MapNode): ReadonlyMap<string, Pair> {
    const read = fieldsOf(map, reading);
    known.set(map, read);
    return read;
  }

  function at(pointer: string): Place | undefined {
    if (!found.has(pointer)) found.set(pointer, look(pointer));
    return found.get(pointer);
  }

  function look(pointer: string): Place | undefined {
    const slash = pointer.lastIndexOf("/");
    if (slash < 0) {
      const { root: node } = manifest;
      const schemas = walk.expand(walk.root, node);
      return { node, pair: undefined, name: undefined, schemas, isElsewhere: false };
    }
    const parent = at(pointer.slice(0, slash));
    const step = pointer.slice(slash + 1);
    return parent && below(parent, step.replace(/~1/g, "/").replace(/~0/g, "~"));
  }

  function below({ node, schemas, isElsewhere }: Place, name: string): Place | undefined {
    const target = node && deref(node);
    const away = isElsewhere || node?.kind === "alias";
    if (target?.kind === "list") {
      const item = target.items[Number(name)];
      return { node: item, pair: undefined, name, schemas: walk.expand(walk.items(schemas), item), isElsewhere: away };
    }
    if (target?.kind !== "map") return undefined;
    const pair = fieldNamed(target, name);
    const own = pair && pair.start >= target.start && pair.end <= target.end;
    const value = pair?.value;
    const expanded = walk.expand(walk.property(schemas, name), value);
    return { node: value, pair, name, schemas: expanded, isElsewhere: away || !own };
  }

  function fieldNamed(map: MapNode, name: string): Pair | undefined {
    const exact = fields(map).get(name);
    if (exact || !reading.anyCase) return exact;
    for (const [written, pair] of fields(map)) if (written.toLowerCase() === name.toLowerCase()) return pair;
    return undefined;
  }
}

/**
 * A value of a wrong type or none of those allowed: all of it, the dash of an item without anything, or what `valueSpan`
 * says where it is empty or the root.
 */
export function wrongSpan(place: Place, { parsed: { source } }: Manifest): Span {
  const { node, name, pair } = place;
  if (!node || name === undefined) return valueSpan(place);
  if (node.end > node.start) return spanOf(node);
  const before = source.slice(Math.max(0, node.start - MOST_BLANKS), node.start).trimEnd();
  const dash = node.start - Math.min(MOST_BLANKS, node.start) + before.length - 1;
  return !pair && before.endsWith("-") ? [dash, dash + 1] : valueSpan(place);
}

/** So many blanks are looked at before a value. */
const MOST_BLANKS = 80;

/** The value when something is written there, the key for a map and for nothing, else the start of the document. */
export function valueSpan({ node, pair }: Place): Span {
  if (node && node.end > node.start && node.kind !== "map") return spanOf(node);
  if (pair?.key) return spanOf(pair.key);
  if (node?.kind === "map") return firstKey(node) ?? spanOf(node);
  return node ? [node.start, node.start + 1] : [0, 0];
}

/** For what is missing: the key of the map that lacks it; the first key in lists and at the root. */
export function containerSpan(manifest: Manifest, { node, pair }: Place): Span {
  if (pair?.key) return spanOf(pair.key);
  const map = node && deref(node);
  if (map?.kind === "map") return firstKey(map) ?? [map.start, Math.min(map.end, map.start + 1)];
  return [0, Math.min(1, manifest.parsed.text.length)];
}

function firstKey(map: MapNode): Span | undefined {
  const key = map.pairs[0]?.key;
  return key && spanOf(key);
}

/** `-class: my_plugin.MyPlugin` is a map with the key "-class". */
export function dashedKey({ node }: Place): Node | undefined {
  const map = node && deref(node);
  const key = map?.kind === "map" && !map.flow ? map.pairs[0]?.key : undefined;
  return key?.kind === "scalar" && key.style === "plain" && /^-[A-Za-z_]/.test(key.text) ? key : undefined;
}
