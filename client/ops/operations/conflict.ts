// The conflict stop: is what the host has now what we left there, or has somebody else changed it since? What can't be told is said,
// and never taken for a conflict.
import type { Fingerprint, PluginHost } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";
import { type LedgerEntry, lastLeft, lastSent } from "../ledger/entry.js";
import type { Ledger } from "../ledger/ledger.js";

/**
 * - `absent`: the host has no such plugin. `same`: it has just what is to be sent. `ours`: it has what we left there.
 * - `unknown`: it has something, and whose that is can't be told.
 * - `other`: it has something else than we left there: to overwrite it, somebody has to say so.
 */
export interface Conflict {
  readonly state: "absent" | "same" | "ours" | "unknown" | "other";
  /** One sentence without its full stop. */
  readonly said: string;
  readonly there?: Fingerprint;
  readonly sent?: LedgerEntry;
}

export interface ConflictQuestion {
  readonly host: PluginHost;
  readonly plugin: string;
  /** Digest of what is to be sent; absent for a removal. */
  readonly contents?: string;
  readonly ledger?: Ledger;
  readonly signal: AbortSignal;
}

export async function lookForConflict(question: ConflictQuestion): Promise<Conflict> {
  const { host, plugin, ledger } = question;
  const there = await whatIsThere(question);
  const entries = (await ledger?.history(host.config, plugin)) ?? [];
  return conflictOf(`"${host.config.name}"`, plugin, there, entries, question.contents);
}

/** Stops what would overwrite somebody else's work. */
export function overwriteRefused(plugin: string, conflict: Conflict): HostError {
  return new HostError({
    kind: "refused",
    step: "conflict",
    message: conflict.said,
    hostNow: "nothing was sent",
    next: `look at what the host has of "${plugin}", then overwrite it if that is right`,
  });
}

/** `there`: undefined when the host has none, "unknown" when that could not be found out. */
function conflictOf(
  host: string,
  plugin: string,
  there: Fingerprint | undefined | "unknown",
  entries: readonly LedgerEntry[],
  contents: string | undefined,
): Conflict {
  const sent = lastSent(entries);
  const known = sent === undefined ? {} : { sent };
  if (there === "unknown") return { state: "unknown", said: `what ${host} has of "${plugin}" can't be told`, ...known };
  if (there === undefined) return { state: "absent", said: absentWords(host, plugin, sent), ...known };
  const facts = { there, ...known };
  if (contents !== undefined && there.contents === contents)
    return { state: "same", said: `${host} has the same files of "${plugin}" already`, ...facts };
  if (sent === undefined) {
    return {
      state: "unknown",
      said: `${host} has ${namedVersion(plugin, there.version)}, of which nothing was sent from here: who put it there can't be told`,
      ...facts,
    };
  }
  const left = lastLeft(entries);
  if (there.contents !== undefined && left !== undefined) {
    return there.contents === left
      ? { state: "ours", said: `${host} has "${plugin}" as it was left from here on ${day(sent.at)}`, ...facts }
      : { state: "other", said: otherWords(host, plugin, there, sent), ...facts };
  }
  if (there.version !== undefined && sent.version !== undefined && there.version !== sent.version)
    return { state: "other", said: otherWords(host, plugin, there, sent), ...facts };
  return {
    state: "unknown",
    said: `whether ${host} still has "${plugin}" as it was sent on ${day(sent.at)} can't be told`,
    ...facts,
  };
}

async function whatIsThere({ host, plugin, signal }: ConflictQuestion): Promise<Fingerprint | undefined | "unknown"> {
  try {
    if (host.fingerprint !== undefined) return await host.fingerprint(plugin, signal);
    if (host.list === undefined) return "unknown";
    const found = (await host.list(signal)).find(({ name }) => name === plugin);
    return found === undefined ? undefined : found.version === undefined ? {} : { version: found.version };
  } catch (error) {
    // A host that can't be reached can't be sent anything either; whatever else is wrong leaves the question open.
    if (error instanceof HostError && !["unreachable", "cancelled", "unauthorised"].includes(error.kind))
      return "unknown";
    throw error;
  }
}

function otherWords(host: string, plugin: string, there: Fingerprint, sent: LedgerEntry): string {
  const since = there.changedAt === undefined ? "" : ` (changed on ${day(new Date(there.changedAt).toISOString())})`;
  const ours = sent.version === undefined ? "what was sent" : `the ${sent.version} that was sent`;
  return `${host} has something else of ${namedVersion(plugin, there.version)}${since} than ${ours} from here on ${day(sent.at)}`;
}

function absentWords(host: string, plugin: string, sent: LedgerEntry | undefined): string {
  return sent === undefined
    ? `${host} has no "${plugin}" yet`
    : `${host} has no "${plugin}" any more; it was sent from here on ${day(sent.at)}`;
}

function namedVersion(plugin: string, version: string | undefined): string {
  return version === undefined ? `"${plugin}"` : `"${plugin}" ${version}`;
}

/** "2026-04-05 14:02", in the user's own time. */
function day(at: string): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock}`;
}
