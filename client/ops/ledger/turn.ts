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
  let isOurs = await taken(turn);
  for (let look = 0; look < patience && !isOurs; look += 1) {
    if (!(await passedOver(turn))) await setTimeout(pause);
    isOurs = await taken(turn);
  }
  try {
    return await work();
  } finally {
    await rm(turn, { force: true });
  }
}

/** One passes a dead writer over at a time: another would take away the turn of whoever came after it. */
async function passedOver(turn: string): Promise<boolean> {
  if (!(await isDead(turn))) return false;
  const passing = `${turn}-over`;
  // Killed while it passed one over.
  if (await isDead(passing)) await rm(passing, { force: true });
  if (!(await taken(passing))) return false;
  try {
    const isStillDead = await isDead(turn);
    if (isStillDead) await rm(turn, { force: true });
    return isStillDead;
  } finally {
    await rm(passing, { force: true });
  }
}

const isDead = async (turn: string): Promise<boolean> => isOfDeadWriter(await readFile(turn, "utf8").catch(() => ""));

async function taken(turn: string): Promise<boolean> {
  try {
    await writeFile(turn, writerMark(), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}
