// The patches of kustomizations that stand in a file of their own: who uses the file, and how.

import type { Parsed } from "../../../text/parsed.js";
import { dirname, isInside } from "../../../text/paths.js";
import type { Workspace } from "../../facts.js";
import type { Manifest } from "../../system.js";
import { worldOf } from "./build.js";
import { kustomizationOf } from "./kustomization.js";
import { type PatchEntry, patchEntriesOf } from "./patchEntry.js";

export interface PatchUse {
  readonly manifest: Manifest;
  readonly entry: PatchEntry;
}

/** Asks the kustomizations of the file's folder and of those above, which alone may name it. */
export function patchUsesOf({ path }: Pick<Parsed, "path">, workspace: Workspace): readonly PatchUse[] {
  if (path === undefined || !/\.(ya?ml|json)$/i.test(path)) return [];
  return workspace
    .manifests("openjourney")
    .filter((one) => one.document === "kustomization" && one.path !== path && isInside(path, dirname(one.path)))
    .flatMap((one) => {
      const manifest = workspace.open(one.path);
      if (manifest?.kind.id !== "kustomization") return [];
      return patchEntriesOf(kustomizationOf(manifest), worldOf(manifest))
        .filter(({ source }) => source.is === "file" && source.path === path)
        .map((entry) => ({ manifest, entry }));
    });
}
