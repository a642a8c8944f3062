// Which folders and files are looked at nowhere: dependencies, build output, hidden folders, and what git ignores.

import fs from "node:fs/promises";
import path from "node:path";
import ignore, { type Ignore } from "ignore";

/** One .gitignore and the folder that it speaks of. */
export interface Rules {
  readonly folder: string;
  readonly ignore: Ignore;
}

const DEPENDENCIES = new Set("node_modules bower_components venv site-packages __pypackages__".split(" "));
const MADE = new Set("__pycache__ dist target vendor".split(" "));
/** Hidden folders in which people keep manifests by hand. */
const ENTERED = new Set(".sky .config .kube .k8s .kubernetes .deploy .kustomize .argocd .flux .gitops".split(" "));

export function isSkipped(name: string): boolean {
  return name.startsWith(".") ? !ENTERED.has(name) : DEPENDENCIES.has(name) || MADE.has(name);
}

/** Whether a path leads through a folder of other people's packages. */
export const isDependency = (at: string): boolean =>
  at.split("/").some((name) => DEPENDENCIES.has(name) || name === ".venv");

/** Every virtual environment of Python has this file, whatever it is called. */
export const ENVIRONMENT = "pyvenv.cfg";

/** The deepest .gitignore that has an opinion decides, as in git. */
export function isIgnored(at: string, rules: readonly Rules[]): boolean {
  for (const { folder, ignore } of [...rules].reverse()) {
    const relative = at.slice(folder === "/" ? 1 : folder.length + 1);
    const { ignored, unignored } = ignore.test(relative);
    if (ignored || unignored) return ignored;
  }
  return false;
}

export async function rulesIn(folder: string): Promise<Rules | undefined> {
  const text = await fs.readFile(`${folder}/.gitignore`, "utf8").catch(() => undefined);
  return text === undefined ? undefined : { folder, ignore: ignore({ allowRelativePaths: true }).add(text) };
}

/** Rules of the folders above, up to the top of the repository; none where they ignore the very folder that was asked for. */
export async function rulesAbove(root: string): Promise<readonly Rules[]> {
  const rules: Rules[] = [];
  let folder = root;
  while (!(await exists(`${folder}/.git`))) {
    const parent = path.posix.dirname(folder);
    if (parent === folder) return [];
    folder = parent;
    const found = await rulesIn(folder);
    if (found) rules.unshift(found);
  }
  return isIgnoredWithParents(root, folder, rules) ? [] : rules;
}

function isIgnoredWithParents(root: string, top: string, rules: readonly Rules[]): boolean {
  for (let at = root; at.length > top.length; at = path.posix.dirname(at)) {
    const above = rules.filter(({ folder }) => folder !== at && at.startsWith(folder));
    if (isIgnored(`${at}/`, above)) return true;
  }
  return false;
}

export const exists = (at: string): Promise<boolean> =>
  fs.access(at).then(
    () => true,
    () => false,
  );
