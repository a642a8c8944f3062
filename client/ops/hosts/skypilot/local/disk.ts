// Files of a server on this machine, written whole or not at all; a link stays a link.
import { randomBytes } from "node:crypto";
import { chmod, copyFile, mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { codeOf } from "../../../transports/directory/disk.js";
import { diskError } from "../../../transports/directory/diskError.js";

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

async function placed(file: string, step: string, make: (part: string) => Promise<void>): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const part = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(4).toString("hex")}.part`);
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await make(part);
    const former = await stat(target).catch(() => undefined);
    if (former !== undefined) await chmod(part, former.mode & 0o7777);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw diskError(error, { step, place: file, signal: never });
  }
}

/** What is short enough not to be cancelled midway. */
const never = new AbortController().signal;
