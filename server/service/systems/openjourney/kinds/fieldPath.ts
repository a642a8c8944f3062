// Field paths of replacements and vars, from the content of the objects that the selector beside them picks.

import type { Choice, Kind } from "../../../kinds/kind.js";
import type { KeyPath } from "../../../text/node.js";
import type { Manifest } from "../../system.js";
import { mapAround, nodeAt, selected, wordsOf } from "../model/around.js";
import type { Built } from "../model/built.js";
import { atFieldPath } from "../model/content.js";
import { showId } from "../model/identity.js";
import { leavesOf } from "../model/leaves.js";
import { contentOf } from "../model/original.js";
import { shortened } from "../model/pointers.js";
import { fieldOf, mapOf } from "../model/reading.js";
import { listOfLines } from "./show.js";

export const fieldPathKind: Kind = {
  complete({ manifest, at }) {
    const found = new Map<string, Choice>();
    for (const object of objectsAt(manifest, at).slice(0, 20)) {
      const content = contentOf(object, manifest.workspace.files);
      if (content === undefined) continue;
      for (const { path, value } of leavesOf(content)) {
        if (!found.has(path)) found.set(path, { value: path, kind: "reference", detail: shortened(value) });
        if (found.size > MOST) break;
      }
    }
    const isPlain = ({ value }: Choice) => value === "apiVersion" || value === "kind";
    return [...found.values()].sort((a, b) => Number(isPlain(a)) - Number(isPlain(b)));
  },
  hover({ manifest, at, text }) {
    const lines = objectsAt(manifest, at).flatMap((object) => {
      const content = contentOf(object, manifest.workspace.files);
      const id = object.ids.at(-1);
      const found = content === undefined ? undefined : atFieldPath(content, text);
      if (!id || !found || found.is === "unknown") return [];
      return [`${found.is === "absent" ? "absent" : `\`${shortened(found.value)}\``} in ${showId(id)}`];
    });
    return lines.length === 0 ? undefined : `The field is now:\n\n${listOfLines(lines)}`;
  },
};

const MOST = 400;

/** The objects whose field is meant: those of `source` itself, of `select` beside `fieldPaths`, of a var's `objref`. */
function objectsAt(manifest: Manifest, at: KeyPath): readonly Built[] {
  const words = wordsOf(at);
  if (words.at(-2) === "source") return selected(manifest, mapAround(manifest, at), "exact", "fieldpath");
  if (words.at(-2) === "fieldref") {
    const item = nodeAt(manifest.root, at.slice(0, -2));
    return selected(manifest, mapOf(fieldOf(item, "objref")), "exact");
  }
  if (words.at(-2) !== "fieldpaths") return [];
  const select = mapOf(fieldOf(nodeAt(manifest.root, at.slice(0, -2)), "select"));
  return select ? selected(manifest, select, "exact") : [];
}
