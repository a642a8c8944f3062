// Writes a bundle: gzip'd tar, every member under `package/`, whatever the system. It holds files of a folder, texts that were made
// for it, and facts that stand in no file of it. Reproducible: sorted members, fixed times, owners and modes, so equal input gives
// equal bytes. Written beside its place and renamed, so that a failure leaves no half bundle.
import { createHash, randomBytes } from "node:crypto";
import { createReadStream, createWriteStream, Stats } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Header, Pack, ReadEntry } from "tar";
import { HostError } from "../hosts/hostError.js";
import { writeError } from "./writeError.js";

/** The member that holds the facts; no plugin's own file can have this name. */
export const factsMember = ".plugsmith.json";

export interface BundleOptions {
  /** Where the bundle goes; an existing file is replaced. */
  readonly file: string;
  readonly folder: string;
  /** Paths below the folder, with `/`. Their sizes are those that a plan saw: a file that has changed since is refused. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Members made of a text instead of a file. */
  readonly texts?: readonly { readonly path: string; readonly text: string }[];
  /** What stands in no file and a rollback needs: JSON, without credentials. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

export interface WrittenBundle {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export async function writeBundle(options: BundleOptions): Promise<WrittenBundle> {
  const target = path.resolve(options.file);
  const part = `${target}.${randomBytes(4).toString("hex")}.part`;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    const members = membersOf(options);
    const out = createWriteStream(part, { flags: "wx" });
    await pipeline(members.stream, out, options.signal === undefined ? {} : { signal: options.signal });
    const drift = members.changed();
    if (drift !== undefined) throw changed(drift);
    const sha256 = await digestOf(part);
    const { size } = await stat(part);
    await rename(part, target);
    return { path: target, bytes: size, sha256 };
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw writeError(error, options.signal, target);
  }
}

interface Members {
  readonly stream: Readable;
  /** The first file that is no longer what the plan saw. */
  changed(): string | undefined;
}

function membersOf({ folder, files, texts = [], facts }: BundleOptions): Members {
  const made = facts === undefined ? texts : [...texts, { path: factsMember, text: jsonOf(facts) }];
  const sizes = new Map(files.map((file) => [file.path, file.bytes]));
  let drift: string | undefined;
  const pack = new Pack({
    cwd: folder,
    prefix: "package",
    gzip: { level: 9 },
    portable: true,
    noDirRecurse: true,
    strict: true,
    mtime: new Date(0),
    // Members stand in the order in which they are added; each text takes a place in the queue until it is its turn.
    jobs: 16 + made.length,
    filter: (name, entry) => {
      if (!(entry instanceof Stats)) return true;
      const at = name.replace(/^\.\//, "");
      if (!entry.isFile() || entry.size !== sizes.get(at)) {
        drift ??= at;
        return false;
      }
      // The same for every system and every copy: no modes of this machine, no hard links between members.
      entry.mode = 0o100644;
      entry.nlink = 1;
      return true;
    },
  });
  const ordered = [...files.map(({ path: at }) => ({ path: at, text: undefined })), ...made];
  for (const { path: at, text } of ordered.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    // tar reads a leading "@" as the name of an archive to take members from.
    if (text === undefined) pack.add(at.startsWith("@") ? `./${at}` : at);
    else addText(pack, at, text);
  }
  pack.end();
  return { stream: Readable.from(pack), changed: () => drift };
}

function addText(pack: Pack, at: string, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  const header = { path: at, size: bytes.byteLength, type: "File", mode: 0o644, mtime: new Date(0) } as const;
  const entry = new ReadEntry(new Header(header));
  pack.add(entry);
  entry.end(bytes);
}

function jsonOf(facts: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(facts, undefined, 2)}\n`;
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

function changed(file: string): HostError {
  return new HostError({
    kind: "refused",
    step: "package",
    message: `"${file}" changed while it was packed`,
    next: "wait for the build to end and package again",
  });
}
