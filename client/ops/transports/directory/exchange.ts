// Two renames that put the new plugin where the old one was. The old one is kept in the stage until the new one stands; another
// writer that comes in between wins or loses as a whole.
import { lstat } from "node:fs/promises";
import path from "node:path";
import { HostError } from "../../hosts/hostError.js";
import { codeOf, type Disk, isThere } from "./disk.js";

const attempts = 5;
const occupied = ["EEXIST", "ENOTEMPTY", "EISDIR", "EPERM"];

/** True when something was there before. After a failure the old plugin may lie in the stage: `putRight` puts it back. */
export async function exchange(disk: Disk, stage: string, place: string): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const old = path.join(stage, `old-${attempt}`);
    const had = await movedAside(disk, place, old);
    try {
      await disk.rename(path.join(stage, "new"), place);
      return had;
    } catch (error) {
      // Another writer has put its own there since: that is the old one now.
      if (occupied.includes(codeOf(error)) && (await isThere(place))) continue;
      throw error; // The old one goes back with the stage's end.
    }
  }
  throw new HostError({
    kind: "refused",
    step: "upload",
    message: `${place} is being written by somebody else again and again`,
    hostNow: "the directory has what the other writer put there",
    next: "find out who deploys there, then try again",
  });
}

async function movedAside(disk: Disk, place: string, old: string): Promise<boolean> {
  if (!(await isThere(place))) return false;
  try {
    await disk.rename(place, old);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

/** Makes the folder of a scope, `@acme`; the answer takes it away again if it was made and is empty. */
export async function makeScope(disk: Disk, root: string, place: string): Promise<() => Promise<void>> {
  const scope = path.dirname(place);
  if (scope === root || (await lstat(scope).catch(() => undefined)) !== undefined) return async () => undefined;
  await disk.mkdir(scope);
  await disk.chmod(scope, 0o755);
  return () => disk.rmdir(scope).catch(() => undefined);
}
