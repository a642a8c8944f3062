// The local record of what was sent to which host: when, which contents, from which commit, with what result, and the bundle itself
// for a rollback. Files in a folder of the caller's choosing; bounded per plugin and in total; never a credential.
import { randomBytes } from "node:crypto";
import path from "node:path";
import { HostError } from "../hosts/hostError.js";
import type { Shipment } from "../pack/shipment.js";
import { definedOf } from "../values.js";
import { type LedgerAction, type LedgerEntry, type LedgerResult, previousOf, shipmentFacts } from "./entry.js";
import { identityOf, isAbout, type LedgerHost } from "./identity.js";
import {
  allRecords,
  moveOver,
  type Records,
  readEntries,
  recordsAbout,
  shelfOf,
  together,
  writeEntries,
} from "./records.js";
import { boundTotal, keepBundle, prune, withPresentBundles } from "./shelf.js";
import { inTurnOf } from "./turn.js";

export interface Ledger {
  /** Adds an entry; keeps a copy of the archive when the host has taken it. */
  record(host: LedgerHost, plugin: string, what: Recorded): Promise<LedgerEntry>;
  /** Newest first. */
  history(host: LedgerHost, plugin: string): Promise<readonly LedgerEntry[]>;
  /** The bundle to go back to: the newest kept one whose contents differ from what the host was last sent. */
  previous(host: LedgerHost, plugin: string): Promise<LedgerEntry | undefined>;
  /** The same two of what is recorded now, for many hosts and plugins at once: the files are read a single time. */
  snapshot(): Promise<Pick<Ledger, "history" | "previous">>;
  /** Path of an entry's bundle. */
  bundle(entry: LedgerEntry): string | undefined;
}

export interface Recorded {
  readonly action: LedgerAction;
  readonly result: LedgerResult;
  readonly reason?: string;
  readonly code?: string;
  readonly shipment?: Shipment;
  readonly hostContents?: string;
}

export interface LedgerOptions {
  /** Bundles kept per host and plugin, two at least; asked each time, since it is a setting. */
  readonly keep?: () => number;
  /** Bytes of all bundles together; half a GiB unless told. */
  readonly maxBytes?: number;
  readonly now?: () => Date;
}

export const usualKeep = 5;
const mostEntries = 100;
const usualMaxBytes = 512 * 1024 * 1024;

export function openLedger(folder: string, options: LedgerOptions = {}): Ledger {
  const keep = () => Math.max(2, Math.min(100, Math.floor(options.keep?.() ?? usualKeep)));
  const now = options.now ?? (() => new Date());
  const history = async (host: LedgerHost, plugin: string) => historyIn(await recordsAbout(folder, host, plugin), host);
  const add = async (host: LedgerHost, plugin: string, what: Recorded) => {
    await moveOver(folder, host, plugin);
    const identity = identityOf(host);
    const place = shelfOf(folder, { ...identity, host: host.name, plugin });
    const { shipment, action, result, reason, code, hostContents } = what;
    const id = `${now().getTime().toString(36)}-${randomBytes(3).toString("hex")}`;
    const kept = shipment === undefined || result === "failed" ? undefined : await keepBundle(place, shipment);
    const entry: LedgerEntry = {
      id,
      at: now().toISOString(),
      host: host.name,
      ...identity,
      plugin,
      action,
      result,
      ...(shipment === undefined ? {} : shipmentFacts(shipment)),
      ...definedOf({ reason, code, hostContents, bundle: kept }),
    };
    const entries = [entry, ...(await readEntries(place))].slice(0, mostEntries);
    await prune(place, entries, keep());
    await boundTotal(folder, options.maxBytes ?? usualMaxBytes, kept === undefined ? kept : path.join(place, kept));
    await writeEntries(place, await withPresentBundles(place, entries));
    return entry;
  };
  // Several hosts of one run may be the same one: each record sees the one before.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.catch(() => undefined).then(() => inTurnOf(folder, work));
    last = turn;
    return turn;
  };
  return {
    history,
    snapshot: async () => {
      const recordsOf = await allRecords(folder);
      const known = async (host: LedgerHost, plugin: string) => historyIn(recordsOf(host, plugin), host);
      return { history: known, previous: async (host, plugin) => previousOf(await known(host, plugin)) };
    },
    bundle: (entry) =>
      entry.bundle === undefined ? undefined : path.join(shelfOf(folder, entry), path.basename(entry.bundle)),
    previous: async (host, plugin) => previousOf(await history(host, plugin)),
    record: (host, plugin, what) => inLedger(() => inTurn(() => add(host, plugin, what))),
  };
}

async function historyIn(records: readonly Records[], host: LedgerHost): Promise<readonly LedgerEntry[]> {
  if (records.length === 0) return [];
  const lists = records.map(({ place, entries }) => withPresentBundles(place, entries));
  return together(await Promise.all(lists)).filter((entry) => isAbout(entry, host));
}

async function inLedger<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new HostError({
      kind: "tool",
      step: "history",
      message: "the local history of what was sent can't be written",
      next: "check the free space and the rights of its folder; without it there is no rollback",
      cause,
    });
  }
}
