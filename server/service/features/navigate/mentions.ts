// Finds mentions: the one at an offset, and all of one thing in the manifests of its system.

import { documentsIn, isSameDocument } from "../../systems/facts.js";
import type { Mention } from "../../systems/mention.js";
import type { Manifest } from "../../systems/system.js";
import { stillWorkspace } from "./still.js";

export interface Found {
  readonly manifest: Manifest;
  readonly mention: Mention;
}

export function mentionAt(manifest: Manifest, offset: number): Mention | undefined {
  return mentionsOf(manifest).find(({ span }) => span[0] <= offset && offset <= span[1]);
}

/** Several where one text names several things. */
export function mentionsAt(manifest: Manifest, offset: number): readonly Mention[] {
  const first = mentionAt(manifest, offset);
  if (!first) return [];
  const isThere = ({ span }: Mention) => span[0] === first.span[0] && span[1] === first.span[1];
  return mentionsOf(manifest).filter(isThere);
}

/** Each place once: behind an alias of a list it is found again. */
export function mentionsOf(manifest: Manifest): readonly Mention[] {
  const all = manifest.system.mentions?.(manifest) ?? [];
  if (manifest.kind.isForeign || !manifest.parsed.tree.hasAliases) return all;
  const places = new Map(all.map((one) => [`${one.kind} ${one.name} ${one.span[0]} ${one.span[1]}`, one]));
  return [...places.values()];
}

/** The paths of other manifests that lead to a file, or to the folder that it stands for. */
export function leadingTo(manifest: Manifest): readonly Found[] {
  const { path } = manifest.parsed;
  if (path === undefined) return [];
  return documentsIn(manifest.workspace, manifest.system.id)
    .filter((other) => !isSameDocument(other, manifest))
    .flatMap((other) =>
      mentionsOf(other)
        .filter((one) => one.kind === "file" && (one.name === path || one.target?.path === path))
        .map((mention) => ({ manifest: other, mention })),
    );
}

/** Every mention of the same thing, this manifest's first, then those of the workspace's other manifests and used files by path. */
export function allMentions(
  manifest: Manifest,
  { kind, name, target, alsoIn }: Pick<Mention, "kind" | "name" | "target" | "alsoIn">,
): readonly Found[] {
  const { workspace, settings, system } = manifest;
  const own = inManifest(manifest);
  const still = alsoIn ? stillWorkspace(workspace, settings) : workspace;
  const documents = documentsIn(still, system.id);
  const paths = new Set(documents.map(({ parsed }) => parsed.path));
  const used = (alsoIn?.() ?? []).flatMap((path) => (paths.has(path) ? [] : still.documents(path)));
  const others = [...documents, ...used].filter((other) => !isSameDocument(other, manifest)).flatMap(inManifest);
  return [...own, ...others];

  function inManifest(one: Manifest): Found[] {
    return mentionsOf(one)
      .filter((mention) => mention.kind === kind && mention.name === name)
      .filter((mention) => !target || !mention.target || mention.target.path === target.path)
      .map((mention) => ({ manifest: one, mention }));
  }
}
