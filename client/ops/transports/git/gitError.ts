// What git's failures mean to somebody who registers or installs a plugin from a repository.
import { HostError, type HostErrorKind } from "../../hosts/hostError.js";
import { maskAll } from "../../hosts/secrets.js";
import { lastWords } from "../toolErrors.js";

export interface GitFailure {
  readonly step: string;
  readonly address: string;
  readonly secrets: readonly string[];
  /** What git said before it ended with a failure. */
  readonly words?: string;
  /** What kept git from ending by itself. */
  readonly error?: unknown;
}

interface Meaning {
  readonly when: RegExp;
  readonly kind: HostErrorKind;
  readonly message: (remote: string) => string;
  readonly next: string;
}

/** The first that fits. A refused sign-in is "forbidden": "unauthorised" would ask for the plugin host's own key. */
const meanings: readonly Meaning[] = [
  {
    when: /could not read (Username|Password)|Authentication failed|terminal prompts disabled|Permission denied|HTTP 401|error: 401/i,
    kind: "forbidden",
    message: (remote) => `${remote} wants credentials, or does not take those it was given`,
    next: "sign in to it with git on this machine (a credential helper or an ssh key), then try again",
  },
  {
    when: /error: 403|HTTP 403|access denied|not permitted/i,
    kind: "forbidden",
    message: (remote) => `you may not read ${remote}`,
    next: "have yourself be given access to the repository",
  },
  {
    when: /Host key verification failed/i,
    kind: "unreachable",
    message: (remote) => `the host key of ${remote} is not known here`,
    next: "connect to it once with ssh and confirm its key",
  },
  {
    when: /returned error: 30\d|redirect/i,
    kind: "refused",
    message: (remote) => `${remote} redirects to another address; no credential was sent there`,
    next: "write the address that it redirects to",
  },
  {
    when: /Could not resolve host|Name or service not known|Failed to connect|Connection (refused|timed out|reset)|Couldn't connect|unable to access|Network is unreachable|SSL|certificate/i,
    kind: "unreachable",
    message: (remote) => `${remote} could not be reached`,
    next: "correct the address, or connect to its network",
  },
  {
    when: /not found|does not appear to be a git repository|does not exist|error: 404/i,
    kind: "missing",
    message: (remote) => `there is no repository at ${remote}`,
    next: "correct the address, or ask for access: some servers hide what you may not see",
  },
  {
    when: /No space left on device/i,
    kind: "refused",
    message: () => "the disk is full",
    next: "make room, then try again",
  },
];

/** For messages: without the user and the password that an address may hold. */
export function remoteWords(address: string): string {
  return maskAll(address);
}

export function gitError({ step, address, secrets, words = "", error }: GitFailure): HostError {
  const remote = maskAll(address, secrets);
  if (error instanceof HostError) {
    if (!error.timedOut) return error;
    const next = "check the address and the network, then try again";
    return new HostError({
      kind: "unreachable",
      step,
      timedOut: true,
      message: `${remote} did not answer in time`,
      next,
      cause: error,
    });
  }
  if (error !== undefined) throw error;
  const said = lastWords(maskAll(words, secrets));
  const { kind, message, next } = meanings.find(({ when }) => when.test(words)) ?? unknown;
  return new HostError({ kind, step, message: message(remote), said, next });
}

const unknown = {
  kind: "tool",
  message: (remote: string) => `git failed at ${remote}`,
  next: "correct what git complains of, then try again",
} as const;
