// The files of plugins as they lie on a Buntime host, whichever way they are reached: read for fingerprints and for the reason why a
// plugin does not run. It changes nothing.
import { createHash } from "node:crypto";
import { contentsDigest } from "../../pack/plan.js";
import { definedOf, isRecord } from "../../values.js";
import type { Fingerprint, HostContent } from "../host.js";
import type { Connection } from "./connection.js";
import { type ManifestFacts, parseManifest } from "./packing/manifest.js";
import type { InstalledItem } from "./wire.js";

export interface HostFile {
  /** Relative to the plugin's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970, by the host's clock. */
  readonly changedAt?: number;
}

export interface HostFiles {
  /** Undefined where this folder can't be looked into. */
  list(signal: AbortSignal): Promise<readonly HostFile[] | undefined>;
  read(file: string, signal: AbortSignal): Promise<Uint8Array | undefined>;
}

/** Beyond this a fingerprint would cost more than it is worth; then only the time of the last change is known. */
const mostFiles = 300;
const mostBytes = 32 * 1024 * 1024;
const mostDepth = 12;
const atOnce = 4;

/** By the files API (since v0.3.0), which calls folders `<name of the plugins directory>/<plugin>`. */
export function filesByApi(connection: Connection, item: InstalledItem, step: string): HostFiles {
  const root = browserPath(item.path);
  return {
    list: async (signal) => (root === undefined ? undefined : listed(connection, root, step, signal)),
    read: async (file, signal) =>
      root === undefined
        ? undefined
        : connection.file(step, `/plugins/files/download?path=${encodeURIComponent(`${root}/${file}`)}`, signal),
  };
}

/** Files that come all at once, from a pod or a directory; they are fetched when they are first asked for. */
export function heldFiles(fetchAll: (signal: AbortSignal) => Promise<readonly HostContent[] | undefined>): HostFiles {
  let going: Promise<readonly HostContent[] | undefined> | undefined;
  const all = (signal: AbortSignal) => {
    going ??= fetchAll(signal);
    return going;
  };
  return {
    list: async (signal) => (await all(signal))?.map(({ path, bytes }) => ({ path, bytes: bytes.byteLength })),
    read: async (file, signal) => (await all(signal))?.find(({ path }) => path === file)?.bytes,
  };
}

/** What tells whether the files are those that were sent; undefined when they can't be looked at. */
export async function fingerprintOf(files: HostFiles, signal: AbortSignal): Promise<Fingerprint | undefined> {
  const all = (await files.list(signal))?.filter(({ path }) => !hostsOwn(path));
  if (all === undefined || all.length === 0) return undefined;
  const times = all.flatMap(({ changedAt }) => (changedAt === undefined ? [] : [changedAt]));
  const changedAt = times.length === 0 ? undefined : Math.max(...times);
  const bytes = all.reduce((sum, file) => sum + file.bytes, 0);
  if (all.length > mostFiles || bytes > mostBytes) return definedOf({ changedAt });
  const digests: { readonly path: string; readonly sha256: string }[] = [];
  let version: string | undefined;
  for (let at = 0; at < all.length; at += atOnce) {
    const some = all.slice(at, at + atOnce);
    for (const { path, content } of await Promise.all(some.map((file) => readOne(files, file, signal)))) {
      // One that vanished meanwhile: somebody is changing the plugin right now.
      if (content === undefined) return definedOf({ changedAt });
      digests.push({ path, sha256: createHash("sha256").update(content).digest("hex") });
      if (path === "manifest.yaml" || (path === "manifest.yml" && version === undefined)) {
        const reading = parseManifest(Buffer.from(content).toString("utf8"), path);
        version = reading.found ? reading.manifest.version : undefined;
      }
    }
  }
  digests.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { contents: contentsDigest(digests), ...definedOf({ version, changedAt }) };
}

/** All of the files, for a comparison; undefined when they can't be read or are too many. */
export async function allFiles(files: HostFiles, signal: AbortSignal): Promise<readonly HostContent[] | undefined> {
  const all = (await files.list(signal))?.filter(({ path }) => !hostsOwn(path));
  if (all === undefined || all.length > mostFiles) return undefined;
  const read: HostContent[] = [];
  for (const file of all) {
    const { path, content } = await readOne(files, file, signal);
    if (content !== undefined) read.push({ path, bytes: content });
  }
  return read;
}

/** The manifest and the paths of the files; undefined when there is no readable manifest. */
export async function contentsOf(
  files: HostFiles,
  signal: AbortSignal,
): Promise<{ readonly manifest: ManifestFacts; readonly entries: readonly string[] } | undefined> {
  const all = await files.list(signal);
  if (all === undefined) return undefined;
  const entries = all.map(({ path }) => path).filter((path) => !hostsOwn(path));
  for (const name of ["manifest.yaml", "manifest.yml"]) {
    const bytes = entries.includes(name) ? await files.read(name, signal) : undefined;
    if (bytes === undefined) continue;
    const reading = parseManifest(Buffer.from(bytes).toString("utf8"), name);
    if (reading.found) return { manifest: reading.manifest, entries };
  }
  return undefined;
}

/** Files that the host writes beside a plugin's own: copies of the entry, and what its file browser remembers. */
function hostsOwn(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name === ".dirinfo" || /^\.buntime-/.test(name);
}

async function readOne(files: HostFiles, { path }: HostFile, signal: AbortSignal) {
  return { path, content: await files.read(path, signal) };
}

/** `plugins/@acme/hello` for `/data/plugins/@acme/hello`; undefined for hidden directories, which the API does not offer. */
function browserPath(path: string | undefined): string | undefined {
  const parts = (path ?? "").split("/").filter((part) => part !== "");
  const length = parts.at(-2)?.startsWith("@") === true ? 3 : 2;
  const tail = parts.slice(-length);
  return tail.length < length || tail[0]?.startsWith(".") === true ? undefined : tail.join("/");
}

async function listed(
  connection: Connection,
  root: string,
  step: string,
  signal: AbortSignal,
): Promise<readonly HostFile[] | undefined> {
  const found: HostFile[] = [];
  const visit = async (folder: string, depth: number): Promise<boolean> => {
    const answer = await connection.probe(step, `/plugins/files/list?path=${encodeURIComponent(folder)}`, signal);
    const data = isRecord(answer.value) && isRecord(answer.value.data) ? answer.value.data.entries : undefined;
    if (answer.status !== 200 || !Array.isArray(data)) return false;
    for (const entry of data.filter(isRecord)) {
      const { name, isDirectory, size, updatedAt } = entry;
      if (typeof name !== "string" || name === "" || name.includes("/")) continue;
      const inside = `${folder}/${name}`;
      if (isDirectory === true) {
        if (depth < mostDepth && found.length <= mostFiles && !(await visit(inside, depth + 1))) return false;
        continue;
      }
      const changedAt = typeof updatedAt === "string" ? Date.parse(updatedAt) : Number.NaN;
      const when = Number.isNaN(changedAt) ? {} : { changedAt };
      found.push({ path: inside.slice(root.length + 1), bytes: typeof size === "number" ? size : 0, ...when });
    }
    return true;
  };
  return (await visit(root, 0)) ? found : undefined;
}
