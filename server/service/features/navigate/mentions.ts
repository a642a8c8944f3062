// Finds mentions: the one at an offset, and all of one thing in the manifests of its system.

import { documentsIn, isSameDocument } from "../../systems/facts.js";
import type { Mention } from "../../systems/mention.js";
import type { Manifest } from "../../systems/system.js";

export interface Found {
  readonly manifest: Manifest;
  readonly mention: Mention;
}

export function mentionAt(manifest: Manifest, offset: number): Mention | undefined {
  return mentionsOf(manifest).find(({ span }) => span[0] <= offset && offset <= span[1]);
}

export function mentionsOf(manifest: Manifest): readonly Mention[] {
  return manifest.system.mentions?.(manifest) ?? [];
}

/** Every mention of the same thing, this manifest's first, then those of the workspace's other manifests by path. */
export function allMentions(
  manifest: Manifest,
  { kind, name, target }: Pick<Mention, "kind" | "name" | "target">,
): readonly Found[] {
  const own = inManifest(manifest);
  const others = documentsIn(manifest.workspace, manifest.system.id)
    .filter((other) => !isSameDocument(other, manifest))
    .flatMap(inManifest);
  return [...own, ...others];

  function inManifest(one: Manifest): Found[] {
    return mentionsOf(one)
      .filter((mention) => mention.kind === kind && mention.name === name)
      .filter((mention) => !target || !mention.target || mention.target.path === target.path)
      .map((mention) => ({ manifest: one, mention }));
  }
}
