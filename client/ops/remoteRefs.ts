// Asks a git remote for its branches and tags, by the user's own git and only when the user wants it. The address comes from a
// file of the workspace: only the common transports are let through, and no path of this machine.
import { metaflow, type RemoteRefs } from "../../server/service/index.js";
import type { HostIo } from "./hosts/host.js";
import { HostError } from "./hosts/hostError.js";
import { remoteRefs } from "./transports/git/remote.js";
import { runOf } from "./transports/process.js";

export interface RefsRequest {
  /** As the manifest writes it. */
  readonly repository: string;
  readonly signal: AbortSignal;
}

const ADDRESS = /^((https?|ssh|git|file):\/\/|[\w.-]+@[\w.-]+:(?!:))/i;

/** Rejects with `HostError` alone: "refused" for an address that isn't asked, else as programs fail. */
export async function fetchRefs(
  { repository, signal }: RefsRequest,
  io: Pick<HostIo, "run" | "executables" | "log">,
): Promise<RemoteRefs> {
  if (!ADDRESS.test(repository) || /[\s\0]/.test(repository)) throw notAsked(repository);
  const { branches, tags, defaultBranch } = await remoteRefs({
    step: "fetch refs",
    address: repository,
    signal,
    run: runOf(io),
  });
  const names = { branches: [...branches.keys()], tags: [...tags.keys()] };
  return { repository, at: Date.now(), ...names, ...(defaultBranch !== undefined && { head: defaultBranch }) };
}

function notAsked(repository: string): HostError {
  return new HostError({
    kind: "refused",
    step: "fetch refs",
    message: `"${metaflow.shownAddress(repository)}" is not asked for its refs: it is no address over https, ssh or git`,
    next: "write the address for cloning",
  });
}
