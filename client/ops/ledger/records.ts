// The history as files: `<host>/<plugin>/history.json` with the bundles beside. A host's records are in the folder of its address or
// place; what earlier versions kept under the name of a row is read as well, and moves over with the next record.

import { createHash } from "node:crypto";
import { readdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parsedJson } from "../parsedJson.js";
import { placeWhole } from "../transports/directory/whole.js";
import { definedOf } from "../values.js";
import { isEntry, type LedgerEntry } from "./entry.js";
import { folderNameOf, identityOf, isAbout, type LedgerHost } from "./identity.js";
import { copyBundle, withPresentBundles } from "./shelf.js";

/** Where an entry's bundle is, and the entries beside it. */
export function shelfOf(folder: string, entry: Pick<LedgerEntry, "system" | "url" | "place" | "host" | "plugin">) {
  const { system } = entry;
  const host = system === undefined ? entry.host : folderNameOf({ ...entry, system });
  return path.join(folder, slug(host), slug(entry.plugin));
}

export interface Records {
  readonly place: string;
  readonly entries: readonly LedgerEntry[];
}

/** All files that have something of this plugin on this host. */
export async function recordsAbout(folder: string, host: LedgerHost, plugin: string): Promise<readonly Records[]> {
  const names = await readdir(folder).catch(() => []);
  const all = await Promise.all(names.map((name) => readRecords(path.join(folder, name, slug(plugin)))));
  return all.filter(({ entries }) => entries.some((entry) => isAbout(entry, host)));
}

/** The same for any plugin, out of files that are read once. */
export async function allRecords(folder: string): Promise<(host: LedgerHost, plugin: string) => readonly Records[]> {
  const bySlug = new Map<string, Records[]>();
  for (const host of await readdir(folder).catch(() => [])) {
    const slugs = await readdir(path.join(folder, host)).catch(() => []);
    const all = await Promise.all(slugs.map((name) => readRecords(path.join(folder, host, name))));
    for (const [at, name] of slugs.entries()) bySlug.set(name, [...(bySlug.get(name) ?? []), ...all.slice(at, at + 1)]);
  }
  // Most plugins of a host were never sent from here: for those nothing is computed.
  if (bySlug.size === 0) return () => [];
  return (host, plugin) =>
    (bySlug.get(slug(plugin)) ?? []).filter(({ entries }) => entries.some((entry) => isAbout(entry, host)));
}

const readRecords = async (place: string): Promise<Records> => ({ place, entries: await readEntries(place) });

export async function readEntries(place: string): Promise<readonly LedgerEntry[]> {
  const value = parsedJson(await readFile(path.join(place, fileName), "utf8").catch(() => "[]"));
  return Array.isArray(value) ? value.filter(isEntry) : [];
}

export async function writeEntries(place: string, entries: readonly LedgerEntry[]): Promise<void> {
  const text = `${JSON.stringify(entries, undefined, 2)}\n`;
  await placeWhole(path.join(place, fileName), (part) => writeFile(part, text));
}

/** Moves what earlier versions kept of this host under the name of a row to its place. A bundle is there before the entry is. */
export async function moveOver(folder: string, host: LedgerHost, plugin: string): Promise<void> {
  const identity = identityOf(host);
  const target = shelfOf(folder, { ...identity, host: host.name, plugin });
  const isOld = (entry: LedgerEntry) => entry.system === undefined && isAbout(entry, host);
  const old = (await recordsAbout(folder, host, plugin)).filter(({ entries }) => entries.some(isOld));
  for (const { place, entries } of old) {
    const mine = await withPresentBundles(place, entries.filter(isOld));
    for (const { bundle } of mine) if (bundle !== undefined) await copyBundle(path.join(place, bundle), target, bundle);
    const moved = mine.map((entry) => ({ ...entry, ...definedOf({ ...identity, url: entry.url ?? identity.url }) }));
    await writeEntries(target, together([await readEntries(target), moved]));
    const rest = entries.filter((entry) => !isOld(entry));
    const needed = new Set(rest.map(({ bundle }) => bundle));
    if (rest.length > 0) await writeEntries(place, rest);
    for (const { bundle } of mine) {
      if (bundle !== undefined && !needed.has(bundle)) await rm(path.join(place, bundle), { force: true });
    }
    if (rest.length > 0) continue;
    await rm(place, { recursive: true, force: true });
    await rmdir(path.dirname(place)).catch(() => undefined);
  }
}

/** Newest first, each once. */
export function together(lists: readonly (readonly LedgerEntry[])[]): readonly LedgerEntry[] {
  const known = new Map<string, LedgerEntry>();
  for (const entry of lists.flat()) if (!known.has(entry.id)) known.set(entry.id, entry);
  return [...known.values()].sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
}

const fileName = "history.json";

/** A folder name for any text: readable, and told apart by a digest. */
function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return `${plain === "" ? "x" : plain}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
}
