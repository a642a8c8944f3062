// The objects of the files that a kustomization takes in, for a list of all names of the workspace.

import type { Beside, Manifest } from "../../system.js";
import { parsedFile } from "../model/kustomization.js";
import { exact, objectsOf } from "../model/objects.js";
import { textSpan } from "../model/reading.js";
import { objectFiles } from "../model/users.js";
import { titleOf } from "./titleOf.js";

export function besideOf(manifest: Manifest): readonly Beside[] {
  if (manifest.kind.id !== "kustomization") return [];
  return objectFiles(manifest).flatMap(({ file, isResource }): readonly Beside[] => {
    const parsed = isResource ? parsedFile(file, manifest.workspace.files) : undefined;
    if (!parsed) return [];
    return objectsOf(parsed).objects.flatMap(({ id, node, span }): readonly Beside[] => {
      const name = exact(exact(node, "metadata"), "name");
      const title = titleOf({ ids: [id], origin: { path: file, span } }, manifest);
      return name ? [{ kind: "object", name: title, path: file, text: parsed.text, span: textSpan(name) }] : [];
    });
  });
}
