// Keys that may still be written in a map: required ones first, then those that are always wanted, deprecated ones last;
// keys that are there already are left out.

import type { JsonSchema } from "../../schema/jsonSchema.js";
import type { Manifest } from "../../systems/system.js";
import type { KeyCaret } from "../../text/caret/caret.js";
import { keyText } from "../../text/node.js";
import { renderScalar } from "../../text/render.js";
import { describeType, documentationOf } from "../describe.js";
import type { Offer } from "./offer.js";
import { type Place, valueSkeleton } from "./skeleton.js";

export function keyOffers(
  manifest: Manifest,
  caret: KeyCaret,
  schemas: readonly JsonSchema[],
  place: Place,
  docs: string | undefined,
): Offer[] {
  const present = presentKeys(manifest, caret);
  const required = new Set(schemas.flatMap((one) => one.required ?? []));
  const offers = new Map<string, Offer>();
  for (const schema of schemas) {
    for (const [index, [name, property]] of Object.entries(schema.properties ?? {}).entries()) {
      if (present.has(normal(name, manifest)) || offers.has(name)) continue;
      const expanded = place.walk.expand([property], undefined);
      const deprecated = expanded.some((one) => one.deprecationMessage !== undefined);
      offers.set(name, {
        label: name,
        kind: "field",
        insert: insertOf(name, caret, expanded, place),
        replace: caret.replace,
        detail: describeType(expanded, required.has(name)),
        documentation: documentationOf(expanded, { manifest, name, docs }),
        rank:
          index +
          (required.has(name) ? 0 : expanded.some((one) => one["x-suggested"]) ? 1000 : deprecated ? 9000 : 2000),
        ...(deprecated && { deprecated }),
        ...(caret.missing && { missing: caret.missing }),
      });
    }
  }
  return [...offers.values()];
}

function insertOf(name: string, caret: KeyCaret, schemas: readonly JsonSchema[], place: Place): string {
  const key = renderKey(name, caret, place);
  if (caret.hasColon) return key;
  return `${key}${valueSkeleton(schemas, place)}${caret.commaAfter ? (caret.form === "json" ? "," : ", ") : ""}`;
}

function renderKey(name: string, { form }: KeyCaret, { dialect }: Place): string {
  return form === "json" ? JSON.stringify(name) : renderScalar(name, form, dialect);
}

function presentKeys(manifest: Manifest, { map, replace }: KeyCaret): ReadonlySet<string> {
  const others = (map?.pairs ?? []).filter(({ key }) => key && !(key.start === replace[0] && key.end === replace[1]));
  return new Set(others.map((pair) => normal(keyText(pair) ?? "", manifest)));
}

const normal = (name: string, { kind }: Manifest): string => (kind.reading.anyCase ? name.toLowerCase() : name);
