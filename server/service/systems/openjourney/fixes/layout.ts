// Fixes for the files of a plugin's folder: its Dockerfile, the name of its kustomization, and files that nothing reads.

import { basename } from "../../../text/paths.js";
import type { Files } from "../../facts.js";
import type { Fix } from "../../problem.js";
import type { Plugin } from "../model/plugin.js";

/** Renames `dockerfile`, moves one out of `kubernetes`, or makes the smallest one that builds. */
export function dockerfile({ root, kubernetes, name }: Plugin, files: Files): Fix[] {
  const to = `${root}/Dockerfile`;
  const odd = files.list(root)?.find((one) => one.kind !== "directory" && one.name.toLowerCase() === "dockerfile");
  if (odd)
    return [
      { title: `Rename "${odd.name}" to "Dockerfile"`, edits: [], files: [{ rename: `${root}/${odd.name}`, to }] },
    ];
  const deep = `${kubernetes}/Dockerfile`;
  if (files.kind(deep) === "file")
    return [{ title: 'Move the Dockerfile out of "kubernetes"', edits: [], files: [{ rename: deep, to }] }];
  const text = `# The server builds every plugin image with the project root as context, so paths count from there.\nFROM alpine:3.22\nCOPY plugins/${name}/ /srv/\n`;
  return [{ title: `Create plugins/${name}/Dockerfile`, edits: [], files: [{ create: to, text }] }];
}

export function renameKustomization(path: string, files: Files): Fix[] {
  const to = path.replace(/[^/]*$/, "kustomization.yaml");
  if (files.kind(to) !== "none") return [];
  return [{ title: `Rename "${basename(path)}" to "kustomization.yaml"`, edits: [], files: [{ rename: path, to }] }];
}

export function deleteFile(path: string): Fix {
  return { title: `Delete ${basename(path)}`, edits: [], files: [{ remove: path }] };
}

/** Of several kustomizations in one folder: each fix keeps one of them, kustomization.yaml first. */
export function keepOne(paths: readonly string[]): Fix[] {
  return paths.map((kept) => {
    const others = paths.filter((one) => one !== kept);
    return {
      title: `Keep ${basename(kept)}, delete ${others.map(basename).join(" and ")}`,
      edits: [],
      files: others.map((remove) => ({ remove })),
    };
  });
}
