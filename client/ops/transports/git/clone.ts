// Clones a repository into a directory of plugins as a plugin host would do it at its start: beside its place first, at the commit
// that its ref stands for, and then moved there as a whole.

import { HostError, withHostNow } from "../../hosts/hostError.js";
import type { Installed, PluginDirectory } from "../directory/index.js";
import { resolveRef } from "./refs.js";
import { remoteRefs } from "./remote.js";
import { type RemoteGit, remoteGit } from "./remoteGit.js";

export interface CloneOptions extends RemoteGit {
  readonly directory: PluginDirectory;
  /** The folder's name in the directory. */
  readonly plugin: string;
  readonly ref?: string;
}

export interface Cloned extends Installed {
  readonly commit: string;
}

const tenMinutes = 600_000;

export async function cloneInto(options: CloneOptions): Promise<Cloned> {
  const { directory, plugin, ref, address, signal, step } = options;
  const unchanged = `${directory.path} has what it had`;
  const remote = await remoteRefs(options).catch((error: unknown) => {
    throw error instanceof HostError ? withHostNow(error, unchanged) : error;
  });
  const verdict = resolveRef(remote, ref);
  if (!verdict.loads) {
    throw new HostError({ kind: "refused", step, message: verdict.message, hostNow: unchanged, next: verdict.next });
  }
  const { commit } = verdict;
  const fill = async (folder: string) => {
    const call = { ...options, timeout: options.timeout ?? tenMinutes };
    // Not a shallow one: the library that hosts use can't fetch into those.
    await remoteGit(call, ["clone", "--quiet", "--no-checkout", "--no-recurse-submodules", "--", address, folder]);
    await remoteGit(call, ["-C", folder, "checkout", "--quiet", "--force", "--detach", commit]);
  };
  return { ...(await directory.installFrom(plugin, fill, signal)), commit };
}
