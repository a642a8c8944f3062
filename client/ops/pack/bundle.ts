// Writes a bundle: gzip'd tar, every member under `package/`, whatever the system. It holds files of a folder, texts that were made
// for it, and facts that stand in no file of it. Reproducible: sorted members, fixed times, owners and modes, so equal input gives
// equal bytes. Written beside its place and renamed, so that a failure leaves no half bundle.
import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { HostError } from "../hosts/hostError.js";
import { gzipped } from "./gzip.js";
import { blocksOf, Drift, type Member } from "./members.js";
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
    const out = createWriteStream(part, { flags: "wx" });
    const hash = createHash("sha256");
    let bytes = 0;
    await pipeline(
      gzipped(blocksOf(membersOf(options))),
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          bytes += piece.byteLength;
          hash.update(piece);
          yield piece;
        }
      },
      out,
      options.signal === undefined ? {} : { signal: options.signal },
    );
    await rename(part, target);
    return { path: target, bytes, sha256: hash.digest("hex") };
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error instanceof Drift ? changed(error) : writeError(error, options.signal, target);
  }
}

function membersOf({ folder, files, texts = [], facts }: BundleOptions): readonly Member[] {
  const made = facts === undefined ? texts : [...texts, { path: factsMember, text: jsonOf(facts) }];
  const members: readonly Member[] = [
    ...files.map(({ path: at, bytes }) => ({ path: at, content: { file: path.join(folder, at), bytes } })),
    ...made.map(({ path: at, text }) => ({ path: at, content: { text } })),
  ];
  return members.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function jsonOf(facts: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(facts, undefined, 2)}\n`;
}

function changed(drift: Drift): HostError {
  return new HostError({
    kind: "refused",
    step: "package",
    message: drift.message,
    next: "wait for the build to end and package again",
  });
}
