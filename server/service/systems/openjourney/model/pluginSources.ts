// The objects behind `generators`, `transformers` and `validators`: inline, in files, or in folders with a kustomization,
// as far as nothing changes them there.

import { asGoReads } from "../../../text/go/document.js";
import type { Node, ScalarNode } from "../../../text/node.js";
import { type Parsed, parseText } from "../../../text/parsed.js";
import { type Built, fromFile } from "./built.js";
import { type Kustomization, parsedFile } from "./kustomization.js";
import { type KubeObject, objectsOf } from "./objects.js";
import { type Place, placeOf, type Standpoint } from "./place.js";
import { scalarOf, stringsOf } from "./reading.js";
import { isInline } from "./references.js";

export interface PluginSource {
  /** The entry of the list. */
  readonly node: Node;
  /** Where it stands inline; absent for files. */
  readonly scalar?: ScalarNode;
  /** What the entry names. */
  readonly text: string;
  /** What the objects stand in. */
  readonly parsed: Parsed;
  readonly objects: readonly KubeObject[];
}

/** For each entry its sources; undefined where they can't be told. */
export function pluginSources(
  { root }: Kustomization,
  field: string,
  from: Standpoint,
  objectsIn: (base: Kustomization) => readonly Built[] | undefined,
): readonly (PluginSource | undefined)[] {
  return stringsOf(root, field).flatMap(({ node, text }): readonly (PluginSource | undefined)[] => {
    if (isInline(text)) {
      const scalar = scalarOf(node);
      const parsed = inlinePlugin(text);
      return [scalar && whole({ node, scalar, text, parsed })];
    }
    const place = placeOf(text, "resource", from);
    if (place.is !== "file") return inFolder(place, node, text) ?? [undefined];
    const parsed = parsedFile(place.path, from.files);
    return [parsed && whole({ node, text, parsed })];
  });

  function inFolder(place: Place, node: Node, text: string): readonly PluginSource[] | undefined {
    const objects = place.is === "folder" && place.base ? objectsIn(place.base) : undefined;
    const sources = objects?.map((object) => unchanged(object, node, text));
    return sources?.every((one) => one !== undefined) ? sources : undefined;
  }

  function unchanged({ path, origin, content }: Built, node: Node, text: string): PluginSource | undefined {
    const parsed = path === undefined ? undefined : parsedFile(path, from.files);
    const object = parsed && objectsOf(parsed).objects.find(({ span }) => span[0] === origin.span[0]);
    if (!parsed || !object || path === undefined || fromFile(object, path).content !== content) return undefined;
    return { node, text, parsed, objects: [object] };
  }
}

export const inlinePlugin = (text: string): Parsed => asGoReads(parseText("plugin.yaml", text));

function whole(source: Omit<PluginSource, "objects">): PluginSource | undefined {
  const { objects, flaws, late } = objectsOf(source.parsed);
  return flaws.length + late.length > 0 ? undefined : { ...source, objects };
}
