// Fixes that make a kustomization.yaml: from the object files of a folder, or in the order of a resource_mapping.py, whose
// text is read and never run.

import { basename } from "../../../text/paths.js";
import type { Files } from "../../facts.js";
import type { Fix } from "../../problem.js";
import { kustomizationIn } from "../model/kustomization.js";
import { mappingIn, type ObjectFile, objectFilesIn } from "../model/plugin.js";
import { written } from "./entries.js";

/** Lists the object files of a folder and its subfolders with a kustomization; nothing where there is none of them. */
export function createKustomization(folder: string, files: Files): Fix[] {
  const entries = entriesIn(folder, files);
  if (entries.length === 0) return [];
  return [
    {
      title: `Create ${basename(folder)}/kustomization.yaml with ${entries.length === 1 ? `"${entries[0]}"` : `${entries.length} resources`}`,
      edits: [],
      files: [{ create: `${folder}/kustomization.yaml`, text: kustomizationText(entries) }],
    },
  ];
}

/** What resources can list of a folder. */
export const entriesIn = (folder: string, files: Files): readonly string[] =>
  [...objectFilesIn(folder, files).map(({ name }) => name), ...foldersIn(folder, files)].sort();

/** The same in the order of the mapping; where code makes its list, the order is that of the names. */
export function convertMapping(folder: string, files: Files): Fix[] {
  const found = objectFilesIn(folder, files);
  const mapping = mappingIn(files.read(`${folder}/resource_mapping.py`) ?? "");
  if (found.length === 0) return [];
  const names = typeof mapping === "string" ? [] : mapping;
  const { entries, without } = inOrder(names, found);
  const left = without.length === 0 ? "" : ` (no manifest holds "${without.join('", "')}")`;
  return [
    {
      title: `Convert resource_mapping.py to kustomization.yaml${left}`,
      edits: [],
      files: [{ create: `${folder}/kustomization.yaml`, text: kustomizationText(entries) }],
    },
  ];
}

export function kustomizationText(entries: readonly string[]): string {
  const list =
    entries.length === 0 ? "resources: []\n" : `resources:\n${entries.map((one) => `- ${written(one)}\n`).join("")}`;
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${list}`;
}

export const COMPONENT_TEXT = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: []\n";

/** A mapping names objects, not files: the file whose object has the name comes before one whose object ends with it. */
function inOrder(
  names: readonly string[],
  found: readonly ObjectFile[],
): { readonly entries: readonly string[]; readonly without: readonly string[] } {
  const without: string[] = [];
  const entries = new Set<string>();
  for (const name of names) {
    if (name === "") continue;
    const fits = (test: (own: string) => boolean) =>
      found.filter(({ objects }) => objects.some(({ id }) => test(id.name))).map((file) => file.name);
    const exactly = fits((own) => own === name);
    const held = exactly.length > 0 ? exactly : fits((own) => own.endsWith(name));
    if (held.length === 0) without.push(name);
    for (const file of held) entries.add(file);
  }
  const rest = found.map(({ name }) => name).sort();
  return { entries: [...new Set([...entries, ...rest])], without };
}

function foldersIn(folder: string, files: Files): string[] {
  return (files.list(folder) ?? []).flatMap(({ name, kind }) =>
    kind !== "file" && !name.startsWith(".") && kustomizationIn(`${folder}/${name}`, files)?.kind === "Kustomization"
      ? [name]
      : [],
  );
}
