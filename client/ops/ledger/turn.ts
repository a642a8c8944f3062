// One writer of the history at a time, whichever process it is in: the editor and a terminal may note something down at once.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { codeOf } from "../transports/directory/disk.js";
import { isOfDeadWriter, writerMark } from "../transports/directory/writer.js";

/** Milliseconds between two looks, and how many there are: nobody's turn takes that long, so it is ours then. */
const pause = 20;
const patience = 150;

/** A writer that was killed in its turn is passed over. Rejects with the disk's own error. */
export async function inTurnOf<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const turn = path.join(folder, "writing");
  await mkdir(folder, { recursive: true });
  for (let look = 0; look < patience && !(await taken(turn)); look += 1) {
    const mark = await readFile(turn, "utf8").catch(() => "");
    if (isOfDeadWriter(mark)) await rm(turn, { force: true });
    else await setTimeout(pause);
  }
  try {
    return await work();
  } finally {
    await rm(turn, { force: true });
  }
}

async function taken(turn: string): Promise<boolean> {
  try {
    await writeFile(turn, writerMark(), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}
