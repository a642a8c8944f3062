// What a plan has to know of a file's content: its length, its digest, and whether it holds a credential. Read piece by piece, so
// that a file of any size takes little memory.
import { createHash } from "node:crypto";
import { closeSync, createReadStream, fstatSync, open, readFile } from "node:fs";
import { promisify } from "node:util";
import { credentialIn } from "./credentials.js";

export interface Inspected {
  readonly bytes: number;
  readonly sha256: string;
  /** The kind of credential, where one is seen. */
  readonly credential: string | undefined;
}

const openFile = promisify(open);
const readWhole = promisify(readFile);

/** Files up to this many bytes are read at once. */
const SMALL = 4 * 1024 * 1024;
/** Longer than any credential that is looked for: so much of a piece is looked at again with the next one. */
const OVERLAP = 4096;

export async function inspect(file: string, relative: string): Promise<Inspected> {
  const fd = await openFile(file, "r");
  try {
    if (fstatSync(fd).size > SMALL) return await large(file, relative);
    const content = await readWhole(fd);
    const sha256 = createHash("sha256").update(content).digest("hex");
    return { bytes: content.byteLength, sha256, credential: credentialIn(relative, content) };
  } finally {
    closeSync(fd);
  }
}

async function large(file: string, relative: string): Promise<Inspected> {
  const hash = createHash("sha256");
  let bytes = 0;
  let credential: string | undefined;
  let tail = Buffer.alloc(0);
  for await (const piece of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    if (!Buffer.isBuffer(piece)) continue;
    hash.update(piece);
    bytes += piece.byteLength;
    const together = Buffer.concat([tail, piece]);
    credential ??= credentialIn(relative, together);
    tail = together.subarray(-OVERLAP);
  }
  return { bytes, sha256: hash.digest("hex"), credential };
}
