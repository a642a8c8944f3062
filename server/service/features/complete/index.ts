// Completion: the carets of the position, the schemas that apply there, and from these keys, values, items and snippets.
// Every insertion carries its own indentation, quotes, commas and line ends, so that accepting it leaves a file that parses.

import type { JsonSchema } from "../../schema/jsonSchema.js";
import { type SchemaWalk, walkOf } from "../../schema/walk.js";
import type { Inside, Manifest } from "../../systems/system.js";
import { type Caret, caretsAt, type KeyCaret, type ValueCaret } from "../../text/caret/caret.js";
import { habitsOf } from "../../text/columns.js";
import { deref, type KeyPath, type Node, type Span } from "../../text/node.js";
import { fieldOf } from "../../text/reading.js";
import { escapeSnippet } from "../../text/render.js";
import { restOfLine } from "../../text/slices.js";
import { isClosed } from "./closed.js";
import { keyOffers } from "./keys.js";
import type { Offer } from "./offer.js";
import { itemSkeleton, type Place, typeOf, valueSkeleton } from "./skeleton.js";
import { snippetOffers } from "./snippets.js";
import { valueOffers } from "./values.js";

export function completionsAt(manifest: Manifest, offset: number, docs?: string): readonly Offer[] {
  const { parsed, root, kind } = manifest;
  if (isClosed(manifest, offset)) return [];
  const inside = manifest.system.inside?.(manifest, offset);
  if (inside) return insideOffers(inside);
  const walk = walkOf(manifest.schema, kind.reading);
  const habits = habitsOf(parsed.source, root);
  const offers: Offer[] = [];
  for (const caret of caretsAt(parsed, offset)) {
    const place: Place = { form: caret.form, column: caret.column, habits, dialect: kind.reading.dialect, walk };
    offers.push(...offersFor(caret, place), ...snippetOffers(manifest, caret, habits));
  }
  return offers;

  function offersFor(caret: Caret, place: Place): Offer[] {
    if (caret.slot === "key") return keysAt(caret, place);
    if (caret.slot === "item") {
      const schemas = walk.expand(walk.items(schemasAt(manifest, walk, caret.at)), undefined);
      const values = valueOffers(manifest, { ...caret, at: [...caret.at, 0] }, schemas, place);
      return schemas.length === 0 ? [] : [...values, newItem(caret, schemas, place)];
    }
    const schemas = schemasAt(manifest, walk, caret.at, true);
    return [...valueOffers(manifest, caret, schemas, place), ...collectionOffers(caret, schemas, place)];
  }

  function keysAt(caret: KeyCaret, place: Place): Offer[] {
    const schemas = schemasAt(manifest, walk, caret.at, caret.map === undefined);
    return keyOffers(manifest, caret, schemas, place, docs);
  }

  /** A map or list where only a value stands: on the same line after a dash, on the next after a key. */
  function collectionOffers(caret: ValueCaret, schemas: readonly JsonSchema[], place: Place): Offer[] {
    if (caret.node) return [];
    const type = typeOf(schemas);
    if (type !== "object" && type !== "array") return [];
    const comma = caret.commaAfter ? "," : "";
    const extra = caret.missing ? { missing: caret.missing } : {};
    if (caret.form !== "block") {
      const shape = valueSkeleton(schemas, place).slice(2);
      const blank = caret.needsBlank ? " " : "";
      return [
        {
          label: type === "object" ? "{ }" : "[ ]",
          kind: "value",
          insert: `${blank}${shape}${comma}`,
          replace: caret.replace,
          rank: 50,
          ...extra,
        },
      ];
    }
    if (caret.after === "root") return [];
    if (caret.after === "key") {
      const shape = valueSkeleton(schemas, place).slice(1);
      const label = type === "object" ? "map on the next lines" : "list on the next lines";
      const [start, end] = caret.replace;
      // A blank behind the key would come to stand in the block, where a tab is an error.
      const rest = restOfLine(parsed.source, end);
      const replace: Span = rest.trim() === "" ? [start, end + rest.length] : caret.replace;
      return [{ label, kind: "value", insert: shape, replace, rank: 50 }];
    }
    if (type === "array") return [];
    const key: KeyCaret = {
      slot: "key",
      form: "block",
      at: caret.at,
      replace: caret.replace,
      column: caret.column,
      hasColon: false,
    };
    const blank = caret.needsBlank ? " " : "";
    return keyOffers(manifest, key, schemas, place, docs).map((offer) => ({
      ...offer,
      insert: `${blank}${offer.insert}`,
    }));
  }

  function newItem(caret: Caret, schemas: readonly JsonSchema[], place: Place): Offer {
    const insert = `- ${itemSkeleton(schemas, { ...place, column: caret.column + 2 })}`;
    return {
      label: "- new item",
      kind: "value",
      insert,
      replace: caret.replace,
      rank: 50,
      ...(caret.missing && { missing: caret.missing }),
    };
  }
}

const insideOffers = ({ span, choices }: Inside): readonly Offer[] =>
  choices.map(({ value, ...more }, rank) => ({
    ...more,
    label: value,
    insert: escapeSnippet(value),
    replace: span,
    rank,
  }));

/** Expanded schemas of the place at a key path, whether or not anything stands there. `open` ignores what is written. */
export function schemasAt(manifest: Manifest, walk: SchemaWalk, at: KeyPath, open = false): readonly JsonSchema[] {
  let node: Node | undefined = manifest.root;
  const top = manifest.system.schemaAt?.(manifest, []);
  let schemas = [...walk.expand(walk.root, at.length === 0 && open ? undefined : node), ...(top ? [top] : [])];
  for (const [i, step] of at.entries()) {
    const isLast = i === at.length - 1;
    const target: Node | undefined = node && deref(node);
    const next = typeof step === "number" ? walk.items(schemas) : walk.property(schemas, step);
    if (target?.kind === "map") node = fieldOf(target, String(step), manifest.kind.reading)?.value;
    else node = target?.kind === "list" ? target.items[Number(step)] : undefined;
    // Below a place that nobody knows nothing is known either.
    if (next.length === 0) return [];
    const further = manifest.system.schemaAt?.(manifest, at.slice(0, i + 1));
    schemas = [...walk.expand(next, isLast && open ? undefined : node), ...(further ? [further] : [])];
  }
  return schemas;
}
