// Repositories on this disk, read through simple-git. Remotes are `remoteGit.ts`'s.
import { type SimpleGit, simpleGit } from "simple-git";
import { HostError } from "../../hosts/hostError.js";
import { type Executables, findExecutable } from "../executables.js";

export interface LocalGit {
  readonly folder: string;
  readonly signal?: AbortSignal;
  readonly executables?: Executables;
}

const tenSeconds = 10_000;

/** Undefined where there is no git, no repository, or nothing of what is asked for. Rejects with "cancelled" alone. */
export async function readGit<T>(
  { folder, signal, executables }: LocalGit,
  work: (git: SimpleGit) => Promise<T>,
): Promise<T | undefined> {
  try {
    const binary = await findExecutable("git", { step: "package", ...(executables ? { executables } : {}) });
    const bounds = { timeout: { block: tenSeconds }, ...(signal ? { abort: signal } : {}) };
    return await work(simpleGit({ baseDir: folder, binary, unsafe: { allowUnsafeCustomBinary: true }, ...bounds }));
  } catch (cause) {
    if (signal?.aborted !== true) return undefined;
    const next = "start it again when you are ready";
    throw new HostError({ kind: "cancelled", step: "package", message: "the look at git was cancelled", next, cause });
  }
}
