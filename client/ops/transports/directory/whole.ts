// A file that is written beside its place and renamed into it, so that there never is half of one; a link stays a link, and the mode
// stays as it was. What a killed writer left beside goes with the next file that is written there.
import { chmod, mkdir, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { isAtWork, writerMark } from "./writer.js";

/** `make` writes a new file at the path that it is given. Rejects with the disk's own error. */
export async function placeWhole(file: string, make: (part: string, mode: number | undefined) => Promise<void>) {
  const target = await realpath(file).catch(() => file);
  const folder = path.dirname(target);
  const part = path.join(folder, `.${path.basename(target)}.${writerMark()}${suffix}`);
  try {
    await mkdir(folder, { recursive: true });
    await clearParts(folder);
    const mode = (await stat(target).catch(() => undefined))?.mode;
    await make(part, mode === undefined ? undefined : mode & 0o7777);
    if (mode !== undefined) await chmod(part, mode & 0o7777);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}

const suffix = ".part";

async function clearParts(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^\..+\.\d+-[0-9a-f]{8}-[0-9a-f]{12}\.part$/.test(name));
  for (const name of names) {
    const place = path.join(folder, name);
    if (!(await isAtWork(name.slice(0, -suffix.length), place)))
      await rm(place, { force: true }).catch(() => undefined);
  }
}
