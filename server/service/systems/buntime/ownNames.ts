// A base and a name of the plugin's own, for manifests that lack one or have another plugin's: from what the plugin and its folder
// are called, where that is legal and nobody else has it.

import { basename } from "../../text/paths.js";
import type { Manifest } from "../system.js";
import { isBase, nearBase, RESERVED_BASES } from "./bases.js";
import { graphOf } from "./graph.js";
import { judgeName } from "./names.js";
import { topText } from "./tree.js";

/** `@example/plugin-notes` answers under `/notes`; undefined where that is taken. */
export function ownBase(manifest: Manifest): string | undefined {
  const { own, based } = graphOf(manifest);
  return shortNames(manifest)
    .flatMap((name) => nearBase(name) ?? [])
    .find((base) => isBase(base) && !RESERVED_BASES.has(base) && based(base).every((one) => one.name === own?.name));
}

function shortNames(manifest: Manifest): readonly string[] {
  const names = [topText(manifest, "name") ?? "", basename(manifest.folder ?? "")];
  return names.map((name) => name.replace(/^.*\//, "").replace(/^plugin-/, "")).filter((name) => name !== "");
}

/** The folder's name, in the scope that the name has now; undefined where it is the same or another plugin's. */
export function ownName(manifest: Manifest): string | undefined {
  const { folder } = manifest;
  const now = topText(manifest, "name") ?? "";
  const scope = /^@[^/]+\//.exec(now)?.[0] ?? "";
  const name = `${scope}${basename(folder ?? "")}`;
  const isTaken = graphOf(manifest).plugins.some((one) => one.name === name);
  return folder === undefined || name === now || isTaken || judgeName(name).kind !== "sound" ? undefined : name;
}
