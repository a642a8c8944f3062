// The OpenJourney plugin around a file: `plugins/<name>/kubernetes/…`. Many projects have a folder called plugins, so
// nothing counts as one until at least one of its subfolders holds a Dockerfile.

import { basename, dirname } from "../../../text/paths.js";
import type { Files } from "../../facts.js";
import { NAMES, parsedFile } from "./kustomization.js";
import type { KubeObject } from "./objects.js";
import { exact, objectsOf, plain } from "./objects.js";

export interface Plugin {
  readonly name: string;
  /** `plugins/<name>` */
  readonly root: string;
  /** `plugins/<name>/kubernetes` */
  readonly kubernetes: string;
}

/** The plugin whose kubernetes folder holds this file. */
export function pluginOf(path: string | undefined, files: Files): Plugin | undefined {
  const kubernetes = path === undefined ? "" : dirname(path);
  const root = dirname(kubernetes);
  const plugins = dirname(root);
  const name = basename(root);
  if (basename(kubernetes) !== "kubernetes" || basename(plugins) !== "plugins" || /^[._]/.test(name)) return undefined;
  const others = files.list(plugins) ?? [];
  const isActive = others.some(({ name: one }) => files.kind(`${plugins}/${one}/Dockerfile`) === "file");
  return isActive ? { name, root, kubernetes } : undefined;
}

export interface ObjectFile {
  readonly name: string;
  readonly objects: readonly KubeObject[];
}

/** Files of a folder that hold Kubernetes objects with apiVersion, kind and name; kustomizations left out. */
export function objectFilesIn(folder: string, files: Files): readonly ObjectFile[] {
  const listed = (files.list(folder) ?? []).slice(0, 500);
  return listed.flatMap(({ name, kind }) => {
    if (kind === "directory" || !/\.(ya?ml|json)$/.test(name) || /^values.*\.ya?ml$/.test(name)) return [];
    if (NAMES.some((one) => one === name)) return [];
    const parsed = parsedFile(`${folder}/${name}`, files);
    const read = parsed && objectsOf(parsed);
    if (!read || read.flaws.length > 0 || read.objects.length === 0) return [];
    const isWhole = read.objects.every(({ node }) => plain(node, "apiVersion") !== "" && exact(node, "kind"));
    const isOwn = read.objects.every(({ id }) => !id.group.startsWith("kustomize.") && id.group !== "builtin");
    return isWhole && isOwn ? [{ name, objects: read.objects }] : [];
  });
}

/** The list of names in resource_mapping.py, by its text alone; "dynamic" where code makes it, "none" where there is no list. */
export function mappingIn(text: string): readonly string[] | "dynamic" | "none" {
  const plainText = text.replace(/^\s*#.*$/gm, "");
  const set = /^RESOURCE_MAPPING\s*(?::[^=\n]+)?=\s*/m.exec(plainText);
  if (!set) return /RESOURCE_MAPPING|globals\(|setattr|import \*|exec\(/.test(plainText) ? "dynamic" : "none";
  const rest = plainText.slice(set.index + set[0].length);
  if (!rest.startsWith("[")) return /^(\(|\{|["'\d]|None\b|True\b|False\b)/.test(rest) ? "none" : "dynamic";
  const body = rest.slice(1, rest.indexOf("]"));
  const names = [...body.matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map((match) => match[1] ?? match[2] ?? "");
  const left = body.replace(/"[^"\n]*"|'[^'\n]*'|[\s,]|#.*$/gm, "");
  return left === "" && rest.includes("]") ? names : "dynamic";
}
