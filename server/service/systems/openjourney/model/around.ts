// Ways from a key path of the manifest to the maps around it, and to the objects that a selector written there picks.

import type { KeyPath } from "../../../text/node.js";
import { keyText, type MapNode, type Node } from "../../../text/node.js";
import type { Manifest } from "../../system.js";
import { buildOf } from "./build.js";
import { type Built, everNamed } from "./built.js";
import { type Id, selectorOf } from "./identity.js";
import type { Build } from "./outcome.js";
import { fieldOf, itemsIn, mapOf, pairOf, textOf } from "./reading.js";
import { fitsExactly } from "./selection.js";

/** A key path as kustomize takes it: names without regard to case. */
export const wordsOf = (at: KeyPath): readonly (string | number)[] =>
  at.map((step) => (typeof step === "string" ? step.toLowerCase() : step));

export function nodeAt(root: Node | undefined, at: KeyPath): Node | undefined {
  let node = root;
  for (const step of at) node = typeof step === "number" ? itemsIn(node)?.[step] : fieldOf(node, step);
  return node;
}

/** The map that holds the last step of a key path. */
export const mapAround = ({ root }: Manifest, at: KeyPath): MapNode | undefined => mapOf(nodeAt(root, at.slice(0, -1)));

/** How a map selects objects: `target` of patches by expressions, everything else by equal texts. */
export type Selection = "expressions" | "exact";

export function selectionAt(at: KeyPath): Selection | undefined {
  const words = wordsOf(at).filter((step) => typeof step === "string");
  const holder = words.at(-2);
  if (words[0] === "patches" || words[0] === "patchesjson6902") return holder === "target" ? "expressions" : undefined;
  if (words[0] === "replacements") return HOLDERS.includes(String(holder)) ? "exact" : undefined;
  return words[0] === "vars" && holder === "objref" ? "exact" : undefined;
}

const HOLDERS = ["source", "select", "reject"];

/** Objects that the keys of a map select; `besides` leaves one key out, as while it is being written. */
export function selected(
  manifest: Manifest,
  map: MapNode | undefined,
  selection: Selection,
  besides?: string,
): readonly Built[] {
  return selectedIn(buildOf(manifest), map && besides !== undefined ? without(map, besides) : map, selection);
}

export function selectedIn(
  { gathered, final }: Pick<Build, "gathered" | "final">,
  rest: MapNode | undefined,
  selection: Selection,
): readonly Built[] {
  const objects = named(selection === "expressions" ? gathered : final, textOf(rest, "name") ?? "");
  if (selection === "expressions") {
    const selector = selectorOf(rest);
    return objects.filter((one) => selector.matches(one) === true);
  }
  const apiVersion = textOf(rest, "apiVersion") ?? "";
  return objects.filter(({ ids }) =>
    ids.some((id) => fitsExactly(rest, id) && (apiVersion === "" || apiVersion === apiVersionOf(id))),
  );
}

/** All objects that a written name can mean; every object where it is an expression or absent. */
function named(objects: readonly Built[], name: string): readonly Built[] {
  return /^[A-Za-z0-9-]+$/.test(name) ? everNamed(objects, name) : objects;
}

export const apiVersionOf = ({ group, version }: Id): string => (group === "" ? version : `${group}/${version}`);

function without(map: MapNode, name: string): MapNode {
  const pair = pairOf(map, name);
  const { kind, start, end, flow } = map;
  return {
    kind,
    start,
    end,
    flow,
    pairs: map.pairs.filter((one) => one !== pair && keyText(one)?.toLowerCase() !== name),
  };
}
