// The fix that names a manifest's file after its object, together with the entry that lists it.

import type { Node } from "../../../text/node.js";
import { basename, extname, resolve } from "../../../text/paths.js";
import { renderScalar } from "../../../text/render.js";
import type { Fix } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { placesOf } from "../model/placed.js";
import { READING } from "../model/reading.js";

/** Names the file of an entry after its object, where no other field of this kustomization names the file. */
export function nameAfter(manifest: Manifest, node: Node, text: string, object: string): readonly Fix[] {
  const { folder, workspace, parsed } = manifest;
  if (folder === undefined || node.kind !== "scalar" || node.style === "block" || !/^[a-z0-9][a-z0-9.-]*$/.test(object))
    return [];
  const path = resolve(folder, text);
  const to = path.replace(/[^/]*$/, `${object}${extname(path)}`);
  const uses = placesOf(manifest).filter(({ place }) => place.is === "file" && place.path === path).length;
  if (uses !== 1 || workspace.files.kind(to) !== "none") return [];
  const newText = renderScalar(
    text.replace(/[^/]*$/, basename(to)),
    parsed.syntax === "json" ? "json" : "flow",
    READING.dialect,
    node.style,
  );
  return [
    {
      title: `Rename the file to "${basename(to)}"`,
      edits: [{ span: [node.start, node.end], newText }],
      files: [{ rename: path, to }],
    },
  ];
}
