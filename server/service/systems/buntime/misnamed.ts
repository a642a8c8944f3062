// Keys of menu entries and of described settings that are nearly one of their fields, or what others call it. Hosts and chart
// generators read past such keys without a word.

import { nearest } from "../../text/nearest.js";
import { keyText, type MapNode, type ScalarNode } from "../../text/node.js";
import { asScalar } from "../read.js";

/** Fields of an entry by what they are called elsewhere, where a slip doesn't tell it. */
export const MENU: Fields = {
  title: ["label", "name", "text", "caption"],
  icon: [],
  path: ["url", "href", "link", "to", "route", "uri"],
  items: [],
};

export const SETTING: Fields = {
  type: [],
  label: ["title", "name"],
  description: ["help", "hint"],
  env: ["envVar", "variable"],
  required: [],
  example: [],
  default: ["value"],
  options: ["values", "enum", "choices"],
  min: ["minimum"],
  max: ["maximum"],
  properties: ["fields"],
};

type Fields = Readonly<Record<string, readonly string[]>>;

export interface Misnamed {
  readonly key: ScalarNode;
  readonly name: string;
}

/** Keys of a map that are none of its fields, each with the missing one that it nearly is. */
export function misnamedIn(map: MapNode, fields: Fields): readonly Misnamed[] {
  const written = new Set(map.pairs.map(keyText));
  const missing = Object.keys(fields).filter((name) => !written.has(name));
  return map.pairs.flatMap((pair) => {
    const key = asScalar(pair.key);
    if (!key || key.text in fields || pair.value === undefined) return [];
    const name =
      missing.find((one) => fields[one]?.includes(key.text)) ?? nearest(key.text, missing).find((one) => one !== "env");
    return name === undefined ? [] : [{ key, name }];
  });
}
