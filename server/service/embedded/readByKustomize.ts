// What a kustomization near a file makes of it: an env file of a generator's `envs`, or the old `env`, or a file of another name in a
// ConfigMap, `files: [plugins.yaml=server.yaml]`.

import type { Files } from "../systems/facts.js";
import { fileAt } from "../systems/fileAt.js";
import { children, keyText, type Node } from "../text/node.js";
import type { Parsed } from "../text/parsed.js";
import { basename, dirname, resolve } from "../text/paths.js";

const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** Kustomize reads no file outside the kustomization's own folder, so it stands beside the file or above it. */
const FOLDERS_UP = 4;

export const isReadByKustomize = (path: string, files: Files): boolean =>
  isNamed(path, files, /\benvs?\b/, (root) => textsUnder(root, ["envs", "env"]));

/** Whether the file becomes one of that name. */
export const isGeneratedAs = (path: string, name: string, files: Files): boolean =>
  isNamed(path, files, /\bfiles\b/, (root) =>
    textsUnder(root, ["files"]).flatMap((one) => (one.startsWith(`${name}=`) ? one.slice(name.length + 1) : [])),
  );

/** Whether a kustomization whose text has `word` names the file among `names`. */
function isNamed(path: string, files: Files, word: RegExp, names: (root: Node) => readonly string[]): boolean {
  // No kustomization is an input of one, and it is asked for at each key that is typed there.
  if (NAMES.includes(basename(path))) return false;
  let folder = dirname(path);
  for (let n = 0; n < FOLDERS_UP; n++) {
    for (const name of NAMES) {
      const file = fileAt(`${folder}/${name}`, files);
      if (
        file &&
        word.test(file.text) &&
        rootsOf(file)
          .flatMap(names)
          .some((one) => resolve(folder, one) === path)
      )
        return true;
    }
    const above = dirname(folder);
    if (above === folder) return false;
    folder = above;
  }
  return false;
}

const rootsOf = ({ tree }: Parsed): readonly Node[] => tree.documents.flatMap(({ root }) => root ?? []);

function textsUnder(node: Node, keys: readonly string[], holder?: string): readonly string[] {
  if (node.kind === "scalar") return holder !== undefined && keys.includes(holder) ? [node.text] : [];
  if (node.kind === "map")
    return node.pairs.flatMap((pair) => (pair.value ? textsUnder(pair.value, keys, keyText(pair)) : []));
  return children(node).flatMap((child) => textsUnder(child, keys, holder));
}
