// Whether a file of variables is an env file of a kustomization near it: a generator's `envs`, or the old `env`.

import type { Files } from "../systems/facts.js";
import { children, keyText, type Node } from "../text/node.js";
import { dirname, resolve } from "../text/paths.js";
import { readText } from "../text/readText.js";

const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** Kustomize reads no file outside the kustomization's own folder, so it stands beside the file or above it. */
const FOLDERS_UP = 4;

export function isReadByKustomize(path: string, files: Files): boolean {
  let folder = dirname(path);
  for (let n = 0; n < FOLDERS_UP; n++) {
    for (const name of NAMES) {
      const text = files.read(`${folder}/${name}`);
      if (text !== undefined && /\benvs?\b/.test(text) && namesIn(text).some((one) => resolve(folder, one) === path))
        return true;
    }
    const above = dirname(folder);
    if (above === folder) return false;
    folder = above;
  }
  return false;
}

function namesIn(text: string): readonly string[] {
  const { tree } = readText(text, "yaml");
  return tree.documents.flatMap(({ root }) => (root ? envFiles(root, undefined) : []));
}

function envFiles(node: Node, holder: string | undefined): readonly string[] {
  if (node.kind === "scalar") return holder === "envs" || holder === "env" ? [node.text] : [];
  if (node.kind === "map") return node.pairs.flatMap((pair) => (pair.value ? envFiles(pair.value, keyText(pair)) : []));
  return [...children(node)].flatMap((child) => envFiles(child, holder));
}
