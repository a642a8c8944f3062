// What a server of this machine had before it was changed, kept beside its files until the changed one has come up: the files, the
// wheels and the installed version. It outlives this process, so that a restart in another one can still go back.
import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { definedOf, isRecord } from "../../../values.js";
import { HostError } from "../../hostError.js";
import type { Distribution } from "../python/probe.js";
import { normalName } from "../wheels/wheel.js";
import { copyWhole, moveWhole, removeFile, writeWhole } from "./disk.js";
import { pipInstall, pipUninstall } from "./pip.js";
import type { LocalServer } from "./server.js";

export interface ReturnPoint {
  readonly files: readonly SavedFile[];
  readonly distributions: readonly SavedDistribution[];
}

interface SavedFile {
  readonly file: string;
  /** Name of the copy; absent where the file was not there. */
  readonly copy?: string;
  /** Digest of what was written instead; absent where the file was removed. */
  readonly wrote?: string;
}

interface SavedDistribution {
  readonly name: string;
  /** Absent where it was not installed. */
  readonly version?: string;
  /** A wheel of that version, where one was kept. */
  readonly wheel?: string;
}

export interface WayBack {
  readonly complete: boolean;
  /** What was put back and what was not, as clauses. */
  readonly words: readonly string[];
}

/** A file that is about to change. */
export interface ChangingFile {
  readonly file: string;
  /** What will be written; absent where it will be removed. */
  readonly after?: string | Uint8Array;
}

/** Of a distribution that is about to change: what of it is installed. */
export interface Changing {
  readonly name: string;
  readonly now: Distribution | undefined;
}

/**
 * Keeps what is there. Two changes without a restart between them go back to what ran before the first; a file that somebody else
 * has changed meanwhile is kept as that one left it.
 */
export async function keepReturnPoint(
  server: LocalServer,
  files: readonly ChangingFile[],
  changing: Changing | undefined,
  step: string,
): Promise<void> {
  const former = await returnPoint(server);
  const saved = new Map((former?.files ?? []).map((one) => [one.file, one]));
  for (const { file, after } of files) {
    const old = saved.get(file);
    const isOurs = old !== undefined && (await digestOf(file)) === old.wrote;
    const copy = isOurs ? old.copy : await copied(server, file, saved.size, step);
    saved.set(file, { file, ...definedOf({ copy, wrote: after === undefined ? undefined : digest(after) }) });
  }
  const distributions = [...(former?.distributions ?? [])];
  if (changing !== undefined && !distributions.some((one) => one.name === changing.name))
    distributions.push(await savedOf(server, changing, step));
  const text = `${JSON.stringify({ files: [...saved.values()], distributions }, undefined, 2)}\n`;
  await writeWhole(path.join(folderOf(server), "point.json"), text, step);
}

/** What is kept for the way back; undefined after a restart that went well. */
export async function returnPoint(server: LocalServer): Promise<ReturnPoint | undefined> {
  try {
    return pointIn(JSON.parse(await readFile(path.join(folderOf(server), "point.json"), "utf8")));
  } catch {
    return undefined;
  }
}

/** The changed server has come up: there is nothing to go back to. */
export async function settle(server: LocalServer): Promise<void> {
  await rm(folderOf(server), { recursive: true, force: true }).catch(() => undefined);
}

