// What a replacement leaves where something else stood: kustomize writes only the text of a plain value over another plain
// value, whose type stays; anything else takes the place as it is.

import type { Value } from "../../../text/reading.js";
import { plainValue } from "../../../text/readings.js";
import { BLUR, isFields } from "./jsonPatch.js";
import { OBJECTS } from "./reading.js";

export interface Misfit {
  /**
   * `type`: the text is none of the type that stays, which only the output stumbles over. `lost`: a map or list leaves nothing
   * in the place of a plain value. `shape`: a map, list or plain value stands where another of them stood. `bare`: a number,
   * true or false is new there.
   */
  readonly is: "type" | "lost" | "shape" | "bare";
  /** What stood there; undefined where nothing did. */
  readonly was: Value | undefined;
}

export interface Retyped {
  readonly content: Value;
  readonly misfit?: Misfit;
}

/** `was` is what stood there, undefined where nothing did. */
export function retyped(was: Value | undefined, value: Value): Retyped {
  if (was === BLUR || value === BLUR) return { content: BLUR };
  if (was === undefined) {
    const isBare = typeof value === "number" || typeof value === "boolean";
    return isBare ? { content: value, misfit: { is: "bare", was } } : { content: value };
  }
  if (shapeOf(was) !== "a plain value")
    return shapeOf(was) === shapeOf(value) ? { content: value } : { content: value, misfit: { is: "shape", was } };
  if (typeof value === "object" && value !== null) {
    const isNothing = typeof was === "string" || was === null;
    return { content: typeof was === "string" ? "" : was, misfit: { is: isNothing ? "lost" : "type", was } };
  }
  const text = String(value);
  if (typeof was === "string") return { content: text };
  return isOfType(was, text) ? { content: BLUR } : { content: was, misfit: { is: "type", was } };
}

function isOfType(was: Value, text: string): boolean {
  const read = plainValue(text, OBJECTS.dialect);
  return was === null ? read === null : typeof read === typeof was;
}

export const shapeOf = (value: Value): "a list" | "a map" | "a plain value" =>
  Array.isArray(value) ? "a list" : isFields(value) ? "a map" : "a plain value";
