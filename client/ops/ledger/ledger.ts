// The local record of what was sent to which host: when, which contents, from which commit, with what result, and the bundle itself
// for a rollback. Files in a folder of the caller's choosing; bounded per plugin; never a credential.
import { createHash, randomBytes } from "node:crypto";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { HostError } from "../hosts/hostError.js";
import type { GitOrigin } from "../pack/origin.js";
import type { Shipment } from "../pack/shipment.js";
import { isRecord } from "../values.js";

export type LedgerAction = "upload" | "deploy" | "rollback" | "remove";
/** `sent`: uploaded, not verified; `verified`: read back as loaded; `notLoaded`: the host has it and does not run it; `failed`: not taken. */
export type LedgerResult = "sent" | "verified" | "notLoaded" | "removed" | "failed";

export interface LedgerEntry {
  readonly id: string;
  readonly at: string;
  readonly host: string;
  /** Address of the host at that time, so that a renamed row does not inherit another host's history. */
  readonly url?: string;
  readonly plugin: string;
  readonly action: LedgerAction;
  readonly result: LedgerResult;
  /** Why, when the result is not the wanted one. */
  readonly reason?: string;
  readonly version?: string;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly contents?: string;
  readonly origin?: GitOrigin;
  /** File name of the kept bundle. */
  readonly bundle?: string;
}

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
  readonly shipment?: Shipment;
}

export interface LedgerOptions {
  /** Bundles kept per host and plugin. */
  readonly keep?: number;
  readonly now?: () => Date;
}

const mostEntries = 100;

export function openLedger(folder: string, options: LedgerOptions = {}): Ledger {
  const keep = Math.max(2, options.keep ?? 5);
  const now = options.now ?? (() => new Date());
  const shelf = (host: LedgerHost, plugin: string) => path.join(folder, slug(host.name), slug(plugin));
  const history = async (host: LedgerHost, plugin: string) => {
    const entries = await readEntries(path.join(shelf(host, plugin), "history.json"));
    return entries.filter((entry) => entry.url === undefined || host.url === undefined || entry.url === host.url);
  };
  return {
    history,
    bundle: (entry) =>
      entry.bundle === undefined
        ? undefined
        : path.join(folder, slug(entry.host), slug(entry.plugin), path.basename(entry.bundle)),
    previous: async (host, plugin) => previousOf(await history(host, plugin)),
    record: async (host, plugin, what) => {
      const place = shelf(host, plugin);
      const id = `${now().getTime().toString(36)}-${randomBytes(3).toString("hex")}`;
      const kept = what.result === "failed" ? undefined : await keepBundle(place, what.shipment);
      const entry: LedgerEntry = {
        id,
        at: now().toISOString(),
        host: host.name,
        plugin,
        action: what.action,
        result: what.result,
        ...(host.url === undefined ? {} : { url: host.url }),
        ...(what.reason === undefined ? {} : { reason: what.reason }),
        ...(what.shipment === undefined ? {} : shipmentFacts(what.shipment)),
        ...(kept === undefined ? {} : { bundle: kept }),
      };
      await inLedger(async () => {
        const file = path.join(place, "history.json");
        const entries = [entry, ...(await readEntries(file))].slice(0, mostEntries);
        await writeEntries(file, await pruned(place, entries, keep));
      });
      return entry;
    },
  };
}

/** What the host was last sent and may still have; undefined when nothing was, or it was removed since. */
export function lastSent(entries: readonly LedgerEntry[]): LedgerEntry | undefined {
  const last = entries.find((entry) => entry.result !== "failed");
  return last?.action === "remove" ? undefined : last;
}

/** True when the contents at hand are not what this host was last sent; undefined when nothing is known. */
export function differsFromSent(entries: readonly LedgerEntry[], contents: string): boolean | undefined {
  const sent = lastSent(entries)?.contents;
  return sent === undefined ? undefined : sent !== contents;
}

function previousOf(entries: readonly LedgerEntry[]): LedgerEntry | undefined {
  const current = lastSent(entries)?.contents;
  const others = entries.filter((entry) => entry.bundle !== undefined && entry.contents !== current);
  return others.find((entry) => entry.result === "verified") ?? others[0];
}

function shipmentFacts(shipment: Shipment): Partial<LedgerEntry> {
  const { version } = shipment;
  return {
    bytes: shipment.bytes,
    sha256: shipment.sha256,
    contents: shipment.contents,
    ...(version === undefined ? {} : { version }),
    ...(shipment.origin === undefined ? {} : { origin: shipment.origin }),
  };
}

async function keepBundle(place: string, shipment: Shipment | undefined): Promise<string | undefined> {
  if (shipment === undefined) return undefined;
  return inLedger(async () => {
    await mkdir(place, { recursive: true });
    const name = `${shipment.sha256.slice(0, 32)}.tgz`;
    const target = path.join(place, name);
    if (path.resolve(shipment.path) === target) return name;
    const part = `${target}.${randomBytes(4).toString("hex")}.part`;
    try {
      await copyFile(shipment.path, part);
      await rename(part, target);
    } finally {
      await rm(part, { force: true });
    }
    return name;
  });
}

/** Keeps the newest bundles, each once, and forgets the file names of the others. */
async function pruned(place: string, entries: readonly LedgerEntry[], keep: number): Promise<readonly LedgerEntry[]> {
  const bundles = [...new Set(entries.flatMap((entry) => (entry.bundle === undefined ? [] : [entry.bundle])))];
  // The last one that verified is worth more than newer ones that did not.
  const good = entries.find((entry) => entry.result === "verified" && entry.bundle !== undefined)?.bundle;
  const first = bundles.slice(0, keep);
  const stay = new Set(good === undefined || first.includes(good) ? first : [...first.slice(0, keep - 1), good]);
  for (const bundle of bundles)
    if (!stay.has(bundle)) await rm(path.join(place, path.basename(bundle)), { force: true });
  return entries.map((entry) => {
    if (entry.bundle === undefined || stay.has(entry.bundle)) return entry;
    const { bundle: _gone, ...rest } = entry;
    return rest;
  });
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

function isEntry(value: unknown): value is LedgerEntry {
  return (
    isRecord(value) && ["id", "at", "host", "plugin", "action", "result"].every((key) => typeof value[key] === "string")
  );
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
