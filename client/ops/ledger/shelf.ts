// The bundles that the history keeps for rollbacks, as files: so many for each host and plugin, and so many bytes in total.
import type { Dirent } from "node:fs";
import { copyFile, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Shipment } from "../pack/shipment.js";
import { placeWhole } from "../transports/directory/whole.js";
import type { LedgerEntry } from "./entry.js";

/** Copies the shipment's file onto the shelf; answers its name there. */
export async function keepBundle(place: string, shipment: Shipment): Promise<string> {
  const name = `${shipment.sha256.slice(0, 32)}.tgz`;
  await copyBundle(shipment.path, place, name);
  return name;
}

export async function copyBundle(file: string, place: string, name: string): Promise<void> {
  const target = path.join(place, name);
  if (path.resolve(file) !== target) await placeWhole(target, (part) => copyFile(file, part));
}

/** Keeps the newest bundles, each once, and removes the files of the others, and those that no entry came to. */
export async function prune(place: string, entries: readonly LedgerEntry[], keep: number): Promise<void> {
  const bundles = [...new Set(entries.flatMap((entry) => (entry.bundle === undefined ? [] : [entry.bundle])))];
  // The last one that verified is worth more than newer ones that did not.
  const good = entries.find((entry) => entry.result === "verified" && entry.bundle !== undefined)?.bundle;
  const first = bundles.slice(0, keep);
  const stay = new Set(good === undefined || first.includes(good) ? first : [...first.slice(0, keep - 1), good]);
  const files = (await readdir(place).catch(() => [])).filter((name) => name.endsWith(".tgz"));
  for (const file of files.filter((name) => !stay.has(name))) {
    const bundle = path.join(place, file);
    if (bundles.includes(file) || (await isLeft(bundle))) await rm(bundle, { force: true });
  }
}

/** Whoever kept it was killed before its entry was written; another process may just be about to. */
async function isLeft(bundle: string): Promise<boolean> {
  const { mtimeMs } = await stat(bundle).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > hour;
}

const hour = 60 * 60_000;

/** The entries, those whose bundle is gone without it. */
export async function withPresentBundles(
  place: string,
  entries: readonly LedgerEntry[],
): Promise<readonly LedgerEntry[]> {
  const present = new Set(await readdir(place).catch(() => []));
  return entries.map((entry) => {
    if (entry.bundle === undefined || present.has(entry.bundle)) return entry;
    const { bundle: _gone, ...rest } = entry;
    return rest;
  });
}

/** Removes the oldest bundles of the whole history until they fit; what was kept just now stays. */
export async function boundTotal(folder: string, maxBytes: number, kept: string | undefined): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((): Dirent[] => []);
  const files: { readonly file: string; readonly bytes: number; readonly at: number }[] = [];
  for (const entry of entries.filter((one) => one.isFile() && one.name.endsWith(".tgz"))) {
    const file = path.join(entry.parentPath, entry.name);
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined) files.push({ file, bytes: found.size, at: found.mtimeMs });
  }
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, bytes } of files.sort((a, b) => a.at - b.at)) {
    if (total <= maxBytes) return;
    if (file === kept) continue;
    await rm(file, { force: true });
    total -= bytes;
  }
}
