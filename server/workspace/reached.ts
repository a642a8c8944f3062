// Whether a walk comes to a file, and where a link to a folder is followed: what a walk comes to without the link counts there
// alone, and behind other links the files of the folder itself, so that no walk ends in a circle or leads far away.

import fs from "node:fs/promises";
import path from "node:path";
import { slashed } from "./diskFiles.js";
import { ENVIRONMENT, exists, isDependency, isIgnored, isSkipped, rulesAbove, rulesIn } from "./ignored.js";

const { dirname } = path.posix;

/** None of the folders between is skipped or ignored, nor is the file itself. */
export async function isReached(roots: readonly string[], file: string): Promise<boolean> {
  for (const root of roots) if (await isReachedFrom(root, file, roots)) return true;
  return false;
}

async function isReachedFrom(root: string, file: string, roots: readonly string[]): Promise<boolean> {
  if (!(await isReachedByName(root, file))) return false;
  const [start, folder] = [await real(root), dirname(file)];
  const plain = (at: string) => `${start ?? root}${at.slice(root.length)}`;
  const there = await real(folder);
  if (there === undefined || there === plain(folder)) return true;
  // Behind a link nothing but what lies right there, if it is the link that leads to it.
  const above = await real(dirname(folder));
  return above === plain(dirname(folder)) && (await linkedFolder(folder, roots)) !== undefined;
}

async function isReachedByName(root: string, file: string): Promise<boolean> {
  if (!isBelow(file, root)) return false;
  const rules = [...(await rulesAbove(root))];
  const steps = file.slice(root === "/" ? 1 : root.length + 1).split("/");
  const name = steps.pop() ?? "";
  let at = root === "/" ? "" : root;
  for (const step of steps) {
    const own = await rulesIn(at);
    if (own) rules.push(own);
    at = `${at}/${step}`;
    if (isSkipped(step) || isIgnored(`${at}/`, rules) || (await exists(`${at}/${ENVIRONMENT}`))) return false;
  }
  const own = await rulesIn(at);
  return !isIgnored(`${at}/${name}`, own ? [...rules, own] : rules);
}

/** The folder behind a link, if that is the only way to it. */
export async function linkedFolder(link: string, roots: readonly string[]): Promise<string | undefined> {
  const folder = await real(link);
  if (folder === undefined || isDependency(folder)) return undefined;
  for (const root of roots) {
    const start = (await real(root)) ?? root;
    if (start === folder || isBelow(start, folder)) return undefined;
    if (await isReachedByName(start, `${folder}/any`)) return undefined;
  }
  return folder;
}

const isBelow = (at: string, folder: string): boolean => at.startsWith(folder === "/" ? folder : `${folder}/`);

const real = (at: string): Promise<string | undefined> => fs.realpath(at).then(slashed, () => undefined);
