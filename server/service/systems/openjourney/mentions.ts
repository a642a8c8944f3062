// Where a kustomization names files, folders, Kubernetes objects and images. What the files of objects and patches name that it takes
// in is told by themselves (names/inFiles.ts).

import type { Node, Span } from "../../text/node.js";
import { resolve } from "../../text/paths.js";
import { remember } from "../../text/remember.js";
import type { Mention } from "../mention.js";
import { namedText } from "../named.js";
import type { Manifest } from "../system.js";
import { matcherOf } from "./kinds/image.js";
import { isRemote } from "./model/address.js";
import { buildOf, worldOf } from "./model/build.js";
import { kustomizationOf } from "./model/kustomization.js";
import { imagesAt, originalOf } from "./model/original.js";
import type { Build } from "./model/outcome.js";
import { type PatchEntry, patchEntriesOf, readPatchEntry } from "./model/patchEntry.js";
import { placesOf } from "./model/placed.js";
import { mapsOf, pairOf, textOf } from "./model/reading.js";
import { buildsOf } from "./model/users.js";
import { distinct, mentionsInFile, namedByPatch } from "./names/inFiles.js";
import { inlineText } from "./names/inlineText.js";
import { generatorMentions, selectorMentions } from "./names/selectors.js";

export const mentionsOf = remember((manifest: Manifest): readonly Mention[] =>
  manifest.kind.id === "kustomization"
    ? [...paths(manifest), ...objects(manifest), ...images(manifest)]
    : mentionsInFile(manifest),
);

/** kustomize takes "=" in a file's path for the end of a key, and addresses for what they name. */
export function refuseName(kind: string, name: string): string | undefined {
  if (kind !== "file") return undefined;
  if (name.includes("=")) return `kustomize takes "=" in "${name}" for the end of a key; leave it out`;
  return isRemote(name) ? `kustomize takes "${name}" for an address; choose another name` : undefined;
}

/** Files and folders; a folder leads to its kustomization. */
function paths(manifest: Manifest): Mention[] {
  const { folder, parsed } = manifest;
  if (folder === undefined) return [];
  return placesOf(manifest).flatMap(({ reference, place }): Mention[] => {
    if (place.is === "remote" || place.is === "unknown") return [];
    const inner = spanOf(manifest, reference.node);
    const span: Span = [inner[1] - reference.text.length, inner[1]];
    // Behind escapes and in block texts the path doesn't stand as it is written.
    if (parsed.text.slice(...span) !== reference.text) return [];
    const path = resolve(folder, reference.text);
    const target = place.is === "file" ? place.path : place.is === "folder" ? place.base?.path : undefined;
    return [
      {
        kind: "file",
        name: path,
        role: "reference",
        span,
        ...(target !== undefined && { target: { path: target } }),
        ...(reference.field === "files" && { takes: (written) => !written.includes("=") }),
      },
    ];
  });
}

function objects(manifest: Manifest): readonly Mention[] {
  const { root, parsed } = manifest;
  const textAt = (node: Node) => namedText(manifest, node);
  const entries = patchEntriesOf(kustomizationOf(manifest), worldOf(manifest));
  return distinct(
    buildsOf(manifest).flatMap((build) => {
      const view = { from: manifest, root, build, textAt };
      return [
        ...selectorMentions(view),
        ...generatorMentions(view, parsed.path ?? parsed.uri),
        ...entries.flatMap((entry) => merged(entry, build)),
        ...build.plugins.flatMap(({ source, kustomization, build: own }) => {
          const { scalar } = source;
          const within = (node: Node) => scalar && inlineText(manifest, scalar, source.parsed, node);
          return scalar
            ? selectorMentions({ from: manifest, root: kustomization.root, build: own, textAt: within })
            : [];
        }),
      ];
    }),
  );

  /** Names inside merge patches that are written here. */
  function merged(entry: PatchEntry, build: Build): readonly Mention[] {
    const { source, target } = entry;
    const reading = source.is === "inline" ? readPatchEntry(entry)?.reading : undefined;
    if (source.is !== "inline" || reading?.is !== "merge") return [];
    const within = (node: Node) => inlineText(manifest, source.scalar, reading.parsed, node);
    return namedByPatch(manifest, reading.objects, target, build, within);
  }
}

/** An image leads to the first container that has it. */
function images(manifest: Manifest): Mention[] {
  const items = ["images", "imageTags"].flatMap((field) => mapsOf(manifest.root, field));
  if (items.length === 0) return [];
  const { files } = manifest.workspace;
  const all = buildOf(manifest).gathered.flatMap((object) => {
    const node = originalOf(object, files);
    return node ? imagesAt(node).map(({ text, span }) => ({ text, target: { path: object.origin.path, span } })) : [];
  });
  return items.flatMap((item): Mention[] => {
    const node = pairOf(item, "name")?.value;
    const name = textOf(item, "name") ?? "";
    const matches = matcherOf(name);
    if (!node || name === "" || !matches) return [];
    const hit = all.find(({ text }) => matches(text));
    return [
      { kind: "image", name, role: "reference", span: spanOf(manifest, node), ...(hit && { target: hit.target }) },
    ];
  });
}

const spanOf = (manifest: Manifest, node: Node): Span => namedText(manifest, node).span;
