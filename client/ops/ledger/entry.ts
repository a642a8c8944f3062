// One entry of the history, and what entries say together: what a host was last sent, what it had then, what to go back to. Pure.
import type { SystemId } from "../hosts/host.js";
import type { GitOrigin } from "../pack/origin.js";
import type { Shipment } from "../pack/shipment.js";
import { definedOf, isRecord } from "../values.js";

export type LedgerAction = "upload" | "deploy" | "rollback" | "remove" | "enable" | "disable";
/**
 * `sent`: uploaded, not verified; `verified`: read back as loaded; `notLoaded`: the host has it and does not run it; `failed`: not taken;
 * `switched`: enabled or disabled.
 */
export type LedgerResult = "sent" | "verified" | "notLoaded" | "removed" | "failed" | "switched";

export interface LedgerEntry {
  readonly id: string;
  readonly at: string;
  /** What the host's row was called at that time. */
  readonly host: string;
  /** Which host it was, with the address and the place; entries of earlier versions have at most the address. */
  readonly system?: SystemId;
  readonly url?: string;
  readonly place?: string;
  readonly plugin: string;
  readonly action: LedgerAction;
  readonly result: LedgerResult;
  /** Why, when the result is not the wanted one. */
  readonly reason?: string;
  /** Code of the problem that `reason` tells. */
  readonly code?: string;
  readonly version?: string;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly contents?: string;
  /** Digest of what the host had right after, as it told itself; it may differ from `contents`, since hosts change what they are given. */
  readonly hostContents?: string;
  readonly origin?: GitOrigin;
  /** File name of the kept bundle; absent when it is not kept any more. */
  readonly bundle?: string;
}

/** What the host was last sent and may still have; undefined when nothing was, or it was removed since. */
export function lastSent(entries: readonly LedgerEntry[]): LedgerEntry | undefined {
  const last = entries.find((entry) => entry.result !== "failed" && entry.result !== "switched");
  return last?.action === "remove" ? undefined : last;
}

/** Digest of what the host had when we last changed anything of the plugin there; undefined when that isn't known. */
export function lastLeft(entries: readonly LedgerEntry[]): string | undefined {
  const last = entries.find((entry) => entry.result !== "failed");
  if (last === undefined || last.action === "remove") return undefined;
  return last.hostContents ?? last.contents;
}

/** True when the contents at hand are not what this host was last sent; undefined when nothing is known. */
export function differsFromSent(entries: readonly LedgerEntry[], contents: string): boolean | undefined {
  const sent = lastSent(entries)?.contents;
  return sent === undefined ? undefined : sent !== contents;
}

/** The newest kept bundle whose contents differ from what the host was last sent; one that was verified before one that wasn't. */
export function previousOf(entries: readonly LedgerEntry[]): LedgerEntry | undefined {
  const current = lastSent(entries)?.contents;
  const others = entries.filter((entry) => entry.bundle !== undefined && entry.contents !== current);
  return others.find((entry) => entry.result === "verified") ?? others[0];
}

export function shipmentFacts(shipment: Shipment): Partial<LedgerEntry> {
  const { bytes, sha256, contents, version, origin } = shipment;
  return { bytes, sha256, contents, ...definedOf({ version, origin }) };
}

export function isEntry(value: unknown): value is LedgerEntry {
  return (
    isRecord(value) && ["id", "at", "host", "plugin", "action", "result"].every((key) => typeof value[key] === "string")
  );
}
