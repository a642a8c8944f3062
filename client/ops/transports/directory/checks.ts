// What is looked at before a directory of plugins is changed: that it is there and writable, that it is in no git checkout which
// a host would overwrite, and that no link leads out of it.
import { access, constants, lstat, readlink, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { HostError, type HostErrorKind } from "../../hosts/hostError.js";
import { isThere } from "./disk.js";

export async function there(root: string, step: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) {
    const next = "start it again when you are ready";
    throw new HostError({
      kind: "cancelled",
      step,
      message: `the ${step} was cancelled`,
      next,
      hostNow: unchanged(root),
    });
  }
  const found = await stat(root).catch(() => undefined);
  if (found === undefined)
    throw wrong("missing", step, `there is no directory ${root}`, "mount the volume, or correct the host's directory");
  if (!found.isDirectory()) throw wrong("missing", step, `${root} is a file`, "correct the host's directory");
  await access(root, constants.R_OK | constants.X_OK).catch((cause: unknown) => forbidden(root, step, "read", cause));
}

/** Nothing is there, not even a link, and it would be a folder of one that is. */
export async function canBeMade(root: string): Promise<boolean> {
  if (await isThere(root)) return false;
  const above = await stat(path.dirname(root)).catch(() => undefined);
  return above?.isDirectory() === true;
}

export async function writable(root: string, step: string): Promise<void> {
  await access(root, constants.W_OK | constants.X_OK).catch((cause: unknown) =>
    forbidden(root, step, "changed", cause),
  );
}

async function forbidden(root: string, step: string, done: "read" | "changed", cause: unknown): Promise<never> {
  const { uid, gid, mode } = await stat(root);
  const rights = `user ${uid}, group ${gid}, mode ${(mode & 0o7777).toString(8)}`;
  const next = "act as its owner, or have it opened to your group";
  const message = `${root} may not be ${done} by you (it belongs to ${rights})`;
  throw new HostError({ kind: "forbidden", step, message, next, hostNow: unchanged(root), cause });
}

/**
 * Metaflow's service takes any checkout that it finds at or above a plugin's folder for the plugin's own, fetches it and checks
 * it out by force: uncommitted work around the directory would be lost.
 */
export async function refuseCheckout(root: string, place: string, step: string): Promise<void> {
  const checkout = await enclosingCheckout(place);
  if (checkout === undefined) return;
  const own = checkout === place;
  throw new HostError({
    kind: "refused",
    step,
    message: own
      ? `${place} is a git checkout, which the host keeps up to date itself`
      : `${root} lies in the git checkout ${checkout}: the host would check that out by force, and uncommitted work there would be lost`,
    next: own
      ? "remove the plugin's repository from the host's configuration first, or push to that repository instead"
      : "use a directory outside of any checkout",
    hostNow: unchanged(root),
  });
}

/** The nearest folder at or above this one that git would take for its own. */
export async function enclosingCheckout(start: string): Promise<string | undefined> {
  const existing = await realpath(start).catch(() => undefined);
  if (existing === undefined) return path.dirname(start) === start ? undefined : enclosingCheckout(path.dirname(start));
  for (let folder = existing; ; folder = path.dirname(folder)) {
    if (await isThere(path.join(folder, ".git"))) return folder === existing ? start : folder;
    if (path.dirname(folder) === folder) return undefined;
  }
}

/** A link in a plugin's place, or in its scope's, belongs to somebody: writing through it would change another folder. */
export async function refuseLink(root: string, place: string): Promise<void> {
  for (let at = place; at !== root; at = path.dirname(at)) {
    const found = await lstat(at).catch(() => undefined);
    if (found?.isSymbolicLink() !== true) continue;
    const next = "remove the link, or copy the plugin's files by hand";
    throw wrong("refused", "upload", `${at} is a link to ${await readlink(at)}`, next, unchanged(root));
  }
}

function unchanged(root: string): string {
  return `${root} has what it had`;
}

function wrong(kind: HostErrorKind, step: string, message: string, next: string, hostNow?: string): HostError {
  return new HostError({ kind, step, message, next, ...(hostNow === undefined ? {} : { hostNow }) });
}
