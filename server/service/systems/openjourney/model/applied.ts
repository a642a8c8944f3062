// The operations of a JSON patch over the content of one object, up to the first that can't work.

import type { MapNode } from "../../../text/node.js";
import { hostValue, type Value } from "../../../text/reading.js";
import { remember } from "../../../text/remember.js";
import { applyOperation, lackOf, withAnnotations } from "./jsonPatch.js";
import { READING } from "./reading.js";

type Operations = readonly (MapNode | undefined)[];

export interface AppliedOperations {
  /** Undefined where it can't be told. */
  readonly content: Value | undefined;
  readonly failure: { readonly why: string; readonly at: MapNode | undefined } | undefined;
}

export function applyOperations(object: Value, list: Operations): AppliedOperations {
  let content = withAnnotations(object);
  for (const [at, operation] of valuesOf(list).entries()) {
    const done = applyOperation(content, operation);
    if (done.is === "fails") return { content: undefined, failure: { why: done.why, at: list[at] } };
    if (done.is === "unknown") return { content: undefined, failure: undefined };
    content = done.content;
  }
  const lack = lackOf(content);
  if (lack === undefined) return { content, failure: undefined };
  const last = list.findLast((operation) => operation !== undefined);
  return { content: undefined, failure: { why: `what the operations leave ${lack}`, at: last } };
}

const AS_WRITTEN = { ...READING, nullIsAbsent: "never" as const, anyCase: false };

const valuesOf = remember((list: Operations): readonly Value[] =>
  list.map((node) => (node ? hostValue(node, AS_WRITTEN) : null)),
);
