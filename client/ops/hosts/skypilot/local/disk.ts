// Files of a server on this machine, written whole or not at all; a link stays a link.
import { copyFile, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { codeOf } from "../../../transports/directory/disk.js";
import { diskError } from "../../../transports/directory/diskError.js";
import { placeWhole } from "../../../transports/directory/whole.js";

/** Undefined where there is no such file. */
export async function textAt(file: string, step: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw diskError(error, { step, place: file, signal: never });
  }
}

export async function writeWhole(file: string, content: string | Uint8Array, step: string): Promise<void> {
  await placed(file, step, (part) => writeFile(part, content, { flag: "wx" }));
}

export async function copyWhole(from: string, file: string, step: string): Promise<void> {
  await placed(file, step, (part) => copyFile(from, part));
}

export async function removeFile(file: string, step: string): Promise<void> {
  try {
    await rm(file, { force: true });
  } catch (error) {
    throw diskError(error, { step, place: file, signal: never });
  }
}

/** For a disk without room for a copy: `from` goes. */
export async function moveWhole(from: string, file: string, step: string): Promise<void> {
  try {
    await rename(from, await realpath(file).catch(() => file));
  } catch (error) {
    throw diskError(error, { step, place: file, signal: never });
  }
}

async function placed(file: string, step: string, make: (part: string) => Promise<void>): Promise<void> {
  try {
    await placeWhole(file, make);
  } catch (error) {
    throw diskError(error, { step, place: file, signal: never });
  }
}

/** What is short enough not to be cancelled midway. */
const never = new AbortController().signal;
