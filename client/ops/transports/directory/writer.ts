// Who writes: a mark in the name of what a change prepares beside its place, by which the next change tells whether that writer is
// still at work or was killed.
import { createHash, randomBytes } from "node:crypto";
import { stat } from "node:fs/promises";
import { hostname } from "node:os";

/** Nobody takes this long; a writer on another machine can't be asked otherwise. */
const abandonedAfter = 60 * 60 * 1000;

/** `<process>-<machine>-<random>`, another one each time. */
export function writerMark(): string {
  return `${process.pid}-${machine()}-${randomBytes(6).toString("hex")}`;
}

/** Whether the writer whose mark ends this name may still be at work; `place` is where that lies. */
export async function isAtWork(name: string, place: string): Promise<boolean> {
  const age = Date.now() - ((await stat(place).catch(() => undefined))?.mtimeMs ?? 0);
  if (age > abandonedAfter) return false;
  return !isOfDeadWriter(name);
}

/** True when the name ends with the mark of a writer on this machine that is no more. */
export function isOfDeadWriter(name: string): boolean {
  const [, pid, where] = /(\d+)-([0-9a-f]{8})-[0-9a-f]{12}$/.exec(name) ?? [];
  return pid !== undefined && where === machine() && !isAlive(Number(pid));
}

function machine(): string {
  return createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive as well.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