/** Puts everything back that can be. Never fails: what could not be done is among the words. */
export async function putBack(server: LocalServer, point: ReturnPoint, step: string): Promise<WayBack> {
  const signal = AbortSignal.timeout(600_000);
  const words: string[] = [];
  let [complete, failed] = [true, false];
  const attempt = async (done: string, undone: string, work: () => Promise<void>) => {
    try {
      await work();
      words.push(done);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      [complete, failed] = [false, true];
      const said = error.said === undefined ? "" : `: ${error.said}`;
      words.push(`${undone} (${error.message}${said})`);
    }
  };
  for (const saved of point.files) {
    const name = path.basename(saved.file);
    const from = saved.copy === undefined ? undefined : path.join(folderOf(server), saved.copy);
    const [now, then] = [await digestOf(saved.file), from === undefined ? undefined : await digestOf(from)];
    if (now === then) continue;
    if (now !== saved.wrote) {
      complete = false;
      words.push(`${saved.file} was changed by somebody else meanwhile, and stays`);
    } else if (from === undefined)
      await attempt(`the new ${name} is gone`, `${saved.file} stays`, () => removeFile(saved.file, step));
    else
      await attempt(`the former ${name} is back`, `${saved.file} is not as it was`, () =>
        copyWhole(from, saved.file, step).catch(() => moveWhole(from, saved.file, step)),
      );
  }
  for (const { name, version, wheel } of point.distributions) {
    if (version === undefined) {
      const work = () => pipUninstall(server, name, step, signal);
      await attempt(`${name} is uninstalled again`, `${name} stays installed`, work);
    } else if (wheel !== undefined) {
      const work = () => pipInstall(server, { wheel, anew: true }, step, signal);
      await attempt(`${name} ${version} is installed again`, `${name} ${version} is not installed again`, work);
    } else {
      complete = false;
      words.push(`the package of ${name} stays as it is now: no wheel of ${version}, which was there before, is kept`);
    }
  }
  if (failed) words.push(`copies of what was there are in ${folderOf(server)}`);
  else await settle(server);
  return { complete, words };
}

/** Keeps the wheel that was installed, for a later way back; one for each distribution. */
export async function keepWheel(server: LocalServer, distribution: string, wheel: string, step: string): Promise<void> {
  const place = wheelFolder(server, distribution);
  await rm(place, { recursive: true, force: true });
  await copyWhole(wheel, path.join(place, path.basename(wheel)), step);
}

async function savedOf(server: LocalServer, { name, now }: Changing, step: string): Promise<SavedDistribution> {
  if (now === undefined) return { name };
  const folder = wheelFolder(server, name);
  const [kept] = (await readdir(folder).catch(() => [])).filter((file) => file.split("-")[1] === now.version);
  if (kept === undefined) return { name, version: now.version };
  // The kept one will give way to the new one.
  const wheel = path.join(folderOf(server), kept);
  await copyWhole(path.join(folder, kept), wheel, step);
  return { name, version: now.version, wheel };
}

async function copied(server: LocalServer, file: string, count: number, step: string): Promise<string | undefined> {
  if ((await digestOf(file)) === undefined) return undefined;
  const copy = `${count}-${path.basename(file)}`;
  await copyWhole(file, path.join(folderOf(server), copy), step);
  return copy;
}

async function digestOf(file: string): Promise<string | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  return bytes === undefined ? undefined : digest(bytes);
}

function digest(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function folderOf({ directory }: LocalServer): string {
  return path.join(directory, ".plugsmith", "before");
}

function wheelFolder({ directory }: LocalServer, distribution: string): string {
  return path.join(directory, ".plugsmith", "wheels", normalName(distribution));
}

function pointIn(value: unknown): ReturnPoint | undefined {
  if (!isRecord(value) || !Array.isArray(value.files) || !Array.isArray(value.distributions)) return undefined;
  const text = (one: unknown) => (typeof one === "string" ? one : undefined);
  return {
    files: value.files.filter(isRecord).flatMap(({ file, copy, wrote }) => {
      const name = text(copy);
      const facts = definedOf({ copy: name === undefined ? undefined : path.basename(name), wrote: text(wrote) });
      return typeof file === "string" ? [{ file, ...facts }] : [];
    }),
    distributions: value.distributions.filter(isRecord).flatMap(({ name, version, wheel }) => {
      return typeof name === "string" ? [{ name, ...definedOf({ version: text(version), wheel: text(wheel) }) }] : [];
    }),
  };
}
