// The hidden folder beside the plugins in which a change is prepared: `.plugsmith-<writer>` with the new files, the old plugin
// while they change places, and a note of whose it is. What a killed writer left there is put right by the next one.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { backWords } from "../backWords.js";
import { oddFolder, type PluginFile } from "../files.js";
import { type Disk, isThere } from "./disk.js";
import { isAtWork, writerMark } from "./writer.js";

const stagePrefix = ".plugsmith-";
const ownerFile = "owner.json";

interface Owner {
  readonly plugin: string;
}

/** Makes a stage and has the plugin put into its folder `new`. Leaves nothing when that fails. */
export async function openStage(
  disk: Disk,
  root: string,
  place: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const stage = path.join(root, `${stagePrefix}${writerMark()}`);
  const owner: Owner = { plugin: path.relative(root, place).split(path.sep).join("/") };
  try {
    await disk.mkdir(stage);
    await disk.writeFile(path.join(stage, ownerFile), JSON.stringify(owner));
    await fill(path.join(stage, "new"));
    return stage;
  } catch (error) {
    await clear(disk, stage);
    throw error;
  }
}

/** Readable by whoever the host runs as. */
export async function writeFiles(
  disk: Disk,
  folder: string,
  files: readonly PluginFile[],
  signal: AbortSignal,
): Promise<void> {
  const made = new Set<string>();
  const make = async (directory: string): Promise<void> => {
    if (made.has(directory)) return;
    if (directory !== folder) await make(path.dirname(directory));
    await disk.mkdir(directory, { recursive: true });
    await disk.chmod(directory, 0o755);
    made.add(directory);
  };
  for (const file of files) {
    signal.throwIfAborted();
    const target = path.join(folder, file.path);
    await make(path.dirname(target));
    await disk.writeFile(target, await file.read());
    await disk.chmod(target, 0o644);
  }
  signal.throwIfAborted();
}

/** Takes the stage away. What can't be taken away is said, and no failure: the change stands. */
export async function clear(disk: Disk, stage: string): Promise<readonly string[]> {
  try {
    await disk.rm(stage, { recursive: true, force: true });
    return [];
  } catch {
    return [`what was there before could not be deleted and lies in ${stage}`];
  }
}

/** After a writer was killed: the old plugin goes back where the new one did not get to, and the rest goes away. Says what went back. */
export async function recover(disk: Disk, root: string): Promise<readonly string[]> {
  const names = await readdir(root).catch(() => []);
  const notes: string[] = [];
  for (const name of names.filter((one) => one.startsWith(stagePrefix))) {
    const stage = path.join(root, name);
    if (await isAtWork(name, stage)) continue;
    const { plugin } = (await ownerOf(stage)) ?? {};
    const isLacking = plugin !== undefined && !(await isThere(path.join(root, plugin)));
    await putRight(disk, root, stage);
    if (isLacking && (await isThere(path.join(root, plugin)))) notes.push(backWords(plugin));
  }
  return notes;
}

/** One stage whose writer is done or dead. An old plugin that has no place any more is somebody's only copy: it stays. */
export async function putRight(disk: Disk, root: string, stage: string): Promise<readonly string[]> {
  const owner = await ownerOf(stage);
  const old = await oldIn(stage);
  const place = owner === undefined ? undefined : path.join(root, owner.plugin);
  const taken = place !== undefined && (await isThere(place));
  if (old === undefined || taken) return clear(disk, stage);
  if (place === undefined) return [`a former plugin lies in ${old}`];
  try {
    await disk.rename(old, place);
    return await clear(disk, stage);
  } catch {
    return [`the former plugin lies in ${old}`];
  }
}

async function oldIn(stage: string): Promise<string | undefined> {
  const [last] = (await readdir(stage).catch(() => []))
    .filter((name) => name.startsWith("old"))
    .sort()
    .reverse();
  return last === undefined ? undefined : path.join(stage, last);
}

async function ownerOf(stage: string): Promise<Owner | undefined> {
  try {
    const { plugin }: Partial<Owner> = JSON.parse(await readFile(path.join(stage, ownerFile), "utf8"));
    return plugin !== undefined && oddFolder(plugin) === undefined ? { plugin } : undefined;
  } catch {
    return undefined;
  }
}
