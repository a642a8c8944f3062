// Asks a git remote for its branches and tags, by the user's own git and only when the user wants it. The address comes from a
// file of the workspace: only the common transports are let through, nothing can pass for an option, git reads no configuration
// of the workspace and asks nobody for a password.
import { homedir } from "node:os";
import { metaflow, type RemoteRefs } from "../../server/service/index.js";
import type { HostIo } from "./hosts/host.js";
import { HostError } from "./hosts/hostError.js";
import { mustRun, runOf } from "./transports/process.js";

export interface RefsRequest {
  /** As the manifest writes it. */
  readonly repository: string;
  readonly signal: AbortSignal;
}

const TRANSPORTS = "https:http:ssh:git:file";
const ADDRESS = /^((https?|ssh|git|file):\/\/|[\w.-]+@[\w.-]+:(?!:))/i;

/** Rejects with `HostError` alone: "refused" for an address that isn't asked, else as programs fail. */
export async function fetchRefs(
  { repository, signal }: RefsRequest,
  io: Pick<HostIo, "run" | "executables" | "log">,
): Promise<RemoteRefs> {
  if (!ADDRESS.test(repository) || /[\s\0]/.test(repository)) throw notAsked(repository);
  const request = {
    step: "fetch refs",
    command: "git",
    args: ["ls-remote", "--symref", "--", repository, "HEAD", "refs/heads/*", "refs/tags/*"],
    cwd: homedir(),
    env: { GIT_TERMINAL_PROMPT: "0", GIT_ALLOW_PROTOCOL: TRANSPORTS, GCM_INTERACTIVE: "never", SSH_ASKPASS: "" },
    secrets: credentialsIn(repository),
    timeout: 30_000,
    signal,
  };
  const { out } = await mustRun(
    runOf(io),
    request,
    "see whether the address and your access to it are right, then try again",
  );
  return { repository, at: Date.now(), ...refsIn(out) };
}

/** What `git ls-remote --symref` printed: the default branch, branches and tags by their short names. */
export function refsIn(printed: string): Pick<RemoteRefs, "head" | "branches" | "tags"> {
  const lines = printed.split(/\r?\n/);
  const named = (prefix: string) =>
    lines.flatMap((line) => {
      const [, ref = ""] = line.split("\t");
      // An annotated tag comes twice, once with the commit that it leads to.
      return ref.startsWith(prefix) && !ref.endsWith("^{}") ? [ref.slice(prefix.length)] : [];
    });
  const head = lines.flatMap((line) => /^ref: refs\/heads\/(.+)\tHEAD$/.exec(line)?.[1] ?? [])[0];
  return { branches: named("refs/heads/"), tags: named("refs/tags/"), ...(head !== undefined && { head }) };
}

function credentialsIn(address: string): readonly string[] {
  const info = /^[a-z][\w+.-]*:\/\/([^/@\s]+)@/i.exec(address)?.[1];
  return info === undefined ? [] : [info, ...info.split(":").slice(1)].filter((one) => one.length > 3);
}

function notAsked(repository: string): HostError {
  return new HostError({
    kind: "refused",
    step: "fetch refs",
    message: `"${metaflow.shownAddress(repository)}" is not asked for its refs: it is no address over https, ssh or git`,
    next: "write the address for cloning",
  });
}
