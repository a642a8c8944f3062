// The local record of what was sent to which host: when, which contents, from which commit, with what result, and the bundle itself
// for a rollback. Files in a folder of the caller's choosing; bounded per plugin and in total; never a credential.
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { HostError } from "../hosts/hostError.js";
import type { Shipment } from "../pack/shipment.js";
import { definedOf } from "../values.js";
import { isEntry, type LedgerAction, type LedgerEntry, type LedgerResult, previousOf, shipmentFacts } from "./entry.js";
import { boundTotal, keepBundle, prune, withPresentBundles } from "./shelf.js";

export interface LedgerHost {
  readonly name: string;
  readonly url?: string;
}

export interface Ledger {
  /** Adds an entry; keeps a copy of the archive when the host has taken it. */
  record(host: LedgerHost, plugin: string, what: Recorded): Promise<LedgerEntry>;
  /** Newest first. */
  history(host: LedgerHost, plugin: string): Promise<readonly LedgerEntry[]>;
  /** The bundle to go back to: the newest kept one whose contents differ from what the host was last sent. */
  previous(host: LedgerHost, plugin: string): Promise<LedgerEntry | undefined>;
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
  const shelf = (host: LedgerHost, plugin: string) => path.join(folder, slug(host.name), slug(plugin));
  const history = async (host: LedgerHost, plugin: string) => {
    const place = shelf(host, plugin);
    const entries = await withPresentBundles(place, await readEntries(path.join(place, "history.json")));
    return entries.filter((entry) => entry.url === undefined || host.url === undefined || entry.url === host.url);
  };
  const add = async (host: LedgerHost, plugin: string, what: Recorded) => {
    const place = shelf(host, plugin);
    const { shipment, action, result, reason, code, hostContents } = what;
    const id = `${now().getTime().toString(36)}-${randomBytes(3).toString("hex")}`;
    const kept = shipment === undefined || result === "failed" ? undefined : await keepBundle(place, shipment);
    const entry: LedgerEntry = {
      id,
      at: now().toISOString(),
      host: host.name,
      plugin,
      action,
      result,
      ...(shipment === undefined ? {} : shipmentFacts(shipment)),
      ...definedOf({ url: host.url, reason, code, hostContents, bundle: kept }),
    };
    const file = path.join(place, "history.json");
    const entries = [entry, ...(await readEntries(file))].slice(0, mostEntries);
    await prune(place, entries, keep());
    await boundTotal(folder, options.maxBytes ?? usualMaxBytes, kept === undefined ? kept : path.join(place, kept));
    await writeEntries(file, await withPresentBundles(place, entries));
    return entry;
  };
  return {
    history,
    bundle: (entry) =>
      entry.bundle === undefined
        ? undefined
        : path.join(folder, slug(entry.host), slug(entry.plugin), path.basename(entry.bundle)),
    previous: async (host, plugin) => previousOf(await history(host, plugin)),
    record: (host, plugin, what) => inLedger(() => add(host, plugin, what)),
  };
}

async function readEntries(file: string): Promise<readonly LedgerEntry[]> {
  const text = await readFile(file, "utf8").catch(() => "[]");
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isEntry) : [];
  } catch {
    return [];
  }
}

async function writeEntries(file: string, entries: readonly LedgerEntry[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const part = `${file}.${randomBytes(4).toString("hex")}.part`;
  try {
    await writeFile(part, `${JSON.stringify(entries, undefined, 2)}\n`);
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
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

/** A folder name for any text: readable, and told apart by a digest. */
function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return `${plain === "" ? "x" : plain}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
}
