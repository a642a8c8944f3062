// Paths of a kustomization: what fits the field and isn't listed yet, the likeliest first; and what a file holds.

import type { Choice, Kind, Use } from "../../../kinds/kind.js";
import { pathKind } from "../../../kinds/path.js";
import { basename, dirname, isInside, relativeTo, resolve } from "../../../text/paths.js";
import type { Files } from "../../facts.js";
import type { Manifest } from "../../system.js";
import { wordsOf } from "../model/around.js";
import { showId } from "../model/identity.js";
import { kustomizationIn, NAMES, parsedFile } from "../model/kustomization.js";
import { objectsOf } from "../model/objects.js";
import { fieldOf, mapsOf, stringsOf, textOf } from "../model/reading.js";
import { referencesOf } from "../model/references.js";
import { aboutFolder } from "./folder.js";
import { listOfLines } from "./show.js";

export const resourcePath: Kind = {
  ...pathKind,
  complete(use) {
    const field = String(wordsOf(use.at)[0]);
    const all = pathKind.complete?.(use) ?? [];
    if (use.manifest.folder === undefined) return all;
    if (FOLDERS.includes(field)) return resources(use, all, use.manifest.folder, field === "components");
    return field === "patches" || field === "patchesstrategicmerge" ? patches(use, all, use.manifest.folder) : all;
  },
  hover(use) {
    const said = pathKind.hover?.(use);
    const { manifest, text } = use;
    const isBrought = FOLDERS.includes(String(wordsOf(use.at)[0]));
    if (!isBrought || manifest.folder === undefined || said === undefined) return said;
    const { files } = manifest.workspace;
    const path = resolve(manifest.folder, text);
    if (files.kind(path) === "directory") return aboutFolder(path, manifest) ?? said;
    const parsed = parsedFile(path, files);
    const objects = parsed ? objectsOf(parsed).objects : [];
    return objects.length === 0 ? said : `${said}\n\n${listOfLines(objects.map(({ id }) => showId(id)))}`;
  },
};

const FOLDERS = ["resources", "bases", "components"];

function resources(use: Use, all: readonly Choice[], folder: string, isComponent: boolean): readonly Choice[] {
  const { files } = use.manifest.workspace;
  const listed = listedIn(use.manifest, folder, use.text);
  const elsewhere = new Set(
    referencesOf(use.manifest.root).flatMap(({ field, text }) =>
      FOLDERS.includes(field) ? [] : [resolve(folder, text)],
    ),
  );
  const wanted = isComponent ? "Component" : "Kustomization";
  const ranked = [...all, ...neighbours(use, folder)].flatMap((choice) => {
    const rank = rankOf(choice);
    return rank === undefined ? [] : [{ choice, rank }];
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ choice }) => choice);

  function rankOf(choice: Choice): number | undefined {
    const path = resolve(folder, choice.value);
    if (choice.continues) return 3;
    if (listed.has(path) || NAMES.some((name) => name === basename(path))) return undefined;
    if (choice.kind === "folder")
      return isInside(folder, path) || kustomizationIn(path, files)?.kind !== wanted || buildsOn(path, folder, files)
        ? undefined
        : 1;
    if (isComponent || !mayRead(use.manifest, path, folder)) return undefined;
    const parsed = parsedFile(path, files);
    const read = parsed && objectsOf(parsed);
    const isObject = read && read.flaws.length === 0 && read.objects.length > 0;
    return isObject && !elsewhere.has(path) ? 0 : 2;
  }
}

/** Whether a folder's kustomization takes in another one, itself or by those that it takes in: the way back is a cycle. */
function buildsOn(folder: string, other: string, files: Files): boolean {
  const seen = new Set([folder]);
  for (const one of seen) {
    const root = kustomizationIn(one, files)?.root;
    for (const { text } of FOLDERS.flatMap((field) => stringsOf(root, field))) {
      const next = resolve(one, text);
      if (next === other) return true;
      if (seen.size < MOST_FOLDERS && files.kind(next) === "directory") seen.add(next);
    }
  }
  return false;
}

/** Folders looked at for one choice. */
const MOST_FOLDERS = 50;

/** Folders beside this one, as overlays name their base, once the path begins with nothing or dots. */
function neighbours({ manifest, text }: Use, folder: string): Choice[] {
  const { files } = manifest.workspace;
  if (!/^[./]*$/.test(text)) return [];
  return [dirname(folder), dirname(dirname(folder))].flatMap((above) => {
    if (!manifest.workspace.roots.some((root) => isInside(above, root))) return [];
    return (files.list(above) ?? []).slice(0, 100).flatMap(({ name, kind }): Choice[] => {
      if (kind === "file" || name.startsWith(".") || name === "node_modules") return [];
      const bases = [`${above}/${name}`, `${above}/${name}/kubernetes`].filter((one) => kustomizationIn(one, files));
      return bases.map((one) => ({ value: relativeTo(folder, one), kind: "folder", detail: "folder" }));
    });
  });
}

/** Files that aren't listed as resources come first: patches are no resources. */
function patches({ manifest }: Use, all: readonly Choice[], folder: string): readonly Choice[] {
  const listed = listedIn(manifest, folder, "");
  const used = new Set(mapsOf(manifest.root, "patches").map((item) => resolve(folder, textOf(item, "path") ?? ".")));
  const rankOf = ({ value, continues }: Choice): number => {
    const path = resolve(folder, value);
    return continues ? 2 : listed.has(path) ? 4 : used.has(path) ? 3 : /patch/i.test(value) ? 0 : 1;
  };
  return all
    .filter(
      ({ value, kind }) =>
        kind === "folder" ||
        (!NAMES.some((name) => name === basename(value)) && mayRead(manifest, resolve(folder, value), folder)),
    )
    .toSorted((a, b) => rankOf(a) - rankOf(b));
}

function mayRead({ settings }: Manifest, path: string, folder: string): boolean {
  return settings.kustomizeLoadRestrictor === "none" || isInside(path, folder);
}

/** What the lists name already, but for the entry being written. */
function listedIn({ root }: Manifest, folder: string, text: string): ReadonlySet<string> {
  const texts = ["resources", "bases", "components"].flatMap((field) =>
    fieldOf(root, field) ? stringsOf(root, field) : [],
  );
  return new Set(texts.filter((one) => one.text !== text).map((one) => resolve(folder, one.text)));
}
