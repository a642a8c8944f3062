// What a plan has to know of a file's content: its length, its digest, and whether it holds a credential. Read piece by piece, so
// that a file of any size takes little memory.
import { createHash, hash } from "node:crypto";
import { closeSync, constants, openSync, read, readSync } from "node:fs";
import { promisify } from "node:util";
import { credentialIn } from "./credentials.js";

export interface Inspected {
  readonly bytes: number;
  readonly sha256: string;
  /** The kind of credential, where one is seen. */
  readonly credential: string | undefined;
}

/** What is read at once; text of this length is still made and thrown away without effort. */
const PIECE = 64 * 1024;
/** Longer than any credential that is looked for: so much of a piece is looked at again with the next one. */
const OVERLAP = 4096;
/** Files up to this many bytes are read by this thread: what was just built is in memory, and another thread costs more than they do. */
const SMALL = 256 * 1024;
/** Unless the first ones take longer than this many milliseconds each, as over a network. */
const SLOW = 1;
const TRIED = 20;

/** For the files of one folder. Large ones, and all of a slow disk, are read several at the same time. */
export function inspector(): (file: string, relative: string) => Promise<Inspected> {
  const own = Buffer.allocUnsafe(SMALL);
  let [files, spent] = [0, 0];
  return async (file, relative) => {
    const isTried = files++ < TRIED;
    const began = isTried ? performance.now() : 0;
    // A pipe that took the file's place is not waited for.
    const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const content = spent > TRIED * SLOW ? undefined : small(fd, own);
      if (content === undefined) return await pieceByPiece(fd, relative);
      if (isTried) spent += performance.now() - began;
      return {
        bytes: content.byteLength,
        sha256: hash("sha256", content, "hex"),
        credential: credentialIn(relative, content),
      };
    } finally {
      closeSync(fd);
    }
  };
}

/** All of a file, in `own`; undefined where there is no room for it. */
function small(fd: number, own: Buffer): Buffer | undefined {
  for (let bytes = 0; bytes < own.byteLength; ) {
    const count = readSync(fd, own, bytes, own.byteLength - bytes, null);
    if (count === 0) return own.subarray(0, bytes);
    bytes += count;
  }
  return undefined;
}

const readPiece = promisify(read);

async function pieceByPiece(fd: number, relative: string): Promise<Inspected> {
  const digest = createHash("sha256");
  const buffer = Buffer.allocUnsafe(OVERLAP + PIECE);
  let credential: string | undefined;
  for (let [bytes, kept] = [0, 0]; ; ) {
    const { bytesRead } = await readPiece(fd, buffer, kept, PIECE, bytes);
    if (bytesRead === 0) return { bytes, sha256: digest.digest("hex"), credential };
    bytes += bytesRead;
    const seen = buffer.subarray(0, kept + bytesRead);
    digest.update(seen.subarray(kept));
    credential ??= credentialIn(relative, seen);
    kept = Math.min(OVERLAP, seen.byteLength);
    buffer.copyWithin(0, seen.byteLength - kept, seen.byteLength);
  }
}
