// One entry of a PLUGINS value as a person adds, changes or removes it: worked out and judged before anything is written. A
// repository and its ref are looked up as the service resolves them; what can't be asked from here is no error.
import type { Tools } from "../../pack/packer.js";
import { resolveRef } from "../../transports/git/refs.js";
import { remoteRefs } from "../../transports/git/remote.js";
import type { Credentials, RemoteGit } from "../../transports/git/remoteGit.js";
import { runOf } from "../../transports/process.js";
import type { Finding } from "../host.js";
import { errorText, HostError } from "../hostError.js";
import { type Change, type Entry, type PluginsFile, readPlugins, withEntry, writePlugins } from "./pluginsFile.js";

export interface EntryRequest {
  readonly file: string;
  /** The value that is meant, where the file has several. */
  readonly line?: number;
  readonly change: Change;
  readonly signal: AbortSignal;
  readonly tools?: Tools;
}

export interface EntryPlan {
  readonly before: PluginsFile;
  readonly after: PluginsFile;
  readonly identifier: string;
  readonly findings: readonly Finding[];
}

export async function planEntry(request: EntryRequest): Promise<EntryPlan> {
  const { file, line, change, signal, tools } = request;
  const { identifier } = change;
  const before = await readPlugins(file, "entry", line);
  if (change.kind === "remove" && !before.entries.has(identifier)) throw noEntry(before, identifier);
  const after = withEntry(before, change, "entry");
  const entry = after.entries.get(identifier);
  const findings =
    change.kind === "remove" || entry === undefined
      ? []
      : await judge(entry, after, { signal, run: runOf(tools ?? {}) });
  return { before, after, identifier, findings };
}

/** Writes what was planned, unless somebody changed the file meanwhile. */
export const writeEntry = ({ before, after }: EntryPlan): Promise<void> => writePlugins(before, after, "entry");

/** The refs that a repository has, the usual one first: `origin/main`, other branches, tags. */
export async function refsOf(repository: string, tools: Tools, signal: AbortSignal): Promise<readonly string[]> {
  const asked = { step: "entry", address: repository, run: runOf(tools), signal };
  const { branches, tags, defaultBranch } = await remoteRefs(asked);
  const usual = defaultBranch === undefined ? [] : [`origin/${defaultBranch}`];
  const others = [...branches.keys()].map((name) => `origin/${name}`).filter((name) => !usual.includes(name));
  return [...usual, ...others.sort(), ...[...tags.keys()].sort().reverse()];
}

async function judge(
  entry: Entry,
  { auth: common }: PluginsFile,
  options: Pick<RemoteGit, "signal" | "run">,
): Promise<readonly Finding[]> {
  const { repository, ref } = entry;
  if (typeof repository !== "string" || repository === "") return [];
  const findings: Finding[] = [];
  const tell = (severity: Finding["severity"], code: string, message: string) =>
    findings.push({ severity, code, message });
  if (/\/\/[^/@\s]+:[^/@\s]+@/.test(repository))
    tell(
      "warning",
      "metaflow/password-in-address",
      "the password in the address is published by GET /plugin and given to the plugin; use auth instead",
    );
  const credentials = credentialsOf("auth" in entry ? entry.auth : common);
  try {
    const refs = await remoteRefs({
      ...options,
      step: "entry",
      address: repository,
      ...(credentials && { credentials }),
    });
    const verdict = resolveRef(refs, typeof ref === "string" ? ref : undefined);
    if (!verdict.loads) tell("error", "metaflow/ref-not-loaded", `${verdict.message}; ${verdict.next}`);
    else if (verdict.note !== undefined) tell("warning", "metaflow/ref-stays", verdict.note);
  } catch (error) {
    if (!(error instanceof HostError) || error.kind === "cancelled") throw error;
    if (error.kind === "refused") tell("error", "metaflow/repository", errorText(error));
    else
      tell(
        "warning",
        "metaflow/repository-not-asked",
        `the repository can't be asked from here, so its ref is not checked: ${error.message}`,
      );
  }
  return findings;
}

function credentialsOf(auth: unknown): Credentials | undefined {
  if (typeof auth !== "object" || auth === null) return undefined;
  const [user, pass]: unknown[] = [Reflect.get(auth, "user"), Reflect.get(auth, "pass")];
  return typeof user === "string" && typeof pass === "string" ? { user, pass } : undefined;
}

function noEntry({ file, entries }: PluginsFile, identifier: string): HostError {
  const names = [...entries.keys()].map((name) => `"${name}"`).join(", ");
  return new HostError({
    kind: "missing",
    step: "entry",
    message: `PLUGINS in ${file} has no entry "${identifier}"`,
    next: names === "" ? "it has no entries at all" : `it has ${names}`,
  });
}
