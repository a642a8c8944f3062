// Temporary folders, for what is needed while something runs. What a killed run left behind goes when the next one makes its own.
import { mkdir, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { HostError } from "../hosts/hostError.js";
import { isOfDeadWriter, writerMark } from "./directory/writer.js";

/** `what`: what it is for, as in "no temporary folder can be made for WHAT". */
export async function inTemporary<Answer>(
  { step, what }: { readonly step: string; readonly what: string },
  work: (folder: string) => Promise<Answer>,
): Promise<Answer> {
  const folder = await makeTemporary().catch((cause: unknown) => {
    const message = `no temporary folder can be made for ${what}`;
    throw new HostError({ kind: "tool", step, message, next: "make room on the disk, or set TMPDIR", cause });
  });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Its path without links. Whoever asks for it removes it. */
export async function makeTemporary(): Promise<string> {
  const root = await realpath(tmpdir());
  await clearLeft(root);
  const folder = path.join(root, `${prefix}${writerMark()}`);
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

const prefix = "plugsmith-";

async function clearLeft(root: string): Promise<void> {
  const left = (await readdir(root).catch(() => [])).filter((name) => name.startsWith(prefix) && isOfDeadWriter(name));
  // Somebody else's can't be removed, and isn't ours to.
  for (const name of left) await rm(path.join(root, name), { recursive: true, force: true }).catch(() => undefined);
}
