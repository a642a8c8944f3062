// Values of a scalar: constants, enumerations, booleans, the default, examples, and what the kind of string knows.

import { kindOf } from "../../kinds/index.js";
import type { JsonSchema } from "../../schema/jsonSchema.js";
import type { Manifest } from "../../systems/system.js";
import type { ItemCaret, ValueCaret } from "../../text/caret/caret.js";
import { escapeSnippet, renderScalar, type Scalar } from "../../text/render.js";
import type { Offer } from "./offer.js";
import { isFlag, isScalar, type Place } from "./skeleton.js";

interface Candidate {
  readonly value: Scalar;
  readonly kind: Offer["kind"];
  readonly detail?: string;
  readonly documentation?: string;
  readonly rank: number;
  readonly continues?: boolean;
}

export function valueOffers(
  manifest: Manifest,
  caret: ValueCaret | ItemCaret,
  schemas: readonly JsonSchema[],
  place: Place,
): Offer[] {
  const offers = new Map<string, Offer>();
  const node = caret.slot === "value" ? caret.node : undefined;
  const before = caret.slot === "item" ? "- " : caret.needsBlank ? " " : "";
  const after = caret.commaAfter ? (caret.form === "json" ? "," : ", ") : "";
  for (const candidate of candidates(manifest, caret, schemas)) {
    const { value, kind, detail, documentation, rank, continues } = candidate;
    const label = String(value);
    if (offers.has(label) || label === "") continue;
    const text = renderScalar(value, place.form, place.dialect, node?.style === "block" ? "plain" : node?.style);
    offers.set(label, {
      label,
      kind,
      insert: `${before}${escapeSnippet(text)}${after}`,
      replace: caret.replace,
      rank,
      ...(detail !== undefined && { detail }),
      ...(documentation !== undefined && { documentation }),
      ...(continues && { continues }),
      ...(caret.missing && { missing: caret.missing }),
    });
  }
  return [...offers.values()];
}

function* candidates(
  manifest: Manifest,
  caret: ValueCaret | ItemCaret,
  schemas: readonly JsonSchema[],
): Iterable<Candidate> {
  if (caret.slot === "value" && caret.after === "root") return;
  let isKnown = false;
  for (const schema of schemas) {
    if (isScalar(schema.const)) yield { value: schema.const, kind: "enum", rank: 0 };
    for (const [i, value] of (schema.enum ?? []).entries()) {
      const documentation = schema.enumDescriptions?.[i];
      if (isScalar(value) && value !== null)
        yield {
          value,
          kind: "enum",
          rank: i,
          ...(documentation && { documentation }),
          ...(value === schema.default && DEFAULT),
        };
    }
    if ([schema.type ?? []].flat().includes("boolean") || isFlag([schema]))
      for (const value of [true, false])
        yield { value, kind: "enum", rank: 10 + Number(!value), ...(value === schema.default && DEFAULT) };
    for (const one of kindCandidates(manifest, caret, schema)) {
      isKnown = true;
      yield one;
    }
    // A default that isn't there, and made-up examples, would only mislead beside what really is.
    if (isKnown) continue;
    if (isScalar(schema.default) && schema.default !== null)
      yield { value: schema.default, kind: "value", rank: 500, ...DEFAULT };
    const suggested = (schema.examples ?? []).filter((one) => isScalar(one) && one !== null).filter(isScalar);
    for (const [i, value] of suggested.entries()) yield { value, kind: "value", detail: "example", rank: 600 + i };
  }
}

const DEFAULT = { detail: "default" } as const;

function* kindCandidates(manifest: Manifest, caret: ValueCaret | ItemCaret, schema: JsonSchema): Iterable<Candidate> {
  const kind = kindOf(manifest, schema);
  if (!kind?.complete) return;
  const node = caret.slot === "value" ? caret.node : undefined;
  for (const [i, one] of kind.complete({ manifest, schema, at: caret.at, text: node?.text ?? "", node }).entries()) {
    yield { rank: 100 + i, ...one };
  }
}
