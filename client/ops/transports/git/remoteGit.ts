// git against a remote: it asks nobody for anything, gets credentials where nobody sees them, and is ended with the helpers that it
// starts (git-remote-https, ssh). Those would outlive a git that simple-git ends, so it is run as every other program is.
import { homedir } from "node:os";
import { type Run, runOf } from "../process.js";
import { gitError } from "./gitError.js";

export interface RemoteGit {
  readonly run?: Run;
  /** The user's step, for messages. */
  readonly step: string;
  readonly address: string;
  readonly signal: AbortSignal;
  /** Milliseconds; half a minute for a look, ten for a clone, unless told. */
  readonly timeout?: number;
  /** For addresses of http and https alone. */
  readonly credentials?: Credentials;
}

export interface Credentials {
  readonly user: string;
  readonly pass: string;
}

const halfAMinute = 30_000;

/** Its output. `args` come from here; an address among them stands behind "--". */
export async function remoteGit(remote: RemoteGit, args: readonly string[]): Promise<string> {
  const { step, signal, address, credentials, timeout = halfAMinute } = remote;
  const run = runOf(remote);
  const secrets = [
    ...credentialsIn(address),
    ...(credentials === undefined ? [] : [credentials.pass, basic(credentials)]),
  ];
  // At home, so that no configuration of a workspace is read.
  const request = { step, command: "git", args, cwd: homedir(), signal, timeout, secrets, maxBytes: 64 * 1024 * 1024 };
  const ssh = isSsh(address) ? await quietSsh(run, { step, signal }) : {};
  const env = { ...quiet, ...ssh, ...authorisation(address, credentials) };
  try {
    const result = await run({ ...request, env });
    if (result.code === 0) return result.out;
    throw gitError({ step, address, secrets, words: result.err });
  } catch (error) {
    throw gitError({ step, address, secrets, error });
  }
}

/** `name:secret` of an address, and each of them alone. */
function credentialsIn(address: string): readonly string[] {
  const info = /^[a-z][\w+.-]*:\/\/([^/\s]+)@/i.exec(address)?.[1];
  return info === undefined ? [] : [info, ...info.split(":").slice(1)];
}

/** Address of ssh in either spelling: `ssh://host/path`, `git@host:path`. */
export function isSsh(address: string): boolean {
  return /^(git\+)?ssh:/i.test(address) || /^(?:[^/:\s]+@)?[^/:\s]{2,}:(?!\/\/)/.test(address);
}

/** No dialog, no prompt; and no repository but the one that the arguments name, also when this runs inside a hook of git. */
const quiet = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_ALLOW_PROTOCOL: "https:http:ssh:git:file",
  GIT_ASKPASS: "",
  SSH_ASKPASS: "",
  SSH_ASKPASS_REQUIRE: "never",
  GCM_INTERACTIVE: "never",
  LC_ALL: "C",
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_OBJECT_DIRECTORY: undefined,
  GIT_PREFIX: undefined,
};

/** The ssh that the user has git use, told not to ask: nobody would see the question. */
async function quietSsh(run: Run, call: { readonly step: string; readonly signal: AbortSignal }) {
  const { GIT_SSH, GIT_SSH_COMMAND } = process.env;
  if (GIT_SSH !== undefined && GIT_SSH_COMMAND === undefined) return {};
  const { out } = await run({ ...call, command: "git", args: ["config", "--get", "core.sshCommand"], env: quiet });
  const command = GIT_SSH_COMMAND ?? (out.trim() || "ssh");
  return { GIT_SSH_COMMAND: `${command} -o BatchMode=yes -o ConnectTimeout=15` };
}

/** In the surroundings, never in an argument: those are for everybody on the machine to see. Not after a redirect either. */
function authorisation(address: string, credentials: Credentials | undefined): Readonly<Record<string, string>> {
  const url = URL.parse(address);
  if (credentials === undefined || url === null || !/^https?:$/.test(url.protocol)) return {};
  return {
    GIT_CONFIG_COUNT: "2",
    GIT_CONFIG_KEY_0: `http.${url.origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic(credentials)}`,
    GIT_CONFIG_KEY_1: "http.followRedirects",
    GIT_CONFIG_VALUE_1: "false",
  };
}

function basic({ user, pass }: Credentials): string {
  return Buffer.from(`${user}:${pass}`, "utf8").toString("base64");
}
